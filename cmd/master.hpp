// The listings of clients, projects, tasks, members and products, which are alike.
#pragma once

#include <string>
#include <vector>

#include "command.hpp"
#include "pipeline/master_report.hpp"

namespace billctl::cmd {

/// `client list` and its like.
/// @param columns of the table for people, as fields of a row; `>` sets one to the right.
Command list_command(MasterKind kind, std::string summary, std::string example,
                     std::vector<std::string> columns);
/// `client show` and its like.
Command show_command(MasterKind kind, std::string example);

}  // namespace billctl::cmd
