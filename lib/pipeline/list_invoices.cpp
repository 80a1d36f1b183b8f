#include "pipeline/list_invoices.hpp"

#include <algorithm>
#include <array>

#include "approval/gate.hpp"
#include "ledger/books_table.hpp"
#include "ledger/mails.hpp"
#include "ledger/outbox.hpp"
#include "pipeline/approval_facts.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/invoice_selection.hpp"
#include "pipeline/outgoing.hpp"
#include "pipeline/report_json.hpp"
#include "text/nearest.hpp"

namespace billctl {
namespace {

// Of several providers the one that needs a person soonest.
constexpr std::array<std::string_view, 7> kSyncOrder = {
    "rejected", "unknown", "stale", "deferred", "sending", "queued", "accepted"};

class Listing {
 public:
  Listing(Session& session, const Books& books)
      : session_(session),
        books_(books),
        outbox_(session.ledger, session.tenant.id),
        mails_(session.ledger, session.tenant.id) {}

  Json row(const SelectedInvoice& selected) {
    const Invoice& invoice = selected.invoice;
    const bool frozen = !is_open(invoice.state);
    return Json::object({{"invoice", name_of(invoice)},
                         {"number", frozen ? Json(invoice.number) : Json()},
                         {"type", word(invoice.type)},
                         {"state", selected.state},
                         {"client", books_.clients.at(invoice.client).code},
                         {"date", date_json(invoice.invoice_on)},
                         {"due_date", date_json(invoice.due_on)},
                         {"currency", invoice.currency.code()},
                         {"amounts", amounts_json(invoice.amounts, invoice.currency)},
                         {"sync", sync_word(invoice.id)},
                         {"sent", sent_word(invoice.id)}});
  }

 private:
  std::string sync_word(InvoiceId invoice) {
    std::vector<std::string> states;
    for (const Submission& submission : outbox_.of_invoice(invoice)) {
      if (!documents_) documents_.emplace(session_);
      states.push_back(documents_->told_state(submission));
    }
    for (std::string_view state : kSyncOrder) {
      if (std::ranges::find(states, state) != states.end()) return std::string(state);
    }
    return "none";
  }

  std::string sent_word(InvoiceId invoice) {
    const auto mail = mails_.current(invoice);
    return std::string(word(mail ? mail->state : MailState::none));
  }

  Session& session_;
  const Books& books_;
  Outbox outbox_;
  Mails mails_;
  std::optional<OutgoingDocuments> documents_;
};

bool waits_for(Session& session, const Books& books, const Invoice& invoice,
               const std::string& member) {
  if (!is_open(invoice.state)) return false;
  const Config& config = session.config;
  const ApprovalFacts facts = approval_facts(session, books, invoice);
  const auto roles = roles_to_give(config.approvals, config.roles, facts, member);
  return std::ranges::any_of(roles, [&](ApprovalRole role) {
    return !approval_refusal(config.approvals, config.roles, facts, role, member);
  });
}

void check_member(const Books& books, const RoleSettings& roles, const std::string& member) {
  if (member.empty() || books.members.find(member) != nullptr) return;
  for (const auto* office : {&roles.admin, &roles.finance, &roles.management}) {
    if (holds(*office, member)) return;
  }
  throw Error(Reason::not_found, "no member \"" + member + "\"",
              did_you_mean(member, books.members.codes()));
}

}  // namespace

Json list_invoices(Session& session, const ListInvoicesRequest& request) {
  const RoleSettings& roles = session.config.roles;
  const bool reads_all = may(roles, session.actor.code, "invoice list");
  require_reading(session, "invoice list", reads_all ? Own::no : Own::yes);
  Json list = Json::array();
  session.ledger.read([&] {
    const Books books = read_books(session.ledger, session.tenant.id, BooksPart::as_needed);
    check_member(books, roles, request.waiting_for);
    Filter filter = request.filter;
    const bool sieved = !reads_all || !request.waiting_for.empty();
    if (sieved) filter.limit = std::nullopt;
    Listing listing(session, books);
    for (const SelectedInvoice& each : selected_invoices(session, books, filter)) {
      const auto count = static_cast<std::int64_t>(list.as_array().size());
      if (request.filter.limit && count >= *request.filter.limit) break;
      if (!reads_all && is_managers_own(session, books, each.invoice) == Own::no) continue;
      if (!request.waiting_for.empty() &&
          !waits_for(session, books, each.invoice, request.waiting_for))
        continue;
      list.push(listing.row(each));
    }
  });
  return Json::object({{"invoices", std::move(list)}});
}

}  // namespace billctl
