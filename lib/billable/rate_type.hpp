// Rate type: what an hour costs by another role or job type than its own; for an adjustment on a
// draft (S4-25). Of the rows of the rate card that name that role or job type and fit the entry in
// all else that they name, the one that spec/pricing.md 5 takes.
//
//     rows: role junior 80, role senior 120, client acme + role senior 110
//     an hour for acme by a junior, as role:senior -> 110
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/date.hpp"
#include "catalogue/product.hpp"
#include "money/currency.hpp"
#include "money/decimal.hpp"
#include "outcome/id.hpp"

namespace billctl {

/// `role:senior` or `job_type:dev`; one of the two.
struct RateType {
  std::string role;
  std::string job_type;
};
/// Nothing for what is written otherwise.
std::optional<RateType> parse_rate_type(std::string_view text);

/// What the rate card asks of an hour, as the entry has it.
struct RatedHour {
  ProjectId project;
  ClientId client;
  MemberId member;
  std::string role;  ///< of the member
  JobTypeId job_type;
  Date work_on = Date::from_days(0);
  Currency currency = Currency::none();
};

/// The price per hour; nothing when no row fits.
/// @param job_type the row of type.job_type; none when type names a role.
/// @param base the tenant's currency, which an empty one of a row means.
std::optional<Decimal> rate_of_type(const std::vector<Rate>& rates, const RateType& type,
                                    JobTypeId job_type, RatedHour hour, Currency base);

}  // namespace billctl
