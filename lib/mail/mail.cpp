#include "mail/mail.hpp"

#include "outcome/words.hpp"

namespace billctl {
namespace {

constexpr std::array<std::string_view, 3> kPurposeWords = {"invoice", "trial", "notice"};
constexpr std::array<std::string_view, 5> kOutcomeWords = {"sent", "deferred", "rejected",
                                                           "unknown", "closed"};

}  // namespace

std::string_view word(MailState state) {
  return word_of(kMailStateWords, state);
}
std::optional<MailState> mail_state_of(std::string_view text) {
  return find_word<MailState>(kMailStateWords, text);
}
std::string_view word(MailPurpose purpose) {
  return word_of(kPurposeWords, purpose);
}
std::optional<MailPurpose> mail_purpose_of(std::string_view text) {
  return find_word<MailPurpose>(kPurposeWords, text);
}
std::string_view word(MailOutcome outcome) {
  return word_of(kOutcomeWords, outcome);
}

}  // namespace billctl
