// The commands on items: what there is, what it would cost now, and giving an item back to its
// entry (spec/cli.md, items).
#pragma once

#include <string>
#include <vector>

#include "ledger/codes.hpp"
#include "ledger/item_list.hpp"
#include "outcome/id.hpp"
#include "pipeline/session.hpp"
#include "work/filter.hpp"

namespace billctl {

/// One item as `item list --json` pins it.
Json item_json(const ListedItem& listed, Codes& codes);

/// `items`, by row; a page of them with filter.limit and filter.after. `sort` is the caller's.
/// @throws Error{usage} for a kind or state that there is not, {not_found} for `after`.
Json item_list(Session& session, const Filter& filter);

/// @throws Error{usage} for a kind or state of items that there is not, with the nearest.
void check_item_words(const Filter& filter);

/// item_json and what decided it: raw and billed seconds, metres, time rule, row of the price.
/// @throws Error{not_found}.
Json item_show(Session& session, const std::string& name);

/// Makes pending items anew now, with what they cost before and after: `items: [{item, entry, from,
/// to}]`, those that changed. Without names: all pending ones that the filter takes.
Report reprice_items(Session& session, const std::vector<std::string>& names, const Filter& filter);

/// Ends pending items; their entries are open again, and the next compile makes new ones.
/// @throws Error{wrong_state} when one of them is not pending: then none is released.
Report release_items(Session& session, const std::vector<std::string>& names);

/// The row of an item named `12` or `item:12`. @throws Error{not_found}.
ItemId item_named(const std::string& name);

}  // namespace billctl
