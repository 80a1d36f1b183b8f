#include "pipeline/verify.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "ledger/audit.hpp"
#include "ledger/events.hpp"
#include "ledger/raw_sqlite.hpp"
#include "pipeline/log.hpp"
#include "pipeline/verify_books.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

std::string has(const std::string& text, const std::string& part) {
  return text.find(part) != text.npos ? part : text;
}

Reason refusal(const std::function<void()>& fn) {
  try {
    fn();
  } catch (const Error& error) {
    return error.code();
  }
  FAIL("nothing was refused");
  return Reason::failed;
}

/// A request with an anchor of the ledger as it is.
VerifyRequest anchored(VerifyBooks& books) {
  VerifyRequest request;
  request.anchor = books.path() + ".anchor";
  const Session session = books.firm().session();
  LogRequest heads;
  heads.heads = true;
  std::ofstream(request.anchor) << log(session, heads).body.pretty();
  return request;
}

}  // namespace

TEST_CASE("verify: a whole ledger holds in every check") {
  VerifyBooks books;
  const Report report = books.verify();
  CHECK(report.exit == ExitStatus::done);
  CHECK(report.body["ok"].as_bool());
  CHECK(report.body["checks"].as_array().size() == verify_names().size());
  CHECK(books.broken() == "");
  VerifyRequest deep;
  deep.deep = true;
  CHECK(books.broken(deep) == "");
}

TEST_CASE("verify: every invariant of the design is a check of that name") {
  const std::vector<std::string> names = verify_names();
  for (const char* name : {"once",
                           "billed-has-item",
                           "import-once",
                           "item-place",
                           "drafted-on-draft",
                           "line-sum",
                           "report-price",
                           "line-net",
                           "totals",
                           "tax",
                           "starting-amount",
                           "release",
                           "draft-delete",
                           "no-gap",
                           "date-order",
                           "issued-complete",
                           "immutable",
                           "chain",
                           "approvals",
                           "outbox-total",
                           "outbox-once",
                           "outbox-states",
                           "mail-once",
                           "credit",
                           "prepay",
                           "job",
                           "currency",
                           "conservation",
                           "file",
                           "time"}) {
    CAPTURE(name);
    CHECK(std::count(names.begin(), names.end(), name) == 1);
  }
}

TEST_CASE("verify: an empty ledger holds") {
  Fixture firm;
  CHECK(verify(firm.session(), {}).exit == ExitStatus::done);
}

TEST_CASE("verify: what is broken makes the exit 12 and is told by name with its message") {
  VerifyBooks books;
  books.tamper("UPDATE line SET amount_minor = 5001 WHERE invoice_id = 4 AND line = 1");
  const Report report = books.verify();
  CHECK(report.exit == ExitStatus::corrupt);
  CHECK_FALSE(report.body["ok"].as_bool());
  CHECK(books.found("line-net") ==
        "DRAFT00004: line 1: 1 x 50.00 is 50.00 EUR, the line says 50.01 EUR\n");
}

TEST_CASE("verify: checks are asked for by name and a wrong name is answered with the nearest") {
  VerifyBooks books;
  books.tamper("UPDATE line SET amount_minor = 5001 WHERE invoice_id = 4 AND line = 1");
  VerifyRequest some;
  some.checks = {"time", "once"};
  const Report report = books.verify(some);
  CHECK(report.exit == ExitStatus::done);
  REQUIRE(report.body["checks"].as_array().size() == 2);
  CHECK(report.body["checks"].as_array()[0]["name"].as_string() == "once");
  some.checks = {"totls"};
  try {
    books.verify(some);
    FAIL("taken");
  } catch (const Error& error) {
    CHECK(error.code() == Reason::usage);
    CHECK(has(error.hint(), "totals") == "totals");
  }
}

TEST_CASE("verify: immutable finds a trigger that is gone or changed and an index that is gone") {
  for (const char* attack :
       {"DROP TRIGGER invoice_frozen", "DROP INDEX item_live",
        "DROP TRIGGER line_frozen; CREATE TRIGGER line_frozen BEFORE UPDATE ON line WHEN 0 BEGIN "
        "SELECT RAISE(ABORT, 'never'); END"}) {
    VerifyBooks books;
    RawSqlite(books.path()).run(attack);
    CAPTURE(attack);
    CHECK(books.broken() == "immutable");
    VerifyRequest quick;
    quick.quick = true;
    CHECK(books.broken(quick) == "immutable");
    CHECK(refusal([&] { quick_check(books.firm().ledger()); }) == Reason::corrupt);
  }
}

TEST_CASE("verify: the quick check holds on a whole ledger and finds a changed newest event") {
  VerifyBooks books;
  VerifyRequest quick;
  quick.quick = true;
  CHECK(books.verify(quick).body["checks"].as_array().size() == 4);
  CHECK(books.broken(quick) == "");
  quick_check(books.firm().ledger());
  books.tamper("UPDATE event SET actor = 'eve' WHERE id = (SELECT max(id) FROM event)");
  CHECK(books.broken(quick) == "chain");
  CHECK(refusal([&] { quick_check(books.firm().ledger()); }) == Reason::corrupt);
}

TEST_CASE("verify: the quick check finds a counter and an end that are not the last document's") {
  constexpr const char* kLast =
      "UPDATE series SET last_seal = (SELECT seal FROM invoice WHERE id = ";
  const std::vector<std::pair<std::string, std::string>> attacks = {
      {"UPDATE series SET next_sequence = 3 WHERE code = 'issued'", "no-gap"},
      {"UPDATE series SET next_sequence = 6 WHERE code = 'issued'", "no-gap"},
      {"UPDATE series SET last_seal = 'aa' WHERE code = 'issued'", "chain"},
      {"UPDATE series SET last_seal = '' WHERE code = 'issued'", "chain"},
      {std::string(kLast) + "2) WHERE code = 'issued'", "chain"},
      {"DELETE FROM line WHERE invoice_id = 3; DELETE FROM tax_row WHERE invoice_id = 3; DELETE "
       "FROM "
       "invoice_name WHERE invoice_id = 3; DELETE FROM issue_record WHERE invoice_id = 3; DELETE "
       "FROM invoice WHERE id = 3",
       "no-gap chain"},
      {"UPDATE series SET next_sequence = 101 WHERE code = 'issued'; INSERT INTO series_jump "
       "(tenant_id, code, from_sequence, to_sequence, at, actor) VALUES (1, 'issued', 4, 101, 1, "
       "'anna')",
       ""},
      // Issued last under a number of its own: the series ends with a document outside it.
      {"UPDATE invoice SET series = NULL, series_year = NULL, sequence = NULL WHERE id = 3; UPDATE "
       "series SET next_sequence = 3 WHERE code = 'issued'",
       ""}};
  VerifyRequest quick;
  quick.quick = true;
  for (const auto& [attack, checks] : attacks) {
    VerifyBooks books;
    books.tamper(attack);
    CAPTURE(attack);
    CHECK(books.broken(quick) == checks);
    const auto open = [&] { Ledger::open({books.path(), Access::write, 1, "test"}); };
    if (checks.empty()) {
      open();
    } else {
      CHECK(refusal(open) == Reason::corrupt);
    }
  }
}

TEST_CASE("verify: of a newest event that told very much the quick check looks at its link alone") {
  VerifyBooks books;
  Ledger& ledger = books.firm().ledger();
  ledger.write(DryRun::no, [&] {
    Event event;
    event.verb = "issue";
    event.arguments = "{}";
    event.changes = "\"" + std::string(70'000, 'x') + "\"";
    Events(ledger, books.firm().tenant()).append(event, {});
  });
  quick_check(ledger);
  books.tamper("UPDATE event SET actor = 'eve' WHERE id = 5");
  CHECK(books.broken() == "chain");
  quick_check(ledger);
  books.tamper("UPDATE event SET previous = 'aa' WHERE id = 5");
  CHECK(refusal([&] { quick_check(ledger); }) == Reason::corrupt);
}

TEST_CASE("verify: file finds a reference into nothing") {
  VerifyBooks books;
  books.tamper("UPDATE item SET product_id = 99 WHERE id = 4");
  CHECK(books.broken() == "file");
  CHECK(books.found("file") == "item row 4: refers to a row of product that is not there\n");
}

TEST_CASE("verify: a table that is gone is a finding and no end of the run") {
  VerifyBooks books;
  RawSqlite(books.path()).run("DROP TABLE adjustment");
  CHECK(books.broken() == "starting-amount draft-delete immutable");
  CHECK(has(books.found("starting-amount"), "no such table") == "no such table");
}

TEST_CASE("verify: an anchor shows a tail that was cut off") {
  VerifyBooks books;
  const VerifyRequest anchor = anchored(books);
  CHECK(books.broken(anchor) == "");
  // Cut clean: the series, the journal and all rows of the last invoice are wound back together.
  books.tamper(
      "DELETE FROM line WHERE invoice_id = 3; DELETE FROM tax_row WHERE invoice_id = 3;"
      "DELETE FROM invoice_name WHERE invoice_id = 3; DELETE FROM issue_record WHERE invoice_id = "
      "3;"
      "DELETE FROM invoice WHERE id = 3;"
      "UPDATE series SET next_sequence = 3, last_seal = (SELECT seal FROM invoice WHERE id = 2) "
      "WHERE code = 'issued'");
  CHECK(books.broken() == "");
  CHECK(books.broken(anchor) == "anchor");
  CHECK(books.found("anchor", anchor) ==
        "series issued: the document that it ended with then is gone\n"
        "series issued: had 3 documents then, now 2\n");
}

TEST_CASE("verify: an anchor shows events that were cut off and still holds when more come") {
  VerifyBooks books;
  const VerifyRequest anchor = anchored(books);
  books.firm().ledger().write(DryRun::no, [&] {
    Event event;
    event.verb = "compile";
    event.arguments = event.changes = "{}";
    Events(books.firm().ledger(), books.firm().tenant()).append(event, {});
  });
  CHECK(books.broken(anchor) == "");
  books.tamper("DELETE FROM event_subject WHERE event_id >= 3; DELETE FROM event WHERE id >= 3");
  CHECK(books.broken() == "");
  CHECK(books.found("anchor", anchor) ==
        "journal of main: the event that it ended with then is gone\n");
}

TEST_CASE("verify: an anchor is a file that is there and is never written") {
  VerifyBooks books;
  VerifyRequest anchor;
  anchor.anchor = books.path() + ".anchor";
  CHECK(refusal([&] { books.verify(anchor); }) == Reason::bad_input);
  CHECK_FALSE(std::filesystem::exists(anchor.anchor));
  for (const char* text :
       {"{}", "[]", "{\"heads\": {\"series\": []}}", "{\"heads\": 5}", "heads"}) {
    CAPTURE(text);
    std::ofstream(anchor.anchor) << text;
    CHECK(refusal([&] { books.verify(anchor); }) == Reason::bad_input);
  }
  anchor.anchor = "/";
  CHECK(refusal([&] { books.verify(anchor); }) == Reason::io);
}

TEST_CASE("verify: --deep reads the pages also where checks are named") {
  VerifyBooks books;
  VerifyRequest deep;
  deep.deep = true;
  deep.checks = {"once"};
  CHECK(books.verify(deep).body["checks"].as_array().size() == 2);
  CHECK(books.broken(deep) == "");
  // An index entry that is gone: each record is right, and only the pages tell.
  books.tamper(
      "PRAGMA writable_schema = ON; CREATE TABLE kept AS SELECT rootpage, (SELECT rootpage FROM "
      "sqlite_schema WHERE name = 'item_instalment') AS other FROM sqlite_schema WHERE name = "
      "'entry_attached'; UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM kept) WHERE "
      "name "
      "= 'item_instalment'; DROP TABLE kept; PRAGMA writable_schema = RESET");
  CHECK(has(books.broken(deep), "file") == "file");
}

TEST_CASE("verify: --files reads the documents that were sent also where checks are named") {
  VerifyBooks books;
  books.tamper(
      "INSERT INTO stored_document (tenant_id, invoice_id, format, digest, content, stored_at) "
      "SELECT 1, id, 'pdf', hex(zeroblob(32)), x'00', 0 FROM invoice WHERE number = 'INV00001'");
  VerifyRequest request;
  request.checks = {"totals"};
  CHECK(books.broken(request) == "");
  request.files = true;
  CHECK(books.broken(request) == "outbox-once");
}

TEST_CASE("verify: pages full of garbage are findings or a corrupt ledger and never a crash") {
  VerifyBooks books;
  RawSqlite(books.path()).run("PRAGMA wal_checkpoint(TRUNCATE)");
  const std::string copy = books.path() + ".damaged";
  std::ifstream in(books.path(), std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  int found = 0;
  for (std::size_t page = 1; page * 4096 < bytes.size(); ++page) {
    std::string damaged = bytes;
    for (std::size_t i = 0; i < 4096; ++i)
      damaged[page * 4096 + i] = static_cast<char>(i * 37 + page);
    std::remove((copy + "-wal").c_str());
    std::remove((copy + "-shm").c_str());
    std::ofstream(copy, std::ios::binary) << damaged;
    CAPTURE(page);
    try {
      Ledger ledger = Ledger::open({copy, Access::read, 1, "verify", true});
      Session whole = books.firm().session();
      const Session session{ledger,    whole.config, whole.tenant, whole.actor,
                            whole.now, whole.today,  DryRun::no,   ""};
      VerifyRequest deep;
      deep.deep = true;
      found += verify(session, deep).exit == ExitStatus::corrupt ? 1 : 0;
    } catch (const Error& error) {
      CHECK(error.code() == Reason::corrupt);
      ++found;
    }
  }
  CHECK(found == static_cast<int>(bytes.size() / 4096 - 1));
}
