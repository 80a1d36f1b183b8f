#include "outcome/reason.hpp"

#include <array>

namespace billctl {
namespace {
constexpr auto kWords = std::to_array<std::string_view>({
#define BILLCTL_WORD(name) #name,
    BILLCTL_REASONS(BILLCTL_WORD)
#undef BILLCTL_WORD
});
}  // namespace

std::string_view word(Reason reason) {
  return kWords[static_cast<std::size_t>(reason)];
}

std::optional<Reason> reason_of(std::string_view text) {
  for (std::size_t i = 0; i < kWords.size(); ++i) {
    if (kWords[i] == text) return static_cast<Reason>(i);
  }
  return std::nullopt;
}

}  // namespace billctl
