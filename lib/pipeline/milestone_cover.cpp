#include "pipeline/milestone_cover.hpp"

#include "ledger/contract_balances.hpp"
#include "ledger/invoices.hpp"
#include "pipeline/completed_document.hpp"

namespace billctl {

MilestoneCover::MilestoneCover(Session& session, const Books& books, const Invoice& invoice)
    : session_(session), name_(name_of(invoice)), currency_(invoice.currency) {
  Invoices invoices(session.ledger, session.tenant.id);
  for (const EngagementId engagement : invoices.engagements(invoice.id)) {
    std::vector<ContractLine> lines;
    for (const ContractLine& line : books.contract_lines.all())
      if (line.engagement == engagement) lines.push_back(line);
    for (const ContractLine& line : lines) {
      const ContractUse use = ContractBalances(session.ledger).of(line, lines);
      watched_.push_back({line, lines, use.billed_minor - use.applied_minor});
    }
  }
}

std::vector<Finding> MilestoneCover::overdrawn(InvoiceId also) const {
  std::vector<Finding> findings;
  for (const Watched& each : watched_) {
    const ContractUse use =
        ContractBalances(session_.ledger).of(each.line, each.siblings, {}, {}, also);
    const std::int64_t left = use.billed_minor - use.applied_minor;
    if (left >= 0 || left >= each.left_minor) continue;
    const auto told = [&](std::int64_t minor) { return Money(minor, currency_).to_text(); };
    findings.push_back(
        {Reason::over_balance, "contract line " + each.line.code + ": " + told(use.applied_minor) +
                                   " are applied as prepayment, and only " +
                                   told(use.billed_minor) + " would be left of what was billed"});
  }
  return findings;
}

void MilestoneCover::require(InvoiceId also) const {
  const std::vector<Finding> findings = overdrawn(also);
  if (findings.empty()) return;
  throw Error(findings.front().code, "invoice " + name_ + ": " + findings.front().detail,
              "take the prepayment off its draft with `billctl invoice prepay`, or credit the "
              "invoice that uses it");
}

}  // namespace billctl
