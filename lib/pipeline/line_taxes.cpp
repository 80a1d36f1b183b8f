#include "pipeline/line_taxes.hpp"

#include "approval/gate.hpp"
#include "ledger/invoices.hpp"

namespace billctl {

LineTaxes::LineTaxes(Session& session, const Invoice& invoice, std::string_view language)
    : session_(session), rate_on_(invoice.invoice_on.value_or(session.today)), language_(language) {
  if (!invoice.corrects) return;
  Invoices invoices(session.ledger, session.tenant.id);
  const Invoice corrected = invoices.header(invoice.corrects);
  rate_on_ = corrected.invoice_on.value_or(rate_on_);
  charged_ = invoices.taxes(corrected);
}

const TaxTreatment& LineTaxes::of(const Line& line) {
  const std::optional<Decimal> rate = charged_ ? line.tax_rate : std::nullopt;
  for (const Known& known : known_) {
    if (known.codes == line.tax && known.on == line.first_on && known.rate == rate)
      return *known.treatment;
  }
  known_.push_back({line.tax, line.first_on, rate, std::make_unique<TaxTreatment>(decided(line))});
  return *known_.back().treatment;
}

TaxTreatment LineTaxes::decided(const Line& line) const {
  if (charged_) return as_charged(line);
  return treatment_of(line.tax, session_.config.taxes, rate_on_, line.first_on, language_);
}

TaxTreatment LineTaxes::as_charged(const Line& line) const {
  TaxTreatment treatment;
  treatment.codes = line.tax;
  for (const std::string& code : codes_in(line.tax)) {
    const TaxRow* found = nullptr;
    for (const TaxRow& row : *charged_) {
      if (row.identity.tax != code) continue;
      const bool its_rate = line.tax_rate && row.identity.rate == *line.tax_rate;
      if (found == nullptr || its_rate) found = &row;
    }
    if (found == nullptr) {
      treatment.failure =
          Finding{Reason::tax_invalid, "tax " + code + " is not on the invoice that it corrects"};
      return treatment;
    }
    treatment.taxes.push_back({found->identity, found->reason, found->vatex});
    if (found->identity.category == TaxCategory::outside_scope) treatment.outside_scope = true;
  }
  return treatment;
}

}  // namespace billctl
