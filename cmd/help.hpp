// Help: what --help prints, from the table of commands.
#pragma once

#include <string>

#include "command.hpp"

namespace billctl::cmd {

std::string general_help();
std::string command_help(const Command& command);
/// The commands whose names begin with that word, e.g. all of `invoice`; empty when there is none.
std::string group_help(const std::string& word);

}  // namespace billctl::cmd
