// New names: a name that a person types for a new thing (a selection, an entry's id, a filter) goes
// by the rules that the same name in an import has: else a ledger would hold what no file may
// bring.
#pragma once

#include <string>

namespace billctl {

/// @param what the thing, for the message: `selection`.
/// @throws Error{usage}: empty, longer than 200 bytes, with a control or bidi character, or with
/// blanks around it. Source: spec/import.md, codes.
void require_new_name(const std::string& what, const std::string& name);

}  // namespace billctl
