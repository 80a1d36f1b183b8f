#include "pipeline/edit_verb.hpp"

#include "ledger/books_table.hpp"
#include "ledger/invoices.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/report_json.hpp"
#include "pipeline/show_invoice.hpp"

namespace billctl {

Json changes_json(const std::vector<PriceChange>& changes, Currency currency) {
  Json list = Json::array();
  for (const PriceChange& change : changes)
    list.push(Json::object({{"item", change.item.value},
                            {"from", money_json(change.from_minor, currency)},
                            {"to", money_json(change.to_minor, currency)}}));
  return list;
}

std::vector<PriceChange> changes_from_original(const Sheet& sheet) {
  std::vector<PriceChange> changes;
  for (const Card& card : sheet.cards) {
    if (card.report_minor() != card.share_minor())
      changes.push_back({card.item.id, card.share_minor(), card.report_minor()});
  }
  return changes;
}

Report edit_invoice(Session& session, const Verb& verb, const EditTarget& target,
                    const std::function<EditMade(InvoiceEdit&)>& change) {
  return perform(session, verb, [&] {
    const Books books = read_books(session.ledger, session.tenant.id);
    const InvoiceId id = Invoices(session.ledger, session.tenant.id).named(target.invoice);
    InvoiceEdit edit(session, books, id);
    edit.require_invoice();
    edit.require_revision(target.revision);
    EditMade made = change(edit);
    EditedInvoice edited = edit.finish(made.touch, made.what);
    if (made.then) made.then();
    const Invoice& invoice = edited.invoice;
    if (made.from_original) edited.changes = changes_from_original(edit.sheet());
    made.warnings.insert(made.warnings.end(), edited.warnings.begin(), edited.warnings.end());

    Report report;
    report.body = Json::object({{"invoice", name_of(invoice)}, {"revision", invoice.revision}});
    for (const auto& [field, value] : made.more.as_object()) report.body.set(field, value);
    if (made.tells_summary) report.body.set("summary", summary_json(invoice));
    report.body.set("amounts", amounts_json(invoice.amounts, invoice.currency));
    report.body.set("changes", changes_json(edited.changes, invoice.currency));
    report.body.set("unallocated", money_json(invoice.unallocated_minor, invoice.currency));
    report.body.set("warnings", findings_json(made.warnings));
    report.subjects.push_back({"invoice:" + name_of(invoice), made.what});
    return report;
  });
}

}  // namespace billctl
