// The program as one function: words in, exit code out. Every Error is caught here and nowhere
// else. `main` calls it, and so do the harnesses of tests/ that run commands in a forked child of
// theirs.
#pragma once

#include <string>
#include <vector>

namespace billctl::cmd {

/// Runs `billctl WORDS…`, printing to stdout and stderr. It sets this process's umask and signals
/// and may change its folder (`-C`).
/// @return the exit code of spec/cli.md
int start(std::vector<std::string> words);

}  // namespace billctl::cmd
