#include "pipeline/explain.hpp"

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

Outcome run(Invocation& invocation) {
  const std::string thing = invocation.arguments().front();
  Outcome outcome;
  if (thing.starts_with("item:")) {
    outcome.body = explain_item(invocation.session(), thing);
  } else {
    const std::string ref = thing.starts_with("entry:") ? thing.substr(6) : thing;
    outcome.body = explain_entry(invocation.session(), ref);
  }
  const Json body = outcome.body;
  outcome.text = [body] { return text_of(body); };
  return outcome;
}

}  // namespace

const Command& explain_command() {
  static const Command kCommand = {
      .name = "explain",
      .summary = "tell why an entry is billed or not, and where each number comes from",
      .example = "billctl explain entry:e17\nbillctl explain item:12",
      .arguments = {{"THING", "entry:ID or item:NUMBER", true, false}},
      .options = {},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
