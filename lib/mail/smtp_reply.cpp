#include "mail/smtp_reply.hpp"

namespace billctl {
namespace {

constexpr int kTaken = 250;
constexpr int kTooLarge = 552;
constexpr int kFirstFailure = 400;

/// A password is asked for, or the one given is not taken.
bool is_denial(int code) {
  return code == 530 || code == 534 || code == 535 || code == 538;
}

std::string told(const SmtpEnd& end) {
  if (end.reply.empty()) return end.failure;
  if (end.failure.empty() || end.code >= 400) return end.reply;
  return end.failure + " (last reply: " + end.reply + ")";
}

}  // namespace

MailResult meaning_of(const SmtpEnd& end) {
  using enum MailOutcome;
  if (end.taken) return {sent, end.reply};
  if (end.denied || is_denial(end.code)) return {closed, told(end)};
  if (end.stage == SmtpStage::connecting) return {closed, told(end)};
  if (end.stage == SmtpStage::content && end.code < kFirstFailure) {
    // 250 was said of the content: the server has it, though the connection broke afterwards.
    return end.code == kTaken ? MailResult{sent, end.reply} : MailResult{unknown, told(end)};
  }
  const bool final = end.code >= 500 && end.code <= 599;
  if (!final) return {deferred, told(end)};
  if (end.stage == SmtpStage::sender && end.code != kTooLarge) return {closed, told(end)};
  return {rejected, told(end)};
}

MailResult meaning_of_exit(int code) {
  using enum MailOutcome;
  const std::string said = "the mail program ended with code " + std::to_string(code);
  switch (code) {
    case 0:
      return {sent, ""};
    case 65:  // data, no such user, no such host: of this mail
    case 67:
    case 68:
      return {rejected, said};
    case 75:
      return {deferred, said};
    case 64:  // usage, service, software, system, files, permission, config, not there: of all
    case 69:
    case 70:
    case 71:
    case 72:
    case 73:
    case 74:
    case 77:
    case 78:
    case 126:
    case 127:
      return {closed, said};
    default:
      return {unknown, said};
  }
}

}  // namespace billctl
