// Edit verb: what every verb that changes one invoice by hand has in common: one transaction, the
// revision asked for, and one form of report.
//
//     {invoice, revision, summary?, amounts, changes: [{item, from, to}], unallocated, warnings}
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/invoice_edit.hpp"
#include "pipeline/session.hpp"

namespace billctl {

/// Which invoice, and at which revision it must be: one that moved on since it was looked at is
/// refused, `changed`.
struct EditTarget {
  std::string invoice;  ///< by any name it ever had
  std::optional<std::int64_t> revision;
};

/// What one change made, beside what `InvoiceEdit::finish` finds.
struct EditMade {
  Touch touch = Touch::content;
  std::string what = {};               ///< for journal and adjustment: "line 2 removed"
  std::vector<Finding> warnings = {};  ///< told before those of the report prices
  Json more = Json::object();          ///< fields of the report behind `revision`, such as `line`
  bool from_original = false;  ///< tell how prices differ from the original ones, not from before
  bool tells_summary = false;  ///< `summary` of the report, before the amounts
  std::function<void()> then = {};  ///< what follows once the invoice is stored
};

/// Opens the invoice, makes the change and stores it, all in one write.
/// @throws Error{not_found}, {changed}, {wrong_state} when it is voided or a credit note; what
/// `change` throws.
Report edit_invoice(Session& session, const Verb& verb, const EditTarget& target,
                    const std::function<EditMade(InvoiceEdit&)>& change);

/// [{item, from, to}]
Json changes_json(const std::vector<PriceChange>& changes, Currency currency);
/// How the report prices of the cards differ from their shares (S1-35).
std::vector<PriceChange> changes_from_original(const Sheet& sheet);

}  // namespace billctl
