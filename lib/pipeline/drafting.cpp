#include "pipeline/drafting.hpp"

#include "ledger/books_table.hpp"

namespace billctl {

const DraftOptions& ItemOptions::of(EngagementId engagement, ClientId client) {
  const auto [found, fresh] = decided_.try_emplace({engagement, client});
  if (fresh)
    found->second = draft_options(choices_, books_.engagements.find(engagement),
                                  books_.clients.at(client), config_);
  return found->second;
}

DraftOptions config_options(const Config& config) {
  const InvoiceSettings& invoice = config.invoice;
  return {invoice.scope,
          {invoice.group_projects, invoice.group_hours, invoice.group_travel},
          invoice.annex,
          invoice.bill_by};
}

Drafting::Drafting(Session& for_session, const GenerateRequest& for_request,
                   const Books& with_books, Books* to_fill)
    : session(for_session),
      request(for_request),
      books(with_books),
      queue(for_session.ledger, for_session.tenant.id),
      keys(with_books),
      treatments(for_session.config.taxes, for_session.today),
      options(for_request.choices, config_options(for_session.config), with_books),
      filled_(to_fill) {}

void Drafting::read_tasks(const std::vector<LineItem>& items) {
  if (filled_ == nullptr) return;
  filled_->tasks.clear();
  for (const LineItem& item : items) read_task(session.ledger, item.task, *filled_);
}

void Drafting::settle(PendingItem& pending, const DraftOptions& options_of_it) {
  pending.item.grouping = options_of_it.grouping;
  pending.item.treatment = treatments.of(taxed(pending.item, pending.client));
}

void Drafting::settle_for(std::span<const PickedTax> picked, LineItem& item, ClientId client) {
  if (!picked.empty()) item.treatment = treatments.of(taxed(item, client), picked);
}

TaxTreatments::Taxed Drafting::taxed(const LineItem& item, ClientId client) const {
  const Client& payer = books.clients.at(client);
  return {payer.tax, books.products.at(item.product).tax, payer.language, item.kind, item.work_on};
}

KeyedBy Drafting::keyed_by(const PendingItem& pending, InvoiceScope scope) const {
  const LineItem& item = pending.item;
  return {pending.client,   item.project, item.engagement,
          pending.currency, scope,        treatments.at(item.treatment).outside_scope};
}

ContractualMode Drafting::contractual() const {
  return request.contractual.value_or(session.config.invoice.contractual);
}

LateMode Drafting::late() const {
  return request.late.value_or(session.config.invoice.late);
}

QuoteRows Drafting::quote_rows() const {
  return request.quote_rows.value_or(session.config.invoice.quote_rows);
}

std::optional<Period> Drafting::asked_period() const {
  const auto& period = request.filter.period;
  if (!request.entries.empty() || !period) return std::nullopt;
  if (period->first() == Date::first_of_all() || period->last() == Date::last_of_all())
    return std::nullopt;
  return period;
}

}  // namespace billctl
