// Entry: one piece of recorded work; the sources also say session, time, card.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "calendar/date.hpp"
#include "calendar/instant.hpp"
#include "money/decimal.hpp"
#include "outcome/id.hpp"

namespace billctl {

enum class EntryKind { time, mileage, expense, goods, allowance, bill, instalment, quote };
constexpr std::array<std::string_view, 8> kEntryKindWords = {
    "time", "mileage", "expense", "goods", "allowance", "bill", "instalment", "quote"};
std::string_view word(EntryKind kind);
std::optional<EntryKind> entry_kind_of(std::string_view word);

enum class Charge { billable, contractual, non_billable };
constexpr std::array<std::string_view, 3> kChargeWords = {"billable", "contractual",
                                                          "non_billable"};
std::string_view word(Charge charge);
std::optional<Charge> charge_of(std::string_view word);

struct Entry {
  EntryId id;
  std::string ref;  ///< its identity from outside
  std::string source;
  EntryKind kind = EntryKind::time;
  TaskId task;
  ProjectId project;  ///< the task's, or its own
  MemberId member;
  std::optional<Instant> started_at;
  std::optional<Instant> stopped_at;
  std::optional<std::int64_t> raw_seconds;  ///< as recorded, kept for ever
  Date work_on = Date::from_days(0);        ///< fixed at import (X27)
  std::string zone;
  std::optional<Decimal> quantity;
  std::string unit;
  std::optional<Decimal> unit_price;
  std::optional<std::int64_t> amount_minor;  ///< before tax, in the item's currency
  std::optional<std::int64_t> distance_metres;
  std::optional<std::int64_t> transport_seconds;
  std::optional<Decimal> transport_unit_price;  ///< per hour
  ProductId product;
  JobTypeId job_type;
  std::string description;
  Charge charge = Charge::billable;
  std::optional<Instant> confirmed_at;
  std::string confirmed_by;
  bool to_rebill = true;
  EntryId parent;
  std::string invoiced_as;  ///< a number of another program
  std::optional<Instant> archived_at;
  std::optional<Instant> withdrawn_at;
};

}  // namespace billctl
