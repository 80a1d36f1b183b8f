// Currency: an ISO 4217 code and how many digits its minor unit has. EUR 2, JPY 0, KWD 3.
//
// Only codes of the standard that have a minor unit exist, and the few withdrawn since 2020, which
// older invoices still carry. A Currency is four bytes: pass it by value.
#pragma once

#include <array>
#include <compare>
#include <optional>
#include <string_view>

namespace billctl {

class Currency {
 public:
  /// The currency of that code; nothing for an unknown code, also in lower case.
  static std::optional<Currency> of(std::string_view code);
  /// XXX, ISO 4217's own word for no currency: what a record holds until it is filled in.
  static Currency none() { return Currency({'X', 'X', 'X'}, 2); }

  /// The three capital letters; valid as long as this object.
  std::string_view code() const { return {letters_.data(), letters_.size()}; }
  /// Digits of the minor unit: 0, 2, 3 or 4.
  int digits() const { return digits_; }

  auto operator<=>(const Currency&) const = default;

 private:
  Currency(std::array<char, 3> letters, signed char digits) : letters_(letters), digits_(digits) {}
  std::array<char, 3> letters_;
  signed char digits_;
};

}  // namespace billctl
