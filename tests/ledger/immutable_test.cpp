// X2: what was issued never changes. Every attack comes from a foreign connection with SQLite's own
// defaults, which has the triggers of the file and nothing else of ours.
#include <doctest/doctest.h>

#include <vector>

#include "ledger/ledger.hpp"
#include "ledger/raw_sqlite.hpp"
#include "ledger/scratch.hpp"

using namespace billctl;
using billctl::test::RawSqlite;
using billctl::test::Scratch;

namespace {

/// Invoice 1 is issued as INV00001 with all that hangs on it; invoice 2 is a draft with the same.
constexpr const char* kBooks = R"sql(
INSERT INTO tenant VALUES (1, 'main', 1, 0);
INSERT INTO client (id, tenant_id, code, name) VALUES (1, 1, 'acme', 'Acme');
INSERT INTO product (id, tenant_id, code, name, unit) VALUES (1, 1, 'work', 'Work', 'hour');
INSERT INTO engagement (id, tenant_id, code, name, client_id) VALUES (1, 1, 'eng', 'Eng', 1);
INSERT INTO contract_line (id, tenant_id, code, engagement_id, type) VALUES
  (1, 1, 'cl', 1, 'tm'), (2, 1, 'cl2', 1, 'tm');
INSERT INTO entry (id, tenant_id, ref, kind, work_on) VALUES
  (1, 1, 'e1', 'time', '2026-10-01'), (2, 1, 'e2', 'time', '2026-10-02');
INSERT INTO item (id, tenant_id, entry_id, kind, client_id, work_on, product_id, product_scope, unit,
  quantity_micro, unit_price_micro, price_source, amount_minor, currency) VALUES
  (1, 1, 1, 'time', 1, '2026-10-01', 1, 'tenant', 'hour', 1000000, 50000000, 'product', 5000, 'EUR'),
  (2, 1, 2, 'time', 1, '2026-10-02', 1, 'tenant', 'hour', 1000000, 50000000, 'product', 5000, 'EUR');
INSERT INTO invoice (id, tenant_id, draft_number, client_id, bill_to_id, currency, period_first_on,
  period_last_on, rounding, rounding_mode, quantity_decimals, created_at) VALUES
  (1, 1, 'DRAFT00001', 1, 1, 'EUR', '2026-10-01', '2026-10-31', 'half-away', 'line', 4, 0),
  (2, 1, 'DRAFT00002', 1, 1, 'EUR', '2026-10-01', '2026-10-31', 'half-away', 'line', 4, 0);
INSERT INTO line (invoice_id, line, position, kind, description, quantity_micro, unit,
  unit_price_micro, amount_minor) VALUES
  (1, 1, 1, 'time', 'Work', 1000000, 'hour', 50000000, 5000),
  (2, 1, 1, 'time', 'Work', 1000000, 'hour', 50000000, 5000);
INSERT INTO tax_row (invoice_id, position, tax, category, rate_micro, base_minor, amount_minor) VALUES
  (1, 1, 'vat', 'S', 25500000, 5000, 1275), (2, 1, 'vat', 'S', 25500000, 5000, 1275);
INSERT INTO prepayment VALUES (1, 1, 100, 0), (2, 1, 100, 0);
INSERT INTO placed VALUES (1, 1, 1, 5000, NULL, NULL), (2, 1, 2, 5000, NULL, NULL);
INSERT INTO item_placed VALUES (1, 1), (2, 2);
INSERT INTO approval (id, invoice_id, role, revision, actor, os_user, at) VALUES
  (1, 1, 'pm', 1, 'anna', 'anna', 0), (2, 2, 'pm', 1, 'anna', 'anna', 0);
INSERT INTO issue_record SELECT 1, 'pm', '', 1, printf('%064d', 0), 5000, 0, 0;
INSERT INTO invoice_name VALUES (1, 'DRAFT00001', 1, 0), (1, 'DRAFT00002', 2, 0), (1, 'INV00001', 1, 1);
INSERT INTO series VALUES (1, 'issued', '', 1, 2, '2026-10-31', 'aa'), (1, 'draft', '', 1, 3, NULL, '');
INSERT INTO series_jump VALUES (1, 1, 'credit', '', 1, 5, 0, 'anna');
INSERT INTO submission (id, tenant_id, invoice_id, provider, kind, key, revision, payload,
  payload_digest, state, queued_at, superseded) VALUES
  (1, 1, 1, 'books', 'invoice', 'k1', 'r1', x'00', 'd1', 'rejected', 0, 1),
  (2, 1, 1, 'books', 'invoice', 'k2', 'r2', x'01', 'd2', 'accepted', 0, 0);
INSERT INTO attempt (submission_id, number, started_at) VALUES (2, 1, 0), (2, 2, 0);
INSERT INTO event VALUES (1, 1, 0, 'anna', 'anna', 'issue', '{}', '{}', '', 'aa'),
  (2, 1, 1, 'anna', 'anna', 'send', '{}', '{}', 'aa', 'bb');
INSERT INTO event_subject VALUES (1, 'invoice:INV00001', 1, 'issued');
UPDATE invoice SET state = 'issued', number = 'INV00001', series = 'issued', series_year = '',
  sequence = 1, invoice_on = '2026-10-31', issued_at = 5, seal = 'aa', previous_seal = '',
  seller = '{}', buyer = '{}' WHERE id = 1;
)sql";

struct Books {
  Scratch scratch;
  RawSqlite file{path()};
  Books() { file.run(kBooks); }
  std::string path() {
    Ledger::create(scratch.path("ledger.db"));
    return scratch.path("ledger.db");
  }
  /// All of a table as it is, to show that nothing moved.
  std::string dump() {
    std::string all;
    for (const char* table :
         {"invoice", "line", "tax_row", "prepayment", "placed", "approval", "invoice_name",
          "series", "series_jump", "submission", "attempt", "event", "event_subject",
          "stored_document", "issue_record", "mail", "mail_content", "mail_attempt"}) {
      all += file.rows(std::string("SELECT * FROM ") + table) + "\n";
    }
    return all;
  }
  void refuses(const std::vector<std::string>& attacks) {
    const std::string before = dump();
    for (const std::string& attack : attacks) {
      CAPTURE(attack);
      CHECK_FALSE(file.refusal(attack).empty());
      const bool unchanged = dump() == before;
      CHECK(unchanged);
    }
  }
  /// The columns of a table, but for some.
  std::vector<std::string> columns(const std::string& table, const std::string& but) {
    const std::string text = file.rows("SELECT name FROM pragma_table_info('" + table +
                                       "') WHERE instr('" + but + "', ' ' || name || ' ') = 0");
    std::vector<std::string> names(1);
    for (const char letter : text) {
      if (letter == '\n') {
        names.emplace_back();
      } else {
        names.back() += letter;
      }
    }
    return names;
  }
};

constexpr const char* kNewInvoice =
    "INTO invoice (id, tenant_id, draft_number, number, client_id, bill_to_id, currency, "
    "period_first_on, period_last_on, rounding, rounding_mode, quantity_decimals, created_at, "
    "state, invoice_on, issued_at, seal, seller, buyer) SELECT ";
constexpr const char* kNewInvoiceRest =
    ", 1, 1, 'EUR', '2026-10-01', '2026-10-31', 'half-away', 'line', 4, 0, 'issued', '2026-10-31', "
    "9, 'zz', '{}', '{}'";

}  // namespace

TEST_CASE("X2 no column of an issued invoice changes but its notes and the marks of its material") {
  Books books;
  std::vector<std::string> attacks;
  for (const std::string& column :
       books.columns("invoice",
                     " notes by_hand unallocated_minor material_first_on material_last_on state "
                     "series_year ")) {
    for (const char* manner : {"UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE"}) {
      attacks.push_back(std::string(manner) + " invoice SET " + column + " = CASE WHEN typeof(" +
                        column + ") = 'text' THEN " + column + " || 'x' ELSE coalesce(" + column +
                        ", 0) + 7 END WHERE id = 1");
    }
  }
  CHECK(attacks.size() > 150);
  attacks.push_back("UPDATE invoice SET state = 'draft' WHERE id = 1");
  attacks.push_back("UPDATE invoice SET series_year = NULL WHERE id = 1");
  attacks.push_back("UPDATE invoice SET rowid = 7 WHERE id = 1");
  books.refuses(attacks);
  CHECK(books.file.refusal("UPDATE invoice SET notes = 'later' WHERE id = 1").empty());
  CHECK(books.file.refusal("UPDATE invoice SET state = 'voided' WHERE id = 1").empty());
  books.refuses({"UPDATE invoice SET state = 'issued' WHERE id = 1",
                 "UPDATE invoice SET name = 'x' WHERE id = 1"});
}

TEST_CASE("X2 an issued invoice is not deleted and nothing takes its place") {
  Books books;
  const std::string start = kNewInvoice;
  const std::string rest = kNewInvoiceRest;
  books.refuses({
      "DELETE FROM invoice WHERE id = 1",
      "DELETE FROM invoice",
      "INSERT OR REPLACE " + start + "1, 1, 'DRAFT00009', 'INV00009'" + rest,
      "INSERT OR REPLACE " + start + "9, 1, 'DRAFT00009', 'INV00001'" + rest,
      "INSERT OR REPLACE " + start + "9, 1, 'DRAFT00001', 'INV00009'" + rest,
      "INSERT OR REPLACE " + start + "NULL, 1, 'DRAFT00009', 'INV00001'" + rest,
      "REPLACE " + start + "NULL, 1, 'DRAFT00001', 'INV00009'" + rest,
      "UPDATE OR REPLACE invoice SET id = 1 WHERE id = 2",
      "UPDATE OR REPLACE invoice SET rowid = 1 WHERE id = 2",
      "UPDATE OR REPLACE invoice SET _rowid_ = 1 WHERE id = 2",
      "UPDATE OR REPLACE invoice SET oid = 1 WHERE id = 2",
      "UPDATE OR REPLACE invoice SET draft_number = 'DRAFT00001' WHERE id = 2",
      "UPDATE OR REPLACE invoice SET state = 'issued', number = 'INV00001', invoice_on = "
      "'2026-10-31', issued_at = 5, seal = 'b', seller = '{}', buyer = '{}' WHERE id = 2",
      "INSERT " + start + "1, 1, 'DRAFT00001', 'INV00001'" + rest +
          " WHERE true ON CONFLICT DO UPDATE SET name = 'x'",
  });
}

TEST_CASE(
    "X2 lines and tax rows and prepayments of an issued invoice neither change nor go nor join") {
  Books books;
  std::vector<std::string> attacks;
  const auto on = [&](const std::string& table, const std::string& key) {
    for (const std::string& column : books.columns(table, " ")) {
      attacks.push_back("UPDATE OR REPLACE " + table + " SET " + column + " = CASE WHEN typeof(" +
                        column + ") = 'text' THEN " + column + " || 'x' ELSE coalesce(" + column +
                        ", 0) + 1 END WHERE invoice_id = 1");
    }
    attacks.push_back("DELETE FROM " + table + " WHERE invoice_id = 1");
    attacks.push_back("DELETE FROM " + table);
    attacks.push_back("UPDATE OR REPLACE " + table + " SET invoice_id = 1 WHERE invoice_id = 2");
    attacks.push_back("UPDATE OR REPLACE " + table + " SET invoice_id = 1, " + key +
                      " = 5 WHERE invoice_id = 2");
    attacks.push_back("INSERT OR REPLACE INTO " + table + " SELECT * FROM " + table +
                      " WHERE invoice_id = 1");
  };
  on("line", "line");
  on("tax_row", "position");
  on("prepayment", "contract_line_id");
  attacks.insert(
      attacks.end(),
      {"REPLACE INTO line (invoice_id, line, position, kind, description) VALUES (1, 1, 1, 'x', "
       "'')",
       "INSERT INTO line (invoice_id, line, position, kind, description) VALUES (1, 2, 2, 'x', '')",
       "INSERT INTO tax_row (invoice_id, position, tax, rate_micro, base_minor, amount_minor) "
       "VALUES (1, 2, 'x', 0, 0, 0)",
       "INSERT INTO prepayment VALUES (1, 2, 5, 0)"});
  books.refuses(attacks);
  CHECK(books.file.refusal("UPDATE line SET description = 'y' WHERE invoice_id = 2").empty());
  CHECK(books.file.refusal("DELETE FROM prepayment WHERE invoice_id = 2").empty());
}

TEST_CASE("X3 material leaves an issued invoice only after an event that tells why") {
  Books books;
  books.refuses({
      "DELETE FROM placed WHERE invoice_id = 1",
      "UPDATE placed SET item_id = 2 WHERE invoice_id = 1",
      "UPDATE placed SET invoice_id = 2 WHERE invoice_id = 1",
      "UPDATE placed SET line = 0 WHERE invoice_id = 1",
      "UPDATE placed SET share_minor = 1 WHERE invoice_id = 1",
      "UPDATE OR REPLACE placed SET invoice_id = 1, item_id = 1 WHERE invoice_id = 2",
      "UPDATE placed SET invoice_id = 1 WHERE invoice_id = 2",
  });
  CHECK(books.file.refusal("UPDATE placed SET report_minor = 4000 WHERE invoice_id = 1").empty());
  books.file.run(
      "INSERT INTO material_event (invoice_id, item_id, what, reason, at, actor) "
      "VALUES (1, 1, 'release', 'wrong client', 0, 'anna')");
  books.refuses({"UPDATE material_event SET reason = ''", "DELETE FROM material_event",
                 "INSERT OR REPLACE INTO material_event (id, invoice_id, item_id, what, at, actor) "
                 "VALUES (1, 1, 1, 'x', 0, 'x')"});
  CHECK(books.file.refusal("DELETE FROM placed WHERE invoice_id = 1").empty());
}

TEST_CASE("X2 the journal only grows") {
  Books books;
  std::vector<std::string> attacks = {
      "DELETE FROM event",
      "DELETE FROM event WHERE id = 2",
      "UPDATE OR REPLACE event SET id = 1 WHERE id = 2",
      "UPDATE OR REPLACE event SET rowid = 1 WHERE id = 2",
      "INSERT OR REPLACE INTO event VALUES (2, 1, 1, 'x', 'x', 'x', '{}', '{}', 'aa', 'cc')",
      "REPLACE INTO event SELECT * FROM event",
      "UPDATE event_subject SET what = 'nothing'",
      "DELETE FROM event_subject",
  };
  for (const std::string& column : books.columns("event", " "))
    attacks.push_back("UPDATE event SET " + column + " = " + column + " WHERE id = 1");
  books.refuses(attacks);
  CHECK(books.file
            .refusal("INSERT INTO event VALUES (NULL, 1, 2, 'a', 'a', 'v', '{}', '{}', 'bb', 'cc')")
            .empty());
}

TEST_CASE("X28 a series moves upwards only and no number of it is freed") {
  Books books;
  books.refuses({
      "UPDATE series SET next_sequence = 1 WHERE code = 'issued'",
      "UPDATE series SET first_sequence = 0 WHERE code = 'issued'",
      "UPDATE series SET last_on = '2026-10-30' WHERE code = 'issued'",
      "UPDATE series SET last_on = NULL WHERE code = 'issued'",
      "UPDATE series SET last_seal = '' WHERE code = 'issued'",
      "UPDATE series SET year = '2026' WHERE code = 'issued'",
      "UPDATE OR REPLACE series SET code = 'issued' WHERE code = 'draft'",
      "DELETE FROM series",
      "REPLACE INTO series VALUES (1, 'issued', '', 1, 1, NULL, '')",
      "UPDATE series_jump SET to_sequence = 9",
      "DELETE FROM series_jump",
      "REPLACE INTO series_jump VALUES (1, 1, 'credit', '', 1, 9, 0, 'x')",
      "DELETE FROM invoice_name WHERE name = 'INV00001'",
      "DELETE FROM invoice_name WHERE name = 'DRAFT00001'",
      "UPDATE invoice_name SET name = 'INV00002' WHERE name = 'INV00001'",
      "UPDATE OR REPLACE invoice_name SET name = 'INV00001' WHERE name = 'DRAFT00002'",
      "REPLACE INTO invoice_name VALUES (1, 'INV00001', 2, 1)",
  });
  CHECK(books.file.refusal("DELETE FROM invoice_name WHERE name = 'DRAFT00002'").empty());
}

TEST_CASE("X2 what was queued and who approved what was issued stays") {
  Books books;
  std::vector<std::string> attacks = {
      "DELETE FROM submission",
      "UPDATE OR REPLACE submission SET id = 2 WHERE id = 1",
      "UPDATE OR REPLACE submission SET rowid = 2 WHERE id = 1",
      "UPDATE OR REPLACE submission SET superseded = 0 WHERE id = 1",
      "UPDATE OR REPLACE submission SET key = 'k2' WHERE id = 1",
      "DELETE FROM attempt",
      "UPDATE OR REPLACE attempt SET number = 1 WHERE number = 2",
      "UPDATE attempt SET started_at = 9",
      "REPLACE INTO attempt (submission_id, number, started_at) VALUES (2, 1, 9)",
      "UPDATE approval SET actor = 'x' WHERE id = 1",
      "UPDATE OR REPLACE approval SET id = 1 WHERE id = 2",
      "DELETE FROM approval WHERE invoice_id = 1",
      "REPLACE INTO approval (id, invoice_id, role, revision, actor, os_user, at) "
      "VALUES (1, 2, 'pm', 1, 'x', 'x', 0)",
      "INSERT INTO approval (invoice_id, role, revision, actor, os_user, at) "
      "VALUES (1, 'finance', 1, 'x', 'x', 0)",
      "UPDATE issue_record SET required = ''",
      "UPDATE OR REPLACE issue_record SET invoice_id = 2",
      "DELETE FROM issue_record",
      "REPLACE INTO issue_record SELECT 1, '', '', 0, unsealed_digest, 0, 0, 0 FROM issue_record",
  };
  for (const char* clash :
       {"2, 1, 1, 'other', 'invoice', 'k9'", "9, 1, 2, 'books', 'invoice', 'k2'",
        "9, 1, 1, 'books', 'invoice', 'k9'"}) {
    attacks.push_back(
        "INSERT OR REPLACE INTO submission (id, tenant_id, invoice_id, provider, kind, key, "
        "revision, payload, payload_digest, state, queued_at) VALUES (" +
        std::string(clash) + ", 'r', x'02', 'd', 'queued', 0)");
  }
  for (const char* column : {"invoice_id", "provider", "key", "revision", "payload",
                             "payload_digest", "queued_at", "tenant_id"}) {
    attacks.push_back("UPDATE OR REPLACE submission SET " + std::string(column) +
                      " = 7 WHERE id = 2");
  }
  attacks.push_back("UPDATE OR REPLACE submission SET kind = 'draft' WHERE id = 2");
  books.refuses(attacks);
  CHECK(books.file.refusal("UPDATE submission SET state = 'rejected', attempts = 2 WHERE id = 2")
            .empty());
  CHECK(books.file.refusal("DELETE FROM approval WHERE invoice_id = 2").empty());
}

TEST_CASE("a mail that was queued never changes nor goes and what was sent stays sent") {
  Books books;
  const auto mail = [](const std::string& ids, const std::string& key, const char* state) {
    return "INTO mail (id, tenant_id, invoice_id, purpose, via, key, revision, message_id, sender, "
           "recipient, payload_digest, state, queued_at) VALUES (" +
           ids + ", 'invoice', 'mail', '" + key + "', 'r', 'm', 's', 'r', 'd', '" + state + "', 0)";
  };
  books.file.run(
      "INSERT " + mail("1, 1, 1", "k1", "sent") +
      "; INSERT INTO mail_attempt VALUES (1, 1, "
      "0, 1, 'sent', ''), (1, 2, 0, NULL, '', ''); INSERT INTO mail_content VALUES (1, x'00');");
  std::vector<std::string> attacks = {
      "DELETE FROM mail",
      "UPDATE mail SET state = 'queued'",
      "UPDATE mail SET attempts = -1",
      "UPDATE mail SET rowid = 9",
      "INSERT " + mail("2, 1, 1", "k2", "queued"),  // a second one that counts
      "INSERT OR REPLACE " + mail("1, 1, 1", "k2", "queued"),
      "INSERT OR REPLACE " + mail("2, 1, 1", "k1", "queued"),
      "INSERT " + mail("2, 1, 2", "k2", "queued"),  // of a draft
      "DELETE FROM mail_content",
      "UPDATE mail_content SET payload = x'01'",
      "UPDATE mail_content SET rowid = 9",
      "REPLACE INTO mail_content VALUES (1, x'01')",
      "DELETE FROM mail_attempt",
      "UPDATE mail_attempt SET outcome = 'deferred' WHERE number = 1",
      "UPDATE OR REPLACE mail_attempt SET number = 1 WHERE number = 2",
      "REPLACE INTO mail_attempt VALUES (1, 2, 9, 9, 'sent', '')"};
  for (const char* column : {"tenant_id", "invoice_id", "key", "revision", "message_id", "sender",
                             "recipient", "payload_digest", "queued_at"})
    attacks.push_back("UPDATE OR REPLACE mail SET " + std::string(column) + " = 7");
  books.refuses(attacks);
  books.file.run("UPDATE mail SET superseded = 1;");
  books.refuses({"UPDATE mail SET superseded = 0"});
  CHECK(books.file.refusal("INSERT " + mail("2, 1, 1", "k2", "queued")).empty());
  CHECK(books.file.refusal("UPDATE mail_attempt SET ended_at = 5 WHERE number = 2").empty());
}

TEST_CASE("what was sent never changes nor goes and only what was issued is stored as sent") {
  Books books;
  const std::string row = "hex(zeroblob(32)), x'2550', 5)";
  books.file.run("INSERT INTO stored_document VALUES (1, 1, 1, 'pdf', " + row + ";");
  std::vector<std::string> attacks = {
      "DELETE FROM stored_document",
      "INSERT OR REPLACE INTO stored_document VALUES (1, 1, 1, 'html', " + row,
      "INSERT OR REPLACE INTO stored_document VALUES (2, 1, 1, 'pdf', " + row,
      "INSERT INTO stored_document VALUES (3, 1, 2, 'pdf', " + row,
      "UPDATE stored_document SET rowid = 9"};
  for (const std::string& column : books.columns("stored_document", ""))
    attacks.push_back("UPDATE stored_document SET " + column + " = 7");
  books.refuses(attacks);
  CHECK(books.file.refusal("INSERT INTO stored_document VALUES (2, 1, 1, 'html', " + row).empty());
}
