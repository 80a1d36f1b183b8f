// X33: the seal covers every field of the document. Each is flipped once, past all triggers.
#include <doctest/doctest.h>

#include "pipeline/verify_books.hpp"

using namespace billctl;
using namespace billctl::test;

TEST_CASE("X33 verify chain: every sealed field of an issued invoice that is flipped is found") {
  const std::vector<std::string> flips = {
      "invoice SET lines_minor = lines_minor + 1",
      "invoice SET excl_tax_minor = excl_tax_minor + 1",
      "invoice SET tax_minor = tax_minor + 1",
      "invoice SET incl_tax_minor = incl_tax_minor + 1",
      "invoice SET prepaid_minor = prepaid_minor + 1",
      "invoice SET payable_minor = payable_minor + 1",
      "invoice SET ar_period = '2026-11'",
      "invoice SET buyer = '{\"name\":\"Acme Ay\"}'",
      "invoice SET seller = '{\"name\":\"Seller Oi\"}'",
      "invoice SET client_id = 2",
      "invoice SET currency = 'USD'",
      "invoice SET invoice_on = '2026-11-01'",
      "invoice SET due_on = '2026-11-15'",
      "invoice SET due_on = NULL",
      "invoice SET draft_number = 'DRAFT00099'",
      "invoice SET number = 'INV00099'",
      "invoice SET corrects_id = 2",
      "invoice SET name = 'Acme November'",
      "invoice SET name = ''",
      "invoice SET title = 'x'",
      "invoice SET subtitle = 'x'",
      "invoice SET po_number = 'x'",
      "invoice SET notes_at_issue = 'x'",
      "invoice SET period_first_on = '2026-09-30'",
      "invoice SET period_last_on = '2026-11-01'",
      "invoice SET type = 'credit_note'",
      "invoice SET seal = replace(seal, substr(seal, 1, 1), 'x')",
      "invoice SET previous_seal = 'aa'",
      "line SET description = 'Wörk' WHERE line = 1 AND",
      "line SET kind = 'goods' WHERE line = 1 AND",
      "line SET line = 7 WHERE line = 2 AND",
      "line SET position = 0 WHERE line = 2 AND",
      "line SET quantity_micro = quantity_micro + 1 WHERE line = 1 AND",
      "line SET quantity_micro = NULL WHERE line = 1 AND",
      "line SET unit = 'day' WHERE line = 1 AND",
      "line SET unit_price_micro = unit_price_micro + 1 WHERE line = 1 AND",
      "line SET allowance_minor = 1 WHERE line = 1 AND",
      "line SET amount_minor = 1 WHERE line = 1 AND",
      "line SET tax = '' WHERE line = 1 AND",
      "tax_row SET tax = 'vat2'",
      "tax_row SET category = 'Z'",
      "tax_row SET rate_micro = rate_micro + 1",
      "tax_row SET base_minor = base_minor + 1",
      "tax_row SET amount_minor = amount_minor + 1",
      "tax_row SET overridden = 1"};
  VerifyRequest chain;
  chain.checks = {"chain"};
  VerifyBooks books;
  books.tamper("INSERT INTO client (id, tenant_id, code, name) VALUES (2, 1, 'beta', 'Beta')");
  CHECK(books.broken(chain) == "");
  for (const std::string& flip : flips) {
    const bool of_invoice = flip.rfind("invoice", 0) == 0;
    const std::string where = flip.find("WHERE") == flip.npos ? " WHERE" : "";
    const std::string table = flip.substr(0, flip.find(' '));
    books.tamper("CREATE TABLE kept AS SELECT * FROM " + table);
    books.tamper("UPDATE " + flip + where + (of_invoice ? " id = 1" : " invoice_id = 1"));
    CAPTURE(flip);
    CHECK(books.broken(chain) == "chain");
    books.tamper("PRAGMA foreign_keys = OFF; DELETE FROM " + table + "; INSERT INTO " + table +
                 " SELECT * FROM kept; DROP TABLE kept");
    CHECK(books.broken(chain) == "");
  }
}

TEST_CASE("X33 verify chain: a line or a tax row that joins or goes is found") {
  for (const char* attack : {"DELETE FROM line WHERE invoice_id = 1 AND line = 2",
                             "DELETE FROM tax_row WHERE invoice_id = 1",
                             "INSERT INTO line (invoice_id, line, position, kind, description) "
                             "VALUES (1, 3, 3, 'text', 'x')",
                             "INSERT INTO prepayment VALUES (1, 1, 100, 0)"}) {
    VerifyBooks books;
    books.tamper(attack);
    CAPTURE(attack);
    CHECK(books.found("chain") == "INV00001: is not as it was sealed\n");
  }
}

TEST_CASE("verify chain: what is frozen beside the seal is found when it changes") {
  for (const char* attack :
       {"UPDATE tax_row SET reason = 'Export' WHERE invoice_id = 1",
        "UPDATE tax_row SET vatex = 'VATEX-EU-G' WHERE invoice_id = 1",
        "UPDATE line SET last_on = '2026-10-30' WHERE invoice_id = 1 AND line = 1",
        "UPDATE line SET task_id = NULL, project_id = 1 WHERE invoice_id = 1",
        "UPDATE invoice SET terms_snapshot = '{\"days\":90}' WHERE id = 1",
        "UPDATE invoice SET contract = 'C-9' WHERE id = 1",
        "UPDATE invoice SET accounting_currency = 'SEK', tax_accounting_minor = 1, "
        "exchange_rate_micro = 11000000 WHERE id = 1",
        "UPDATE invoice SET annex = 'entries' WHERE id = 1",
        "UPDATE invoice SET signature = 'signed' WHERE id = 1",
        "UPDATE invoice SET cost_centre = '77' WHERE id = 1",
        "UPDATE invoice SET created_at = created_at - 1 WHERE id = 1"}) {
    VerifyBooks books;
    books.tamper(attack);
    CAPTURE(attack);
    CHECK(books.broken() == "chain");
    CHECK(books.found("chain") ==
          "INV00001: has not the terms, contract, tax reasons, work or origin that it was issued "
          "with\n");
  }
}

TEST_CASE("X33 verify chain: notes and the material may move without a word") {
  VerifyBooks books;
  books.firm().execute("UPDATE invoice SET notes = 'paid late' WHERE id = 1");
  books.firm().execute("UPDATE placed SET report_minor = 10000 WHERE item_id = 1");
  CHECK(books.broken() == "");
}

TEST_CASE("X33 verify chain: a document taken out of the middle is found and so is a wrong end") {
  VerifyBooks books;
  books.tamper(
      "DELETE FROM prepayment; UPDATE invoice SET prepaid_minor = 0, payable_minor = 10197 WHERE "
      "id = 4; DELETE FROM issue_record WHERE invoice_id = 2;"
      "DELETE FROM line WHERE invoice_id = 2; DELETE FROM tax_row WHERE invoice_id = 2; DELETE "
      "FROM "
      "placed WHERE invoice_id = 2; DELETE FROM item_placed WHERE invoice_id = 2; DELETE FROM "
      "invoice_name WHERE invoice_id = 2; DELETE FROM invoice WHERE id = 2; INSERT INTO item_open "
      "VALUES (9)");
  CHECK(books.broken() == "no-gap chain");
  CHECK(books.found("chain") ==
        "INV00003: is sealed upon a document that is not there\n"
        "INV00001: is the last of its chain, and no series ends with it\n");
  VerifyBooks other;
  other.tamper(
      "UPDATE series SET last_seal = (SELECT seal FROM invoice WHERE id = 2) WHERE code = "
      "'issued'");
  CHECK(other.broken() == "chain");
  CHECK(other.found("chain") ==
        "series issued: ends with INV00002, yet INV00003 is sealed upon that\n"
        "INV00003: is the last of its chain, and no series ends with it\n");
}

TEST_CASE("verify chain: every field of an event that is flipped is found") {
  for (const char* flip :
       {"at = at + 1", "actor = 'eve'", "os_user = 'eve'", "verb = 'issue'", "arguments = '[]'",
        "changes = '[]'", "previous = 'aa'", "digest = 'aa'"}) {
    VerifyBooks books;
    books.tamper(std::string("UPDATE event SET ") + flip + " WHERE id = 2");
    CAPTURE(flip);
    CHECK(books.broken() == "chain");
    CHECK(books.found("chain").rfind("event ", 0) == 0);
  }
  VerifyBooks books;
  books.tamper("DELETE FROM event_subject WHERE event_id = 2; DELETE FROM event WHERE id = 2");
  CHECK(books.found("chain") == "event 3: does not follow from its text and the event before it\n");
}
