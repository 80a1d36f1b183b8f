// The checks of `verify` on what was issued with an invoice, taken back of it, paid ahead or made
// by a job: each on a ledger in which exactly that is broken.
#include <doctest/doctest.h>

#include "ledger/raw_sqlite.hpp"
#include "pipeline/verify_books.hpp"

using namespace billctl;
using namespace billctl::test;

TEST_CASE("X2 verify line-sum: shares of an issued invoice that were moved and cancel out") {
  const char* const kMessage = "INV00001: its items' shares are not those that it was issued with";
  each({{"UPDATE placed SET share_minor = share_minor + CASE item_id WHEN 1 THEN 500 ELSE -500 END "
         "WHERE invoice_id = 1",
         "line-sum", kMessage},
        {"UPDATE placed SET share_minor = 17500 - share_minor WHERE invoice_id = 1", "line-sum",
         kMessage},
        {"UPDATE issue_record SET shares_checksum = shares_checksum + 1 WHERE invoice_id = 1",
         "line-sum", kMessage}});
}

TEST_CASE("X2 a share of an issued invoice is replaced by no command and by no other unseen") {
  constexpr const char* kReplace =
      "INSERT OR REPLACE INTO placed (invoice_id, line, item_id, share_minor) VALUES "
      "(1, 1, 1, 9900), (1, 1, 2, 7600)";
  VerifyBooks books;
  CHECK_THROWS_AS(books.firm().execute(kReplace), Error);
  CHECK(books.broken() == "");
  RawSqlite(books.path()).run(kReplace);
  CHECK(books.broken() == "line-sum");
}

TEST_CASE("S4-5 verify approvals: one that was required is not there or does not count") {
  each({{"UPDATE approval SET revision = 2", "approvals",
         "INV00001: was issued without the approval of its revision 1 as pm"},
        {"UPDATE approval SET withdrawn_at = 1600, withdrawn_by = 'anna'", "approvals",
         "without the approval of its revision 1 as pm"},
        {"UPDATE approval SET at = 2002, event_id = 99", "approvals", "without the approval"},
        {"DELETE FROM approval", "approvals", "without the approval"},
        {"UPDATE approval SET actor = 'bert'", "approvals",
         "INV00001: was approved as pm by bert at 1970-01-01T00:25:00Z, the journal tells anna at "
         "1970-01-01T00:25:00Z"},
        {"UPDATE approval SET at = 1501", "approvals",
         "by anna at 1970-01-01T00:25:01Z, the journal tells anna at 1970-01-01T00:25:00Z"},
        {"UPDATE approval SET os_user = 'root'", "approvals",
         "signed in as root, the journal tells anna"},
        {"UPDATE approval SET event_id = 3", "approvals",
         "INV00001: was approved as pm by anna, which the journal does not tell"},
        {"UPDATE approval SET event_id = 99", "approvals",
         "INV00001: was approved as pm by anna, which the journal does not tell"},
        {"UPDATE issue_record SET required = 'pm;finance' WHERE invoice_id = 1", "approvals",
         "INV00001: was issued without the approval of its revision 1 as finance"},
        {"UPDATE issue_record SET required = 'chef' WHERE invoice_id = 1", "approvals",
         "INV00001: needed the approval of \"chef\", which is no role"},
        {"DELETE FROM issue_record WHERE invoice_id = 2", "approvals",
         "INV00002: does not say which approvals it needed"},
        {"INSERT INTO issue_record SELECT 4, '', '', 0, unsealed_digest, 0, 0, 0 FROM issue_record "
         "LIMIT 1",
         "approvals", "DRAFT00004: was never issued"}});
}

TEST_CASE("X23 verify approvals: two roles of one person unless that was allowed") {
  const std::string twice =
      "INSERT INTO approval (invoice_id, role, revision, actor, os_user, at, event_id) VALUES "
      "(1, 'finance', 1, 'anna', 'anna', 1500, 1); UPDATE issue_record SET required = "
      "'pm;finance', "
      "distinct_people = ";
  VerifyBooks books;
  books.tamper(twice + "1 WHERE invoice_id = 1");
  CHECK(books.broken() == "approvals");
  CHECK(books.found("approvals") ==
        "INV00001: was approved as pm and as finance by anna, two people were required\n");
  VerifyBooks alone;
  alone.tamper(twice + "0 WHERE invoice_id = 1");
  CHECK(alone.broken() == "");
}

TEST_CASE("X16 verify approvals: what a job took as given needs nobody") {
  VerifyBooks books;
  books.tamper(
      "DELETE FROM approval; UPDATE issue_record SET taken_as_given = 'pm' WHERE invoice_id = 1");
  CHECK(books.broken() == "");
}

TEST_CASE("S3-21 verify credit: more is taken back than was charged") {
  each(
      {{"UPDATE line SET quantity_micro = -3000000, amount_minor = -22500 WHERE invoice_id = 3; "
        "UPDATE "
        "tax_row SET base_minor = -22500, amount_minor = -5738 WHERE invoice_id = 3; UPDATE "
        "invoice SET "
        "lines_minor = -22500, excl_tax_minor = -22500, tax_minor = -5738, incl_tax_minor = "
        "-28238, "
        "payable_minor = -28238 WHERE id = 3",
        "credit chain",
        "INV00001: its credit notes take back 225.00 EUR of lines taxed by vat, which were 175.00 "
        "EUR"},
       {"UPDATE line SET tax = '' WHERE invoice_id = 3; DELETE FROM tax_row WHERE invoice_id = 3; "
        "UPDATE invoice SET tax_minor = 0, incl_tax_minor = -7500, payable_minor = -7500 WHERE id "
        "= 3",
        "credit chain",
        "INV00001: its credit notes take back 75.00 EUR of lines without tax, which were 0.00"},
       {"UPDATE tax_row SET rate_micro = 24000000, amount_minor = -1800 WHERE invoice_id = 3; "
        "UPDATE invoice SET tax_minor = -1800, incl_tax_minor = -9300, payable_minor = -9300 WHERE "
        "id = 3",
        "credit chain",
        "INV00001: its credit notes take back 18.00 EUR of vat, which were 0.00 EUR"},
       {"UPDATE line SET corrects_line = 2 WHERE invoice_id = 3", "credit chain",
        "INV00001: its credit notes take back 75.00 EUR of line 2, which was 0.00 EUR"},
       {"UPDATE invoice SET corrects_id = NULL WHERE id = 3", "credit chain",
        "INV00003: corrects no invoice"}});
}

TEST_CASE("S4-38 verify prepay: a prepayment of another engagement or of a fixed price") {
  each({{"INSERT INTO engagement (id, tenant_id, code, name, client_id) VALUES (2, 1, 'other', "
         "'x', 1); "
         "UPDATE contract_line SET engagement_id = 2",
         "prepay", "DRAFT00004: applies a prepayment of cl, whose engagement is none of its own"},
        {"UPDATE contract_line SET type = 'fixed'", "prepay", "which is of a fixed price"}});
}

TEST_CASE("X25 verify prepay: more than was billed ahead or more than the invoice") {
  each({{"UPDATE prepayment SET applied_minor = 11255, tax_minor = 0 WHERE invoice_id = 4; "
         "UPDATE invoice SET prepaid_minor = 11255, payable_minor = -1058 WHERE id = 4",
         "(prepay)", "DRAFT00004: is prepaid with 112.55 EUR of 101.97 EUR"},
        {"UPDATE prepayment SET invoice_id = 1, applied_minor = 22000, tax_minor = 0; UPDATE "
         "invoice SET prepaid_minor = 22000, payable_minor = -37 WHERE id = 1; UPDATE invoice SET "
         "prepaid_minor = 0, payable_minor = 10197 WHERE id = 4",
         "prepay chain", "INV00001: is prepaid with 220.00 EUR of 219.63 EUR"},
        {"UPDATE prepayment SET applied_minor = 110000, tax_minor = -108745", "prepay",
         "contract line cl: has 1100.00 EUR applied of 1000.00 EUR that were billed"},
        {"UPDATE prepayment SET applied_minor = -1000, tax_minor = 2255", "prepay",
         "DRAFT00004: applies a negative prepayment of cl"},
        {"UPDATE contract_line SET recognised_minor = 99500", "(prepay)",
         "contract line cl: has 10.00 EUR applied of 1000.00 EUR that were billed, and 995.00 EUR "
         "are recognised by now"}});
}

TEST_CASE("X14 verify job: outcomes that are no partition of the selection") {
  each(
      {{"DELETE FROM job_client; DELETE FROM job_fact; UPDATE job_run SET report = "
        "replace(report, '\"invoices\":[\"DRAFT00004\"]', '\"invoices\":[]')",
        "job",
        "run 1: client acme is created for and has no invoice\njob support "
        "2026-10-01..2026-10-31: run 1: client acme has the outcome none, the report says created"},
       {"UPDATE job_run SET report = replace(report, '\"clients\":1', '\"clients\":2')", "job",
        "job support 2026-10-01..2026-10-31: run 1: selected 2 clients, 1 have an outcome"},
       {"UPDATE job_client SET outcome = 'failed'", "job",
        "client acme has the outcome failed, the report says created"},
       {"UPDATE job_run SET report = replace(report, '}]}', '},{\"client\":\"acme\",\"outcome\":"
        "\"created\",\"invoices\":[\"DRAFT00004\"],\"reasons\":[]}]}')",
        "job", "client acme has two outcomes"},
       {"INSERT INTO client (id, tenant_id, code, name) VALUES (2, 1, 'beta', 'Beta'); INSERT INTO "
        "job_client (job_run_id, client_id, outcome) VALUES (1, 2, 'skipped')",
        "job", "client beta has the outcome skipped, the report says none"},
       {"UPDATE invoice SET job_id = NULL WHERE id = 4", "job",
        "run 1 names DRAFT00004 as created, which no run of it made"},
       {"DELETE FROM job_fact", "job", "client acme has no DRAFT00004, which it made"},
       {"UPDATE job_run SET report = 'lost'", "job", "run 1 has a report that can't be read"}});
}

TEST_CASE("X14 verify job: a draft that was deleted since is no loss and a lost one is") {
  const std::string remove =
      "DELETE FROM line WHERE invoice_id = 4; DELETE FROM tax_row WHERE invoice_id = 4; DELETE "
      "FROM "
      "prepayment; INSERT INTO item_open SELECT item_id FROM placed WHERE invoice_id = 4; DELETE "
      "FROM item_placed WHERE invoice_id = 4; DELETE FROM placed WHERE invoice_id = 4; DELETE FROM "
      "invoice_name WHERE invoice_id = 4; DELETE FROM invoice WHERE id = 4";
  VerifyBooks lost;
  lost.tamper(remove);
  CHECK(lost.broken() == "job");
  VerifyBooks told;
  told.tamper(remove +
              "; INSERT INTO event_subject VALUES (1, 'invoice:DRAFT00004', 3, 'deleted')");
  CHECK(told.broken() == "");
}

TEST_CASE("X14 verify job: an outcome of a client of another tenant") {
  each(
      {{"INSERT INTO tenant VALUES (2, 'second', 0, 0); INSERT INTO client (id, tenant_id, code, "
        "name) "
        "VALUES (2, 2, 'beta', 'Beta'); INSERT INTO job_client (job_run_id, client_id, outcome) "
        "VALUES "
        "(1, 2, 'skipped'); UPDATE job_run SET report = replace(replace(report, '}]}', "
        "'},{\"client\":\"beta\",\"outcome\":\"skipped\",\"invoices\":[],\"reasons\":[]}]}'), "
        "'\"clients\":1', '\"clients\":2')",
        "job", "client beta has an outcome and is of another tenant"}});
}
