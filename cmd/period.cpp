#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "pipeline/ar_periods.hpp"
#include "pipeline/heading_text.hpp"
#include "text/visible.hpp"

namespace billctl::cmd {
namespace {

std::string month_of(Invocation& invocation) {
  const std::string& text = invocation.arguments().front();
  const std::string month = heading_month(text, invocation.today());
  if (month.empty())
    throw Error(Reason::usage, "period \"" + text + "\" is no month", "write it as 2026-10");
  return month;
}

std::string names_text(const Json& names) {
  std::string text;
  for (const Json& name : names.as_array()) text += " " + visible(name.as_string());
  return text;
}

Outcome list(Invocation& invocation) {
  Outcome outcome;
  outcome.body = list_periods(invocation.session());
  outcome.rows = "periods";
  const Json periods = outcome.body["periods"];
  outcome.text = [periods](const Json&) {
    if (periods.as_array().empty()) return std::string("no periods\n");
    std::vector<std::vector<std::string>> rows;
    for (const Json& each : periods.as_array()) {
      rows.push_back({cell_text(each["period"]), cell_text(each["state"]),
                      cell_text(each["closed_by"]), cell_text(each["drafts"]),
                      cell_text(each["issued"]), cell_text(each["pending_items"])});
    }
    return table({"period", "state", "closed by", ">drafts", ">issued", ">pending items"}, rows);
  };
  return outcome;
}

std::string check_text(const Json& body) {
  std::string text = cell_text(body["period"]) + ": " + cell_text(body["state"]);
  if (body["clear"].as_bool()) return text + ", nothing waits\n";
  text += "\n";
  const auto count = [&](const char* field, const char* what) {
    if (body[field].as_integer() != 0)
      text += "  " + std::to_string(body[field].as_integer()) + what + "\n";
  };
  count("pending_items", " pending items");
  count("late_items", " pending items of earlier months");
  count("uncompiled_entries", " entries without items");
  if (!body["drafts"].as_array().empty()) text += "  drafts:" + names_text(body["drafts"]) + "\n";
  for (const Json& each : body["unsent"].as_array())
    text += "  " + visible(cell_text(each["invoice"])) + " is not at " +
            visible(cell_text(each["provider"])) + ": " + cell_text(each["state"]) + "\n";
  return text;
}

Outcome check(Invocation& invocation) {
  Outcome outcome;
  outcome.body = check_period(invocation.session(), month_of(invocation));
  outcome.text = check_text;
  return outcome;
}

Outcome told(const Report& report, const std::string& done, const std::string& so_already) {
  Outcome outcome = outcome_of(report);
  outcome.text = [done, so_already](const Json& body) {
    return cell_text(body["period"]) + ": " + (body["changed"].as_bool() ? done : so_already) +
           "\n";
  };
  return outcome;
}

Outcome close(Invocation& invocation) {
  Outcome outcome =
      told(close_period(invocation.session(), month_of(invocation)), "closed", "closed already");
  const Json& drafts = outcome.body["drafts"];
  if (!drafts.as_array().empty())
    outcome.talk.push_back("warning: dated in it and not issued:" + names_text(drafts));
  return outcome;
}

Outcome reopen(Invocation& invocation) {
  const std::string month = month_of(invocation);
  const std::string reason = invocation.value_or("--reason", "");
  if (reason.empty())
    throw Error(Reason::usage, "period reopen needs --reason TEXT, which the journal keeps");
  invocation.confirm("reopen period " + month);
  return told(reopen_period(invocation.session(), month, reason), "open again", "open already");
}

Command command(const char* name, const char* summary, const char* example, Writes writes,
                Outcome (*run)(Invocation&)) {
  return {.name = name,
          .summary = summary,
          .example = example,
          .arguments = {{"MONTH", "2026-10, this-month or last-month", true, false}},
          .options = {},
          .filters = false,
          .opens = Opens::ledger,
          .writes = writes,
          .run = run};
}

}  // namespace

const Command& period_list_command() {
  static const Command kCommand = [] {
    Command made = command("period list", "list months, open and closed, with what is in them",
                           "billctl period list", Writes::no, list);
    made.arguments.clear();
    return made;
  }();
  return kCommand;
}

const Command& period_check_command() {
  static const Command kCommand = command("period check", "tell what is still open of a month",
                                          "billctl period check 2026-10", Writes::no, check);
  return kCommand;
}

const Command& period_close_command() {
  static const Command kCommand =
      command("period close", "let a month take no invoice date any more",
              "billctl period close last-month", Writes::yes, close);
  return kCommand;
}

const Command& period_reopen_command() {
  static const Command kCommand = [] {
    Command made = command("period reopen", "let a closed month take invoice dates again",
                           "billctl period reopen 2026-10 --reason \"a late bill\" --yes",
                           Writes::yes, reopen);
    made.options = {{"--reason", "TEXT", "why, for the journal", {}, false}};
    return made;
  }();
  return kCommand;
}

}  // namespace billctl::cmd
