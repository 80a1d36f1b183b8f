// Import map file: `import entries --from FORMAT --map FILE.toml`, read into an ImportMap. Every
// mistake is told at once with file:line:column; an empty code is one (a map of `--make-map` not
// filled in).
#pragma once

#include <string>
#include <string_view>

#include "work/import_map.hpp"

namespace billctl {

/// @throws Error{bad_input} with every mistake (the first 100, and how many there are).
ImportMap parse_import_map(std::string_view text, const std::string& file);
/// @throws Error{bad_input} also when the file cannot be read.
ImportMap load_import_map(const std::string& path);

}  // namespace billctl
