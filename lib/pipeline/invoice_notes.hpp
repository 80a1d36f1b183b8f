// Invoice notes: free text of the team beside an invoice, in any state of it; what was sealed are
// the notes as they stood at issue (S4-23).
#pragma once

#include <string>

#include "pipeline/session.hpp"

namespace billctl {

struct NoteRequest {
  std::string invoice;  ///< by any name it ever had
  std::string text;
  bool replace = false;  ///< instead of the notes there are; otherwise on top of them
};

/// The verb `invoice note`. The body is {invoice, state, notes}.
/// @throws Error{usage} for no text without `replace`, {not_found}.
Report note_invoice(Session& session, const NoteRequest& request, const Json& arguments);

}  // namespace billctl
