#include "ledger/contract_balances.hpp"

#include <algorithm>

#include "ledger/connection.hpp"

namespace billctl {
namespace {

constexpr const char* kBilled =
    "SELECT coalesce(i.project_id, 0), coalesce(p.update_row_minor, p.share_minor) FROM item AS i "
    "JOIN item_placed AS ip ON ip.item_id = i.id "
    "JOIN invoice AS v ON v.id = ip.invoice_id AND v.state = 'issued' "
    "JOIN placed AS p ON p.invoice_id = v.id AND p.item_id = i.id "
    "WHERE i.engagement_id = :engagement AND i.kind = 'instalment' AND i.mark <> 'credited' "
    "AND v.id <> :except ORDER BY i.id";
constexpr const char* kApplied =
    "SELECT coalesce(sum(p.applied_minor), 0) FROM prepayment AS p "
    "JOIN invoice AS v ON v.id = p.invoice_id "
    "WHERE p.contract_line_id = :line AND v.state <> 'voided' AND v.id <> :except "
    // What a void gave back was taken with the invoice itself.
    "AND NOT EXISTS (SELECT 1 FROM invoice AS o WHERE o.id = v.corrects_id AND o.state = 'voided')";

bool belongs(ProjectId project, const ContractLine& line, const std::vector<ContractLine>& lines) {
  if (line.project) return line.project == project;
  const auto without =
      std::ranges::count_if(lines, [](const ContractLine& each) { return !each.project; });
  const bool has_own = project && std::ranges::any_of(lines, [&](const ContractLine& each) {
                         return each.project == project;
                       });
  return without == 1 && !has_own;
}

}  // namespace

ContractUse ContractBalances::of(const ContractLine& line, const std::vector<ContractLine>& lines,
                                 InvoiceId except) {
  ContractUse use;
  Query billed(ledger_, kBilled);
  billed.bind(":engagement", line.engagement).bind(":except", except);
  while (billed.step()) {
    if (belongs(billed.id<ProjectId>(0), line, lines)) use.billed_minor += billed.integer(1);
  }
  Query applied(ledger_, kApplied);
  applied.bind(":line", line.id).bind(":except", except);
  if (applied.step()) use.applied_minor = applied.integer(0);
  return use;
}

}  // namespace billctl
