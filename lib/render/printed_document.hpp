// PrintedDocument: what a renderer gets of an invoice, the same for every medium. All of it is
// stored: rendering never computes an amount.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "calendar/date.hpp"
#include "invoice/document.hpp"
#include "invoice/terms.hpp"
#include "issue/parties.hpp"
#include "render/logo.hpp"

namespace billctl {

/// An entry behind the invoice.
struct AnnexRow {
  Date on = Date::from_days(0);
  std::string member;  ///< empty in an anonymous annex
  std::string work;    ///< the job type, else the task
  std::string description;
  Decimal quantity;
  std::string unit;
  std::string source;  ///< what it is called where it came from, such as a ticket's number
};

struct PrintedDocument {
  Document document;
  Seller seller;
  Buyer buyer;
  std::optional<PaymentTerms> terms;
  std::string corrects;              ///< the number of the invoice that a credit note corrects
  std::optional<Date> corrects_on;   ///< and its date
  std::string language;              ///< the buyer's, else the tenant's
  bool test = false;                 ///< of a test ledger: TEST stands on it
  bool copy = false;                 ///< of what was sent already: COPY stands on it
  std::shared_ptr<const Logo> logo;  ///< none: no picture
  std::vector<AnnexRow> annex;
};

/// On paper a credit note is positive: it says that it gives back.
inline bool is_negated(const PrintedDocument& printed) {
  return printed.document.invoice.type == InvoiceType::credit_note;
}

}  // namespace billctl
