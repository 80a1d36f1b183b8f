#include "work/entry.hpp"

#include "outcome/words.hpp"

namespace billctl {
std::string_view word(EntryKind kind) {
  return word_of(kEntryKindWords, kind);
}
std::optional<EntryKind> entry_kind_of(std::string_view text) {
  return find_word<EntryKind>(kEntryKindWords, text);
}

std::string_view word(Charge charge) {
  return word_of(kChargeWords, charge);
}
std::optional<Charge> charge_of(std::string_view text) {
  return find_word<Charge>(kChargeWords, text);
}

}  // namespace billctl
