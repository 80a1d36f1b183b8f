// Hold and unhold: a draft on hold is never ready, whatever its approvals say, until it is taken
// off again. Its content and approvals stay as they are.
#pragma once

#include <string>
#include <vector>

#include "pipeline/session.hpp"

namespace billctl {

enum class Hold { on, off };

struct HoldRequest {
  std::vector<std::string> invoices;  ///< by any name
  Hold hold = Hold::on;
  std::string reason;  ///< put on top of the notes
};

/// The verb `invoice hold` or `invoice unhold`. The body is {invoices: [{invoice, state}],
/// refused}; one that is so already is no failure.
Report hold_invoices(Session& session, const HoldRequest& request, const Json& arguments);

}  // namespace billctl
