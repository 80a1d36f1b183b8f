#include "commands.hpp"
#include "invocation.hpp"
#include "pipeline/delete_draft.hpp"

namespace billctl::cmd {
namespace {

std::string question_of(const std::vector<std::string>& names) {
  if (names.size() == 1) return "delete invoice " + names.front();
  return "delete " + std::to_string(names.size()) + " invoices";
}

Outcome run(Invocation& invocation) {
  const auto& names = invocation.arguments();
  invocation.confirm(question_of(names));
  const Report report = delete_drafts(invocation.session(), names);
  Outcome outcome = outcome_of(report);
  outcome.rows = "deleted";
  const Json deleted = report.body["deleted"];
  outcome.text = [deleted](const Json&) {
    std::string text;
    for (const Json& draft : deleted.as_array()) {
      const std::int64_t items = draft["items"].as_integer();
      text += draft["invoice"].as_string() + ": deleted, " + std::to_string(items) +
              (items == 1 ? " item is" : " items are") + " pending again\n";
    }
    return text;
  };
  return outcome;
}

}  // namespace

const Command& invoice_delete_command() {
  static const Command kCommand = {
      .name = "invoice delete",
      .summary = "take drafts back; their items are pending again",
      .example = "billctl invoice delete DRAFT00007 --yes",
      .arguments = {{"INVOICE", "drafts, by their numbers", true, true}},
      .options = {},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
