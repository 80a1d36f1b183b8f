// Line taxes: the taxes of the lines of one document, each combination decided once. An invoice
// goes by the config at the rates of its date (pricing.md 7); a credit note takes back what was
// charged, so it goes by the tax rows of the invoice that it corrects.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "invoice/invoice.hpp"
#include "invoice/tax_treatment.hpp"
#include "money/tax.hpp"
#include "pipeline/session.hpp"

namespace billctl {

class LineTaxes {
 public:
  /// @param language of the buyer, for exemption reasons; must outlive this.
  LineTaxes(Session& session, const Invoice& invoice, std::string_view language);

  /// Of a line with an amount. Its `failure` says why it can't be taxed.
  const TaxTreatment& of(const Line& line);

 private:
  struct Known {
    std::string codes;
    std::optional<Date> on;
    std::optional<Decimal> rate;
    std::unique_ptr<TaxTreatment> treatment;
  };
  TaxTreatment decided(const Line& line) const;
  TaxTreatment as_charged(const Line& line) const;

  Session& session_;
  Date rate_on_;
  std::string_view language_;
  std::optional<std::vector<TaxRow>> charged_;  ///< of the invoice that a credit note corrects
  std::vector<Known> known_;
};

}  // namespace billctl
