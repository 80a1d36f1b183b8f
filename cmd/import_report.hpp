// The report of an import for people: a short table, and warnings.
#pragma once

#include <string>
#include <vector>

#include "intake/tables.hpp"
#include "text/json.hpp"

namespace billctl::cmd {

/// A row for each kind, and in a dry run old -> new of each changed field.
std::string import_text(const Json& body, bool dry_run);
/// `warning: file:line:column: message`, one each.
std::vector<std::string> import_warnings(const Json& body);
/// The report of an import that takes nothing.
Json no_import(TableKind kind);

}  // namespace billctl::cmd
