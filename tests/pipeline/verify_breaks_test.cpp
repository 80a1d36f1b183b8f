// Each check of `verify` on a ledger in which exactly that is broken: it is reported, and nothing
// else is. `each` compares the whole list of broken checks; two stand there where one thing can't
// be broken alone:
//   once, import-once          a UNIQUE index forbids it, so that is gone too: immutable
//   import-once, draft-delete  a row then points at nothing, or is left behind by one: file
//   chain                      of what was issued every sealed field is in the seal: date-order,
//                              tax, issued-complete; and the seals' head is in the series: no-gap
//   outbox-once                a key is made of the document, so another document has another key:
//                              outbox-total
//   mail-once                  an attempt too many is one more mail: outbox-states
//   queue                      an item on two documents is material of one and placed on the other:
//                              charged-once
#include <doctest/doctest.h>

#include "pipeline/verify_books.hpp"
#include "sync/submission.hpp"

using namespace billctl;
using namespace billctl::test;

TEST_CASE("X1 verify once: two live items of one entry and kind") {
  each(
      {{"DROP INDEX item_live; INSERT INTO item SELECT 99, tenant_id, entry_id, 'joined', "
        "client_id, "
        "project_id, engagement_id, task_id, member_id, job_type_id, work_on, product_id, "
        "product_scope, unit, quantity_micro, raw_seconds, billed_seconds, metres, pieces_micro, "
        "unit_price_micro, price_source, price_row_id, default_price, amount_minor, currency, "
        "time_rule, mark, previously_invoiced_on, per_day, made_event_id, changed_event_id "
        "FROM item WHERE id = 4; INSERT INTO item_open VALUES (99)",
        "once immutable", "entry:e4: has 2 live items of one kind: item:4, item:99"}});
}

TEST_CASE("S2-8 verify billed-has-item: what is billed is parked as if it were not") {
  each(
      {{"INSERT INTO entry_parked (entry_id, tenant_id, reason) SELECT id, 1, 'unconfirmed' FROM "
        "entry WHERE ref = 'e4'; UPDATE parked_count SET entries = 2",
        "billed-has-item", "entry:e4: is parked as unconfirmed"}});
  VerifyBooks books;
  books.tamper("INSERT INTO entry_open SELECT id FROM entry WHERE ref IN ('e1', 'e4')");
  CHECK(books.broken() == "");
}

TEST_CASE("verify import-once: one identity twice") {
  each(
      {{"PRAGMA legacy_alter_table = ON; ALTER TABLE entry RENAME TO first; CREATE TABLE entry AS "
        "SELECT * FROM first; DROP TABLE first; UPDATE entry SET ref = 'e5' WHERE ref = 'e12'",
        "import-once immutable file", "entry:e5: is in the ledger 2 times"}});
}

TEST_CASE("verify item-place: an item in no place or in two") {
  each(
      {{"DELETE FROM item_open WHERE item_id = 4", "item-place", "item:4: has no place"},
       {"INSERT INTO item_open VALUES (3)", "item-place", "item:3: is pending and on an invoice"}});
}

TEST_CASE("verify queue: queues that contradict one another") {
  each({{"INSERT INTO entry_open VALUES ((SELECT id FROM entry WHERE ref = 'e6'))", "queue",
         "entry:e6: waits for compile and is parked"},
        {"INSERT INTO item_open VALUES (13)", "queue",
         "item:13: waits for generate, yet it is released"},
        {"UPDATE item_placed SET invoice_id = 5 WHERE item_id = 3", "queue",
         "item:3: is material of DRAFT00004, yet its place is DRAFT00005"},
        {"UPDATE parked_count SET entries = 3", "queue", "the count says 3, parked are 1"},
        {"DELETE FROM placed WHERE item_id = 10; UPDATE line SET amount_minor = 2500, "
         "unit_price_micro "
         "= 25000000 WHERE invoice_id = 4 AND line = 2; UPDATE tax_row SET base_minor = 7500, "
         "amount_minor = 1913 WHERE invoice_id = 4; UPDATE invoice SET starting_minor = 7500, "
         "lines_minor = 7500, excl_tax_minor = 7500, tax_minor = 1913, incl_tax_minor = 9413, "
         "payable_minor = 8158 WHERE id = 4",
         "queue", "DRAFT00004: 3 items have their place on it, its material are 2"}});
}

TEST_CASE("verify drafted-on-draft: an item of another client or on a line that is gone") {
  each({{"INSERT INTO client (id, tenant_id, code, name) VALUES (2, 1, 'beta', 'Beta'); "
         "UPDATE item SET client_id = 2 WHERE id = 3",
         "drafted-on-draft", "item:3: is of another client than DRAFT00004"},
        {"UPDATE placed SET line = 9 WHERE item_id = 12", "drafted-on-draft",
         "DRAFT00005: line 9 is not there, yet item:12 stands behind it"}});
}

TEST_CASE("verify line-sum: shares that are not their line") {
  each({{"UPDATE placed SET share_minor = 10001 WHERE item_id = 1", "line-sum",
         "INV00001: line 1 is 175.00 EUR, its items' shares add up to 175.01 EUR"},
        {"UPDATE placed SET line = 0 WHERE item_id = 3", "line-sum",
         "DRAFT00004: line 1 is 50.00 EUR, and no item stands behind it"}});
}

TEST_CASE("S1-34 verify report-price: report prices that are not the lines") {
  each({{"UPDATE placed SET report_minor = 11900 WHERE item_id = 12", "report-price",
         "DRAFT00005: its lines are 120.00 EUR, the report prices 119.00 EUR and unallocated 0.00 "
         "EUR"},
        {"UPDATE invoice SET unallocated_minor = 5 WHERE id = 5", "report-price",
         "unallocated 0.05"},
        {"UPDATE placed SET report_minor = 1 WHERE item_id = 3", "report-price",
         "item:3 has a report price of its own"}});
}

TEST_CASE("verify line-net: a line that does not multiply out") {
  each(
      {{"UPDATE line SET quantity_micro = 2000000, unit_price_micro = 25000001 WHERE invoice_id = "
        "4 "
        "AND line = 1; UPDATE line SET quantity_micro = 1100000 WHERE invoice_id = 4 AND line = 2",
        "line-net", "DRAFT00004: line 2: 1.1 x 31.25 is 34.38 EUR, the line says 31.25 EUR"},
       {"UPDATE line SET allowance_minor = 1999 WHERE invoice_id = 5", "line-net",
        "and the allowance is 119.99 EUR, the line says 120.00 EUR"},
       {"INSERT INTO line (invoice_id, line, position, kind, source, description, allowance_minor, "
        "amount_minor) VALUES (5, 2, 2, 'text', 'typed', 'x', 0, 1), (5, 3, 3, 'text', 'typed', "
        "'y', 0, -1)",
        "line-net", "DRAFT00005: line 2 is text and has an amount"}});
}

TEST_CASE("S4-39 verify totals: amounts that do not add up") {
  each({{"UPDATE invoice SET payable_minor = 8943 WHERE id = 4", "totals",
         "DRAFT00004: payable is 89.43 EUR, it adds up to 89.42 EUR"},
        {"UPDATE invoice SET tax_minor = 2073, incl_tax_minor = 10198, payable_minor = 8943 WHERE "
         "id = 4",
         "totals", "DRAFT00004: tax is 20.73 EUR, it adds up to 20.72 EUR"},
        {"UPDATE prepayment SET applied_minor = 999", "totals",
         "DRAFT00004: prepaid is 12.55 EUR, it adds up to 12.54 EUR"}});
}

TEST_CASE("X25 verify tax: a tax row that is not base x rate or not the lines") {
  each({{"UPDATE tax_row SET amount_minor = 2073 WHERE invoice_id = 4; UPDATE invoice SET "
         "tax_minor = "
         "2073, incl_tax_minor = 10198, payable_minor = 8943 WHERE id = 4",
         "tax", "DRAFT00004: vat 25.5 % of 81.25 EUR is 20.72 EUR, the row says 20.73 EUR"},
        {"UPDATE tax_row SET base_minor = 8000, amount_minor = 2040 WHERE invoice_id = 4; UPDATE "
         "invoice "
         "SET tax_minor = 2040, incl_tax_minor = 10165, payable_minor = 8910 WHERE id = 4",
         "tax", "DRAFT00004: the base of vat is 80.00 EUR, its lines are 81.25 EUR"},
        {"UPDATE line SET tax = 'vat;city' WHERE invoice_id = 4 AND line = 1", "tax",
         "DRAFT00004: line 1 is taxed by vat;city"},
        {"UPDATE tax_row SET amount_minor = 3000, overridden = 1 WHERE invoice_id = 4; UPDATE "
         "invoice SET "
         "tax_minor = 3000, incl_tax_minor = 11125, payable_minor = 9870 WHERE id = 4",
         "tax", "was typed in as 30.00 EUR, far from 20.72 EUR"},
        {"UPDATE tax_row SET overridden = 1, stale = 1 WHERE invoice_id = 1", "tax chain",
         "INV00001: vat 25.5 % was typed in and stale"}});
}

TEST_CASE(
    "S4-30 verify starting-amount: starting + adjustments - exclusions is not what is invoiced") {
  each({{"UPDATE invoice SET starting_minor = 8000 WHERE id = 4", "starting-amount",
         "DRAFT00004: starting 80.00 EUR + adjustments 0.00 EUR"},
        {"UPDATE adjustment SET amount_minor = 1000", "starting-amount",
         "DRAFT00005: adjustments are 20.00 EUR, those in force add up to 10.00 EUR"},
        {"UPDATE adjustment SET undone_at = at", "starting-amount",
         "DRAFT00005: adjustments are 20.00 EUR, those in force add up to 0.00 EUR"}});
}

TEST_CASE("X3 verify release: an item that left an issued invoice untold") {
  each({{"UPDATE item SET previously_invoiced_on = 'INV00002' WHERE id = 4", "release",
         "item:4: left INV00002 without a release"},
        {"UPDATE item SET previously_invoiced_on = 'INV09999' WHERE id = 4", "release",
         "item:4: says that it was on INV09999"}});
}

TEST_CASE(
    "X3 verify charged-once: a warning with both numbers and the reason where a release explains "
    "it") {
  VerifyBooks books;
  books.tamper(
      "DELETE FROM prepayment; UPDATE invoice SET prepaid_minor = 0, payable_minor = 10197 WHERE "
      "id = 4;"
      "INSERT INTO material_event (invoice_id, item_id, what, reason, at, actor) VALUES "
      "(2, 9, 'release', 'to be asked for in November', 9000, 'anna');"
      "DELETE FROM placed WHERE item_id = 9; UPDATE item_placed SET invoice_id = 5 WHERE item_id = "
      "9;"
      "INSERT INTO placed VALUES (5, 1, 9, 0, 0, 0); UPDATE item SET previously_invoiced_on = "
      "'INV00002' WHERE id = 9; UPDATE invoice SET by_hand = 1, unallocated_minor = 100000 WHERE "
      "id = 2");
  CHECK(books.broken() == "(charged-once)");
  CHECK(books.verify().exit == ExitStatus::done);
  CHECK(books.found("charged-once") ==
        "item:9: is charged on DRAFT00005 and was on INV00002: to be asked for in November\n");
}

TEST_CASE("X3 verify charged-once: an error where no release explains it") {
  each({{"INSERT INTO placed VALUES (2, 1, 1, 0, 0, 0)", "charged-once queue",
         "item:1: is charged on INV00002 and on INV00001, and no release explains it"}});
}

TEST_CASE("S0-28 verify draft-delete: something of a draft that is gone") {
  each(
      {{"INSERT INTO adjustment (id, invoice_id, kind, amount_minor, at, "
        "actor) "
        "VALUES (77, 99, 'write', 5, 0, 'anna')",
        "draft-delete file", "invoice 99: is not there, yet adjustment 77 of it is"}});
}

TEST_CASE("S4-9 verify no-gap: a number that is missing or a counter that is off") {
  each({{"UPDATE series SET next_sequence = 6 WHERE code = 'issued'", "no-gap",
         "series issued: has no numbers 4 to 5"},
        {"UPDATE series SET next_sequence = 3 WHERE code = 'issued'", "no-gap",
         "series issued: counts to 3 next, its last number is 3"},
        {"UPDATE series SET first_sequence = 0 WHERE code = 'issued'", "no-gap",
         "series issued: has no number 0"},
        {"UPDATE invoice SET sequence = 7 WHERE id = 3; UPDATE series SET next_sequence = 8 WHERE "
         "code "
         "= 'issued'",
         "no-gap", "series issued: has no numbers 3 to 6"},
        {"DELETE FROM series WHERE code = 'issued'", "no-gap chain",
         "INV00001: is of series issued"}});
}

TEST_CASE("X28 verify no-gap: jumps of numbering set and overrides are no gap") {
  VerifyBooks books;
  books.tamper(
      "UPDATE series SET next_sequence = 101 WHERE code = 'issued'; INSERT INTO series_jump "
      "(tenant_id, code, from_sequence, to_sequence, at, actor) VALUES (1, 'issued', 4, 50, 1, "
      "'anna'), "
      "(1, 'issued', 50, 101, 1, 'anna')");
  CHECK(books.broken() == "");
  books.tamper(
      "UPDATE invoice SET series = NULL, series_year = NULL, sequence = NULL WHERE id = 3; "
      "UPDATE series SET next_sequence = 3 WHERE code = 'issued'; DELETE FROM series_jump");
  CHECK(books.broken() == "");
}

TEST_CASE("verify date-order: a date that runs backwards") {
  each({{"UPDATE invoice SET invoice_on = '2026-10-30' WHERE id = 3", "date-order chain",
         "INV00003: is dated 2026-10-30, INV00002 before it 2026-10-31"},
        {"UPDATE series SET last_on = '2026-11-02' WHERE code = 'issued'", "date-order",
         "series issued: ends on 2026-10-31, its counter says 2026-11-02"}});
}

TEST_CASE("verify issued-complete: an issued invoice that lacks what it must have") {
  each({{"UPDATE invoice SET seller = '' WHERE id = 1", "issued-complete chain",
         "INV00001: does not say who sells"},
        {"UPDATE invoice SET buyer = '{' WHERE id = 1", "issued-complete chain",
         "INV00001: does not say who buys"},
        {"DELETE FROM invoice_name WHERE name = 'INV00002'", "issued-complete",
         "INV00002: can not be found by its number"},
        {"UPDATE invoice SET number = 'INV00009' WHERE id = 4", "issued-complete",
         "DRAFT00004: is no more than a draft, yet it has the number INV00009"}});
}

TEST_CASE("verify outbox-total: a submission that is not of the document") {
  each({{"UPDATE submission SET kind = 'credit_note'", "outbox-total",
         "INV00001: is a invoice and was submitted to books as a credit_note"},
        {"UPDATE submission SET invoice_id = 4", "outbox-total outbox-once",
         "DRAFT00004: was submitted to books as if it were issued"}});
}

TEST_CASE("verify outbox-once: other bytes or another key than were queued") {
  each({{"UPDATE submission SET payload = x'00'", "outbox-once",
         "INV00001: the submission to books has not the bytes that it was queued with"},
        {"UPDATE submission SET key = 'ffffffffffffffffffffffffffffffff'", "outbox-once",
         "has a key of its own"},
        {"INSERT INTO stored_document (tenant_id, invoice_id, format, digest, content, stored_at) "
         "SELECT 1, id, 'pdf', hex(zeroblob(32)), x'00', 0 FROM invoice WHERE number = 'INV00001'",
         "outbox-once", "INV00001: the pdf has not the bytes that were sent"}});
}

TEST_CASE("verify outbox-states: attempts and states that do not fit") {
  each({{"UPDATE submission SET attempts = 3", "outbox-states",
         "INV00001: counts 3 attempts to books, 1 are recorded"},
        {"UPDATE submission SET done_at = NULL", "outbox-states",
         "is accepted at books, yet not done"},
        {"UPDATE submission SET state = 'queued'", "outbox-states",
         "is queued at books, yet done"}});
}

TEST_CASE("verify mail-once: an invoice that was mailed again and nobody asked for it") {
  const std::string again =
      "INSERT INTO mail SELECT 9, tenant_id, invoice_id, purpose, via, KEY, REVISION, '<' || KEY "
      "|| "
      "'@x>', sender, recipient, payload_digest, 'queued', 0, NULL, '', 3003, NULL, 0 "
      "FROM mail; INSERT INTO mail_content SELECT 9, payload FROM mail_content";
  const auto with = [&](const std::string& revision) {
    // The key of such a revision, as the program makes it.
    VerifyBooks books;
    const std::string whole =
        revision + ":" + books.firm().ask("SELECT seal FROM invoice WHERE id = 1") + ":1";
    const std::string key = submission_key("main", "DRAFT00001", whole);
    std::string sql = again;
    for (std::size_t at; (at = sql.find("KEY")) != std::string::npos;)
      sql.replace(at, 3, "'" + key + "'");
    sql.replace(sql.find("REVISION"), 8, "'" + whole + "'");
    return "UPDATE mail SET superseded = 1; " + sql;
  };
  const std::string unasked = with("invoice");
  each({{unasked.c_str(), "mail-once",
         "INV00001: was mailed again when it was sent, and nobody asked for it"},
        {"UPDATE mail SET attempts = 2; INSERT INTO mail_attempt (mail_id, number, started_at, "
         "ended_at, outcome) VALUES (1, 2, 3003, 3004, 'sent')",
         "mail-once", "INV00001: was mailed again after attempt 1, which was sent"},
        {"UPDATE mail_attempt SET outcome = 'unknown'; UPDATE mail SET attempts = 2; INSERT INTO "
         "mail_attempt (mail_id, number, started_at, ended_at, outcome) VALUES (1, 2, 3003, 3004, "
         "'sent')",
         "mail-once", "after attempt 1, which was unknown"}});
  VerifyBooks books;
  books.tamper(with("resend"));
  CHECK(books.broken() == "");
}

TEST_CASE("verify outbox checks: a mail of another document or with other bytes") {
  each(
      {{"UPDATE mail_content SET payload = x'00'", "outbox-once",
        "INV00001: the mail has not the bytes that it was queued with"},
       {"UPDATE mail SET message_id = '<x@example.test>'", "outbox-once",
        "INV00001: the mail has a key of its own"},
       {"UPDATE mail SET invoice_id = 2", "outbox-total outbox-once",
        "INV00002: was mailed with another seal than it has"},
       {"UPDATE mail SET attempts = 3", "outbox-states mail-once",
        "INV00001: counts 3 attempts to mail it, 1 are recorded"},
       {"UPDATE mail SET done_at = NULL", "outbox-states", "has a mail that is sent, yet not done"},
       {"UPDATE mail SET state = 'queued'", "outbox-states",
        "has a mail that is queued, yet done"}});
}

TEST_CASE("verify currency: two currencies on one invoice or one that is none") {
  each({{"UPDATE item SET currency = 'USD' WHERE id = 3", "currency",
         "item:3: is in USD, its invoice DRAFT00004 in EUR"},
        {"UPDATE item SET currency = 'XYZ' WHERE id = 4", "currency", "item:4: is in \"XYZ\""}});
}

TEST_CASE("verify conservation: an entry that is lost or counted twice or shrunk") {
  each({{"DELETE FROM entry_open WHERE entry_id = (SELECT id FROM entry WHERE ref = 'e5')",
         "conservation", "entry:e5: is lost (acme in 2026-10, 3600 s)"},
        {"UPDATE item SET mark = 'released' WHERE id = 4; DELETE FROM item_open WHERE item_id = 4",
         "conservation", "entry:e4: is lost"},
        {"UPDATE entry SET archived_at = 5 WHERE ref = 'e4'", "conservation",
         "entry:e4: is archived and counted again (acme in 2026-10, 3600 s): item:4 of it is "
         "pending"},
        {"UPDATE entry SET raw_seconds = 7201 WHERE ref = 'e1'", "conservation",
         "item:1: has 7200 s, entry:e1 recorded 7201"},
        {"UPDATE item SET metres = 12000 WHERE id = 10", "conservation",
         "item:10: has 12000 m, entry:e10 recorded 12500"},
        {"INSERT INTO entry_merge SELECT 1, tenant_id, id, '', ref, source, kind, task_id, "
         "project_id, member_id, started_at, stopped_at, raw_seconds, work_on, zone, "
         "quantity_micro, unit, unit_price_micro, amount_minor, distance_metres, "
         "transport_seconds, transport_unit_price_micro, product_id, job_type_id, description, "
         "charge, confirmed_at, confirmed_by, to_rebill, parent_id, invoiced_as, archived_at, "
         "withdrawn_at FROM entry WHERE ref = 'e4'; INSERT INTO entry_merged SELECT 1, id, NULL "
         "FROM entry WHERE ref = 'e5'",
         "conservation", "entry:e5: is merged into entry:e4 and counted again"}});
}

TEST_CASE("X27 verify time: a work date that its start does not explain") {
  each({{"UPDATE entry SET work_on = '2026-10-05' WHERE ref = 'e14'; UPDATE item SET work_on = "
         "'2026-10-05' WHERE id = 14",
         "time",
         "entry:e14: has the work date 2026-10-05, it started on 2026-10-06 in Europe/Helsinki"},
        {"UPDATE entry SET zone = '', work_on = '2026-10-09' WHERE ref = 'e14'", "time",
         "entry:e14: has the work date 2026-10-09, it started at 2026-10-05T22:30:00Z"},
        {"UPDATE entry SET zone = '' WHERE ref = 'e14'", "(time)", "in the tenant's zone of today"},
        {"UPDATE entry SET zone = 'Mars/Base' WHERE ref = 'e14'", "time",
         "is in the zone \"Mars/Base\""},
        {"UPDATE entry SET stopped_at = started_at - 1 WHERE ref = 'e14'", "time",
         "stops before it starts"},
        {"UPDATE entry SET work_on = '2026-13-01' WHERE ref = 'e5'", "time",
         "entry:e5: has the work date \"2026-13-01\""},
        {"UPDATE item SET work_on = '2026-10-06' WHERE id = 1", "time",
         "item:1: has the work date 2026-10-06"}});
}
