#include "ledger/contract_balances.hpp"

#include <algorithm>

#include "ledger/connection.hpp"
#include "money/rounding.hpp"

namespace billctl {
namespace {

// An instalment without a line of its own was billed only as far as its invoice pays for it; parts
// of one that were credited are no longer billed.
constexpr const char* kBilled =
    "SELECT coalesce(i.project_id, 0), CASE p.line WHEN 0 THEN coalesce(p.report_minor, 0) "
    "ELSE coalesce(p.update_row_minor, p.share_minor) END, v.id, "
    "coalesce(l.tax, ''), l.tax_rate_micro, coalesce((SELECT sum(back.share_minor) "
    "FROM invoice AS c JOIN placed AS back ON back.invoice_id = c.id AND back.item_id = i.id "
    "WHERE c.client_id = v.client_id AND c.corrects_id = v.id AND c.type = 'credit_note' "
    "AND ((c.state = 'issued' AND (:as_of IS NULL OR c.invoice_on <= :as_of)) OR c.id = :also)), "
    "0) FROM item AS i "
    "JOIN item_placed AS ip ON ip.item_id = i.id "
    "JOIN invoice AS v ON v.id = ip.invoice_id AND v.state = 'issued' "
    "JOIN placed AS p ON p.invoice_id = v.id AND p.item_id = i.id "
    "LEFT JOIN line AS l ON l.invoice_id = v.id AND l.line = p.line "
    "WHERE i.engagement_id = :engagement AND i.kind = 'instalment' AND i.mark <> 'credited' "
    "AND v.id <> :except AND (:as_of IS NULL OR v.invoice_on <= :as_of) ORDER BY i.id";
constexpr const char* kApplied =
    "SELECT coalesce(sum(p.applied_minor), 0), coalesce(sum(p.tax_minor), 0) "
    "FROM prepayment AS p "
    "JOIN invoice AS v ON v.id = p.invoice_id "
    "WHERE p.contract_line_id = :line AND v.state <> 'voided' AND v.id <> :except "
    "AND (:as_of IS NULL OR v.invoice_on <= :as_of) "
    // What a credit note gives back is there once it is issued; its draft may be deleted.
    "AND (v.type = 'invoice' OR v.state = 'issued' OR v.id = :also) "
    // What a void gave back was taken with the invoice itself.
    "AND NOT EXISTS (SELECT 1 FROM invoice AS o WHERE o.id = v.corrects_id AND o.state = 'voided')";

constexpr const char* kDrop =
    "DELETE FROM prepayment WHERE invoice_id = :id AND contract_line_id = :line";
constexpr const char* kPut =
    "INSERT INTO prepayment (invoice_id, contract_line_id, applied_minor, tax_minor) "
    "VALUES (:id, :line, :applied, :tax)";

// The rows of the codes that stand on the line, of its VAT only that of its rate.
constexpr const char* kTaxes =
    "SELECT base_minor, amount_minor FROM tax_row WHERE invoice_id = :invoice "
    "AND instr(';' || :codes || ';', ';' || tax || ';') > 0 "
    "AND (category = '' OR :rate IS NULL OR rate_micro = :rate)";

/// What was taken as tax on so much of an invoice's line.
std::int64_t tax_on(Ledger& ledger, const Query& milestone, std::int64_t net_minor) {
  Query taxes(ledger, kTaxes);
  taxes.bind(":invoice", milestone.integer(2)).bind(":codes", milestone.text(3));
  taxes.bind(":rate", milestone.integer_or_null(4));
  std::int64_t sum = 0;
  while (taxes.step()) {
    const std::int64_t base = taxes.integer(0);
    if (base == 0) continue;
    const Int128 product = Int128{taxes.integer(1)} * net_minor;
    const Int128 tax = round_divide(base < 0 ? -product : product,
                                    base < 0 ? -Int128{base} : Int128{base}, Rounding::half_away);
    sum = checked_add(sum, narrowed(tax, "a tax"), "a tax");
  }
  return sum;
}

/// What of a milestone is still billed: never less than nothing of it.
std::int64_t still_billed(std::int64_t minor, std::int64_t credited_minor) {
  const std::int64_t left = checked_add(minor, credited_minor, "a milestone");
  return (left < 0) == (minor < 0) ? left : 0;
}

}  // namespace

bool serves(const ContractLine& line, ProjectId project, const std::vector<ContractLine>& lines) {
  if (line.project) return line.project == project;
  const auto without =
      std::ranges::count_if(lines, [](const ContractLine& each) { return !each.project; });
  const bool has_own = project && std::ranges::any_of(lines, [&](const ContractLine& each) {
                         return each.project == project;
                       });
  return without == 1 && !has_own;
}

ContractUse ContractBalances::of(const ContractLine& line, const std::vector<ContractLine>& lines,
                                 InvoiceId except, std::optional<Date> as_of, InvoiceId also) {
  const auto until = as_of ? std::optional<std::string>(as_of->to_text()) : std::nullopt;
  ContractUse use;
  Query billed(ledger_, kBilled);
  billed.bind(":engagement", line.engagement).bind(":except", except).bind(":as_of", until);
  billed.bind(":also", also);
  while (billed.step()) {
    if (!serves(line, billed.id<ProjectId>(0), lines)) continue;
    const std::int64_t net_minor = still_billed(billed.integer(1), billed.integer(5));
    use.billed_minor = checked_add(use.billed_minor, net_minor, "a balance");
    use.billed_tax_minor =
        checked_add(use.billed_tax_minor, tax_on(ledger_, billed, net_minor), "a tax");
  }
  Query applied(ledger_, kApplied);
  applied.bind(":line", line.id).bind(":except", except).bind(":as_of", until);
  applied.bind(":also", also);
  if (applied.step()) {
    use.applied_minor = applied.integer(0);
    use.applied_tax_minor = applied.integer(1);
  }
  return use;
}

void ContractBalances::apply(InvoiceId draft, ContractLineId line, std::int64_t net_minor,
                             std::int64_t tax_minor) {
  Query(ledger_, kDrop).bind(":id", draft).bind(":line", line).run();
  if (net_minor == 0 && tax_minor == 0) return;
  Query(ledger_, kPut)
      .bind(":id", draft)
      .bind(":line", line)
      .bind(":applied", net_minor)
      .bind(":tax", tax_minor)
      .run();
}

}  // namespace billctl
