// Zone: a time zone of the IANA database, such as Europe/Helsinki. It says on which local date an
// instant falls (the work date, X27) and which instant a local time means. Never the machine's
// zone.
//
// Load a zone once and keep it: a lookup takes some ten nanoseconds, loading a file does not.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "calendar/instant.hpp"

namespace billctl {

/// The instants that a local time means: one as a rule, none in the hour that spring skips, two in
/// the hour that autumn repeats.
struct LocalInstants {
  enum class Kind : std::uint8_t { unique, skipped, repeated };
  Kind kind;
  Instant first;   ///< the only one, or the earlier; when skipped, the first instant after the gap
  Instant second;  ///< the later of two; else the same as first
};

class Zone {
 public:
  /// Nothing for a name that the database does not have, and for names that mean the machine's
  /// zone.
  static std::optional<Zone> load(std::string_view name);
  static Zone utc();

  /// As it was given: "Europe/Helsinki".
  const std::string& name() const;

  /// What a clock in this zone shows at that instant.
  LocalTime local(Instant instant) const;
  /// The local date of an instant: the work date of an entry that started then.
  Date date(Instant instant) const { return local(instant).date; }
  /// Which instants a clock in this zone shows as that local time: in Europe/Helsinki
  /// 2026-10-25 03:30 is repeated, 2026-03-29 03:30 skipped.
  LocalInstants instants(LocalTime local) const;
  /// The first instant of that date; midnight, or later where midnight is skipped.
  Instant first_instant(Date date) const;

 private:
  struct Rules;
  explicit Zone(std::shared_ptr<const Rules> rules) : rules_(std::move(rules)) {}
  std::shared_ptr<const Rules> rules_;
};

}  // namespace billctl
