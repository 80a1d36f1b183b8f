// Invoice selection: the invoices that filters leave, in the order of their draft numbers: for
// `invoice list`, `issue --all-ready`, `approve --all-waiting` (spec/cli.md, "Filters").
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "invoice/invoice.hpp"
#include "pipeline/session.hpp"
#include "work/books.hpp"
#include "work/filter.hpp"

namespace billctl {

/// Headers and told states of the invoices that fit.
///
/// A period means the invoice date; while there is none, the period of its work, which must
/// overlap. States are those of spec/cli.md and `unconfirmed`, which is draft, held and ready.
/// Projects, tasks, members and kinds fit when one of its items does.
/// @throws Error{usage} for an unknown state, kind or sort field.
struct SelectedInvoice {
  Invoice invoice;
  std::string state;
};
std::vector<SelectedInvoice> selected_invoices(Session& session, const Books& books,
                                               const Filter& filter);
/// The same one after the other, for any number of them; `visit` may take what it is given.
void each_selected(Session& session, const Books& books, const Filter& filter,
                   const std::function<void(SelectedInvoice&)>& visit);

}  // namespace billctl
