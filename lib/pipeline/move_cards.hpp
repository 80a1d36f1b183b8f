// Move cards: items that leave a draft with their lines, come onto it, or go to another task
// (S4-6, S4-24, S4-27 to S4-30, X21).
//
//     starting 375.00 of three items; exclude the one of 95.00 -> exclusions 95.00, invoiced
//     280.00, starting stays; include it -> starting 375.00, exclusions 0.00: a fresh card
#pragma once

#include <string>

#include "pipeline/edit_verb.hpp"

namespace billctl {

struct MoveRequest {
  EditTarget target;
  std::string item;  ///< by number
  std::string reason;
};

/// The item is pending again; its adjustments are undone and its initial value is booked as an
/// exclusion (X21). A line changed by hand stays as long as another item stands behind it.
/// @throws Error{not_found}, {wrong_state} when it is issued.
Report exclude_item(Session& session, const MoveRequest& request, const Json& arguments);

/// A pending item gets its line among the others; the period widens to hold it. What exclusions
/// held of it is taken back (S4-29). @throws Error{wrong_target} for another client, bill-to or
/// currency, {wrong_state} when it is not pending or the draft is issued, {category_o} when its tax
/// can't stand beside the others.
Report include_item(Session& session, const MoveRequest& request, const Json& arguments);

/// An exclusion; the item is released and its entry moves to the task, whose client and project it
/// follows, so that compile makes a new item there. Other items of that entry go along.
/// @throws Error{wrong_target} when there is no such task, it is on it already, or the entry is a
/// task's own quantity; {entry_locked} when another item of the entry is on another invoice.
Report transfer_item(Session& session, const MoveRequest& request, const std::string& task,
                     const Json& arguments);

}  // namespace billctl
