#include "pipeline/approve.hpp"

#include <algorithm>

#include "issue/readiness.hpp"
#include "ledger/approvals.hpp"
#include "ledger/books_table.hpp"
#include "ledger/invoices.hpp"
#include "pipeline/approval_facts.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/invoice_selection.hpp"
#include "pipeline/report_json.hpp"

namespace billctl {
namespace {

constexpr std::array kAllRoles = {ApprovalRole::pm, ApprovalRole::finance,
                                  ApprovalRole::management};

/// One run of the verb: what it has done so far.
class Approving {
 public:
  Approving(Session& session, const ApproveRequest& request)
      : session_(session),
        request_(request),
        config_(session.config),
        books_(read_books(session.ledger, session.tenant.id, BooksPart::without_tasks)),
        invoices_(session.ledger, session.tenant.id),
        approvals_(session.ledger) {}

  Report run();

 private:
  std::vector<std::string> names();
  void one(const std::string& name);
  std::vector<Finding> act(const Invoice& invoice);
  std::vector<Finding> give(const Invoice& invoice, const ApprovalFacts& facts);
  std::vector<Finding> withdraw(const Invoice& invoice, const ApprovalFacts& facts);
  std::vector<Finding> reject(const Invoice& invoice, const ApprovalFacts& facts);
  std::vector<Finding> give_one(const Invoice& invoice, const ApprovalFacts& facts,
                                ApprovalRole role);
  std::optional<Finding> refusal(const ApprovalFacts& facts, ApprovalRole role) const {
    return approval_refusal(config_.approvals, config_.roles, facts, role, session_.actor.code);
  }
  std::vector<Finding> no_role(const Invoice& invoice, const ApprovalFacts& facts);
  void report_given(const Invoice& invoice, const ApprovalFacts& facts,
                    std::optional<ApprovalRole> role);
  void comment_on(const Invoice& invoice);

  Session& session_;
  const ApproveRequest& request_;
  const Config& config_;
  const Books books_;
  Invoices invoices_;
  Approvals approvals_;
  Json approved_ = Json::array(), withdrawn_ = Json::array(), rejected_ = Json::array();
  std::vector<RefusedInvoice> refused_;
  std::vector<EventSubject> subjects_;
  std::size_t done_ = 0;
};

std::vector<std::string> Approving::names() {
  if (!request_.all_waiting) return request_.invoices;
  Filter open = request_.filter;
  if (open.states.empty()) open.states = {"draft", "held"};
  std::vector<std::string> names;
  for (const SelectedInvoice& each : selected_invoices(session_, books_, open)) {
    const ApprovalFacts facts = approval_facts(session_, books_, each.invoice);
    const auto roles = roles_to_give(config_.approvals, config_.roles, facts, session_.actor.code);
    const bool waits =
        std::ranges::any_of(roles, [&](ApprovalRole role) { return !refusal(facts, role); });
    if (waits) names.push_back(each.invoice.draft_number);
  }
  return names;
}

void Approving::comment_on(const Invoice& invoice) {
  if (request_.comment.empty()) return;
  invoices_.set_notes(invoice.id, with_comment_on_top(invoice.notes, request_.comment));
}

// With the states as they are now: the gate may have opened.
void Approving::report_given(const Invoice& invoice, const ApprovalFacts& facts,
                             std::optional<ApprovalRole> role) {
  Json by, at;
  for (const ApprovalStatus& status : approval_status(config_.approvals, config_.roles, facts)) {
    if (status.role != role || !status.given) continue;
    by = status.given->actor;
    at = status.given->at.to_text();
  }
  approved_.push(Json::object({{"invoice", name_of(invoice)},
                               {"role", role ? Json(word(*role)) : Json()},
                               {"by", std::move(by)},
                               {"at", std::move(at)},
                               {"state", told_state(session_, books_, invoice)}}));
}

std::vector<Finding> Approving::give_one(const Invoice& invoice, const ApprovalFacts& facts,
                                         ApprovalRole role) {
  if (const auto refused = refusal(facts, role)) return {*refused};
  const auto status = approval_status(config_.approvals, config_.roles, facts);
  if (std::ranges::find(status, role, &ApprovalStatus::role)->given) return {};
  const Approval approval{role,         invoice.revision, session_.actor.code,
                          session_.now, request_.comment, false};
  approvals_.add(invoice.id, approval, session_.actor.os_user);
  subjects_.push_back({"invoice:" + name_of(invoice), "approved as " + std::string(word(role))});
  return {};
}

// Nothing is missing that the actor could give: he has done it, nothing is asked for, or he may
// not.
std::vector<Finding> Approving::no_role(const Invoice& invoice, const ApprovalFacts& facts) {
  const auto status = approval_status(config_.approvals, config_.roles, facts);
  bool his = false;
  for (const ApprovalStatus& each : status) {
    if (!each.given || each.given->actor != session_.actor.code) continue;
    report_given(invoice, facts, each.role);
    his = true;
  }
  if (his) return {};
  std::vector<Finding> refusals;
  const auto missing = missing_approvals(status);
  for (ApprovalRole role : kAllRoles) {
    const bool asked = missing.empty() || std::ranges::find(missing, role) != missing.end();
    const auto refused = refusal(facts, role);
    if (missing.empty() && !refused) {
      report_given(invoice, facts, std::nullopt);
      return {};
    }
    if (asked && refused) refusals.push_back(*refused);
  }
  return refusals;
}

std::vector<Finding> Approving::give(const Invoice& invoice, const ApprovalFacts& facts) {
  std::vector<ApprovalRole> roles =
      roles_to_give(config_.approvals, config_.roles, facts, session_.actor.code);
  if (request_.role) roles = {*request_.role};
  if (roles.empty()) return no_role(invoice, facts);
  ApprovalFacts now = facts;
  for (ApprovalRole role : roles) {
    if (auto refused = give_one(invoice, now, role); !refused.empty()) return refused;
    now.given = approvals_.list(invoice.id);
  }
  comment_on(invoice);
  for (ApprovalRole role : roles) report_given(invoice, now, role);
  return {};
}

std::vector<Finding> Approving::withdraw(const Invoice& invoice, const ApprovalFacts& facts) {
  const bool any = !config_.roles.configured || holds(config_.roles.admin, session_.actor.code);
  std::vector<std::string> others;
  std::vector<ApprovalRole> own;
  for (const ApprovalStatus& each : approval_status(config_.approvals, config_.roles, facts)) {
    if (!each.given || (request_.role && each.role != *request_.role)) continue;
    if (any || each.given->actor == session_.actor.code) {
      own.push_back(each.role);
    } else {
      others.push_back(each.given->actor);
    }
  }
  if (own.empty() && !others.empty())
    return {{Reason::not_permitted, "the approval of " + others.front() + " is not yours"}};
  if (own.empty()) return {{Reason::wrong_state, "there is no approval to withdraw"}};
  for (ApprovalRole role : own) {
    approvals_.withdraw(invoice.id, invoice.revision, role, session_.now, session_.actor.code);
    withdrawn_.push(Json::object({{"invoice", name_of(invoice)}, {"role", word(role)}}));
  }
  subjects_.push_back({"invoice:" + name_of(invoice), "approval withdrawn"});
  comment_on(invoice);
  return {};
}

std::vector<Finding> Approving::reject(const Invoice& invoice, const ApprovalFacts& facts) {
  const auto status = approval_status(config_.approvals, config_.roles, facts);
  if (std::ranges::none_of(status, &ApprovalStatus::required))
    return {{Reason::wrong_state, "it needs no approval; put it on hold instead"}};
  const bool may = std::ranges::any_of(status, [&](const ApprovalStatus& each) {
    const bool own = each.given && each.given->actor == session_.actor.code;
    return each.required && (own || !refusal(facts, each.role));
  });
  if (!may) return {{Reason::not_permitted, "only who may approve it may reject it"}};
  approvals_.withdraw(invoice.id, invoice.revision, std::nullopt, session_.now,
                      session_.actor.code);
  rejected_.push(Json::object({{"invoice", name_of(invoice)}, {"by", Json(session_.actor.code)}}));
  subjects_.push_back({"invoice:" + name_of(invoice), "rejected"});
  comment_on(invoice);
  return {};
}

std::vector<Finding> Approving::act(const Invoice& invoice) {
  if (const auto state = state_against(invoice)) return {*state};
  if (request_.revision && *request_.revision != invoice.revision) {
    return {{Reason::changed, "it is at revision " + std::to_string(invoice.revision) + ", not " +
                                  std::to_string(*request_.revision)}};
  }
  const ApprovalFacts facts = approval_facts(session_, books_, invoice);
  switch (request_.action) {
    case ApproveAction::give:
      return give(invoice, facts);
    case ApproveAction::withdraw:
      return withdraw(invoice, facts);
    case ApproveAction::reject:
      break;
  }
  return reject(invoice, facts);
}

void Approving::one(const std::string& name) {
  const auto id = invoices_.find(name);
  if (!id) {
    refused_.push_back({name, {{Reason::not_found, "there is none of that name"}}});
    return;
  }
  const Invoice invoice = invoices_.header(*id);
  std::vector<Finding> reasons = act(invoice);
  if (reasons.empty()) {
    ++done_;
  } else {
    refused_.push_back({name_of(invoice), std::move(reasons)});
  }
}

Report Approving::run() {
  for (const std::string& name : names()) one(name);
  Report report;
  report.body = Json::object({{"approved", std::move(approved_)},
                              {"withdrawn", std::move(withdrawn_)},
                              {"rejected", std::move(rejected_)},
                              {"refused", refused_json(refused_)}});
  put_exit(report, done_, refused_, "approve");
  report.subjects = std::move(subjects_);
  return report;
}

}  // namespace

Report approve(Session& session, const ApproveRequest& request, const Json& arguments) {
  return perform(session, {.name = "approve", .arguments = arguments},
                 [&] { return Approving(session, request).run(); });
}

}  // namespace billctl
