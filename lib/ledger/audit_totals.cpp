// The sums of an invoice: its amounts, its taxes, its summary.
#include <array>

#include "ledger/audit_run.hpp"
#include "money/tax.hpp"

namespace billctl {
namespace {

#define BILLCTL_NAME "coalesce(v.number, v.draft_number)"

constexpr const char* kAmounts =
    "SELECT " BILLCTL_NAME
    ", v.currency, v.lines_minor, "
    "  (SELECT coalesce(sum(amount_minor), 0) FROM line WHERE invoice_id = v.id), "
    "  v.excl_tax_minor, v.lines_minor, v.tax_minor, "
    "  (SELECT coalesce(sum(amount_minor), 0) FROM tax_row WHERE invoice_id = v.id), "
    "  v.incl_tax_minor, v.excl_tax_minor + v.tax_minor, v.prepaid_minor, "
    "  (SELECT coalesce(sum(applied_minor + tax_minor), 0) FROM prepayment WHERE invoice_id = "
    "v.id), "
    "  v.payable_minor, v.incl_tax_minor - v.prepaid_minor FROM invoice AS v ORDER BY v.id";
constexpr std::array<std::string_view, 6> kAmountNames = {"lines",    "excl_tax", "tax",
                                                          "incl_tax", "prepaid",  "payable"};

constexpr const char* kTaxRows =
    "SELECT " BILLCTL_NAME
    ", v.currency, v.rounding, v.state, t.tax, t.rate_micro, t.base_minor, "
    "  t.amount_minor, t.overridden, t.stale FROM tax_row AS t JOIN invoice AS v ON v.id = "
    "t.invoice_id "
    "ORDER BY t.invoice_id, t.position";
// Two rows of one tax differ in rate or category; which line took which the paper tells, so their
// bases are checked together.
constexpr const char* kTaxBases =
    "SELECT " BILLCTL_NAME
    ", v.currency, n.tax, n.base, coalesce((SELECT sum(l.amount_minor) FROM line AS l "
    "  WHERE l.invoice_id = n.invoice_id AND instr(';' || l.tax || ';', ';' || n.tax || ';') > 0), "
    "0) AS lines "
    "FROM (SELECT invoice_id, tax, sum(base_minor) AS base FROM tax_row GROUP BY invoice_id, tax) "
    "AS n "
    "JOIN invoice AS v ON v.id = n.invoice_id WHERE lines <> n.base ORDER BY n.invoice_id, n.tax";
constexpr const char* kUntaxed =
    "SELECT " BILLCTL_NAME
    ", 'line ' || l.line || ' is taxed by ' || l.tax || ', and not all of that "
    "is among the tax rows' FROM line AS l JOIN invoice AS v ON v.id = l.invoice_id "
    "WHERE l.tax <> '' AND l.quantity_micro IS NOT NULL "
    "AND 1 + length(l.tax) - length(replace(l.tax, ';', '')) <> "
    "  (SELECT count(DISTINCT t.tax) FROM tax_row AS t WHERE t.invoice_id = l.invoice_id "
    "   AND instr(';' || l.tax || ';', ';' || t.tax || ';') > 0) ORDER BY l.invoice_id, l.line";

constexpr const char* kSummary =
    "SELECT " BILLCTL_NAME
    ", v.currency, v.starting_minor, v.adjustments_minor, v.exclusions_minor, "
    "  v.milestones_minor, v.lines_minor FROM invoice AS v "
    "WHERE v.type = 'invoice' AND v.starting_minor + v.adjustments_minor - v.exclusions_minor + "
    "  v.milestones_minor <> v.lines_minor ORDER BY v.id";
constexpr const char* kAdjustments =
    "SELECT " BILLCTL_NAME
    ", v.currency, v.adjustments_minor, coalesce(n.adjustments, 0) FROM invoice AS v LEFT JOIN "
    "  (SELECT invoice_id, sum(amount_minor) AS adjustments FROM adjustment WHERE undone_at IS "
    "NULL "
    "   GROUP BY invoice_id) AS n ON n.invoice_id = v.id "
    "WHERE v.type = 'invoice' AND v.adjustments_minor <> coalesce(n.adjustments, 0) ORDER BY v.id";

#undef BILLCTL_NAME

std::string in(const Query& row, int column) {
  return amount_text(row.integer(column), row.text(1));
}

void check_tax(AuditRun& run, const Query& row) {
  const auto currency = Currency::of(row.text(1));
  const auto rounding = rounding_of(row.text(2));
  if (!currency || !rounding) return;  // told by `currency` and `line-net`
  const Money base(row.integer(6), *currency);
  const Money seen(row.integer(7), *currency);
  const Decimal rate = Decimal::from_micro(row.integer(5));
  const std::string tax = row.string(4) + " " + rate.to_text() + " %";
  const Money needed = tax_of(base, rate, *rounding);
  if (!row.boolean(8) && seen != needed) {
    run.error(row.string(0), tax + " of " + in(row, 6) + " is " +
                                 amount_text(needed.minor(), row.text(1)) + ", the row says " +
                                 in(row, 7));
  }
  if (!row.boolean(8)) return;
  if (row.boolean(9)) {
    if (row.text(3) == "issued" || row.text(3) == "voided")
      run.error(row.string(0), tax + " was typed in and stale, and it is issued");
    return;
  }
  if (!typed_tax_fits(base, rate, seen))
    run.error(row.string(0), tax + " was typed in as " + in(row, 7) + ", far from " +
                                 amount_text(needed.minor(), row.text(1)));
}

}  // namespace

void audit_totals(AuditRun& run) {
  Query query(run.ledger(), kAmounts);
  while (query.step()) {
    int column = 2;
    for (const std::string_view name : kAmountNames) {
      if (query.integer(column) != query.integer(column + 1)) {
        run.error(query.string(0), std::string(name) + " is " + in(query, column) +
                                       ", it adds up to " + in(query, column + 1));
      }
      column += 2;
    }
  }
}

void audit_tax(AuditRun& run) {
  Query rows(run.ledger(), kTaxRows);
  while (rows.step()) check_tax(run, rows);
  Query bases(run.ledger(), kTaxBases);
  while (bases.step()) {
    run.error(bases.string(0), "the base of " + bases.string(2) + " is " + in(bases, 3) +
                                   ", its lines are " + in(bases, 4));
  }
  run.rows(kUntaxed);
}

void audit_starting_amount(AuditRun& run) {
  Query query(run.ledger(), kSummary);
  while (query.step()) {
    run.error(query.string(0), "starting " + in(query, 2) + " + adjustments " + in(query, 3) +
                                   " - exclusions " + in(query, 4) + " + milestones " +
                                   in(query, 5) + " is not its lines " + in(query, 6));
  }
  Query adjustments(run.ledger(), kAdjustments);
  while (adjustments.step()) {
    run.error(adjustments.string(0), "adjustments are " + in(adjustments, 2) +
                                         ", those in force add up to " + in(adjustments, 3));
  }
}

}  // namespace billctl
