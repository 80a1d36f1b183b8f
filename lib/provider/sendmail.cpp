#include "provider/sendmail.hpp"

#include "mail/message.hpp"
#include "mail/smtp_reply.hpp"
#include "outcome/error.hpp"
#include "provider/child_process.hpp"

namespace billctl {
namespace {

class Sendmail final : public MailCarrier {
 public:
  Sendmail(std::vector<std::string> argv, std::int64_t timeout_seconds)
      : argv_(std::move(argv)), timeout_seconds_(static_cast<int>(timeout_seconds)) {}

  MailResult deliver(const Mail& mail) override {
    try {
      const ChildEnd end = watch_child(argv_, with_line_feeds(mail.payload), timeout_seconds_);
      // It was given a message and did not say what it did with it.
      if (!end.failure.empty()) return {MailOutcome::unknown, argv_[0] + " " + end.failure};
      return meaning_of_exit(end.code);
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
