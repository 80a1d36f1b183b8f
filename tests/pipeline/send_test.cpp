// What other verbs send by: send_invoices and send_notice, into a maildir. The verb itself is shown
// in tests/cli/send.test and against a server in tests/send.
#include "pipeline/send.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "ledger/mails.hpp"
#include "ledger/raw_sqlite.hpp"
#include "pipeline/desk.hpp"
#include "pipeline/verify.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

class Office {
 public:
  explicit Office(const std::string& mail = "")
      : desk_("[mail]\ntransport = \"file\"\npath = \"" + scratch_.path("mail") +
              "\"\nfrom = \"billing@example.test\"\nattach = []\n" + mail) {
    desk_.firm().change("clients", "acme", "emails='anna@acme.test; bo@acme.test'");
    client("beta", "");
    client("gamma", "emails=gamma@example.test delivery=post");
  }

  void client(const std::string& code, const std::string& fields) {
    desk_.firm().add("clients",
                     "code=" + code + " street='Katu 1' city=Helsinki country=FI " + fields);
  }
  /// Issues an invoice of the client. @returns its row.
  InvoiceId issued(const std::string& client) {
    const std::string draft = desk_.draft({.client = client});
    desk_.issue({draft});
    return desk_.id(draft);
  }
  std::vector<SentInvoice> send(const std::vector<InvoiceId>& ids, DryRun dry_run = DryRun::no) {
    Session session = desk_.session(dry_run);
    return send_invoices(session, ids);
  }
  std::vector<std::string> arrived() {
    std::vector<std::string> messages;
    const std::string folder = scratch_.path("mail") + "/new";
    if (!std::filesystem::exists(folder)) return messages;
    for (const auto& each : std::filesystem::directory_iterator(folder)) {
      std::ifstream in(each.path(), std::ios::binary);
      messages.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    return messages;
  }
  void empty_maildir() { std::filesystem::remove_all(scratch_.path("mail") + "/new"); }
  /// Past the triggers, which are put back as they were.
  void tamper(const std::string& sql) {
    RawSqlite foreign(firm().ledger().path());
    const std::string triggers = foreign.rows(
        "SELECT group_concat(sql, ';' || char(10)) FROM sqlite_schema WHERE type = 'trigger'");
    foreign.drop_triggers();
    foreign.run(sql);
    foreign.run(triggers);
  }
  Desk& desk() { return desk_; }
  Fixture& firm() { return desk_.firm(); }
  std::string broken() {
    Session session = desk_.session();
    VerifyRequest request;
    request.checks = {"mail-once", "outbox-total", "outbox-once", "outbox-states"};
    return verify(session, request).body["ok"].as_bool() ? "" : "broken";
  }

 private:
  Scratch scratch_;
  Desk desk_;
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("S3-9 S3-24 what was issued is sent and each invoice says why it was not") {
  Office office;
  const std::vector<InvoiceId> ids = {office.issued("acme"), office.issued("beta"),
                                      office.issued("gamma")};
  const auto sent = office.send(ids);
  REQUIRE(sent.size() == 3);
  CHECK(sent[0].state == MailState::sent);
  CHECK(sent[0].to == "anna@acme.test");
  CHECK(sent[0].code().empty());
  CHECK(sent[1].code() == "no_email");
  CHECK(sent[1].message == "client beta has no e-mail address");
  CHECK_FALSE(sent[2].by_mail);
  CHECK(sent[2].code().empty());
  CHECK(office.arrived().size() == 1);
  // The same again, as a job that was cut short asks.
  const auto again = office.send(ids);
  CHECK(again[0].state == MailState::sent);
  CHECK_FALSE(again[0].touched);
  CHECK(again[1].code() == "no_email");
  CHECK(office.arrived().size() == 1);
  CHECK(office.broken().empty());
}

TEST_CASE("a dry run of a send writes nothing and calls nobody") {
  Office office;
  const std::vector<InvoiceId> ids = {office.issued("acme"), office.issued("beta")};
  const auto planned = office.send(ids, DryRun::yes);
  CHECK(planned[0].state == MailState::queued);
  CHECK(planned[1].code() == "no_email");
  CHECK(office.arrived().empty());
  CHECK(office.firm().number("SELECT count(*) FROM mail") == 0);
  CHECK(office.send({}).empty());
}

TEST_CASE("X29 who pays is who gets the mail") {
  Office office;
  office.client("payer", "emails=payer@example.test");
  const std::string draft = office.desk().draft({.client = "beta"});
  office.firm().execute(
      "UPDATE invoice SET bill_to_id = (SELECT id FROM client WHERE code = 'payer')");
  office.desk().issue({draft});
  CHECK(office.send({office.desk().id(draft)})[0].to == "payer@example.test");
}

TEST_CASE("a draft and an invoice without mail settings are not sent") {
  Office office;
  const std::string draft = office.desk().draft();
  CHECK_THROWS_AS(office.send({office.desk().id(draft)}), Error);
  Desk without;
  Session session = without.session();
  CHECK_THROWS_AS(require_mail(session), Error);
  CHECK_THROWS_AS(send_invoices(session, {}), Error);
}

TEST_CASE("a mail that a crash left half sent is unknown but where the maildir shows it") {
  Office office;
  const std::vector<InvoiceId> ids = {office.issued("acme"), office.issued("acme")};
  office.send(ids);
  // Back to the moment between the call and its answer.
  office.tamper(
      "UPDATE mail SET state = 'sending', done_at = NULL; "
      "UPDATE mail_attempt SET ended_at = NULL, outcome = ''; "
      "UPDATE mail SET key = 'ffffffffffffffffffffffffffffffff' WHERE invoice_id = 2");
  const auto sent = office.send(ids);
  CHECK(sent[0].state == MailState::sent);
  CHECK(sent[1].state == MailState::unknown);
  CHECK(sent[1].code() == "unknown");
  CHECK(office.send(ids)[1].attempts == 1);
  CHECK(office.arrived().size() == 2);
}

TEST_CASE("a person's word on a mail that a crash left half sent is taken before the next run") {
  for (const bool arrived : {true, false}) {
    Office office;
    const InvoiceId id = office.issued("acme");
    office.send({id});
    office.empty_maildir();
    office.tamper(
        "UPDATE mail SET state = 'sending', done_at = NULL; "
        "UPDATE mail_attempt SET ended_at = NULL, outcome = ''");
    Session session = office.desk().session();
    send_resolve(session, {.invoice = "INV00001", .sent = arrived, .absent = !arrived});
    const auto sent = office.send({id});
    CHECK(sent[0].state == MailState::sent);
    CHECK(sent[0].attempts == (arrived ? 1 : 2));
    CHECK(office.arrived().size() == (arrived ? 0 : 1));
    CHECK(office.broken().empty());
  }
}

TEST_CASE("S3-12 a notice goes once under its key") {
  Office office;
  Session session = office.desk().session();
  const Notice notice{"job-run:1", "boss@example.test", "fi", "2 failed: Ty\xc3\xb6\r\nx",
                      "All of it.\n"};
  CHECK(send_notice(session, notice).state == MailState::sent);
  CHECK(send_notice(session, notice).state == MailState::sent);
  REQUIRE(office.arrived().size() == 1);
  const std::string message = office.arrived()[0];
  CHECK(has(message, "To: boss@example.test\n"));
  CHECK(has(message, "All of it.\n"));
  CHECK_FALSE(has(message, "\nx\n"));
  CHECK(send_notice(session, {"job-run:2", "no address", "", "s", "t"}).message ==
        "\"no address\" is no e-mail address");
  Desk without;
  Session poor = without.session();
  CHECK(has(send_notice(poor, notice).message, "does not say how mail is sent"));
  CHECK(office.broken().empty());
}

TEST_CASE("each language has its words") {
  for (const auto& [language, greeting] :
       std::initializer_list<std::pair<std::string, std::string>>{{"en", "Hello,"},
                                                                  {"fi", "Hei,"},
                                                                  {"sv", "Hej,"},
                                                                  {"de", "Guten Tag,"},
                                                                  {"nl", "Hello,"}}) {
    Office office;
    office.firm().change("clients", "acme", "language=" + language);
    office.send({office.issued("acme")});
    REQUIRE(office.arrived().size() == 1);
    CHECK(has(office.arrived()[0], "\n" + greeting + "\n"));
  }
}

TEST_CASE("a line end in data begins no header") {
  Office office("subject = \"{number} {title}\"\n");
  office.firm().change("clients", "acme", "name='Acme'");
  const std::string draft = office.desk().draft();
  office.firm().execute(
      "UPDATE invoice SET title = 'x' || char(13) || char(10) || 'Bcc: eve@example.test'");
  office.desk().issue({draft});
  CHECK(office.send({office.desk().id(draft)})[0].state == MailState::sent);
  CHECK_FALSE(has(office.arrived()[0], "\nBcc:"));
  CHECK(has(office.arrived()[0], "\\x0d\\x0aBcc: eve@example.test"));
}
