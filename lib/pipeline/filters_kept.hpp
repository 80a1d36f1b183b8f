// Filters that are kept under a name: `--save-as NAME` and `--saved NAME` of every listing, `filter
// list`, `show` and `delete` (S0-6).
//
//     work list --client acme --period last-month --save-as month-end
//     work list --saved month-end                    # in December: November's
//     work list --saved month-end --period 2026-10   # the same clients, another period
#pragma once

#include <string>

#include "ledger/saved_filters.hpp"
#include "pipeline/session.hpp"

namespace billctl {

/// The filter of that name. @throws Error{not_found} with the nearest name.
SavedFilter saved_filter(const Session& session, const std::string& name);

/// The saved options with those given now. What is given stands in place of what was saved for the
/// same thing: a client or a selection for both, a period or its ends for all three.
FilterOptions merged(const FilterOptions& saved, const FilterOptions& given);

/// Keeps the options under the name, in place of those that had it. Its own event of the journal.
/// @throws Error{usage} for an empty name and for no options at all, {not_permitted}.
void save_filter(const Session& session, const std::string& name, const FilterOptions& options);

/// `--client acme --period last-month`, as one would type it.
std::string command_line(const FilterOptions& options);

/// {filters: [{filter, options: {client: [code], …}, command_line, saved_at, saved_by}]}
Json filter_list(const Session& session);
Json filter_show(const Session& session, const std::string& name);
/// {filter, deleted: true} @throws Error{not_found}.
Report filter_delete(Session& session, const std::string& name);

}  // namespace billctl
