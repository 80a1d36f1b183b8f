// Clock: where "now" comes from. Verbs take an Instant; cmd reads the machine's clock, once, behind
// this interface, and `--now` and tests put a fixed one in its place.
#pragma once

#include "calendar/instant.hpp"

namespace billctl {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

/// A clock that stands still, until it is set.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(Instant now) : now_(now) {}
  Instant now() const override { return now_; }
  void set(Instant now) { now_ = now; }

 private:
  Instant now_;
};

}  // namespace billctl
