// Numbers: what is read is printed and read again as the same; what is rounded is off by less than
// a unit; shares add up.
#include <vector>

#include "money/allocation.hpp"
#include "money/money.hpp"
#include "money/rounding.hpp"
#include "outcome/error.hpp"
#include "targets.hpp"

namespace billctl::fuzz {
namespace {

void decimal(std::string_view text) {
  std::string_view why;
  const auto read = Decimal::parse(text, &why);
  must(read.has_value() || !why.empty(), "what is no number is told why");
  if (!read) return;
  must(Decimal::parse(read->to_text()) == read, "a number prints and reads again");
  must(Decimal::parse(read->to_text(2)) == read, "a number with two digits reads again");
}

void amounts(std::string_view text, std::string_view others) {
  const auto price = Decimal::parse(others);
  const auto quantity = Decimal::parse(text);
  for (const char* code : {"EUR", "JPY", "BHD"}) {
    const Currency currency = *Currency::of(code);
    if (const auto read = Money::parse(text, currency))
      must(Money::parse(read->to_text(), currency) == read, "an amount prints and reads again");
    if (!price || !quantity) continue;
    for (const Rounding rounding : {Rounding::half_away, Rounding::half_even}) {
      try {
        const Money made = amount(*quantity, *price, currency, rounding);
        // quantity x price is in 10^-12; the amount in 10^-digits.
        Int128 unit = 1;
        for (int digits = 12 - currency.digits(); digits > 0; --digits) unit *= 10;
        const Int128 exact = Int128{quantity->micro()} * price->micro();
        const Int128 off = exact - Int128{made.minor()} * unit;
        must(2 * off <= unit && -2 * off <= unit, "an amount is the nearest one");
        must(amount(*price, *quantity, currency, rounding) == made, "a product has no order");
      } catch (const Error& error) {
        must(error.code() == Reason::failed, "what does not fit is refused");
      }
    }
  }
}

void shares(std::string_view bytes) {
  const auto total = static_cast<std::int64_t>(number(bytes, 6)) - (std::int64_t{1} << 46U);
  std::vector<std::int64_t> weights;
  while (!bytes.empty() && weights.size() < 64)
    weights.push_back(static_cast<std::int64_t>(number(bytes, 3)));
  if (weights.empty()) return;
  std::int64_t sum = 0;
  for (const std::int64_t share : allocated(total, weights)) sum += share;
  must(sum == total, "shares add up");
}

}  // namespace

void money(std::string_view bytes) {
  const std::string_view all = bytes;
  const std::string_view first = taken(bytes, '\n');
  decimal(first);
  amounts(first, taken(bytes, '\n'));
  shares(all);
}

}  // namespace billctl::fuzz
