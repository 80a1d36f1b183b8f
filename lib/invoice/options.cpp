#include "invoice/options.hpp"

#include "outcome/reason.hpp"
#include "text/words.hpp"

namespace billctl {
namespace {

constexpr auto kInvoiceScope = std::to_array<Word<InvoiceScope>>({
    {InvoiceScope::client, "client"},
    {InvoiceScope::po, "po"},
    {InvoiceScope::engagement, "engagement"},
    {InvoiceScope::project, "project"},
});
constexpr auto kProjectGrouping = std::to_array<Word<ProjectGrouping>>({
    {ProjectGrouping::none, "none"},
    {ProjectGrouping::project, "project"},
    {ProjectGrouping::project_task, "project-task"},
});
constexpr auto kGroupHours = std::to_array<Word<GroupHours>>({
    {GroupHours::employee, "employee"},
    {GroupHours::employee_jobtype, "employee-jobtype"},
    {GroupHours::jobtype, "jobtype"},
    {GroupHours::total_hours, "total-hours"},
    {GroupHours::lump_sum, "lump-sum"},
    {GroupHours::entry, "entry"},
    {GroupHours::entry_anonymous, "entry-anonymous"},
    {GroupHours::employee_entry, "employee-entry"},
    {GroupHours::total_hours, "all-qty"},
    {GroupHours::lump_sum, "all-one"},
});
constexpr auto kGroupTravel = std::to_array<Word<GroupTravel>>({
    {GroupTravel::all, "all"},
    {GroupTravel::specified, "specified"},
    {GroupTravel::allowance_mileage, "allowance-mileage"},
});
constexpr auto kQuoteRows = std::to_array<Word<QuoteRows>>({
    {QuoteRows::none, "none"},
    {QuoteRows::import, "import"},
});
constexpr auto kContractual = std::to_array<Word<ContractualMode>>({
    {ContractualMode::show, "show"},
    {ContractualMode::archive, "archive"},
});
constexpr auto kLate = std::to_array<Word<LateMode>>({
    {LateMode::report, "report"},
    {LateMode::include, "include"},
});
constexpr auto kAnnex = std::to_array<Word<Annex>>({
    {Annex::none, "none"},
    {Annex::entries, "entries"},
    {Annex::entries_anonymous, "entries-anonymous"},
});
constexpr auto kBillBy = std::to_array<Word<BillBy>>({
    {BillBy::hour, "hour"},
    {BillBy::day, "day"},
});
constexpr auto kRoundingMode = std::to_array<Word<RoundingMode>>({
    {RoundingMode::line, "line"},
    {RoundingMode::entry, "entry"},
});
constexpr auto kVoidMode = std::to_array<Word<VoidMode>>({
    {VoidMode::credit_note, "credit-note"},
    {VoidMode::reopen, "reopen"},
});
constexpr auto kPrepayments = std::to_array<Word<Prepayments>>({
    {Prepayments::leave, "leave"},
    {Prepayments::apply, "apply"},
});
constexpr auto kEinvoiceRequire = std::to_array<Word<EinvoiceRequire>>({
    {EinvoiceRequire::endpoint, "endpoint"},
    {EinvoiceRequire::always, "always"},
    {EinvoiceRequire::never, "never"},
});

}  // namespace

std::string_view word(InvoiceScope scope) {
  return word_in(kInvoiceScope, scope);
}
std::string_view word(ProjectGrouping grouping) {
  return word_in(kProjectGrouping, grouping);
}
std::string_view word(GroupHours grouping) {
  return word_in(kGroupHours, grouping);
}
std::string_view word(GroupTravel grouping) {
  return word_in(kGroupTravel, grouping);
}
std::string_view word(QuoteRows rows) {
  return word_in(kQuoteRows, rows);
}
std::string_view word(ContractualMode mode) {
  return word_in(kContractual, mode);
}
std::string_view word(LateMode mode) {
  return word_in(kLate, mode);
}
std::string_view word(Annex annex) {
  return word_in(kAnnex, annex);
}
std::string_view word(BillBy unit) {
  return word_in(kBillBy, unit);
}
std::string_view word(RoundingMode mode) {
  return word_in(kRoundingMode, mode);
}
std::string_view word(VoidMode mode) {
  return word_in(kVoidMode, mode);
}
std::string_view word(Prepayments mode) {
  return word_in(kPrepayments, mode);
}
std::string_view word(EinvoiceRequire when) {
  return word_in(kEinvoiceRequire, when);
}

std::optional<InvoiceScope> parse_invoice_scope(std::string_view text) {
  return value_in(kInvoiceScope, text);
}
std::optional<ProjectGrouping> parse_project_grouping(std::string_view text) {
  return value_in(kProjectGrouping, text);
}
std::optional<GroupHours> parse_group_hours(std::string_view text) {
  return value_in(kGroupHours, text);
}
std::optional<GroupTravel> parse_group_travel(std::string_view text) {
  return value_in(kGroupTravel, text);
}
std::optional<QuoteRows> parse_quote_rows(std::string_view text) {
  return value_in(kQuoteRows, text);
}
std::optional<ContractualMode> parse_contractual(std::string_view text) {
  return value_in(kContractual, text);
}
std::optional<LateMode> parse_late(std::string_view text) {
  return value_in(kLate, text);
}
std::optional<Annex> parse_annex(std::string_view text) {
  return value_in(kAnnex, text);
}
std::optional<BillBy> parse_bill_by(std::string_view text) {
  return value_in(kBillBy, text);
}
std::optional<RoundingMode> parse_rounding_mode(std::string_view text) {
  return value_in(kRoundingMode, text);
}
std::optional<VoidMode> parse_void_mode(std::string_view text) {
  return value_in(kVoidMode, text);
}
std::optional<Prepayments> parse_prepayments(std::string_view text) {
  return value_in(kPrepayments, text);
}
std::optional<EinvoiceRequire> parse_einvoice_require(std::string_view text) {
  return value_in(kEinvoiceRequire, text);
}

std::vector<std::string> invoice_scope_words() {
  return words_in(kInvoiceScope);
}
std::vector<std::string> project_grouping_words() {
  return words_in(kProjectGrouping);
}
std::vector<std::string> group_hours_words() {
  return words_in(kGroupHours);
}
std::vector<std::string> group_travel_words() {
  return words_in(kGroupTravel);
}
std::vector<std::string> quote_rows_words() {
  return words_in(kQuoteRows);
}
std::vector<std::string> contractual_words() {
  return words_in(kContractual);
}
std::vector<std::string> late_words() {
  return words_in(kLate);
}
std::vector<std::string> annex_words() {
  return words_in(kAnnex);
}
std::vector<std::string> bill_by_words() {
  return words_in(kBillBy);
}
std::vector<std::string> rounding_mode_words() {
  return words_in(kRoundingMode);
}
std::vector<std::string> void_mode_words() {
  return words_in(kVoidMode);
}
std::vector<std::string> prepayments_words() {
  return words_in(kPrepayments);
}
std::vector<std::string> einvoice_require_words() {
  return words_in(kEinvoiceRequire);
}

std::vector<std::string> allowable_codes() {
  return {std::string(word(Reason::unpriced)), std::string(word(Reason::default_price)),
          std::string(word(Reason::date_out_of_window))};
}

}  // namespace billctl
