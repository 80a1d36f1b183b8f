// Explain an invoice: for each line the items behind it, each told as `explain item:` tells it.
#pragma once

#include <string>

#include "pipeline/session.hpp"
#include "text/json.hpp"

namespace billctl {

/// `invoice, lines: [{line, description, amount, items: [as for an entry]}]`, by position; line 0
/// holds what is linked without a line (S1-43), where there is such.
/// @throws Error{not_found} when no invoice ever had that name, {not_permitted}.
Json explain_invoice(Session& session, const std::string& name);

}  // namespace billctl
