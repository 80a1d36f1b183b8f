#include "billable/rate_type.hpp"

#include "catalogue/rate_card.hpp"

namespace billctl {

std::optional<RateType> parse_rate_type(std::string_view text) {
  constexpr std::string_view kRole = "role:", kJobType = "job_type:";
  RateType type;
  if (text.starts_with(kRole)) {
    type.role = text.substr(kRole.size());
  } else if (text.starts_with(kJobType)) {
    type.job_type = text.substr(kJobType.size());
  }
  if (type.role.empty() && type.job_type.empty()) return std::nullopt;
  return type;
}

std::optional<Decimal> rate_of_type(const std::vector<Rate>& rates, const RateType& type,
                                    JobTypeId job_type, RatedHour hour, Currency base) {
  RateCard named;
  for (const Rate& rate : rates) {
    const bool names_it =
        type.role.empty() ? job_type && rate.job_type == job_type : rate.role == type.role;
    if (names_it) named.add(rate, base);
  }
  if (!type.role.empty()) hour.role = type.role;
  if (job_type) hour.job_type = job_type;
  const CataloguePrice found =
      named.find({hour.project, hour.client, hour.member, named.role(hour.role), hour.job_type,
                  hour.work_on, hour.currency});
  if (found.row_id == 0) return std::nullopt;
  return found.price;
}

}  // namespace billctl
