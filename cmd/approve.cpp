#include "pipeline/approve.hpp"

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "refusals.hpp"

namespace billctl::cmd {
namespace {

ApproveAction action_of(Invocation& invocation) {
  if (invocation.has("--withdraw") && invocation.has("--reject"))
    throw Error(Reason::usage, "--withdraw and --reject exclude each other");
  if (invocation.has("--withdraw")) return ApproveAction::withdraw;
  return invocation.has("--reject") ? ApproveAction::reject : ApproveAction::give;
}

ApproveRequest request_of(Invocation& invocation) {
  ApproveRequest request;
  request.invoices = invocation.arguments();
  request.all_waiting = invocation.has("--all-waiting");
  if (request.invoices.empty() == !request.all_waiting) {
    throw Error(Reason::usage, "approve needs invoices by name, or --all-waiting",
                "see `billctl invoice list --waiting-for MEMBER`");
  }
  if (request.all_waiting) request.filter = invocation.filter();
  request.action = action_of(invocation);
  if (const auto role = invocation.value("--role")) request.role = approval_role_of(*role);
  request.comment = invocation.value_or("--comment", "");
  request.revision = invocation.integer("--revision");
  return request;
}

Json arguments_of(Invocation& invocation) {
  Json arguments = Json::object();
  Json invoices = Json::array();
  for (const std::string& name : invocation.arguments()) invoices.push(name);
  arguments.set("invoices", std::move(invoices));
  for (const char* option : {"--role", "--comment", "--revision"}) {
    if (const auto value = invocation.value(option)) arguments.set(option + 2, *value);
  }
  for (const char* option : {"--all-waiting", "--withdraw", "--reject"}) {
    if (invocation.has(option)) arguments.set(option + 2, true);
  }
  return arguments;
}

std::string text_of(const Json& body) {
  std::string text;
  for (const Json& each : body["approved"].as_array()) {
    const std::string role = cell_text(each["role"]);
    text += cell_text(each["invoice"]) + ": " +
            (role.empty() ? "needs no approval"
                          : "approved as " + role + " by " + cell_text(each["by"])) +
            ", " + cell_text(each["state"]) + "\n";
  }
  for (const Json& each : body["withdrawn"].as_array())
    text +=
        cell_text(each["invoice"]) + ": approval as " + cell_text(each["role"]) + " withdrawn\n";
  for (const Json& each : body["rejected"].as_array())
    text += cell_text(each["invoice"]) + ": rejected, its approvals are withdrawn\n";
  return text;
}

Outcome run(Invocation& invocation) {
  const ApproveRequest request = request_of(invocation);
  Outcome outcome = outcome_of(approve(invocation.session(), request, arguments_of(invocation)));
  outcome.rows = "approved";
  tell_refusals(outcome, "approve");
  outcome.text = [](const Json& body) { return text_of(body); };
  return outcome;
}

}  // namespace

const Command& approve_command() {
  static const Command kCommand = {
      .name = "approve",
      .summary = "give, withdraw or refuse an approval that invoices need",
      .example = "billctl approve DRAFT00007 --as pam\nbillctl approve --all-waiting --as fia",
      .arguments = {{"INVOICE", "by any name", false, true}},
      .options =
          {{"--role", "ROLE", "in which role (default: the one that is missing and yours)",
            approval_role_words(), false},
           {"--all-waiting", "", "every one that waits for you and the filters leave", {}, false},
           {"--withdraw", "", "take your approval back", {}, false},
           {"--reject", "", "drop every approval it has", {}, false},
           {"--comment", "TEXT", "put on top of the notes", {}, false},
           {"--revision", "N", "refuse when the draft has changed since", {}, false},
           from_job_option()},
      .filters = true,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
