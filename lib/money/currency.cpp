#include "money/currency.hpp"

#include <algorithm>
#include <string_view>

namespace billctl {
namespace {

// ISO 4217 list one, by digits of the minor unit; each list is sorted.
constexpr std::string_view kNone[] = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG",
                                      "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"};
constexpr std::string_view kThree[] = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
constexpr std::string_view kFour[] = {"CLF", "UYW"};
constexpr std::string_view kTwo[] = {
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT",
    "BGN", "BMD", "BND", "BOB", "BOV", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF",
    "CHE", "CHF", "CHW", "CNY", "COP", "COU", "CRC", "CUC", "CUP", "CVE", "CZK", "DKK", "DOP",
    "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GTQ",
    "GYD", "HKD", "HNL", "HRK", "HTG", "HUF", "IDR", "ILS", "INR", "IRR", "JMD", "KES", "KGS",
    "KHR", "KPW", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "MAD", "MDL", "MGA", "MKD",
    "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MXV", "MYR", "MZN", "NAD", "NGN",
    "NIO", "NOK", "NPR", "NZD", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "QAR", "RON", "RSD",
    "RUB", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SLL", "SOS", "SRD", "SSP",
    "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH",
    "USD", "USN", "UYU", "UZS", "VED", "VES", "WST", "XAD", "XCD", "XCG", "YER", "ZAR", "ZMW",
    "ZWG", "ZWL"};
static_assert(std::ranges::is_sorted(kNone) && std::ranges::is_sorted(kTwo) &&
              std::ranges::is_sorted(kThree) && std::ranges::is_sorted(kFour));

/// Digits of the minor unit; -1 for no such code.
signed char digits_of(std::string_view code) {
  if (std::ranges::binary_search(kTwo, code)) return 2;
  if (std::ranges::binary_search(kNone, code)) return 0;
  if (std::ranges::binary_search(kThree, code)) return 3;
  if (std::ranges::binary_search(kFour, code)) return 4;
  return -1;
}

}  // namespace

std::optional<Currency> Currency::of(std::string_view code) {
  if (code.size() != 3) return std::nullopt;
  const signed char digits = digits_of(code);
  if (digits < 0) return std::nullopt;
  return Currency({code[0], code[1], code[2]}, digits);
}

}  // namespace billctl
