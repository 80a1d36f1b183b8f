// Member: a person who works for the tenant; Team: where he belongs (X8).
#pragma once

#include <optional>
#include <string>

#include "money/decimal.hpp"
#include "outcome/id.hpp"

namespace billctl {

struct Team {
  TeamId id;
  std::string code;
  std::string name;
};

struct Member {
  MemberId id;
  std::string code;
  std::string name;
  std::string email;
  TeamId team;
  std::string role;                      ///< what the rate card selects by
  std::optional<Decimal> hours_per_day;  ///< serves reports only
  std::string os_user;
  std::string active_until_on;
};

}  // namespace billctl
