#include "pipeline/approval_facts.hpp"

#include "ledger/approvals.hpp"
#include "ledger/exchange_rates.hpp"
#include "ledger/invoices.hpp"

namespace billctl {
namespace {

std::vector<std::string> managers_of(Session& session, const Books& books, const Invoice& invoice) {
  Invoices invoices(session.ledger, session.tenant.id);
  std::vector<std::vector<std::string>> lists;
  for (ProjectId project : invoices.projects(invoice.id))
    lists.push_back(codes_in(books.projects.at(project).pm));
  return members_of_all(lists);
}

std::optional<Money> adjustments_in_base(Session& session, const Invoice& invoice) {
  const Money adjustments(invoice.summary.adjustments_minor, invoice.currency);
  const Currency base = session.config.tenant.currency;
  if (adjustments.is_zero()) return Money::zero(base);
  ExchangeRates rates(session.ledger, session.tenant.id);
  const Date on = invoice.invoice_on.value_or(session.today);
  const auto rate = rates.latest(invoice.currency, base, on);
  if (!rate) return std::nullopt;
  return converted(adjustments, *rate, base, invoice.rounding);
}

bool may_be_required(const ApprovalRules& rules) {
  return !rules.required.empty() || rules.adjustments_over || rules.adjustments_over_percent;
}

}  // namespace

ApprovalFacts approval_facts(Session& session, const Books& books, const Invoice& invoice) {
  ApprovalFacts facts;
  facts.revision = invoice.revision;
  facts.managers = managers_of(session, books, invoice);
  facts.given = Approvals(session.ledger).list(invoice.id);
  facts.needs_management = needs_management(session.config.approvals, invoice.summary,
                                            adjustments_in_base(session, invoice));
  return facts;
}

GateNow gate_now(Session& session, const Books& books, const Invoice& invoice) {
  const Config& config = session.config;
  GateNow gate;
  if (!may_be_required(config.approvals)) return gate;
  const std::vector<ApprovalStatus> status =
      approval_status(config.approvals, config.roles, approval_facts(session, books, invoice));
  for (const ApprovalStatus& each : status) {
    if (each.required) gate.required.push_back(each.role);
  }
  gate.missing = missing_approvals(status);
  return gate;
}

std::vector<ApprovalRole> missing_approvals(Session& session, const Books& books,
                                            const Invoice& invoice) {
  return gate_now(session, books, invoice).missing;
}

std::string_view told_state(Session& session, const Books& books, const Invoice& invoice) {
  if (invoice.state != InvoiceState::draft) return word(invoice.state);
  Invoices invoices(session.ledger, session.tenant.id);
  const bool ready =
      invoices.has_lines(invoice.id) && missing_approvals(session, books, invoice).empty();
  return ready ? "ready" : "draft";
}

Own is_managers_own(Session& session, const Books& books, const Invoice& invoice) {
  return holds(managers_of(session, books, invoice), session.actor.code) ? Own::yes : Own::no;
}

std::string with_comment_on_top(std::string_view notes, std::string_view comment) {
  std::string text(comment);
  if (!comment.empty() && !notes.empty()) text += '\n';
  return text.append(notes);
}

}  // namespace billctl
