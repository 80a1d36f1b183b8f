// Change material: which items stand behind an invoice and at what report price (S1-14 to S1-17,
// S1-31 to S1-44). Links and report prices change at once, the document's lines do not: that is
// what `save` means (S1-38). `apply` makes the lines of a draft follow (S1-39). The material of an
// issued invoice stays changeable, its document does not (X2).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "calendar/period.hpp"
#include "pipeline/edit_verb.hpp"

namespace billctl {

struct LinkRequest {
  EditTarget target;
  std::vector<std::string> items;  ///< by number
  std::optional<Period> period;    ///< the material period from now on (S1-15)
  std::string reason;
};

/// Pending items join the material, without a line yet; one outside the material period widens it.
/// A draft's approvals fall. @throws Error{wrong_target} for another client, bill-to or currency,
/// {wrong_state} when one is not pending, {not_found}, {usage} with neither items nor period.
Report link_material(Session& session, const LinkRequest& request, const Json& arguments);

struct ReleaseRequest {
  EditTarget target;
  std::vector<std::string> items;
  std::string reason;  ///< needed when the invoice is issued (X3)
};

/// Items leave the material and are pending again; lines stay, and the others' report prices make
/// up for it (S1-37). Of an issued invoice they are flagged `previously_invoiced_on`.
/// @throws Error{usage} without a reason for an issued one, {not_found}.
Report release_material(Session& session, const ReleaseRequest& request, const Json& arguments);

struct PriceRequest {
  EditTarget target;
  std::string item;
  std::string amount;  ///< in the invoice's currency
};

/// Sets the update row of an item that is no hours (S1-32). @throws Error{rate_fixed} for time
/// (S1-33), {usage} for what is no amount, {not_found}.
Report price_material(Session& session, const PriceRequest& request, const Json& arguments);

struct RevertRequest {
  EditTarget target;
  std::vector<std::string> items;  ///< empty: all
};

/// Update rows are dropped and report prices are the original shares; what of the lines they do not
/// make up is unallocated (S1-36). @throws Error{not_found}.
Report revert_material(Session& session, const RevertRequest& request, const Json& arguments);

/// Matches the report prices anew and tells how each differs from its original one (S1-34, S1-35).
Report save_material(Session& session, const EditTarget& target, const Json& arguments);

/// The lines follow the material (S1-39): apply_material.hpp. @throws Error{wrong_state} when it is
/// issued (X2).
Report apply_material(Session& session, const EditTarget& target, const Json& arguments);

}  // namespace billctl
