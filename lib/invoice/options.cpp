#include "invoice/options.hpp"

#include "outcome/reason.hpp"
#include "outcome/words.hpp"

namespace billctl {
namespace {

// Each in the order of its enum.
constexpr auto kInvoiceScope =
    std::to_array<std::string_view>({"client", "po", "engagement", "project"});
constexpr auto kProjectGrouping =
    std::to_array<std::string_view>({"none", "project", "project-task"});
constexpr auto kGroupHours =
    std::to_array<std::string_view>({"employee", "employee-jobtype", "jobtype", "total-hours",
                                     "lump-sum", "entry", "entry-anonymous", "employee-entry"});
constexpr auto kGroupTravel =
    std::to_array<std::string_view>({"all", "specified", "allowance-mileage"});
constexpr auto kQuoteRows = std::to_array<std::string_view>({"none", "import"});
constexpr auto kContractual = std::to_array<std::string_view>({"show", "archive"});
constexpr auto kLate = std::to_array<std::string_view>({"report", "include"});
constexpr auto kAnnex = std::to_array<std::string_view>({"none", "entries", "entries-anonymous"});
constexpr auto kBillBy = std::to_array<std::string_view>({"hour", "day"});
constexpr auto kRoundingMode = std::to_array<std::string_view>({"line", "entry"});
constexpr auto kVoidMode = std::to_array<std::string_view>({"credit-note", "reopen"});
constexpr auto kPrepayments = std::to_array<std::string_view>({"leave", "apply"});
constexpr auto kEinvoiceRequire = std::to_array<std::string_view>({"endpoint", "always", "never"});

}  // namespace

std::string_view word(InvoiceScope scope) {
  return word_of(kInvoiceScope, scope);
}
std::string_view word(ProjectGrouping grouping) {
  return word_of(kProjectGrouping, grouping);
}
std::string_view word(GroupHours grouping) {
  return word_of(kGroupHours, grouping);
}
std::string_view word(GroupTravel grouping) {
  return word_of(kGroupTravel, grouping);
}
std::string_view word(QuoteRows rows) {
  return word_of(kQuoteRows, rows);
}
std::string_view word(ContractualMode mode) {
  return word_of(kContractual, mode);
}
std::string_view word(LateMode mode) {
  return word_of(kLate, mode);
}
std::string_view word(Annex annex) {
  return word_of(kAnnex, annex);
}
std::string_view word(BillBy unit) {
  return word_of(kBillBy, unit);
}
std::string_view word(RoundingMode mode) {
  return word_of(kRoundingMode, mode);
}
std::string_view word(VoidMode mode) {
  return word_of(kVoidMode, mode);
}
std::string_view word(Prepayments mode) {
  return word_of(kPrepayments, mode);
}
std::string_view word(EinvoiceRequire when) {
  return word_of(kEinvoiceRequire, when);
}

std::optional<InvoiceScope> parse_invoice_scope(std::string_view text) {
  return find_word<InvoiceScope>(kInvoiceScope, text);
}
std::optional<ProjectGrouping> parse_project_grouping(std::string_view text) {
  return find_word<ProjectGrouping>(kProjectGrouping, text);
}
std::optional<GroupHours> parse_group_hours(std::string_view text) {
  if (text == "all-qty") return GroupHours::total_hours;
  if (text == "all-one") return GroupHours::lump_sum;
  return find_word<GroupHours>(kGroupHours, text);
}
std::optional<GroupTravel> parse_group_travel(std::string_view text) {
  return find_word<GroupTravel>(kGroupTravel, text);
}
std::optional<QuoteRows> parse_quote_rows(std::string_view text) {
  return find_word<QuoteRows>(kQuoteRows, text);
}
std::optional<ContractualMode> parse_contractual(std::string_view text) {
  return find_word<ContractualMode>(kContractual, text);
}
std::optional<LateMode> parse_late(std::string_view text) {
  return find_word<LateMode>(kLate, text);
}
std::optional<Annex> parse_annex(std::string_view text) {
  return find_word<Annex>(kAnnex, text);
}
std::optional<BillBy> parse_bill_by(std::string_view text) {
  return find_word<BillBy>(kBillBy, text);
}
std::optional<RoundingMode> parse_rounding_mode(std::string_view text) {
  return find_word<RoundingMode>(kRoundingMode, text);
}
std::optional<VoidMode> parse_void_mode(std::string_view text) {
  return find_word<VoidMode>(kVoidMode, text);
}
std::optional<Prepayments> parse_prepayments(std::string_view text) {
  return find_word<Prepayments>(kPrepayments, text);
}
std::optional<EinvoiceRequire> parse_einvoice_require(std::string_view text) {
  return find_word<EinvoiceRequire>(kEinvoiceRequire, text);
}

std::vector<std::string> invoice_scope_words() {
  return word_list(kInvoiceScope);
}
std::vector<std::string> project_grouping_words() {
  return word_list(kProjectGrouping);
}
std::vector<std::string> group_hours_words() {
  return word_list(kGroupHours);
}
std::vector<std::string> group_travel_words() {
  return word_list(kGroupTravel);
}
std::vector<std::string> quote_rows_words() {
  return word_list(kQuoteRows);
}
std::vector<std::string> contractual_words() {
  return word_list(kContractual);
}
std::vector<std::string> late_words() {
  return word_list(kLate);
}
std::vector<std::string> annex_words() {
  return word_list(kAnnex);
}
std::vector<std::string> bill_by_words() {
  return word_list(kBillBy);
}
std::vector<std::string> rounding_mode_words() {
  return word_list(kRoundingMode);
}
std::vector<std::string> void_mode_words() {
  return word_list(kVoidMode);
}
std::vector<std::string> prepayments_words() {
  return word_list(kPrepayments);
}
std::vector<std::string> einvoice_require_words() {
  return word_list(kEinvoiceRequire);
}

std::vector<std::string> allowable_codes() {
  return {std::string(word(Reason::unpriced)), std::string(word(Reason::default_price)),
          std::string(word(Reason::date_out_of_window))};
}

}  // namespace billctl
