// Credit: a credit note of an issued invoice, as a draft that is approved, issued and delivered
// like any other (spec/cli.md, `invoice credit`; X2). Never more than the invoice, per line and
// tax.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "invoice/credit.hpp"
#include "invoice/invoice.hpp"
#include "pipeline/session.hpp"
#include "work/books.hpp"

namespace billctl {

struct CreditRequest {
  std::string invoice;
  // One of these.
  bool all = false;
  std::vector<std::int64_t> lines;
  std::string entry;
  std::optional<Decimal> percent;  ///< of the invoice before tax
  std::string amount;              ///< before tax, in the invoice's currency

  std::optional<Decimal> hours;  ///< of the entry
  std::string reason;
  ItemsAfter items = ItemsAfter::keep;
};

/// A credit note made as a draft, and the items that it is about.
struct CreditDraft {
  Invoice invoice;
  std::vector<ItemId> items;
};

/// Inside a write. @throws Error{not_found}; {wrong_state} unless it is an issued invoice;
/// {over_invoice} with what is left; {usage}.
CreditDraft make_credit(Session& session, const Books& books, const CreditRequest& request);

/// The verb. `{invoice, corrects, amounts, items: [{item, state}]}`.
Report credit_invoice(Session& session, const CreditRequest& request, const Json& arguments);

/// What becomes of the items of a credit note that was just issued (Issuer). Inside a write.
void settle_credited_items(Session& session, const Invoice& credit_note);

}  // namespace billctl
