// The heading of a draft by hand: what a text in an editor becomes, what stays, and who may.
#include "pipeline/edit_heading.hpp"

#include <doctest/doctest.h>

#include "ledger/books_table.hpp"
#include "outcome/error.hpp"
#include "pipeline/desk.hpp"
#include "pipeline/heading_text.hpp"
#include "pipeline/invoice_notes.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

std::string text_of(Desk& desk, const std::string& name) {
  Session session = desk.session();
  const Books books = read_books(session.ledger, session.tenant.id, BooksPart::without_tasks);
  return heading_text(books, desk.header(name));
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

Report edited(Desk& desk, const HeadingEdit& edit) {
  Session session = desk.session();
  return edit_heading(session, edit, Json::object());
}

std::string fields(const Report& report) {
  std::string text;
  for (const Json& each : report.body["changed"].as_array())
    text += (text.empty() ? "" : " ") + each["field"].as_string();
  return text;
}

Reason refused(Desk& desk, const HeadingEdit& edit) {
  try {
    edited(desk, edit);
  } catch (const Error& error) {
    return error.code();
  }
  FAIL("nothing was refused");
  return Reason::failed;
}

}  // namespace

TEST_CASE("a heading edited as text changes what differs and nothing else") {
  Desk desk;
  desk.draft();
  const std::string before = text_of(desk, "DRAFT00001");
  std::string after = replaced(before, "po:\n", "po: PO-7\n");
  after = replaced(after, "date:\n", "date: 2026-10-31\n") + "call them\nfirst\n";
  const HeadingEdit edit = heading_edit("DRAFT00001", before, after, day("2026-11-01"));
  CHECK(fields(edited(desk, edit)) == "date po notes");
  const Invoice draft = desk.header("DRAFT00001");
  CHECK(draft.po_number == "PO-7");
  CHECK(draft.invoice_on == day("2026-10-31"));
  CHECK(draft.due_on == day("2026-11-14"));
  CHECK(draft.notes == "call them\nfirst");
  CHECK(heading_edit("DRAFT00001", before, before, day("2026-11-01")).is_empty());
}

TEST_CASE("a text that was opened on another heading is refused and nothing is changed") {
  Desk desk;
  desk.draft();
  const std::string before = text_of(desk, "DRAFT00001");
  HeadingEdit meanwhile;
  meanwhile.invoice = "DRAFT00001";
  meanwhile.title = "Other";
  edited(desk, meanwhile);
  const std::string after = replaced(before, "po:\n", "po: PO-7\n");
  CHECK(refused(desk, heading_edit("DRAFT00001", before, after, day("2026-11-01"))) ==
        Reason::changed);
  CHECK(desk.header("DRAFT00001").po_number.empty());
}

TEST_CASE("a text that can't be read as a heading is refused with its line") {
  Desk desk;
  desk.draft();
  const std::string before = text_of(desk, "DRAFT00001");
  const Date today = day("2026-11-01");
  CHECK_THROWS_AS(heading_edit("D", before, replaced(before, "po:\n", "po\n"), today), Error);
  CHECK_THROWS_AS(heading_edit("D", before, replaced(before, "po:\n", ""), today), Error);
  CHECK_THROWS_AS(heading_edit("D", before, replaced(before, "notes:", "note:"), today), Error);
  CHECK_THROWS_AS(heading_edit("D", before, replaced(before, "date:\n", "date: soon\n"), today),
                  Error);
}

TEST_CASE("S4-3 of an issued invoice the editor shows the notes alone") {
  Desk desk;
  desk.draft();
  desk.issue({"DRAFT00001"});
  const std::string before = text_of(desk, "INV00001");
  CHECK(before.find("terms:") == std::string::npos);
  const HeadingEdit edit = heading_edit("INV00001", before, before + "paid\n", day("2026-11-01"));
  CHECK(fields(edited(desk, edit)) == "notes");
  HeadingEdit heading;
  heading.invoice = "INV00001";
  heading.name = "other";
  CHECK(refused(desk, heading) == Reason::wrong_state);
}

TEST_CASE("S4-33 a new date computes taxes at its own rate") {
  Desk desk(
      "[tax.dated]\nrates = [{ from = \"2020-01-01\", rate = \"24\" }, "
      "{ from = \"2026-10-15\", rate = \"25.5\" }]\n");
  desk.draft({.lines = {{"10", "100", "dated"}}});
  HeadingEdit edit;
  edit.invoice = "DRAFT00001";
  edit.date = day("2026-10-10");
  edited(desk, edit);
  CHECK(desk.header("DRAFT00001").amounts.tax_minor == 24000);
  edit.date = day("2026-10-20");
  edited(desk, edit);
  CHECK(desk.header("DRAFT00001").amounts.tax_minor == 25500);
}

TEST_CASE("S4-12 a name is renamed on a draft and is one line") {
  Desk desk;
  desk.draft();
  HeadingEdit edit;
  edit.invoice = "DRAFT00001";
  edit.name = "Autumn";
  CHECK(fields(edited(desk, edit)) == "name");
  CHECK(fields(edited(desk, edit)) == "");
  CHECK(desk.header("DRAFT00001").name == "Autumn");
  HeadingEdit nothing;
  nothing.invoice = "DRAFT00001";
  edit.name = "two\nlines";
  CHECK(refused(desk, edit) == Reason::usage);
  CHECK(refused(desk, nothing) == Reason::usage);
}
