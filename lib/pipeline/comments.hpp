// Comments on clients and projects: what accountants note about them, shown beside their work
// (S0-17). One that is set here stays when a later import says another.
#pragma once

#include <string>

#include "pipeline/session.hpp"

namespace billctl {

enum class Commented { client, project };

/// `{client: code or project: code, comment, before}`. An empty text takes the comment away.
/// @throws Error{not_found}.
Report set_comment(Session& session, Commented what, const std::string& code,
                   const std::string& text);

}  // namespace billctl
