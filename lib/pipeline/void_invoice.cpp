#include "pipeline/void_invoice.hpp"

#include <set>

#include "ledger/books_table.hpp"
#include "ledger/credits.hpp"
#include "ledger/invoices.hpp"
#include "ledger/mails.hpp"
#include "ledger/material.hpp"
#include "ledger/outbox.hpp"
#include "pipeline/approval_facts.hpp"
#include "pipeline/credit.hpp"
#include "pipeline/milestone_cover.hpp"
#include "pipeline/reissue.hpp"
#include "pipeline/report_json.hpp"

namespace billctl {
namespace {

class Voiding {
 public:
  Voiding(Session& session, const VoidRequest& request)
      : session_(session),
        request_(request),
        books_(read_books(session.ledger, session.tenant.id)),
        invoices_(session.ledger, session.tenant.id),
        invoice_(invoices_.header(invoices_.named(request.invoice))) {}

  Report run() {
    require_issued();
    require_no_open_note();
    const bool reopen = session_.config.invoice.void_mode == VoidMode::reopen;
    if (reopen) {
      require_undelivered();
      require_uncredited();
    }
    const MilestoneCover cover(session_, books_, invoice_);
    Report report;
    report.body =
        Json::object({{"invoice", invoice_.number}, {"state", word(InvoiceState::voided)}});
    report.body.set("credit_note", reopen ? Json() : credit_note(report));
    const std::set<ItemId> items = free_items();
    invoices_.set_state(invoice_.id, InvoiceState::voided);
    invoices_.set_notes(invoice_.id, with_comment_on_top(invoice_.notes, request_.comment));
    report.body.set("draft", reopen ? Json(reopened(report)) : Json());
    cover.require();
    Json list = Json::array();
    for (const ItemId item : items)
      list.push(Json::object({{"item", item.value},
                              {"after", word(reopen ? ItemState::drafted : ItemState::pending)}}));
    report.body.set("items", std::move(list));
    report.subjects.push_back({"invoice:" + invoice_.number, "voided"});
    return report;
  }

 private:
  void require_issued() const {
    const bool credit = invoice_.type == InvoiceType::credit_note;
    if (invoice_.state == InvoiceState::issued && !credit) return;
    const std::string what = credit ? "a credit note" : std::string(word(invoice_.state));
    throw Error(Reason::wrong_state,
                "invoice " + name_of(invoice_) + ": " + what + ", only an issued invoice is voided",
                is_open(invoice_.state)
                    ? "delete the draft with `billctl invoice delete " + name_of(invoice_) + "`"
                    : "see `billctl invoice show " + name_of(invoice_) + "`");
  }

  // Deleted later, or issued, it would leave the invoice half taken back, or twice.
  void require_no_open_note() {
    const auto note = Credits(session_.ledger).open_note(invoice_.id);
    if (!note) return;
    throw Error(Reason::wrong_state,
                "invoice " + invoice_.number + ": " + *note + ", a credit note of it, is a draft",
                "issue it first, or delete it with `billctl invoice delete " + *note + "`");
  }

  void require_undelivered() {
    for (const Submission& each :
         Outbox(session_.ledger, session_.tenant.id).of_invoice(invoice_.id)) {
      if (each.state == SubmissionState::queued || each.state == SubmissionState::rejected)
        continue;
      throw Error(
          Reason::already_delivered,
          "invoice " + invoice_.number + ": " + each.provider + " may have it (" +
              std::string(word(each.state)) + ")",
          "set invoice.void to \"credit-note\", or credit it with `billctl invoice credit`");
    }
    const auto mail = Mails(session_.ledger, session_.tenant.id).current(invoice_.id);
    using enum MailState;
    if (!mail || mail->state == queued || mail->state == deferred || mail->state == rejected)
      return;
    throw Error(Reason::already_delivered,
                "invoice " + invoice_.number + ": its client may have it (mail " +
                    std::string(word(mail->state)) + ")",
                "set invoice.void to \"credit-note\", or credit it with `billctl invoice credit`");
  }

  // Its credit note stays issued and corrects what would never have been charged.
  void require_uncredited() {
    const std::vector<std::string> notes = invoices_.credited_by(invoice_.id);
    if (notes.empty()) return;
    throw Error(Reason::wrong_state,
                "invoice " + invoice_.number + ": credited by " + notes.front() +
                    ", it can't be opened again",
                "set invoice.void to \"credit-note\", or credit the rest with `billctl invoice "
                "credit`");
  }

  // All that is left, issued at once and without approvals.
  Json credit_note(Report& report) {
    CreditRequest all;
    all.invoice = invoice_.number;
    all.all = true;
    all.reason = request_.comment;
    const CreditDraft made = make_credit(session_, books_, all);
    Issuer issuer(session_, books_, request_.signer);
    IssueManner manner;
    manner.date = request_.date.value_or(session_.today);
    manner.without_approvals = true;
    const IssueOutcome outcome = issuer.issue(made.invoice.id, manner);
    if (!outcome.issued) {
      const Finding& first = outcome.reasons.front();
      throw Error(
          first.code,
          "invoice " + invoice_.number + ": its credit note can't be issued: " + first.detail,
          "nothing was changed");
    }
    const Invoice& note = *outcome.issued;
    report.subjects.push_back({"invoice:" + note.draft_number, "issued"});
    report.subjects.push_back({"invoice:" + note.number, "issued"});
    return Json::object({{"invoice", note.draft_number},
                         {"number", note.number},
                         {"date", date_json(note.invoice_on)},
                         {"amounts", amounts_json(note.amounts, note.currency)},
                         {"seal", note.seal}});
  }

  /// Those still on it, and those that credit notes had taken off it.
  std::set<ItemId> free_items() {
    Material material(session_.ledger);
    Credits credits(session_.ledger);
    std::set<ItemId> items;
    for (const Placed& placed : invoices_.placed(invoice_.id))
      if (material.place_of(placed.item) == invoice_.id) items.insert(placed.item);
    for (const ItemId item : credits.credited_items(invoice_.id)) items.insert(item);
    for (const ItemId item : items) {
      MaterialEvent event;
      event.invoice = invoice_.id;
      event.item = item;
      event.what = MaterialAct::voided;
      event.reason = request_.comment;
      event.at = session_.now;
      event.actor = session_.actor.code;
      material.tell(event);
      credits.reopen(item, invoice_.number);
    }
    return items;
  }

  std::string reopened(Report& report) {
    const Invoice draft = make_reissue(session_, books_, invoice_.id);
    report.subjects.push_back({"invoice:" + draft.draft_number, "drafted"});
    return draft.draft_number;
  }

  Session& session_;
  const VoidRequest& request_;
  Books books_;
  Invoices invoices_;
  Invoice invoice_;
};

}  // namespace

Report void_invoice(Session& session, const VoidRequest& request, const Json& arguments) {
  return perform(session, {.name = "invoice void", .arguments = arguments},
                 [&] { return Voiding(session, request).run(); });
}

}  // namespace billctl
