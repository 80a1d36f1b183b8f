// Edit heading: what stands around the lines of an invoice, changed by hand: its name, date, terms,
// PO number, titles, period, AR period, who is billed, its annex, and whether it bills by the hour
// or by the day. Approvals stay (S4-7), but for an hour/day flag that changes an amount (X22).
//
//     invoice edit DRAFT00007 --date 2026-10-31 --terms net30
//       -> date 2026-10-31, due 2026-11-30, AR period 2026-10 (S4-13 to S4-15)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "calendar/period.hpp"
#include "invoice/invoice.hpp"
#include "pipeline/session.hpp"
#include "work/books.hpp"

namespace billctl {

/// What is to be otherwise; what is absent stays.
struct HeadingEdit {
  std::string invoice;  ///< by any name it ever had
  std::optional<std::string> name, title, subtitle, po_number;
  std::optional<std::string> terms;         ///< a code of [terms.*]
  std::optional<std::optional<Date>> date;  ///< none inside: the day of issue again (S4-13)
  std::optional<Period> period;             ///< on an issued invoice the material's alone (S1-15)
  std::optional<std::string> ar_period;     ///< YYYY-MM; empty: the month of the date again
  std::optional<std::string> bill_to;       ///< a client's code
  std::optional<BillBy> bill_by;
  std::optional<Annex> annex;
  std::optional<std::string> notes;      ///< instead of those there are, on any invoice
  std::optional<std::int64_t> revision;  ///< refuse another one
  std::optional<std::string> seen;  ///< the text (heading_text.hpp) that the editor was opened on

  bool is_empty() const;
  /// Only what a project manager may change too: PO number and hour/day (S4-4).
  bool is_managers() const;
};

/// The verb `invoice edit`. The body is {invoice, state, revision, changed: [{field, from, to}],
/// date, due_date, ar_period, amounts}; nothing changed is no failure.
/// @throws Error{usage} for no change asked for or a text with a line end; {not_found} for an
/// invoice, terms or client that is none; {wrong_state} when it is issued; {wrong_target} for a
/// client of another currency; {override_off}, {period_closed} (S4-21); {changed}.
Report edit_heading(Session& session, const HeadingEdit& edit, const Json& arguments);

/// The heading as `field`, value, in the order in which people read it; fields are the option
/// names.
using HeadingFields = std::vector<std::pair<std::string, std::string>>;
HeadingFields heading_fields(const Books& books, const Invoice& invoice);

}  // namespace billctl
