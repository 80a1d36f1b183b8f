// Delete entries: the only way in which recorded work goes for good (S0-29). Its pending items end,
// and no later import brings it back.
#pragma once

#include <string>
#include <vector>

#include "pipeline/session.hpp"

namespace billctl {

/// `deleted: [ref], remade, released`: all of them or none.
/// @throws Error{entry_locked} for what is drafted or further, or archived; {wrong_state} for a
/// session to which goods are attached that are not deleted with it.
Report delete_entries(Session& session, const std::vector<std::string>& names);

}  // namespace billctl
