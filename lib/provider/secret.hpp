// Secret: a password or token from where the config says it is: a variable, a file of its owner
// alone, or a command. It is never printed, stored or put into an argv.
#pragma once

#include <string>
#include <vector>

namespace billctl {

// Each: without line feeds at its end.
// @throws Error{bad_config} naming the place when there is none there, or others may read it.
std::string secret_of_variable(const std::string& name);
std::string secret_of_file(const std::string& path);
std::string secret_of_command(const std::vector<std::string>& argv);

}  // namespace billctl
