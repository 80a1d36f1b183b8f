#include "pipeline/explain.hpp"

#include "ledger/entries.hpp"
#include "ledger/invoices.hpp"
#include "pipeline/explain_client.hpp"
#include "pipeline/explain_invoice.hpp"
#include "text/visible.hpp"

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"

namespace billctl::cmd {
namespace {

std::string tests_text(const Json& tests) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& test : tests.as_array()) {
    const std::string passed = test["passed"].is_null()   ? "-"
                               : test["passed"].as_bool() ? "ok"
                                                          : "NO";
    rows.push_back({cell_text(test["code"]), passed, cell_text(test["seen"]),
                    test["passed"] == Json(true) ? "" : cell_text(test["needed"])});
  }
  return table({"test", "", "seen", "needed"}, rows);
}

std::string decision_text(const Json& body) {
  if (body["price"].is_null()) return "";
  const Json& price = body["price"];
  std::string text = "product " + cell_text(body["product"]["code"]) + " (" +
                     cell_text(body["product"]["scope"]) + ")\nprice " +
                     cell_text(price["amount"]) + " " + cell_text(price["currency"]) + " per " +
                     cell_text(price["unit"]) + " (" + cell_text(price["source"]);
  if (!price["row"].is_null()) text += ": " + cell_text(price["row"]);
  text += ")\n";
  for (const Json& step : body["rounding"].as_array())
    text += cell_text(step["step"]) + ": " + cell_text(step["from"]) + " -> " +
            cell_text(step["to"]) + "\n";
  return text;
}

std::string text_of(const Json& body) {
  std::string text = "entry " + cell_text(body["entry"]) + " (" + cell_text(body["kind"]) + ")";
  if (!body["reason"].is_null()) text += ": " + cell_text(body["reason"]);
  text += "\n\n" + tests_text(body["tests"]);
  if (body.find("item") != nullptr || body["items"].as_array().empty()) {
    const std::string decision = decision_text(body);
    if (!decision.empty()) text += "\n" + decision;
  } else {
    for (const Json& item : body["items"].as_array())
      text += "\nitem " + cell_text(item["item"]) + " (" + cell_text(item["kind"]) + ", " +
              cell_text(item["state"]) + ")\n" + decision_text(item);
  }
  std::vector<std::vector<std::string>> rows;
  for (const Json& line : body["history"].as_array())
    rows.push_back({cell_text(line["at"]), cell_text(line["by"]), cell_text(line["what"])});
  return rows.empty() ? text : text + "\n" + table({"at", "by", "what"}, rows);
}

std::string invoice_text(const Json& body) {
  std::string text = "invoice " + cell_text(body["invoice"]) + "\n";
  for (const Json& line : body["lines"].as_array()) {
    text += "\nline " + cell_text(line["line"]) + ": " + visible(cell_text(line["description"])) +
            ", " + cell_text(line["amount"]) + "\n";
    for (const Json& item : line["items"].as_array()) {
      text += "item " + cell_text(item["item"]) + " of entry " + cell_text(item["entry"]) + "\n" +
              decision_text(item);
    }
  }
  return text;
}

/// 27000 -> "7:30".
std::string hours_text(const Json& seconds) {
  const std::int64_t minutes = seconds.as_integer() / 60;
  std::string rest = std::to_string(minutes % 60);
  if (rest.size() < 2) rest.insert(0, "0");
  return std::to_string(minutes / 60) + ":" + rest;
}

std::string client_text(const Json& body) {
  std::vector<std::vector<std::string>> rows;
  for (const char* stage : {"recorded", "compiled", "drafted", "issued"})
    rows.push_back({stage, hours_text(body[std::string(stage) + "_seconds"])});
  std::string text = table({"hours", ">h"}, rows);
  rows.clear();
  for (const Json& each : body["differences"].as_array()) {
    rows.push_back(
        {cell_text(each["code"]), cell_text(each["entries"]), hours_text(each["seconds"])});
  }
  return rows.empty() ? text : text + "\n" + table({"why not", ">entries", ">h"}, rows);
}

Outcome outcome_of(Json body, std::string (*text)(const Json&)) {
  Outcome outcome;
  outcome.body = std::move(body);
  outcome.text = [text](const Json& shown) { return text(shown); };
  return outcome;
}

Outcome run_client(Invocation& invocation) {
  if (!invocation.arguments().empty())
    throw Error(Reason::usage, "explain tells either a thing or a client",
                "leave out --client, or " + invocation.arguments().front());
  const auto period = invocation.filter().period.value_or(Period::always());
  return outcome_of(
      explain_client(invocation.session(), invocation.value_or("--client", ""), period),
      client_text);
}

/// `entry:e17`, `item:12`, any name of an invoice; a name that no invoice ever had is an entry's.
Outcome run(Invocation& invocation) {
  if (invocation.has("--client")) return run_client(invocation);
  if (invocation.arguments().empty())
    throw Error(Reason::usage, "explain what?",
                "name entry:ID, item:NUMBER, an invoice or --client");
  Session& session = invocation.session();
  const std::string& thing = invocation.arguments().front();
  if (thing.starts_with("item:")) return outcome_of(explain_item(session, thing), text_of);
  if (thing.starts_with("entry:"))
    return outcome_of(explain_entry(session, thing.substr(6)), text_of);
  const bool is_invoice = Invoices(session.ledger, session.tenant.id).name_taken(thing);
  const bool is_entry = Entries(session.ledger, session.tenant.id).find(thing).has_value();
  if (!is_invoice && is_entry) return outcome_of(explain_entry(session, thing), text_of);
  return outcome_of(explain_invoice(session, thing), invoice_text);
}

}  // namespace

const Command& explain_command() {
  static const Command kCommand = {
      .name = "explain",
      .summary = "tell why an entry is billed or not, and where each number comes from",
      .example =
          "billctl explain entry:e17\nbillctl explain INV00042\n"
          "billctl explain --client acme --period 2026-10",
      .arguments = {{"THING", "entry:ID, item:NUMBER or an invoice", false, false}},
      .options = {{"--client", "CODE", "how far this client's hours have come", {}, false},
                  {"--period", "PERIOD", "of these work dates, e.g. 2026-10", {}, false},
                  {"--since", "DATE", "from this work date on", {}, false},
                  {"--until", "DATE", "up to and with this work date", {}, false}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
