#include "pipeline/draft_totals.hpp"

#include <vector>

#include "invoice/totals.hpp"
#include "ledger/drafts.hpp"
#include "ledger/invoices.hpp"
#include "pipeline/line_taxes.hpp"

namespace billctl {

Invoice store_totals(Session& session, const Books& books, Invoice draft) {
  Invoices invoices(session.ledger, session.tenant.id);
  const std::vector<TaxRow> earlier = invoices.taxes(draft);
  const std::vector<Line> lines = invoices.lines(draft.id);
  const std::string& language = books.clients.at(draft.bill_to).language;
  LineTaxes taxes(session, draft, language);
  std::vector<TaxedAmount> amounts;
  const Line* outside = nullptr;
  const Line* inside = nullptr;
  for (const Line& line : lines) {
    if (!line.quantity) continue;
    const TaxTreatment& treatment = taxes.of(line);
    if (treatment.failure)
      throw Error(treatment.failure->code,
                  "line " + std::to_string(line.line) + ": " + treatment.failure->detail,
                  "see [tax.*] in the config");
    amounts.push_back({treatment.taxes, Money(line.amount_minor, draft.currency)});
    (treatment.outside_scope ? outside : inside) = &line;
  }
  if (outside != nullptr && inside != nullptr)
    throw Error(Reason::category_o,
                "line " + std::to_string(outside->line) +
                    ": what is outside the scope of VAT stands alone on its invoice",
                "draft it by itself with `billctl generate --entries`");
  TotalsInput input;
  input.currency = draft.currency;
  input.rounding = draft.rounding;
  input.lines = amounts;
  input.earlier_taxes = earlier;
  input.starting_minor = draft.summary.starting_minor;
  input.exclusions_minor = draft.summary.exclusions_minor;
  input.milestones_minor = draft.summary.milestones_minor;
  input.prepaid_minor = prepaid_gross_minor(invoices.prepayments(draft.id));
  const Totals totals = totals_of(input);
  draft.amounts = totals.amounts;
  draft.summary = totals.summary;
  invoices.replace_taxes(draft.id, totals.taxes);
  Drafts(session.ledger, session.tenant.id).update(draft);
  return draft;
}

}  // namespace billctl
