#include "mail/smtp_reply.hpp"

#include <doctest/doctest.h>

using namespace billctl;

namespace {

MailOutcome outcome(SmtpStage stage, int code) {
  SmtpEnd end;
  end.stage = stage;
  end.code = code;
  end.reply = code > 0 ? std::to_string(code) + " said" : "";
  end.failure = "lost";
  return meaning_of(end).outcome;
}

}  // namespace

TEST_CASE("an answer that is lost after the content was handed over is unknown") {
  CHECK(outcome(SmtpStage::content, 354) == MailOutcome::unknown);
  CHECK(outcome(SmtpStage::recipient, 250) == MailOutcome::deferred);  // DATA was not answered
  CHECK(outcome(SmtpStage::content, 250) == MailOutcome::sent);        // the content was
  CHECK(outcome(SmtpStage::content, 221) == MailOutcome::unknown);
  CHECK(outcome(SmtpStage::recipient, 250) == MailOutcome::deferred);
  CHECK(outcome(SmtpStage::sender, 0) == MailOutcome::deferred);
}

TEST_CASE("4yz is for later and 5yz is final for that address") {
  CHECK(outcome(SmtpStage::recipient, 450) == MailOutcome::deferred);
  CHECK(outcome(SmtpStage::recipient, 421) == MailOutcome::deferred);
  CHECK(outcome(SmtpStage::content, 451) == MailOutcome::deferred);
  CHECK(outcome(SmtpStage::recipient, 550) == MailOutcome::rejected);
  CHECK(outcome(SmtpStage::content, 554) == MailOutcome::rejected);
  CHECK(outcome(SmtpStage::sender, 552) == MailOutcome::rejected);  // this one is too large
}

TEST_CASE("what no mail passes closes the way") {
  CHECK(outcome(SmtpStage::connecting, 0) == MailOutcome::closed);
  CHECK(outcome(SmtpStage::connecting, 554) == MailOutcome::closed);
  CHECK(outcome(SmtpStage::connecting, 535) == MailOutcome::closed);
  CHECK(outcome(SmtpStage::sender, 530) == MailOutcome::closed);
  CHECK(outcome(SmtpStage::sender, 550) == MailOutcome::closed);
  SmtpEnd denied;
  denied.denied = true;
  CHECK(meaning_of(denied).outcome == MailOutcome::closed);
}

TEST_CASE("what was taken is sent and its answer is kept") {
  SmtpEnd end;
  end.taken = true;
  end.stage = SmtpStage::content;
  end.code = 250;
  end.reply = "250 queued as 7";
  CHECK(meaning_of(end).outcome == MailOutcome::sent);
  CHECK(meaning_of(end).message == "250 queued as 7");
}

TEST_CASE("a mail program's exit code is its answer") {
  CHECK(meaning_of_exit(0).outcome == MailOutcome::sent);
  CHECK(meaning_of_exit(75).outcome == MailOutcome::deferred);
  CHECK(meaning_of_exit(67).outcome == MailOutcome::rejected);
  CHECK(meaning_of_exit(78).outcome == MailOutcome::closed);
  CHECK(meaning_of_exit(127).outcome == MailOutcome::closed);
  CHECK(meaning_of_exit(1).outcome == MailOutcome::unknown);
}
