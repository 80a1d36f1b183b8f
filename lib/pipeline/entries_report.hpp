// What there is of recorded work, for `entry list` and `entry show` (spec/cli.md, work).
#pragma once

#include <string>

#include "ledger/codes.hpp"
#include "ledger/entry_list.hpp"
#include "pipeline/session.hpp"
#include "text/json.hpp"
#include "work/filter_test.hpp"

namespace billctl {

/// One entry, in the manner of an item of `item list`: prices and amounts as texts with their
/// currency's digits, times as instants in UTC.
Json entry_json(const Session& session, const ListedEntry& listed, Codes& codes);

/// `entries`, by row; a page of them with filter.limit and filter.after. `sort` is the caller's.
/// @throws Error{usage} for a kind or state that there is not, {not_found} for `after`,
/// {not_permitted} for the entries of others.
Json entry_list(Session& session, const Filter& filter);

/// entry_json with its items and, when it is parked, why: `items: [{item, kind, state, invoice}]`,
/// `parked: {code, detail}`. `entry:e1` and `e1` name the same.
/// @throws Error{not_found}.
Json entry_show(Session& session, const std::string& name);

/// @throws Error{usage} for a kind or state that there is not.
void check_entry_words(const Filter& filter);
/// Whether the filter takes the entry.
bool takes_entry(const FilterTest& test, const ListedEntry& listed);

/// The ref in a name such as `entry:e1`.
std::string entry_ref_of(const std::string& name);

/// A refusal that says which refs are near. @throws Error{not_found}, always.
[[noreturn]] void no_entry(const std::string& name);

}  // namespace billctl
