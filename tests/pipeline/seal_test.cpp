#include "issue/seal.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "pipeline/desk.hpp"
#include "pipeline/show_invoice.hpp"
#include "text/sha256.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

// The seal as anybody would compute it from `invoice show --json` and design/documents.md, sharing
// no code with lib/issue/seal.cpp but SHA-256.
std::string canonical(const Json& value) {
  if (value.is_null()) return "null";
  if (value.is_bool()) return value.as_bool() ? "true" : "false";
  if (value.is_integer()) return std::to_string(value.as_integer());
  std::string out;
  if (value.is_string()) {
    out = "\"";
    for (const char c : value.as_string()) {
      if (c == '"' || c == '\\') out += '\\';
      if (c == '\n') {
        out += "\\n";
      } else {
        out += c;
      }
    }
    return out + "\"";
  }
  if (value.is_array()) {
    for (const Json& each : value.as_array()) out += (out.empty() ? "" : ",") + canonical(each);
    return "[" + out + "]";
  }
  std::vector<std::string> keys;
  for (const auto& [key, ignored] : value.as_object()) keys.push_back(key);
  std::sort(keys.begin(), keys.end());
  for (const std::string& key : keys)
    out += (out.empty() ? "" : ",") + ("\"" + key + "\":" + canonical(value[key]));
  return "{" + out + "}";
}

Json without(const Json& rows, const char* field) {
  Json list = Json::array();
  for (const Json& row : rows.as_array()) {
    Json kept = Json::object();
    for (const auto& [key, value] : row.as_object()) {
      if (key != field) kept.set(key, value);
    }
    list.push(std::move(kept));
  }
  return list;
}

std::string seal_by_hand(const Json& shown, const std::string& previous) {
  Json sealed = Json::object();
  for (const char* key : {"id", "number", "draft_number", "type", "corrects", "client", "seller",
                          "buyer", "currency", "date", "due_date", "ar_period", "period", "name",
                          "title", "subtitle", "po_number", "amounts", "notes"}) {
    sealed.set(key, shown[key]);
  }
  sealed.set("lines", without(shown["lines"], "items"));
  sealed.set("taxes", without(shown["taxes"], "stale"));
  sealed.set("prepayments", without(shown["prepayments"], "balance"));
  return to_hex(sha256(previous + canonical(sealed)));
}

Json shown(Desk& desk, const std::string& name) {
  Session session = desk.session();
  return show_invoice(session, name);
}

}  // namespace

TEST_CASE("X33 the seal follows from what invoice show prints and the seal before it") {
  Desk desk;
  desk.draft({.lines = {{"2.5", "95.123456"}, {"-1", "10", "reverse_charge"}}});
  desk.draft({.lines = {{"1", "7", ""}}});
  desk.draft();
  desk.firm().execute(
      "UPDATE line SET description = 'Say \"ä\\' || char(10) || 'twice' WHERE invoice_id = 1");
  desk.firm().execute(
      "UPDATE invoice SET notes = 'first', po_number = 'PO-7', title = 'T' "
      "WHERE id = 1");
  desk.issue({"DRAFT00001", "DRAFT00002"}, {.comment = "with a comment"});
  desk.issue({"DRAFT00003"});
  std::string previous;
  for (const char* name : {"INV00001", "INV00002", "INV00003"}) {
    const Json invoice = shown(desk, name);
    CHECK(invoice["previous_seal"] == Json::text_or_null(previous));
    CHECK(invoice["seal"] == Json(seal_by_hand(invoice, previous)));
    previous = invoice["seal"].as_string();
  }
  CHECK(desk.firm().ask("SELECT last_seal FROM series WHERE code = 'issued'") == previous);
}

TEST_CASE("S3-7 what is written otherwise than it was sealed issues nothing") {
  for (const char* change :
       {"UPDATE line SET description = 'x'", "UPDATE line SET amount_minor = amount_minor + 1",
        "UPDATE line SET position = 2 WHERE line = 1", "DELETE FROM line WHERE line = 2",
        "INSERT INTO line (invoice_id, line, position, kind, description) "
        "VALUES (1, 9, 9, 'text', '')",
        "UPDATE tax_row SET base_minor = base_minor + 1",
        "INSERT INTO tax_row (invoice_id, position, tax, rate_micro, base_minor, amount_minor) "
        "VALUES (1, 9, 'other', 0, 0, 0)"}) {
    CAPTURE(change);
    Desk desk;
    desk.draft({.lines = {{"1", "10"}, {"2", "20"}}});
    desk.issue({"DRAFT00001"}, {}, DryRun::yes);
    desk.firm().execute("CREATE TRIGGER meddle BEFORE UPDATE OF seal ON invoice BEGIN " +
                        std::string(change) + "; END");
    CHECK_THROWS_WITH_AS(desk.issue({"DRAFT00001"}),
                         "invoice DRAFT00001: what was written reads back otherwise", Error);
    desk.firm().execute("DROP TRIGGER meddle");
    CHECK(desk.header("DRAFT00001").state == InvoiceState::draft);
    CHECK(desk.issue({"DRAFT00001"}).exit == ExitStatus::done);
  }
}

TEST_CASE("X33 lines that a person moved are sealed in the order of their positions") {
  Desk desk;
  desk.draft({.lines = {{"1", "10"}, {"2", "20"}, {"3", "30"}}});
  desk.firm().execute("UPDATE line SET position = 4 - line");
  desk.issue({"DRAFT00001"});
  const Json invoice = shown(desk, "INV00001");
  CHECK(invoice["lines"].as_array().front()["line"] == Json(3));
  CHECK(invoice["seal"] == Json(seal_by_hand(invoice, "")));
}

TEST_CASE("X33 an override joins the chain of the series that it stands beside") {
  Desk desk("[invoice]\nallow_number_override = true\n");
  for (int i = 0; i < 3; ++i) desk.draft();
  desk.issue({"DRAFT00001"});
  desk.issue({"DRAFT00002"}, {.number = "SPECIAL/1"});
  desk.issue({"DRAFT00003"});
  CHECK(desk.header("SPECIAL/1").previous_seal == desk.header("INV00001").seal);
  CHECK(desk.header("INV00002").previous_seal == desk.header("SPECIAL/1").seal);
}

TEST_CASE("X33 changing one letter of what is sealed changes the seal") {
  Desk desk;
  desk.draft();
  desk.issue({"DRAFT00001"});
  const Json invoice = shown(desk, "INV00001");
  const std::string seal = invoice["seal"].as_string();
  for (const char* key : {"number", "date", "client", "currency", "ar_period", "due_date"}) {
    Json changed = invoice;
    changed.set(key, changed[key].as_string() + "x");
    CHECK(seal_by_hand(changed, "") != seal);
  }
  CHECK(seal_by_hand(invoice, "a") != seal);
}

TEST_CASE("notes edited after issue leave the sealed document as it was") {
  Desk desk;
  desk.draft();
  desk.issue({"DRAFT00001"}, {.comment = "as issued"});
  desk.firm().execute("UPDATE invoice SET notes = 'edited later'");
  Json invoice = shown(desk, "INV00001");
  CHECK(invoice["notes"] == Json("edited later"));
  invoice.set("notes", "as issued");
  CHECK(seal_by_hand(invoice, "") == invoice["seal"].as_string());
}

TEST_CASE("X2 whatever is tried on an issued invoice in plain SQL is refused") {
  Desk desk;
  desk.draft();
  desk.draft();
  desk.issue({"DRAFT00001"});
  const Json before = shown(desk, "INV00001");
  for (const char* attack :
       {"UPDATE invoice SET payable_minor = 1 WHERE id = 1",
        "UPDATE invoice SET number = 'INV00009' WHERE id = 1",
        "UPDATE invoice SET state = 'draft' WHERE id = 1",
        "UPDATE invoice SET seal = 'x' WHERE id = 1", "DELETE FROM invoice WHERE id = 1",
        "UPDATE line SET amount_minor = 1 WHERE invoice_id = 1",
        "DELETE FROM line WHERE invoice_id = 1",
        "UPDATE line SET invoice_id = 1, line = 9 WHERE invoice_id = 2",
        "REPLACE INTO line (invoice_id, line, position, kind, description) "
        "VALUES (1, 1, 1, 'text', 'other')",
        "UPDATE tax_row SET amount_minor = 1 WHERE invoice_id = 1",
        "DELETE FROM tax_row WHERE invoice_id = 1",
        "UPDATE OR REPLACE invoice SET draft_number = 'DRAFT00001' WHERE id = 2",
        "UPDATE OR REPLACE invoice SET number = 'INV00001' WHERE id = 2",
        "UPDATE series SET next_sequence = 1 WHERE code = 'issued'", "DELETE FROM series",
        "DELETE FROM invoice_name WHERE name = 'INV00001'", "UPDATE event SET actor = 'x'"}) {
    CAPTURE(attack);
    CHECK_THROWS(desk.firm().execute(attack));
  }
  CHECK(shown(desk, "INV00001") == before);
}
