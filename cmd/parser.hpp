// Parser: argv to Parsed, by the table of commands. CLI11 splits the words; what it says of
// mistakes is said anew here, with the nearest known word.
#pragma once

#include <string>
#include <vector>

#include "invocation.hpp"

namespace billctl::cmd {

/// @throws Error{usage}.
Parsed parse(const std::vector<std::string>& words);

/// The command that the words name, as far as they name one; for --help. Nullptr for none.
const Command* named_command(const std::vector<std::string>& words);

/// The name under which an option is asked for: its long form, or the short one where there is
/// none.
std::string key_of(const Option& option);

}  // namespace billctl::cmd
