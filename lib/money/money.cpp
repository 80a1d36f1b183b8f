#include "money/money.hpp"

#include <cstdlib>

#include "money/fixed_point.hpp"
#include "outcome/error.hpp"

namespace billctl {

std::optional<Money> Money::parse(std::string_view text, Currency currency, std::string_view* why) {
  const auto minor = parse_fixed(text, currency.digits(), currency.digits(), why);
  if (!minor) return std::nullopt;
  return Money(*minor, currency);
}

std::string Money::to_text() const {
  std::string text;
  append_to(text);
  return text;
}

void Money::append_to(std::string& out) const {
  append_fixed(out, minor_, currency_.digits(), currency_.digits());
}

void Money::two_currencies() {
  expect(false, "amounts of two currencies never meet in one sum");
  std::abort();
}

}  // namespace billctl
