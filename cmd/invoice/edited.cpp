#include "invoice/edited.hpp"

#include "output.hpp"

namespace billctl::cmd {
namespace {

std::string text_of(const Json& body) {
  std::string text = cell_text(body["invoice"]) + ": ";
  if (const Json& line = body["line"]; !line.is_null()) text += "line " + cell_text(line) + ", ";
  text += "revision " + cell_text(body["revision"]) + ", " +
          cell_text(body["amounts"]["excl_tax"]) + " before tax, " +
          cell_text(body["amounts"]["payable"]) + " payable\n";
  if (const Json& summary = body["summary"]; summary.is_object()) {
    text += "starting " + cell_text(summary["starting"]) + ", adjustments " +
            cell_text(summary["adjustments"]) + ", exclusions " + cell_text(summary["exclusions"]) +
            ", invoiced " + cell_text(summary["invoiced"]) + "\n";
  }
  std::vector<std::vector<std::string>> rows;
  for (const Json& change : body["changes"].as_array())
    rows.push_back({cell_text(change["item"]), cell_text(change["from"]), cell_text(change["to"])});
  if (!rows.empty()) text += table({">item", ">report price", ">now"}, rows);
  return text;
}

}  // namespace

const Option& revision_option() {
  static const Option kRevision = {
      "--revision", "N", "refuse when the invoice has changed since", {}, false};
  return kRevision;
}

EditTarget edit_target(Invocation& invocation) {
  return {invocation.arguments().front(), invocation.integer("--revision")};
}

Json edit_arguments(const Invocation& invocation) {
  Json arguments = Json::object();
  Json words = Json::array();
  for (const std::string& word : invocation.arguments()) words.push(word);
  arguments.set("arguments", std::move(words));
  for (const Option& option : invocation.command().options) {
    const std::string name = option.name.substr(option.name.find("--"));
    if (const auto value = invocation.value(name)) arguments.set(name.substr(2), *value);
  }
  return arguments;
}

Outcome edited_outcome(const Report& report) {
  Outcome outcome = outcome_of(report);
  outcome.rows = "changes";
  const Json& body = report.body;
  for (const Json& warning : body["warnings"].as_array())
    outcome.talk.push_back("warning: " + cell_text(warning["detail"]));
  outcome.text = text_of;
  return outcome;
}

}  // namespace billctl::cmd
