// What there is of clients, projects, tasks, members and products, for `client list`, `client show`
// and the same of the others.
#pragma once

#include <string>

#include "pipeline/session.hpp"
#include "text/json.hpp"
#include "work/books.hpp"
#include "work/filter.hpp"

namespace billctl {

enum class MasterKind { client, project, task, member, product };
std::string_view word(MasterKind kind);

/// `clients: [{client, name, …}]`, by row, of those that the filter takes: clients by client,
/// projects and tasks by client, project, task and state (their status), members by member.
/// @throws Error{usage} for a state that there is not, {not_found} for `after`.
Json master_list(const Session& session, const Books& books, MasterKind kind, const Filter& filter);

/// One of them with all its fields. @throws Error{not_found} with the nearest code.
Json master_show(const Session& session, const Books& books, MasterKind kind,
                 const std::string& code);

}  // namespace billctl
