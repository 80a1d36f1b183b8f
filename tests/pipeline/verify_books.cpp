#include "pipeline/verify_books.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "issue/seal.hpp"
#include "ledger/events.hpp"
#include "ledger/invoices.hpp"
#include "ledger/issue_records.hpp"
#include "ledger/mails.hpp"
#include "ledger/outbox.hpp"
#include "ledger/raw_sqlite.hpp"
#include "text/sha256.hpp"

namespace billctl::test {
namespace {

constexpr const char* kItems = R"sql(
DELETE FROM entry_open WHERE entry_id NOT IN (SELECT id FROM entry WHERE ref IN ('e5', 'e12'));
INSERT INTO entry_parked (entry_id, tenant_id, reason) SELECT id, 1, 'unconfirmed' FROM entry WHERE ref = 'e6';
UPDATE entry SET archived_at = 1000 WHERE ref = 'e7';
UPDATE entry SET withdrawn_at = 1000 WHERE ref = 'e8';
INSERT INTO item (id, tenant_id, entry_id, kind, client_id, project_id, engagement_id, task_id, work_on,
    product_id, product_scope, unit, quantity_micro, raw_seconds, billed_seconds, metres, unit_price_micro,
    price_source, amount_minor, currency, mark)
  SELECT n.id, 1, e.id, n.kind, 1, 1, 1, 1, e.work_on, 1, 'tenant', n.unit, n.quantity, n.seconds, n.seconds,
    n.metres, n.price, n.source, n.amount, 'EUR', n.mark
  FROM entry AS e JOIN (
    SELECT 1 AS id, 'e1' AS ref, 'time' AS kind, 'hour' AS unit, 2000000 AS quantity, 7200 AS seconds,
           NULL AS metres, 50000000 AS price, 'product' AS source, 10000 AS amount, '' AS mark
    UNION ALL SELECT 2, 'e2', 'time', 'hour', 1500000, 5400, NULL, 50000000, 'product', 7500, ''
    UNION ALL SELECT 3, 'e3', 'time', 'hour', 1000000, 3600, NULL, 50000000, 'product', 5000, ''
    UNION ALL SELECT 4, 'e4', 'time', 'hour', 1000000, 3600, NULL, 50000000, 'product', 5000, ''
    UNION ALL SELECT 9, 'e9', 'instalment', 'pcs', 1000000, NULL, NULL, 1000000000, 'entry', 100000, ''
    UNION ALL SELECT 10, 'e10', 'mileage', 'km', 12500000, NULL, 12500, 500000, 'product', 625, ''
    UNION ALL SELECT 11, 'e10', 'travel_time', 'hour', 500000, 1800, NULL, 50000000, 'product', 2500, ''
    UNION ALL SELECT 12, 'e11', 'time', 'hour', 2000000, 7200, NULL, 50000000, 'product', 10000, ''
    UNION ALL SELECT 13, 'e12', 'time', 'hour', 1000000, 3600, NULL, 50000000, 'product', 5000, 'released'
    UNION ALL SELECT 14, 'e14', 'time', 'hour', 1000000, 3600, NULL, 50000000, 'product', 5000, ''
  ) AS n ON n.ref = e.ref;
INSERT INTO item_open (item_id) VALUES (4), (14);
)sql";

constexpr const char* kInvoices = R"sql(
INSERT INTO invoice (id, tenant_id, type, draft_number, corrects_id, client_id, bill_to_id, currency, name,
  period_first_on, period_last_on, rounding, rounding_mode, quantity_decimals, created_at, by_hand,
  starting_minor, adjustments_minor, milestones_minor, lines_minor, excl_tax_minor, tax_minor, incl_tax_minor,
  prepaid_minor, payable_minor) VALUES
  (1, 1, 'invoice', 'DRAFT00001', NULL, 1, 1, 'EUR', 'Acme October', '2026-10-01', '2026-10-31', 'half-away', 'line',
   4, 1000, 0, 17500, 0, 0, 17500, 17500, 4463, 21963, 0, 21963),
  (2, 1, 'invoice', 'DRAFT00002', NULL, 1, 1, 'EUR', 'Acme', '2026-10-01', '2026-10-31', 'half-away', 'line',
   4, 1000, 0, 0, 0, 100000, 100000, 100000, 25500, 125500, 0, 125500),
  (3, 1, 'credit_note', 'DRAFT00003', 1, 1, 1, 'EUR', 'Acme', '2026-10-01', '2026-10-31', 'half-away', 'line',
   4, 1000, 0, 0, 0, 0, -7500, -7500, -1913, -9413, 0, -9413),
  (4, 1, 'invoice', 'DRAFT00004', NULL, 1, 1, 'EUR', 'Acme', '2026-10-01', '2026-10-31', 'half-away', 'line',
   4, 1000, 0, 8125, 0, 0, 8125, 8125, 2072, 10197, 1255, 8942),
  (5, 1, 'invoice', 'DRAFT00005', NULL, 1, 1, 'EUR', 'Acme', '2026-10-01', '2026-10-31', 'half-away', 'line',
   4, 1000, 1, 10000, 2000, 0, 12000, 12000, 0, 12000, 0, 12000);
INSERT INTO invoice_name (tenant_id, name, invoice_id) SELECT 1, draft_number, id FROM invoice;
INSERT INTO line (invoice_id, line, position, kind, source, description, quantity_micro, unit, unit_price_micro,
  allowance_minor, amount_minor, tax) VALUES
  (1, 1, 1, 'time', 'items', 'Work', 3500000, 'hour', 50000000, 0, 17500, 'vat'),
  (1, 2, 2, 'text', 'typed', 'Thank you', NULL, '', NULL, 0, 0, ''),
  (2, 1, 1, 'instalment', 'items', 'First of three', 1000000, 'pcs', 1000000000, 0, 100000, 'vat'),
  (3, 1, 1, 'time', 'typed', 'Work', -1000000, 'pcs', 75000000, 0, -7500, 'vat'),
  (4, 1, 1, 'time', 'items', 'Work', 1000000, 'hour', 50000000, 0, 5000, 'vat'),
  (4, 2, 2, 'travel', 'items', 'Travel', 1000000, 'pcs', 31250000, 0, 3125, 'vat'),
  (5, 1, 1, 'time', 'typed', 'Work, as agreed', 2000000, 'hour', 50000000, 2000, 12000, '');
INSERT INTO tax_row (invoice_id, position, tax, category, rate_micro, base_minor, amount_minor) VALUES
  (1, 1, 'vat', 'S', 25500000, 17500, 4463), (2, 1, 'vat', 'S', 25500000, 100000, 25500),
  (3, 1, 'vat', 'S', 25500000, -7500, -1913), (4, 1, 'vat', 'S', 25500000, 8125, 2072);
INSERT INTO prepayment (invoice_id, contract_line_id, applied_minor, tax_minor) VALUES (4, 1, 1000, 255);
INSERT INTO placed (invoice_id, line, item_id, share_minor, report_minor) VALUES
  (1, 1, 1, 10000, NULL), (1, 1, 2, 7500, NULL), (2, 1, 9, 100000, NULL), (4, 1, 3, 5000, NULL),
  (4, 2, 10, 625, NULL), (4, 2, 11, 2500, NULL), (5, 1, 12, 12000, 12000);
INSERT INTO item_placed (item_id, invoice_id) SELECT item_id, invoice_id FROM placed;
INSERT INTO adjustment (invoice_id, item_id, line, kind, amount_minor, reason, at, actor) VALUES
  (5, NULL, 1, 'typed', 2000, 'as agreed', 2000, 'anna');
INSERT INTO approval (invoice_id, role, revision, actor, os_user, at, event_id) VALUES (1, 'pm', 1, 'anna', 'anna', 1500, 1);
INSERT INTO series (tenant_id, code, year, first_sequence, next_sequence) VALUES
  (1, 'draft', '', 1, 6), (1, 'issued', '', 1, 4);
INSERT INTO job (id, tenant_id, name, period_first_on, period_last_on) VALUES (1, 1, 'support', '2026-10-01', '2026-10-31');
INSERT INTO job_run (id, job_id, started_at, finished_at, actor, exit, report) VALUES (1, 1, 1900, 1901, 'anna', 0,
  '{"job":"support","run":1,"clients":1,"outcomes":[{"client":"acme","outcome":"created","invoices":["DRAFT00004"],"reasons":[]}]}');
INSERT INTO job_client (job_run_id, client_id, outcome) VALUES (1, 1, 'created');
INSERT INTO job_fact (job_run_id, fact, row_id) VALUES (1, 'created', 4);
UPDATE invoice SET job_id = 1 WHERE id = 4;
)sql";

}  // namespace

VerifyBooks::VerifyBooks() {
  fill();
}

void VerifyBooks::fill() {
  firm_.add("products", "code=work");
  firm_.add("clients", "code=acme");
  firm_.add("engagements", "code=eng client=acme");
  firm_.add("projects", "code=web client=acme engagement=eng");
  firm_.add("contract_lines", "code=cl engagement=eng type=tm");
  firm_.add("tasks", "code=dev project=web");
  for (const char* hours :
       {"e1 seconds=7200", "e2 seconds=5400", "e3 seconds=3600", "e4 seconds=3600",
        "e5 seconds=3600", "e6 seconds=3600", "e7 seconds=3600", "e8 seconds=3600",
        "e11 seconds=7200", "e12 seconds=3600"}) {
    firm_.add("entries", std::string("task=dev id=") + hours);
  }
  firm_.add("entries", "id=e9 kind=instalment project=web amount=1000.00");
  firm_.add("entries", "id=e10 kind=mileage task=dev distance_km=12.5 transport_minutes=30");
  // Shortly before midnight in UTC and on the next day in Helsinki, where it is dated.
  firm_.add("entries",
            "id=e14 task=dev started_at=2026-10-05T22:30:00Z stopped_at=2026-10-05T23:30:00Z "
            "seconds=3600 "
            "date=2026-10-06 zone=Europe/Helsinki");
  firm_.execute(kItems);
  firm_.execute(kInvoices);
  Ledger& ledger = firm_.ledger();
  ledger.write(DryRun::no, [&] {
    Events events(ledger, firm_.tenant());
    Event event;
    event.at = Instant::from_seconds(1500);
    event.actor = event.os_user = "anna";
    event.arguments = event.changes = "{}";
    event.verb = "approve";
    events.append(event, {{"invoice:DRAFT00001", "approved as pm"},
                          {"invoice:DRAFT00001", "approved as finance"}});
    for (const char* verb : {"import", "compile", "generate"}) {
      event.verb = verb;
      events.append(event, {{"entry:e1", verb}});
    }
  });
  issue(1, "INV00001", 1);
  issue(2, "INV00002", 2);
  issue(3, "INV00003", 3);
  ledger.write(DryRun::no, [&] {
    Submission submission;
    submission.invoice = {1};
    submission.provider = "books";
    submission.revision = firm_.ask("SELECT seal FROM invoice WHERE id = 1");
    submission.key = submission_key("main", "DRAFT00001", submission.revision);
    submission.payload = "{}";
    submission.payload_digest = to_hex(sha256(submission.payload));
    Outbox outbox(ledger, firm_.tenant());
    submission.id = outbox.queue(submission, Instant::from_seconds(3000));
    outbox.begin_attempt(submission.id, Instant::from_seconds(3001));
    submission.state = SubmissionState::accepted;
    submission.attempts = 1;
    submission.remote_id = "R1";
    outbox.end_attempt(submission, "accepted", Instant::from_seconds(3002));
  });
  mail();
}

void VerifyBooks::mail() {
  Ledger& ledger = firm_.ledger();
  ledger.write(DryRun::no, [&] {
    Mail mail;
    mail.invoice = {1};
    mail.revision = "invoice:" + firm_.ask("SELECT seal FROM invoice WHERE id = 1") + ":0";
    mail.key = submission_key("main", "DRAFT00001", mail.revision);
    mail.message_id = "<" + mail.key + "@example.test>";
    mail.from = "billing@example.test";
    mail.to = "bo@acme.test";
    mail.payload = "Subject: x\r\n\r\n";
    mail.payload_digest = to_hex(sha256(mail.payload));
    Mails mails(ledger, firm_.tenant());
    mail.id = mails.queue(mail);
    mails.begin_attempt(mail.id, Instant::from_seconds(3001));
    mail.state = MailState::sent;
    mails.end_attempt(mail, "sent", Instant::from_seconds(3002));
  });
}

void VerifyBooks::issue(std::int64_t row, const std::string& number, std::int64_t sequence) {
  Ledger& ledger = firm_.ledger();
  ledger.write(DryRun::no, [&] {
    Invoices invoices(ledger, firm_.tenant());
    Document document = invoices.document({row});
    Invoice& invoice = document.invoice;
    invoice.number = number;
    invoice.series = "issued";
    invoice.sequence = sequence;
    invoice.invoice_on = Date::parse("2026-10-31");
    invoice.due_on = Date::parse("2026-11-14");
    invoice.ar_period = "2026-10";
    invoice.seller = R"({"name":"Seller Oy"})";
    invoice.buyer = R"({"name":"Acme Oy"})";
    invoice.terms_snapshot = "{}";
    invoice.issued_at = Instant::from_seconds(2000 + row);
    invoice.state = InvoiceState::issued;
    invoice.previous_seal =
        firm_.ask("SELECT coalesce((SELECT seal FROM invoice WHERE sequence = " +
                  std::to_string(sequence - 1) + "), '')");
    const std::string corrects = invoice.corrects ? "INV00001" : "";
    invoice.seal = seal_of(invoice.previous_seal, canonical_bytes(document, {"acme", corrects}));
    IssueRecord issued_with;
    if (row == 1) issued_with.required = {ApprovalRole::pm};
    issued_with.unsealed_digest = unsealed_digest(document);
    IssueRecords(ledger).add(invoice.id, issued_with);
    invoices.freeze(invoice);
  });
  firm_.execute(
      "UPDATE series SET last_on = '2026-10-31', last_seal = (SELECT seal FROM invoice WHERE id "
      "= " +
      std::to_string(row) + ") WHERE code = 'issued'");
}

void VerifyBooks::tamper(const std::string& sql) {
  RawSqlite foreign(path());
  const std::string triggers = foreign.rows(
      "SELECT group_concat(sql, ';' || char(10)) FROM sqlite_schema WHERE type = 'trigger'");
  foreign.run("PRAGMA ignore_check_constraints = ON");
  foreign.drop_triggers();
  foreign.run(sql);
  foreign.run(triggers);
}

Report VerifyBooks::verify(const VerifyRequest& request) {
  return billctl::verify(firm_.session(), request);
}

std::string VerifyBooks::broken(const VerifyRequest& request) {
  std::string names;
  const Report report = verify(request);
  for (const Json& check : report.body["checks"].as_array()) {
    if (check["ok"].as_bool()) continue;
    const std::string& name = check["name"].as_string();
    names += (names.empty() ? "" : " ") +
             (check["level"].as_string() == "warning" ? "(" + name + ")" : name);
  }
  return names;
}

std::string VerifyBooks::found(const std::string& check, VerifyRequest request) {
  std::string text;
  if (check != "anchor") request.checks = {check};
  const Report report = verify(request);
  for (const Json& each : report.body["checks"].as_array()) {
    if (each["name"].as_string() != check) continue;
    for (const Json& found : each["found"].as_array())
      text += found["subject"].as_string() + ": " + found["message"].as_string() + "\n";
  }
  return text;
}

void each(std::initializer_list<Break> breaks) {
  for (const Break& one : breaks) {
    VerifyBooks books;
    books.tamper(one.sql);
    CAPTURE(one.sql);
    const std::string checks = one.checks;
    std::string first = checks.substr(0, checks.find(' '));
    if (first[0] == '(') first = first.substr(1, first.size() - 2);
    // `broken` tells in the order of verify; the one meant stands first here.
    VerifyRequest request;
    const std::string seen = books.broken(request);
    const std::string found = books.found(first);
    CAPTURE(found);
    CHECK(found.find(one.message) != std::string::npos);
    const auto words = [](std::string text) {
      std::vector<std::string> list;
      text += ' ';
      for (std::size_t at = 0, end = 0; (end = text.find(' ', at)) != text.npos; at = end + 1)
        list.push_back(text.substr(at, end - at));
      std::sort(list.begin(), list.end());
      return list;
    };
    CAPTURE(seen);
    const bool same = words(seen) == words(checks);
    CHECK(same);
  }
}

}  // namespace billctl::test
