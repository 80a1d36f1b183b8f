#include "pipeline/delete_draft.hpp"

#include <algorithm>
#include <set>

#include "ledger/drafts.hpp"
#include "ledger/invoices.hpp"

namespace billctl {
namespace {

void require_deletable(const Invoice& invoice, Drafts& drafts) {
  if (!is_open(invoice.state)) {
    throw Error(Reason::wrong_state,
                "invoice " + invoice.number + ": " + std::string(word(invoice.state)) +
                    ", only a draft can be deleted",
                "what was issued stays; see it with `billctl invoice show " + invoice.number + "`");
  }
  if (drafts.was_submitted(invoice.id)) {
    throw Error(Reason::already_delivered,
                "draft " + invoice.draft_number + ": it was queued for a provider",
                "the provider has it under this number; see `billctl sync status`");
  }
}

}  // namespace

DeletedDraft delete_draft(Session& session, InvoiceId id) {
  Invoices invoices(session.ledger, session.tenant.id);
  Drafts drafts(session.ledger, session.tenant.id);
  const Invoice invoice = invoices.header(id);
  require_deletable(invoice, drafts);
  std::set<ItemId> items;
  // The items of a credit note stay where they are, on the invoice that it corrects.
  if (invoice.type != InvoiceType::credit_note)
    for (const Placed& placed : invoices.placed(id)) items.insert(placed.item);
  drafts.erase(id);
  return {invoice.draft_number, drafts.client_code(invoice.client),
          static_cast<std::int64_t>(items.size())};
}

Report delete_drafts(Session& session, const std::vector<std::string>& names) {
  Json asked = Json::array();
  for (const std::string& name : names) asked.push(name);
  const Verb verb{"invoice delete", Json::object({{"invoices", asked}}), false, {}};
  return perform(session, verb, [&] {
    Invoices invoices(session.ledger, session.tenant.id);
    Report report;
    Json deleted = Json::array();
    std::vector<InvoiceId> ids;
    for (const std::string& name : names) {
      const InvoiceId id = invoices.named(name);
      if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
    }
    for (const InvoiceId id : ids) {
      const DeletedDraft draft = delete_draft(session, id);
      deleted.push(Json::object(
          {{"invoice", draft.invoice}, {"client", draft.client}, {"items", draft.items}}));
      report.subjects.push_back({"invoice:" + draft.invoice, "deleted"});
    }
    report.body.set("deleted", std::move(deleted));
    return report;
  });
}

}  // namespace billctl
