// Payment terms: when an invoice is due, counted from its date (S3-15, S4-15, BT-9 and BT-20).
// "net14" on 2026-10-01 -> due on 2026-10-15.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "calendar/date.hpp"
#include "money/decimal.hpp"

namespace billctl {

struct PaymentTerms {
  struct Discount {
    std::int32_t days = 0;
    Decimal percent;
    bool operator==(const Discount&) const = default;
  };

  std::string code;
  std::optional<std::int32_t> days;      ///< none: never due; 0: due on issue
  std::string text;                      ///< as printed, or empty
  std::optional<Decimal> late_interest;  ///< percent a year
  std::optional<Discount> discount;
  bool operator==(const PaymentTerms&) const = default;

  /// The day on which an invoice of that date is due; nothing when it never is.
  std::optional<Date> due_date(Date invoice_date) const {
    if (!days) return std::nullopt;
    return invoice_date.add_days(*days);
  }
};

}  // namespace billctl
