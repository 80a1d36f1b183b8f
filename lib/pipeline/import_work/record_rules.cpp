#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ledger/work_checks.hpp"
#include "pipeline/import_work/record_row.hpp"
#include "text/nearest.hpp"

namespace billctl {
namespace {

/// A column of another record.
RecordValue value_of(ImportRun& run, RecordKind kind, std::int64_t row, std::string_view column) {
  Records records(run.session.ledger, run.session.tenant.id, kind);
  return records.get(row).values[records.shape().place(column)];
}

std::string text_of(ImportRun& run, RecordKind kind, std::int64_t row, std::string_view column) {
  const RecordValue value = value_of(run, kind, row, column);
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr ? *text : "";
}

std::int64_t number_of(ImportRun& run, RecordKind kind, std::int64_t row, std::string_view column) {
  const RecordValue value = value_of(run, kind, row, column);
  const auto* number = std::get_if<std::int64_t>(&value);
  return number != nullptr ? *number : 0;
}

/// The names of the config's [terms.*], [tax.*] or [time_rules.*].
template <class List, class CodeOf>
std::vector<std::string> codes_of(const List& list, const CodeOf& code_of) {
  std::vector<std::string> codes;
  for (const auto& element : list) codes.push_back(code_of(element));
  return codes;
}

std::string config_hint(std::string_view seen, const std::vector<std::string>& known,
                        std::string_view section) {
  std::string near = did_you_mean(seen, known);
  if (!near.empty()) return near;
  return fmt::format("write [{}.{}] in the config", section, seen);
}

void check_terms(ImportRun& run, RecordRow& row, std::string_view column) {
  const std::string code = row.text(column);
  if (code.empty() || run.session.config.find_terms(code) != nullptr) return;
  const auto known =
      codes_of(run.session.config.terms, [](const PaymentTerms& terms) { return terms.code; });
  row.refuse(column, "no terms of the config", config_hint(code, known, "terms"));
}

void check_time_rule(ImportRun& run, RecordRow& row) {
  const std::string code = row.text("time_rule");
  if (code.empty() || run.session.config.find_time_rule(code) != nullptr) return;
  const auto known =
      codes_of(run.session.config.time_rules, [](const auto& named) { return named.code; });
  row.refuse("time_rule", "no time rule of the config", config_hint(code, known, "time_rules"));
}

void check_taxes(ImportRun& run, RecordRow& row) {
  const std::string list = row.text("tax");
  std::string_view why;
  const auto codes = parse_list(list, why);
  for (const std::string_view code : codes.value_or(std::vector<std::string_view>{})) {
    if (run.session.config.find_tax(code) != nullptr) continue;
    const auto known =
        codes_of(run.session.config.taxes, [](const TaxType& tax) { return tax.code; });
    row.refuse("tax",
               fmt::format("{}no tax of the config", code == list ? "" : shown(code) + " is "),
               config_hint(code, known, "tax"));
    return;
  }
}

/// Both dates inclusive, an empty one open.
void check_validity(RecordRow& row) {
  const std::string from = row.text("valid_from");
  const std::string until = row.text("valid_until");
  if (!from.empty() && !until.empty() && until < from) {
    row.refuse("valid_until", "before valid_from " + from, "both days count");
  }
}

/// Amounts of entries are in the currency of their work, so that one with other fraction digits
/// would make another amount of each.
void check_amounts(ImportRun& run, RecordRow& row, BilledBy by) {
  if (row.is_new() || !row.changes("currency")) return;
  const auto resolved = [&](const RecordValue& named) {
    const auto* code = std::get_if<std::string>(&named);
    std::optional<Currency> found = code != nullptr ? Currency::of(*code) : std::nullopt;
    if (!found && by != BilledBy::client && row.number("client") > 0)
      found = Currency::of(text_of(run, RecordKind::client, row.number("client"), "currency"));
    return found.value_or(run.session.config.tenant.currency);
  };
  const Currency before = resolved(row.stored->values[row.shape.place("currency")]);
  const Currency now = resolved(row.value("currency"));
  if (before.digits() == now.digits()) return;
  const std::string entry =
      entry_with_amount(run.session.ledger, run.session.tenant.id, by, row.record.id);
  if (entry.empty()) return;
  row.refuse("currency", fmt::format("entry {} has an amount in {}", entry, before.code()),
             fmt::format("what is billed in {} needs a client, project or engagement of its own",
                         now.code()));
}

void check_client(ImportRun& run, RecordRow& row) {
  const std::string country = row.text("country");
  const bool letters = std::ranges::all_of(country, [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!country.empty() && (country.size() != 2 || !letters)) {
    row.refuse("country", "no country code", "two capital letters of ISO 3166 are needed, as FI");
  }
  if (row.has("parent") && row.number("parent") == row.record.id) {
    row.refuse("parent", "the client itself");
  }
  check_amounts(run, row, BilledBy::client);
  check_terms(run, row, "payment_terms");
  check_taxes(run, row);
  check_time_rule(run, row);
}

void check_assignment(ImportRun& run, RecordRow& row) {
  const std::string scope = row.text("scope");
  const std::string target = row.text("target");
  if (scope == "tenant") {
    if (target != "*") row.refuse("target", "no target of scope tenant", "* is needed");
    return;
  }
  const TableKind kind = scope == "task"         ? TableKind::tasks
                         : scope == "contact"    ? TableKind::clients
                         : scope == "membership" ? TableKind::members
                                                 : TableKind::teams;
  const auto found = run.references.find(kind, target);
  if (!found) {
    row.refuse("target", fmt::format("none of the {}", word(kind)),
               run.references.hint(kind, target));
    return;
  }
  row.set("target_id", *found);
}

void check_engagement(ImportRun& run, RecordRow& row) {
  check_terms(run, row, "terms");
  check_amounts(run, row, BilledBy::engagement);
  if (!row.is_new() && row.changes("currency")) {
    run.engagements_of_other_currency.emplace(row.record.id, row.at("currency"));
  }
}

void check_project(ImportRun& run, RecordRow& row) {
  if (!row.has("client") && row.number("internal") == 0) {
    row.refuse("client", "empty", "a project has a client, or internal is 1");
  }
  check_time_rule(run, row);
  check_amounts(run, row, BilledBy::project);
  const std::string currency = row.text("currency");
  if (row.has("engagement") && !currency.empty()) {
    const std::string engaged =
        text_of(run, RecordKind::engagement, row.number("engagement"), "currency");
    if (!engaged.empty() && engaged != currency) {
      row.refuse("currency", "its engagement is in " + engaged);
    }
  }
  if (!row.is_new() && row.changes("client")) {
    run.projects_of_other_client.emplace(row.record.id, row.at("client"));
  }
}

void check_task(ImportRun& run, RecordRow& row) {
  if (row.has("client") && row.has("project")) {
    const std::int64_t client =
        number_of(run, RecordKind::project, row.number("project"), "client");
    if (client != 0 && client != row.number("client")) {
      row.refuse("client",
                 fmt::format("the client of project \"{}\" is \"{}\"",
                             run.references.code_of(TableKind::projects, row.number("project")),
                             run.references.code_of(TableKind::clients, client)));
    }
  }
  if (row.number("quantity") < 0) row.refuse("quantity", "below 0");
  const bool was_done = !row.is_new() && !row.changes("status");
  if (row.text("status") != "done") {
    row.set("done_on", {});
  } else if (!was_done) {
    row.set("done_on", run.session.today.to_text());
  }
  if (!row.is_new() && row.changes("project")) run.moved_tasks.push_back(TaskId{row.record.id});
}

// Its balance covers the work of its own engagement alone, and of a fixed price none (S4-36,
// S4-38).
void check_contract_line(ImportRun& run, RecordRow& row) {
  if (row.is_new() || !(row.changes("engagement") || row.changes("type"))) return;
  const std::string invoice =
      applied_on(run.session.ledger, ContractLineId{static_cast<std::int64_t>(row.record.id)});
  if (invoice.empty()) return;
  row.refuse(row.changes("engagement") ? "engagement" : "type",
             fmt::format("no change of a contract line that {} applies", invoice),
             "give the new one a code of its own");
}

void check_quote_row(ImportRun& run, RecordRow& row) {
  bool quote = false;
  Entries(run.session.ledger, run.session.tenant.id)
      .get(EntryId{row.number("entry")},
           [&](const EntryRow& entry) { quote = entry.kind == EntryKind::quote; });
  if (!quote) row.refuse("entry", "no entry of kind quote");
}

/// The columns that items are made of; a change of the others is of no interest to compile.
struct Noted {
  TableKind kind;
  std::string_view word;
  std::vector<std::string_view> columns;  ///< empty: all
};

const std::vector<Noted>& noted_kinds() {
  static const std::vector<Noted> kNoted = {
      {TableKind::members, "member", {"team", "role"}},
      {TableKind::clients,
       "client",
       {"currency", "price_list", "tax", "time_rule", "rounding_mode"}},
      {TableKind::products, "product", {"unit", "unit_price", "currency", "tax"}},
      {TableKind::price_lists, "price", {}},
      {TableKind::job_types, "job_type", {"billable"}},
      {TableKind::engagements, "engagement", {"client", "currency", "bill_to"}},
      {TableKind::projects,
       "project",
       {"client", "engagement", "currency", "bill_to", "status", "billable_kinds", "time_rule",
        "internal"}},
      {TableKind::rates, "rate", {}},
      {TableKind::tasks,
       "task",
       {"client", "project", "team", "billable", "product", "price_list", "unit", "unit_price",
        "quantity", "status"}},
      {TableKind::assignments, "assignment", {}},
  };
  return kNoted;
}

}  // namespace

std::string RecordRow::text(std::string_view name) const {
  const auto* text = std::get_if<std::string>(&value(name));
  return text != nullptr ? *text : "";
}

std::int64_t RecordRow::number(std::string_view name) const {
  const auto* number = std::get_if<std::int64_t>(&value(name));
  return number != nullptr ? *number : 0;
}

bool RecordRow::changes(std::string_view name) const {
  return !stored || stored->values[shape.place(name)] != value(name);
}

void check_record(ImportRun& run, TableKind kind, RecordRow& row) {
  switch (kind) {
    case TableKind::clients:
      return check_client(run, row);
    case TableKind::products:
      return check_taxes(run, row);
    case TableKind::price_lists:
    case TableKind::rates:
      return check_validity(row);
    case TableKind::engagements:
      return check_engagement(run, row);
    case TableKind::projects:
      return check_project(run, row);
    case TableKind::tasks:
      return check_task(run, row);
    case TableKind::assignments:
      return check_assignment(run, row);
    case TableKind::contract_lines:
      return check_contract_line(run, row);
    case TableKind::quote_rows:
      return check_quote_row(run, row);
    case TableKind::exchange_rates:
      if (row.text("from") == row.text("to")) row.refuse("to", "the same currency");
      return;
    default:
      return;
  }
}

void check_at_end(ImportRun& run) {
  Ledger& ledger = run.session.ledger;
  const TenantId tenant = run.session.tenant.id;
  if (!run.projects_of_other_client.empty()) {
    for (const WorkClash& clash : tasks_of_other_clients(ledger, tenant)) {
      const auto project = run.projects_of_other_client.find(clash.row_id);
      if (project == run.projects_of_other_client.end()) continue;
      run.mistakes.add(
          project->second,
          fmt::format("task \"{}\" of the project is of client \"{}\"", clash.code, clash.value));
    }
  }
  if (!run.engagements_of_other_currency.empty()) {
    for (const WorkClash& clash : projects_of_other_currencies(ledger, tenant)) {
      const auto engagement = run.engagements_of_other_currency.find(clash.row_id);
      if (engagement == run.engagements_of_other_currency.end()) continue;
      run.mistakes.add(engagement->second, fmt::format("project \"{}\" of the engagement is in {}",
                                                       clash.code, clash.value));
    }
  }
}

std::string_view noted_kind(TableKind kind, const RecordRow& row) {
  const auto& all = noted_kinds();
  const auto found = std::ranges::find(all, kind, &Noted::kind);
  if (found == all.end()) return "";
  // Nothing names a new record yet, but a new price or assignment serves what is there.
  if (found->columns.empty()) return found->word;
  if (row.is_new()) return "";
  const bool any = std::ranges::any_of(
      found->columns, [&](std::string_view column) { return row.changes(column); });
  return any ? found->word : "";
}

Currency currency_of_engagement(ImportRun& run, std::int64_t engagement) {
  std::string code = text_of(run, RecordKind::engagement, engagement, "currency");
  if (code.empty()) {
    const std::int64_t client = number_of(run, RecordKind::engagement, engagement, "client");
    if (client > 0) code = text_of(run, RecordKind::client, client, "currency");
  }
  return Currency::of(code).value_or(run.session.config.tenant.currency);
}

}  // namespace billctl
