// Decimal: an exact fixed-point number with six fraction digits, for unit prices, quantities, tax
// rates and percentages. 25.5 % is 25.5, held as 25500000 millionths; never a binary fraction.
//
// It reaches from -9223372036854.775807 to 9223372036854.775807. Adding is checked; multiplying and
// dividing round and are therefore in money/rounding.hpp only.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "money/fixed_point.hpp"
#include "money/wide.hpp"

namespace billctl {

class Decimal {
 public:
  static constexpr int kFractionDigits = 6;
  static constexpr std::int64_t kOne = 1'000'000;

  constexpr Decimal() = default;  ///< 0
  static constexpr Decimal from_micro(std::int64_t micro) { return Decimal(micro); }
  /// @throws Error{failed} when it does not fit.
  static Decimal from_integer(std::int64_t whole) {
    return Decimal(checked_multiply(whole, kOne, "a number"));
  }
  /// Reads "0.8333", "-5", "+27.50": a point, no exponent, no grouping (spec/import.md, "Cells").
  /// @param fraction_digits_max 0..6; kilometres have 3.
  /// @param why told, when nothing is returned, what is wrong: "more than 6 fraction digits".
  static std::optional<Decimal> parse(std::string_view text, std::string_view* why = nullptr) {
    return parse(text, kFractionDigits, why);
  }
  static std::optional<Decimal> parse(std::string_view text, int fraction_digits_max,
                                      std::string_view* why = nullptr) {
    const auto micro = parse_fixed(text, kFractionDigits, fraction_digits_max, why);
    if (!micro) return std::nullopt;
    return Decimal(*micro);
  }

  /// The coefficient, in millionths: what the ledger stores.
  constexpr std::int64_t micro() const { return micro_; }
  constexpr bool is_zero() const { return micro_ == 0; }
  constexpr bool is_negative() const { return micro_ < 0; }

  /// Without trailing zeros: "0.8333", "5", "-0.5". How quantities are shown.
  std::string to_text() const { return to_text(0); }
  /// With at least so many fraction digits: a price in EUR is "95.00", "27.50", "0.123456".
  std::string to_text(int fraction_digits_min) const {
    std::string text;
    append_to(text, fraction_digits_min);
    return text;
  }
  void append_to(std::string& out, int fraction_digits_min = 0) const {
    append_fixed(out, micro_, kFractionDigits, fraction_digits_min);
  }

  auto operator<=>(const Decimal&) const = default;

  // Each: @throws Error{failed} when the result does not fit.
  friend Decimal operator+(Decimal a, Decimal b) {
    return Decimal(checked_add(a.micro_, b.micro_, "a sum"));
  }
  friend Decimal operator-(Decimal a, Decimal b) {
    return Decimal(checked_subtract(a.micro_, b.micro_, "a difference"));
  }
  friend Decimal operator-(Decimal a) { return Decimal() - a; }
  Decimal& operator+=(Decimal other) { return *this = *this + other; }
  Decimal& operator-=(Decimal other) { return *this = *this - other; }
  Decimal absolute() const { return is_negative() ? -*this : *this; }

 private:
  explicit constexpr Decimal(std::int64_t micro) : micro_(micro) {}
  std::int64_t micro_ = 0;
};

}  // namespace billctl
