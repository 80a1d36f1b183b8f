#include "pipeline/generate.hpp"

#include <algorithm>
#include <map>

#include "commands.hpp"
#include "invocation.hpp"
#include "invoice/heading_editor.hpp"
#include "ledger/entries.hpp"
#include "output.hpp"

namespace billctl::cmd {
namespace {

/// --into without a value.
constexpr const char* kWhichAreOpen = "?";

std::string invoices_text(const Json::Array& invoices) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& each : invoices) {
    const Json& amounts = each["amounts"];
    rows.push_back({cell_text(each["invoice"]), cell_text(each["client"]), cell_text(each["lines"]),
                    cell_text(amounts["excl_tax"]), cell_text(amounts["tax"]),
                    cell_text(amounts["payable"]), cell_text(each["currency"])});
  }
  return table({"invoice", "client", ">lines", ">before tax", ">tax", ">payable", ""}, rows);
}

/// Items that stay for the same reason are told together.
std::string left_text(const Json::Array& left) {
  std::vector<std::pair<std::string, std::vector<std::string>>> by_reason;
  for (const Json& each : left) {
    const std::string detail = cell_text(each["detail"]);
    const std::string reason = each["code"].as_string() + (detail.empty() ? "" : ": " + detail);
    auto found = std::ranges::find(by_reason, reason, [](const auto& row) { return row.first; });
    if (found == by_reason.end()) found = by_reason.insert(found, {reason, {}});
    found->second.push_back(cell_text(each["entry"]));
  }
  std::string text;
  for (const auto& [reason, entries] : by_reason) {
    text += "left pending: " + std::to_string(entries.size()) +
            (entries.size() == 1 ? " item (" : " items (") + entries.front();
    for (std::size_t i = 1; i < std::min<std::size_t>(entries.size(), 5); ++i)
      text += ", " + entries[i];
    text += (entries.size() > 5 ? " …): " : "): ") + reason + "\n";
  }
  return text;
}

std::string late_text(const Json::Array& late) {
  if (late.empty()) return "";
  std::string earliest = late.front()["work_date"].as_string();
  for (const Json& each : late) earliest = std::min(earliest, each["work_date"].as_string());
  return "late: " + std::to_string(late.size()) + (late.size() == 1 ? " item" : " items") +
         " of earlier periods, from " + earliest + "\n";
}

std::string text_of(const Json& body) {
  const Json::Array& invoices = body["invoices"].as_array();
  std::string text = invoices.empty() ? "" : invoices_text(invoices);
  text += left_text(body["left"].as_array()) + late_text(body["late"].as_array());
  if (body["remade"].as_integer() > 0)
    text += cell_text(body["remade"]) + " pending items made anew\n";
  const std::size_t count = invoices.size();
  if (count == 0) return text + "nothing drafted\n";
  return text + std::to_string(count) + (count == 1 ? " draft\n" : " drafts\n");
}

/// The value of an option as `parse` reads it; the frame has checked the word.
template <class Parse>
auto chosen(Invocation& invocation, const char* option, const Parse& parse) {
  const auto text = invocation.value(option);
  return text ? parse(*text) : decltype(parse(""))();
}

void require_a_range(Invocation& invocation) {
  for (const char* option : {"--period", "--until", "--entries", "--all-periods"})
    if (invocation.has(option)) return;
  throw Error(Reason::usage, "generate needs to know which work to take",
              "name it with --period last-month, --until DATE, --entries or --all-periods");
}

std::vector<EntryId> entries_named(Invocation& invocation) {
  Entries entries(invocation.ledger(), invocation.session().tenant.id);
  std::vector<EntryId> ids;
  for (const std::string& ref : invocation.values("--entries")) {
    const auto entry = entries.find(ref.starts_with("entry:") ? ref.substr(6) : ref);
    if (!entry)
      throw Error(Reason::not_found, "no entry \"" + ref + "\"",
                  "see them with `billctl entry list`");
    ids.push_back(*entry);
  }
  return ids;
}

Filter filter_of(Invocation& invocation) {
  for (const char* option : {"--limit", "--after", "--sort"}) {
    if (invocation.has(option))
      throw Error(Reason::usage, std::string(option) + " has no meaning for generate",
                  "it takes --client, --project, --task, --member, --kind and --period");
  }
  Filter filter = invocation.filter();
  for (const std::string& state : filter.states) {
    if (state != "pending")
      throw Error(Reason::usage, "--state " + state + ": generate takes pending items only");
  }
  if (invocation.has("--all-periods") && filter.period)
    throw Error(Reason::usage, "--all-periods stands instead of --period, --since and --until");
  return filter;
}

GenerateRequest request_of(Invocation& invocation) {
  GenerateRequest request;
  request.filter = filter_of(invocation);
  require_a_range(invocation);  // after the filters, for a saved one may name the period
  request.entries = entries_named(invocation);
  DraftChoices& choices = request.choices;
  choices.scope = chosen(invocation, "--scope", parse_invoice_scope);
  choices.projects = chosen(invocation, "--group-projects", parse_project_grouping);
  choices.hours = chosen(invocation, "--group-hours", parse_group_hours);
  choices.travel = chosen(invocation, "--group-travel", parse_group_travel);
  choices.annex = chosen(invocation, "--annex", parse_annex);
  choices.bill_by = chosen(invocation, "--bill-by", parse_bill_by);
  request.quote_rows = chosen(invocation, "--quote-rows", parse_quote_rows);
  request.contractual = chosen(invocation, "--contractual", parse_contractual);
  request.late = chosen(invocation, "--late", parse_late);
  request.split_by_rate = invocation.has("--split-by-rate");
  const std::string into = invocation.value_or("--into", "new");
  if (into == "auto") {
    request.into = Into::same;
  } else if (into != "new") {
    request.into = Into::named;
    request.target = into == kWhichAreOpen ? "" : into;
  }
  return request;
}

/// What the journal keeps of the command line.
Json arguments_of(Invocation& invocation) {
  Json arguments = Json::object();
  const auto keep = [&](const Option& option) {
    const std::string name = option.name.substr(option.name.rfind("--"));
    if (!invocation.has(name)) return;
    Json values = Json::array();
    for (const std::string& value : invocation.values(name)) values.push(value);
    arguments.set(name.substr(2), option.value.empty() ? Json(true) : values);
  };
  for (const Option& option : invocation.command().options) keep(option);
  for (const Option& option : filter_options()) keep(option);
  return arguments;
}

/// S0-24: each draft that was made is opened, one after the other. What was drafted stays, whatever
/// becomes of the editing.
void edit_drafts(Invocation& invocation, Outcome& outcome) {
  if (outcome.body.find("repeated") != nullptr) return;
  invocation.session().once_key.clear();  // it was for the drafting
  for (const Json& each : outcome.body["invoices"].as_array()) {
    const std::string& invoice = each["invoice"].as_string();
    try {
      edit_in_editor(invocation, invoice, std::nullopt);
      outcome.talk.push_back(invoice + ": edited");
    } catch (const Error& error) {
      outcome.failures.push_back("billctl: " + invoice + ": " + error.message());
      outcome.failures.push_back(
          "hint: " + (error.hint().empty() ? "edit it with `billctl invoice edit " + invoice + "`"
                                           : error.hint()));
      if (error.code() != Reason::interrupted) outcome.exit = exit_status(error.code());
    }
  }
}

Outcome run(Invocation& invocation) {
  const bool edits = invocation.has("--edit");
  if (edits && !can_edit()) {
    throw Error(
        Reason::usage, "--edit opens an editor, and there is no terminal here",
        "draft without it, then change the heading with the options of `billctl invoice edit`");
  }
  const GenerateRequest request = request_of(invocation);
  GenerateReport details;
  Outcome outcome =
      outcome_of(generate(invocation.session(), request, arguments_of(invocation), &details));
  outcome.rows = "invoices";
  for (const std::string& hint : details.hints) outcome.talk.push_back("hint: " + hint);
  const bool waits =
      std::ranges::any_of(details.late, [](const LateItem& item) { return !item.taken; });
  if (waits) outcome.talk.push_back("hint: --late include takes the late items along");
  const bool rates = std::ranges::any_of(details.failed, [](const FailedClient& client) {
    return client.finding.code == Reason::several_rates;
  });
  if (rates) outcome.talk.push_back("hint: --split-by-rate makes a line of hours for each rate");
  if (const Json& error = outcome.body["error"]; !error.is_null()) {
    outcome.failures.push_back("billctl: " + error["message"].as_string());
    outcome.failures.push_back("hint: " + error["hint"].as_string());
  }
  outcome.text = [](const Json& body) { return text_of(body); };
  if (edits && invocation.dry_run() == DryRun::no) edit_drafts(invocation, outcome);
  return outcome;
}

std::vector<std::string> with(std::vector<std::string> words, std::vector<std::string> more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

std::vector<Option> options() {
  return {
      {"--entries", "REF", "these entries; they need no period", {}, true},
      {"--all-periods", "", "all that is pending", {}, false},
      {"--scope", "SCOPE", "what one invoice is made for", invoice_scope_words(), false},
      {"--group-projects", "MODE", "keep projects and tasks apart", project_grouping_words(),
       false},
      {"--group-hours", "MODE", "which hours share a line",
       with(group_hours_words(), {"all-qty", "all-one"}), false},
      {"--group-travel", "MODE", "which travel shares a line", group_travel_words(), false},
      {"--quote-rows", "MODE", "the description rows of quotes", quote_rows_words(), false},
      {"--annex", "MODE", "the list of entries behind the invoice", annex_words(), false},
      {.name = "--into",
       .value = "DRAFT",
       .help = "new, auto, or the open invoice to add to; nothing: tell which are open",
       .words = {},
       .many = false,
       .is_value = [](const std::string& word) { return !word.starts_with("-"); },
       .otherwise = kWhichAreOpen},
      {"--contractual", "MODE", "show contractual work at zero, or archive it", contractual_words(),
       false},
      {"--bill-by", "UNIT", "bill hours, or whole days", bill_by_words(), false},
      {"--late", "MODE", "work of earlier periods", late_words(), false},
      {"--split-by-rate", "", "total hours: a line for each rate", {}, false},
      {"--edit", "", "open each draft that was made in an editor, on a terminal", {}, false},
  };
}

}  // namespace

const Command& generate_command() {
  static const Command kCommand = {
      .name = "generate",
      .summary = "put pending items on draft invoices",
      .example =
          "billctl generate --period last-month\n"
          "billctl generate --entries e17,e18 --into DRAFT00007",
      .arguments = {},
      .options = options(),
      .filters = true,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
