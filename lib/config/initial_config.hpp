// The billctl.toml that `init` writes: every key with its default or a sample and a word on it
// (spec/config.md, first paragraph).
#pragma once

#include <string>

namespace billctl {

/// What is active loads as it is; `# key = …` lines become settings when their `# ` is taken away.
/// @param test `[tenant] test = true`: a place to try things, with TEST on its documents.
std::string initial_config(bool test);

}  // namespace billctl
