#include "intake/tables.hpp"

#include <algorithm>
#include <array>

#include "billable/item.hpp"
#include "invoice/options.hpp"
#include "outcome/error.hpp"
#include "work/entry.hpp"

namespace billctl {
namespace {

using Type = CellType;
using Kind = TableKind;
using Words = std::vector<std::string>;

constexpr std::array<std::string_view, 17> kKindWords = {
    "teams",       "members",    "clients",        "products",      "price_lists",   "job_types",
    "engagements", "projects",   "contract_lines", "rates",         "tasks",         "assignments",
    "entries",     "quote_rows", "selections",     "past_invoices", "exchange_rates"};

Words delivery_words() {
  return {"mail", "einvoice", "post", "none"};
}
Words contract_type_words() {
  return {"tm", "fixed"};
}
Words project_status_words() {
  return {"billable", "not_billable", "closed"};
}
Words task_status_words() {
  return {"open", "draft", "done"};
}
Words source_type_words() {
  return {"ticket", "work_order", "delivery_note", "business_order", "contract"};
}
Words scope_words() {
  return {"task", "contact", "membership", "team", "tenant"};
}
Words entry_kind_words() {
  return {kEntryKindWords.begin(), kEntryKindWords.end()};
}
Words charge_words() {
  return {kChargeWords.begin(), kChargeWords.end()};
}
/// An assignment may name every kind of item that has a product; `joined` hours take none of
/// theirs.
Words line_kind_words() {
  Words words(kItemKindWords.begin(), kItemKindWords.end());
  std::erase(words, word(ItemKind::joined));
  return words;
}

constexpr Column identity(std::string_view name, Type type = Type::code) {
  return {name, type, Need::always, true};
}
constexpr Column identity(std::string_view name, Kind refers_to) {
  return {name, Type::code, Need::always, true, refers_to};
}
constexpr Column selector(std::string_view name, Type type = Type::code) {
  return {name, type, Need::optional, true};
}
constexpr Column selector(std::string_view name, Kind refers_to) {
  return {name, Type::code, Need::optional, true, refers_to};
}
constexpr Column needed(std::string_view name, Type type = Type::text) {
  return {name, type, Need::when_new};
}
constexpr Column needed(std::string_view name, Kind refers_to) {
  return {name, Type::code, Need::when_new, false, refers_to};
}
constexpr Column needed(std::string_view name, Words (*words)()) {
  return {name, Type::word, Need::when_new, false, std::nullopt, words};
}
constexpr Column optional(std::string_view name, Type type = Type::text) {
  return {name, type};
}
constexpr Column optional(std::string_view name, Kind refers_to) {
  return {name, Type::code, Need::optional, false, refers_to};
}
constexpr Column optional(std::string_view name, Words (*words)()) {
  return {name, Type::word, Need::optional, false, std::nullopt, words};
}

constexpr Column kTeams[] = {identity("code"), needed("name")};

constexpr Column kMembers[] = {identity("code"),
                               needed("name"),
                               optional("email", Type::emails),
                               optional("team", Kind::teams),
                               optional("role"),
                               optional("hours_per_day", Type::positive),
                               optional("os_user"),
                               optional("active_until", Type::date)};

constexpr Column kClients[] = {identity("code"),
                               needed("name"),
                               optional("legal_name"),
                               optional("parent", Kind::clients),
                               optional("kind"),
                               optional("street"),
                               optional("street2"),
                               optional("city"),
                               optional("postal_code"),
                               optional("region"),
                               optional("country"),
                               optional("vat_id"),
                               optional("registration_id"),
                               optional("emails", Type::emails),
                               optional("currency", Type::currency),
                               optional("payment_terms", Type::code),
                               optional("price_list", Type::code),
                               optional("tax", Type::codes),
                               optional("language"),
                               optional("buyer_reference"),
                               optional("endpoint"),
                               optional("endpoint_scheme"),
                               optional("time_rule", Type::code),
                               optional("rounding_mode", rounding_mode_words),
                               optional("bill_by", bill_by_words),
                               optional("invoice_scope", invoice_scope_words),
                               optional("group_projects", project_grouping_words),
                               optional("group_hours", group_hours_words),
                               optional("group_travel", group_travel_words),
                               optional("annex", annex_words),
                               optional("delivery", delivery_words),
                               optional("active_until", Type::date),
                               optional("comment")};

constexpr Column kProducts[] = {identity("code"),
                                needed("name"),
                                needed("unit"),
                                optional("description"),
                                optional("unit_price", Type::price),
                                optional("currency", Type::currency),
                                optional("tax", Type::codes)};

constexpr Column kPriceLists[] = {identity("list"),
                                  identity("product", Kind::products),
                                  needed("unit_price", Type::price),
                                  selector("currency", Type::currency),
                                  selector("valid_from", Type::date),
                                  optional("valid_until", Type::date),
                                  selector("client", Kind::clients)};

constexpr Column kRates[] = {
    needed("unit_price", Type::price),     selector("currency", Type::currency),
    selector("project", Kind::projects),   selector("client", Kind::clients),
    selector("member", Kind::members),     selector("role", Type::text),
    selector("job_type", Kind::job_types), selector("valid_from", Type::date),
    optional("valid_until", Type::date)};

constexpr Column kJobTypes[] = {identity("code"), needed("name"), optional("billable", Type::flag)};

constexpr Column kAssignments[] = {
    {"scope", Type::word, Need::always, true, std::nullopt, scope_words},
    identity("target"),
    needed("product", Kind::products),
    {"kind", Type::word, Need::optional, true, std::nullopt, line_kind_words}};

constexpr Column kEngagements[] = {identity("code"),
                                   needed("name"),
                                   needed("client", Kind::clients),
                                   optional("currency", Type::currency),
                                   optional("cost_centre"),
                                   optional("bill_to", Kind::clients),
                                   optional("invoice_scope", invoice_scope_words),
                                   optional("bill_by", bill_by_words),
                                   optional("terms", Type::code),
                                   optional("po_number"),
                                   optional("contract"),
                                   optional("group_projects", project_grouping_words),
                                   optional("group_hours", group_hours_words),
                                   optional("group_travel", group_travel_words),
                                   optional("annex", annex_words)};

constexpr Column kContractLines[] = {
    identity("code"), needed("engagement", Kind::engagements), needed("type", contract_type_words),
    optional("project", Kind::projects), optional("recognised", Type::amount)};

constexpr Column kProjects[] = {identity("code"),
                                needed("name"),
                                optional("client", Kind::clients),
                                optional("engagement", Kind::engagements),
                                optional("currency", Type::currency),
                                optional("bill_to", Kind::clients),
                                optional("po_number"),
                                optional("status", project_status_words),
                                optional("billable_kinds", Type::kinds),
                                optional("time_rule", Type::code),
                                {"pm", Type::codes, Need::optional, false, Kind::members},
                                optional("internal", Type::flag),
                                optional("comment")};

constexpr Column kTasks[] = {identity("code"),
                             needed("name"),
                             optional("client", Kind::clients),
                             optional("project", Kind::projects),
                             optional("team", Kind::teams),
                             optional("billable", Type::flag),
                             optional("product", Kind::products),
                             optional("price_list", Type::code),
                             optional("unit"),
                             optional("unit_price", Type::price),
                             optional("quantity", Type::decimal),
                             optional("status", task_status_words),
                             optional("source_type", source_type_words),
                             optional("source_ref")};

constexpr Column kEntries[] = {identity("id"),
                               needed("kind", entry_kind_words),
                               optional("task", Kind::tasks),
                               optional("project", Kind::projects),
                               optional("member", Kind::members),
                               optional("started_at", Type::instant),
                               optional("stopped_at", Type::instant),
                               optional("seconds", Type::count),
                               optional("date", Type::date),
                               optional("zone", Type::zone),
                               optional("quantity", Type::decimal),
                               optional("unit"),
                               optional("unit_price", Type::price),
                               optional("amount", Type::amount),
                               optional("distance_km", Type::kilometres),
                               optional("transport_minutes", Type::price),
                               optional("transport_unit_price", Type::price),
                               optional("product", Kind::products),
                               optional("job_type", Kind::job_types),
                               optional("description"),
                               optional("charge", charge_words),
                               optional("confirmed_at", Type::instant),
                               optional("confirmed_by"),
                               optional("to_rebill", Type::flag),
                               optional("parent", Kind::entries),
                               optional("invoiced_as", Type::code)};

constexpr Column kQuoteRows[] = {identity("entry", Kind::entries),
                                 identity("position", Type::count),
                                 needed("description"),
                                 optional("quantity", Type::decimal),
                                 optional("unit"),
                                 optional("unit_price", Type::price)};

constexpr Column kSelections[] = {identity("name"), identity("client", Kind::clients)};

constexpr Column kPastInvoices[] = {identity("number"),
                                    needed("date", Type::date),
                                    needed("client", Kind::clients),
                                    needed("currency", Type::currency),
                                    needed("excl_tax", Type::amount),
                                    needed("tax", Type::amount),
                                    needed("incl_tax", Type::amount),
                                    optional("po_number")};

constexpr Column kExchangeRates[] = {identity("date", Type::date), identity("from", Type::currency),
                                     identity("to", Type::currency),
                                     needed("rate", Type::positive)};

constexpr Table kTables[] = {
    {Kind::teams, kTeams},
    {Kind::members, kMembers},
    {Kind::clients, kClients},
    {Kind::products, kProducts},
    {Kind::price_lists, kPriceLists},
    {Kind::job_types, kJobTypes},
    {Kind::engagements, kEngagements},
    {Kind::projects, kProjects},
    {Kind::contract_lines, kContractLines},
    {Kind::rates, kRates},
    {Kind::tasks, kTasks},
    {Kind::assignments, kAssignments},
    {Kind::entries, kEntries},
    {Kind::quote_rows, kQuoteRows},
    {Kind::selections, kSelections},
    {Kind::past_invoices, kPastInvoices},
    {Kind::exchange_rates, kExchangeRates},
};

}  // namespace

std::string_view word(TableKind kind) {
  return kKindWords[static_cast<std::size_t>(kind)];
}

std::optional<TableKind> table_kind_of(std::string_view word) {
  const auto found = std::ranges::find(kKindWords, word);
  if (found == kKindWords.end()) return std::nullopt;
  return static_cast<TableKind>(found - kKindWords.begin());
}

std::vector<std::string> table_kind_words() {
  return {kKindWords.begin(), kKindWords.end()};
}

std::string_view needed_words(CellType type) {
  switch (type) {
    case Type::text:
      return "text";
    case Type::code:
      return "a code";
    case Type::codes:
      return "codes with ; between";
    case Type::emails:
      return "e-mail addresses with ; between";
    case Type::kinds:
      return "kinds of entry with ; between, each with or without its date, as "
             "time:2026-01-01;expense";
    case Type::word:
      return "one of its words";
    case Type::flag:
      return "1, 0, true, false, yes or no";
    case Type::count:
      return "a whole number from 0 on";
    case Type::decimal:
      return "a number with at most 6 fraction digits";
    case Type::price:
      return "a number from 0 on with at most 6 fraction digits";
    case Type::positive:
      return "a number above 0 with at most 6 fraction digits";
    case Type::kilometres:
      return "kilometres from 0 on with at most 3 fraction digits";
    case Type::amount:
      return "an amount with at most the fraction digits of its currency";
    case Type::currency:
      return "a currency code of ISO 4217, as EUR";
    case Type::date:
      return "a date as 2026-10-01";
    case Type::instant:
      return "a time as 2026-10-01T09:00Z, 2026-10-01T09:00+03:00 or, in the zone, 2026-10-01 "
             "09:00";
    case Type::zone:
      return "a time zone, as Europe/Helsinki";
  }
  return "";
}

std::size_t Table::place(std::string_view name) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == name) return i;
  }
  expect(false, "a column that is asked for is one of the table's");
  return 0;
}

const Table& table_of(TableKind kind) {
  return kTables[static_cast<std::size_t>(kind)];
}

std::vector<ColumnName> column_names(const Table& table) {
  std::vector<ColumnName> names;
  for (const Column& column : table.columns) {
    names.push_back({std::string(column.name), column.need == Need::always});
  }
  return names;
}

std::string template_text(const Table& table) {
  std::string text;
  for (const Column& column : table.columns) {
    if (!text.empty()) text += ',';
    text += column.name;
  }
  return text + '\n';
}

}  // namespace billctl
