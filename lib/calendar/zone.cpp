#include "calendar/zone.hpp"

#include <cctz/civil_time.h>
#include <cctz/time_zone.h>

#include <algorithm>
#include <chrono>

namespace billctl {
namespace {

using CctzInstant = cctz::time_point<cctz::seconds>;

CctzInstant to_cctz(Instant instant) {
  return CctzInstant(cctz::seconds(instant.seconds()));
}
Instant from_cctz(CctzInstant instant) {
  return Instant::from_seconds(instant.time_since_epoch().count());
}

cctz::civil_second to_civil(LocalTime local) {
  const auto [year, month, day] = local.date.fields();
  return cctz::civil_second(year, month, day, local.hour(), local.minute(), local.second());
}

/// A name inside the database: no path of the user's, none of the words that mean the machine's
/// zone.
bool is_database_name(std::string_view name) {
  constexpr std::string_view kPunctuation = "/_-+";
  const auto allowed = [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kPunctuation.find(c) != std::string_view::npos;
  };
  return !name.empty() && name.size() <= 64 && name.front() != '/' &&
         std::ranges::all_of(name, allowed) && name != "localtime" && name != "posixrules";
}

}  // namespace

struct Zone::Rules {
  std::string name;
  cctz::time_zone zone;
};

std::optional<Zone> Zone::load(std::string_view name) {
  if (!is_database_name(name)) return std::nullopt;
  auto rules = std::make_shared<Rules>(Rules{std::string(name), {}});
  if (!cctz::load_time_zone(rules->name, &rules->zone)) return std::nullopt;
  return Zone(std::move(rules));
}

Zone Zone::utc() {
  return Zone(std::make_shared<Rules>(Rules{"UTC", cctz::utc_time_zone()}));
}

const std::string& Zone::name() const {
  return rules_->name;
}

LocalTime Zone::local(Instant instant) const {
  return LocalTime::from_seconds(instant.seconds() + rules_->zone.lookup(to_cctz(instant)).offset);
}

LocalInstants Zone::instants(LocalTime local) const {
  const auto found = rules_->zone.lookup(to_civil(local));
  using Found = cctz::time_zone::civil_lookup;
  switch (found.kind) {
    case Found::SKIPPED:
      return {LocalInstants::Kind::skipped, from_cctz(found.trans), from_cctz(found.trans)};
    case Found::REPEATED:
      return {LocalInstants::Kind::repeated, from_cctz(found.pre), from_cctz(found.post)};
    case Found::UNIQUE:
      break;
  }
  return {LocalInstants::Kind::unique, from_cctz(found.pre), from_cctz(found.pre)};
}

Instant Zone::first_instant(Date date) const {
  return instants({date, 0}).first;
}

}  // namespace billctl
