#include "provider/sendmail.hpp"

#include <algorithm>

#include "mail/message.hpp"
#include "mail/smtp_reply.hpp"
#include "outcome/error.hpp"
#include "provider/child_process.hpp"

namespace billctl {
namespace {

/// The last line that the program said: why, as a rule.
std::string last_line(const std::string& output) {
  constexpr std::size_t kSaidMax = 200;
  constexpr const char* kBlank = " \t\r\n";
  const std::size_t end = output.find_last_not_of(kBlank);
  if (end == std::string::npos) return "";
  const std::size_t before = output.find_last_of("\r\n", end);
  const std::size_t begin =
      output.find_first_not_of(kBlank, before == std::string::npos ? 0 : before + 1);
  std::string said = output.substr(begin, std::min(end + 1 - begin, kSaidMax));
  for (char& c : said) c = c >= ' ' && c <= '~' ? c : '?';
  return said;
}

class Sendmail final : public MailCarrier {
 public:
  Sendmail(std::vector<std::string> argv, std::int64_t timeout_seconds)
      : argv_(std::move(argv)), timeout_seconds_(static_cast<int>(timeout_seconds)) {}

  MailResult deliver(const Mail& mail) override {
    try {
      const ChildEnd end = watch_child(argv_, with_line_feeds(mail.payload), timeout_seconds_);
      // It was given a message and did not say what it did with it.
      if (!end.failure.empty()) return {MailOutcome::unknown, argv_[0] + " " + end.failure};
      MailResult result = meaning_of_exit(end.code);
      const std::string said = last_line(end.output);
      if (result.outcome != MailOutcome::sent && !said.empty()) result.message += ": " + said;
      return result;
    } catch (const Error& not_started) {
      return {MailOutcome::closed, not_started.message()};
    }
  }

  std::optional<MailResult> find(const Mail&) override { return std::nullopt; }

 private:
  std::vector<std::string> argv_;
  int timeout_seconds_;
};

}  // namespace

std::unique_ptr<MailCarrier> sendmail(const std::vector<std::string>& argv,
                                      std::int64_t timeout_seconds) {
  const std::vector<std::string> usual = {"/usr/sbin/sendmail", "-t", "-i"};
  return std::make_unique<Sendmail>(argv.empty() ? usual : argv, timeout_seconds);
}

}  // namespace billctl
