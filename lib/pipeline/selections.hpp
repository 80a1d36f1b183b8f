// Selections: named sets of clients, which listings filter by and jobs take (S3-1).
#pragma once

#include <string>
#include <vector>

#include "pipeline/session.hpp"
#include "work/books.hpp"
#include "work/filter.hpp"

namespace billctl {

/// `selections: [{selection, clients: [code]}]`, by name; of a filter by clients those that have
/// one of its clients, `after` a name those behind it.
Json selection_list(const Session& session, const Books& books, const Filter& filter);
/// `{selection, clients: [{client, name}]}`. @throws Error{not_found}.
Json selection_show(const Session& session, const Books& books, const std::string& name);

/// Adds clients to a selection, which exists by having one: `{selection, added: [code], clients}`.
/// Those in it already stay. @throws Error{not_found}.
Report selection_add(Session& session, const std::string& name,
                     const std::vector<std::string>& clients);
/// Takes clients out; a later import does not bring them back: `{selection, removed, clients}`.
/// @throws Error{not_found} for a client that is not in it.
Report selection_remove(Session& session, const std::string& name,
                        const std::vector<std::string>& clients);
/// Gives a selection another name, makes it consist of these clients, or both; what a later import
/// says of it is left alone: `{selection, renamed, added: [code], removed: [code], clients}`.
/// @param rename empty: its name stays. @param clients empty: they stay.
/// @throws Error{not_found}, {wrong_state} for a name that another has, {usage} for nothing to do.
Report selection_edit(Session& session, const std::string& name, const std::string& rename,
                      const std::vector<std::string>& clients);

}  // namespace billctl
