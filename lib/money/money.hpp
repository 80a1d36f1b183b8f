// Money: an amount in the minor units of its currency. 12.50 EUR is 1250, 13 JPY is 13.
//
// Amounts of two currencies never meet in one sum (spec/arithmetic.md 11): to try is a bug, which
// aborts. Money never rounds; what rounds is in money/rounding.hpp.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "money/currency.hpp"
#include "money/wide.hpp"

namespace billctl {

class Money {
 public:
  Money(std::int64_t minor, Currency currency) : minor_(minor), currency_(currency) {}
  static Money zero(Currency currency) { return Money(0, currency); }
  /// Reads "1234.50", "-5", with at most the currency's digits behind the point; more is refused.
  /// @param why told, when nothing is returned, what is wrong: "more than 2 fraction digits".
  static std::optional<Money> parse(std::string_view text, Currency currency,
                                    std::string_view* why = nullptr);

  std::int64_t minor() const { return minor_; }
  Currency currency() const { return currency_; }
  bool is_zero() const { return minor_ == 0; }
  bool is_negative() const { return minor_ < 0; }
  Money absolute() const { return is_negative() ? -*this : *this; }

  /// With all the digits of its currency and without its code: "1234.50", "-5.00", JPY "1234".
  std::string to_text() const;
  void append_to(std::string& out) const;

  bool operator==(const Money&) const = default;
  /// Of one currency only.
  friend std::strong_ordering operator<=>(const Money& a, const Money& b) {
    a.same_currency(b);
    return a.minor_ <=> b.minor_;
  }

  // Each: of one currency only. @throws Error{failed} when the result does not fit.
  friend Money operator+(const Money& a, const Money& b) {
    a.same_currency(b);
    return {checked_add(a.minor_, b.minor_, "an amount"), a.currency_};
  }
  friend Money operator-(const Money& a, const Money& b) {
    a.same_currency(b);
    return {checked_subtract(a.minor_, b.minor_, "an amount"), a.currency_};
  }
  friend Money operator-(const Money& a) { return zero(a.currency_) - a; }
  Money& operator+=(const Money& other) { return *this = *this + other; }
  Money& operator-=(const Money& other) { return *this = *this - other; }

 private:
  void same_currency(const Money& other) const {
    if (currency_ != other.currency_) [[unlikely]]
      two_currencies();
  }
  [[noreturn]] static void two_currencies();

  std::int64_t minor_;
  Currency currency_;
};

}  // namespace billctl
