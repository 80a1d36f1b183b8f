// Tax type: a tax as the config names it, `vat` or `reverse_charge`: its rates through time, what
// it applies to, and what e-invoices call it (S4-31 to S4-33, pricing.md 7).
//
//     rates 24 from 2013-01-01 and 25.5 from 2024-09-01: on 2024-08-31 -> 24
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/date.hpp"
#include "money/decimal.hpp"
#include "money/tax.hpp"

namespace billctl {

/// What a tax may apply to. Time is time, travel time and joined; expense is mileage, allowance,
/// expense and bill; goods is goods and quotes; milestone is instalments.
enum class TaxedKind : std::uint8_t { time, expense, goods, milestone };
std::string_view word(TaxedKind kind);
std::optional<TaxedKind> taxed_kind_of(std::string_view word);
std::vector<std::string> taxed_kind_words();

/// Which date decides which rate counts.
enum class TaxDate : std::uint8_t { invoice_date, work_date };
std::string_view word(TaxDate by);
std::optional<TaxDate> tax_date_of(std::string_view word);
std::vector<std::string> tax_date_words();

/// The words of UNCL5305 that EN 16931 takes, for hints.
std::vector<std::string> tax_category_words();

struct TaxType {
  struct RateFrom {
    Date from;  ///< the first of all dates when the rate has no beginning
    Decimal rate;
    bool operator==(const RateFrom&) const = default;
  };

  std::string code;
  std::vector<RateFrom> rates;  ///< by date, no two from the same
  TaxDate by = TaxDate::invoice_date;
  std::optional<TaxCategory> category;
  std::array<bool, 4> applies_to = {true, true, true, true};  ///< by TaxedKind
  bool is_default = false;
  std::map<std::string, std::string> reason;  ///< by language; one text for all is under ""
  std::string vatex;
  bool operator==(const TaxType&) const = default;

  bool applies(TaxedKind kind) const { return applies_to[static_cast<std::size_t>(kind)]; }
  /// The rate valid on that date, in percent; nothing before the first.
  std::optional<Decimal> rate_on(Date date) const;
  /// The exemption reason in that language, else in English, else the first; empty when there is
  /// none.
  std::string reason_in(std::string_view language) const;
};

}  // namespace billctl
