// Remake lines: the lines of a draft made anew of its cards, keeping their ids, what was typed and
// what was adjusted. For cards that come or go, that are revalued, and for `material apply`.
#pragma once

#include <cstdint>

#include "pipeline/invoice_edit.hpp"

namespace billctl {

/// Which cards get lines made anew.
enum class Remake {
  untouched,  ///< those on lines nobody changed by hand, and those that were included
  all,        ///< those on lines changed by hand too, and those linked since; orphans stay orphans
};

/// Whether that card gets a line made anew.
bool is_remade(const Sheet& sheet, const Card& card, Remake which);

/// Groups the cards as the draft groups; a card with a live price (revalue, rate type) at that
/// price; other adjustments become allowances of the lines. Adjusted amounts of priced cards are
/// set: what they are worth now, less their initial value; but for instalments, which are no
/// adjustment (S4-25). A description written by hand stays, and so does that of a line whose items
/// are the same as before.
/// @returns by what the initial values of the cards that had a line changed in all: cents, when a
/// line is shared anew.
/// @throws Error{several_rates}, {tax_invalid}, {too_many_taxes}.
std::int64_t remake_lines(InvoiceEdit& edit, Remake which = Remake::untouched);

}  // namespace billctl
