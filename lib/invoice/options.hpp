// Options: the choices of the trade that decide which invoice an item goes on, which line it goes
// on and what the paper shows. The command line, the config, job files, clients and engagements
// name them by the same words, and each has the same default (spec/generate.md; S1-18 to S1-30).
//
// For each choice: `word(x)` is the word printed, `parse_x(text)` the value of a word (nothing for
// a word that is none of them), `x_words()` all words for a hint.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace billctl {

/// What one invoice is made for, within one client, bill-to and currency.
enum class InvoiceScope { client, po, engagement, project };
/// Whether lines keep projects, or projects and tasks, apart.
enum class ProjectGrouping { none, project, project_task };
/// Which time shares a line. `all-qty` is read as total-hours, `all-one` as lump-sum.
enum class GroupHours {
  employee,
  employee_jobtype,
  jobtype,
  total_hours,      ///< one line with all hours; only at one rate (X5)
  lump_sum,         ///< one line of quantity 1
  entry,            ///< a line for each entry
  entry_anonymous,  ///< the same without any member's name
  employee_entry,   ///< the same, member first
};
/// Which mileage, travel time, allowances and expenses share a line.
enum class GroupTravel { all, specified, allowance_mileage };
/// Whether the description rows of a quote follow its line (S1-30).
enum class QuoteRows { none, import };
/// Contractual work: on the invoice at zero, or archived without one (S0-25).
enum class ContractualMode { show, archive };
/// Work earlier than the period: named only, or taken along (X30).
enum class LateMode { report, include };
/// The list of entries behind the invoice.
enum class Annex { none, entries, entries_anonymous };
/// Hours as they are, or whole days of them (X26).
enum class BillBy { hour, day };
/// `line`: quantity x price, rounded once; `entry`: each entry rounded by itself (arithmetic.md 4,
/// 5).
enum class RoundingMode { line, entry };
/// What `void` makes of an issued invoice (X2).
enum class VoidMode { credit_note, reopen };
/// What a job does with prepayments.
enum class Prepayments { leave, apply };
/// When an invoice must be complete as an e-invoice before it gets a number.
enum class EinvoiceRequire { endpoint, always, never };

std::string_view word(InvoiceScope scope);
std::string_view word(ProjectGrouping grouping);
std::string_view word(GroupHours grouping);
std::string_view word(GroupTravel grouping);
std::string_view word(QuoteRows rows);
std::string_view word(ContractualMode mode);
std::string_view word(LateMode mode);
std::string_view word(Annex annex);
std::string_view word(BillBy unit);
std::string_view word(RoundingMode mode);
std::string_view word(VoidMode mode);
std::string_view word(Prepayments mode);
std::string_view word(EinvoiceRequire when);

std::optional<InvoiceScope> parse_invoice_scope(std::string_view text);
std::optional<ProjectGrouping> parse_project_grouping(std::string_view text);
std::optional<GroupHours> parse_group_hours(std::string_view text);
std::optional<GroupTravel> parse_group_travel(std::string_view text);
std::optional<QuoteRows> parse_quote_rows(std::string_view text);
std::optional<ContractualMode> parse_contractual(std::string_view text);
std::optional<LateMode> parse_late(std::string_view text);
std::optional<Annex> parse_annex(std::string_view text);
std::optional<BillBy> parse_bill_by(std::string_view text);
std::optional<RoundingMode> parse_rounding_mode(std::string_view text);
std::optional<VoidMode> parse_void_mode(std::string_view text);
std::optional<Prepayments> parse_prepayments(std::string_view text);
std::optional<EinvoiceRequire> parse_einvoice_require(std::string_view text);

std::vector<std::string> invoice_scope_words();
std::vector<std::string> project_grouping_words();
std::vector<std::string> group_hours_words();
std::vector<std::string> group_travel_words();
std::vector<std::string> quote_rows_words();
std::vector<std::string> contractual_words();
std::vector<std::string> late_words();
std::vector<std::string> annex_words();
std::vector<std::string> bill_by_words();
std::vector<std::string> rounding_mode_words();
std::vector<std::string> void_mode_words();
std::vector<std::string> prepayments_words();
std::vector<std::string> einvoice_require_words();

/// The codes that `--allow` and `invoice.allow` may name: a thing that stops `issue` by itself but
/// is a person's to decide. All other codes stop it always.
std::vector<std::string> allowable_codes();

}  // namespace billctl
