#include "pipeline/open_targets.hpp"

#include <algorithm>
#include <set>

#include "ledger/codes.hpp"
#include "ledger/drafts.hpp"
#include "ledger/entry_list.hpp"
#include "ledger/invoices.hpp"
#include "money/money.hpp"

namespace billctl {
namespace {

/// The clients asked for; none: all.
std::set<ClientId> clients_of(Session& session, const GenerateRequest& request) {
  std::set<ClientId> clients(request.filter.clients.begin(), request.filter.clients.end());
  Entries entries(session.ledger, session.tenant.id);
  EntryList list(session.ledger, session.tenant.id);
  for (const EntryId id : request.entries) {
    std::string ref;
    entries.get(id, [&](const EntryRow& row) { ref = row.ref; });
    list.find(ref, [&](const ListedEntry& listed) { clients.insert(listed.client); });
  }
  return clients;
}

}  // namespace

std::string open_targets(Session& session, const GenerateRequest& request) {
  constexpr std::size_t kMost = 10;
  const std::set<ClientId> clients = clients_of(session, request);
  Invoices invoices(session.ledger, session.tenant.id);
  Codes codes(session.ledger);
  std::string text;
  std::size_t count = 0;
  for (const OpenDraft& draft : Drafts(session.ledger, session.tenant.id).open()) {
    if (!clients.empty() && !clients.contains(draft.client)) continue;
    if (++count > kMost) continue;
    const Invoice invoice = invoices.header(draft.id);
    text += (text.empty() ? "" : ", ") + draft.draft_number + " (" + codes.of(draft.client) + ", " +
            Money(invoice.amounts.payable_minor, invoice.currency).to_text() + " " +
            std::string(invoice.currency.code()) + ")";
  }
  if (count > kMost) text += " and " + std::to_string(count - kMost) + " more";
  return text;
}

}  // namespace billctl
