// Heading editor: the heading of a draft in the person's own editor, for `invoice edit` and
// `generate --edit`.
#pragma once

#include <optional>
#include <string>

#include "invocation.hpp"
#include "pipeline/session.hpp"

namespace billctl::cmd {

/// Whether somebody sits at a terminal: an editor can be opened.
bool can_edit();

/// Opens the heading as text and takes over what was changed.
/// @throws Error{interrupted} when nothing was changed or the editor failed; what was typed stays
/// in a file that the message names.
Report edit_in_editor(Invocation& invocation, const std::string& invoice,
                      std::optional<std::int64_t> revision);

/// What an edit changed, field by field.
std::string edited_heading_text(const Json& body);

}  // namespace billctl::cmd
