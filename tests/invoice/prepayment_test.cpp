// How much of a prepayment may be applied and which tax comes with it (S4-34 to S4-38, X25).
#include "invoice/prepayment.hpp"

#include <doctest/doctest.h>

using namespace billctl;

namespace {

constexpr Rounding kRounding = Rounding::half_away;

}  // namespace

TEST_CASE("X25 the tax of a prepayment is that of its milestone") {
  const ContractFunds funds{.billed_minor = 100000, .billed_tax_minor = 25500};
  CHECK(funds.balance_minor() == 100000);
  CHECK(prepaid_tax_minor(funds, 100000, kRounding) == 25500);
  CHECK(prepaid_tax_minor(funds, 50001, kRounding) == 12750);
  CHECK(prepaid_tax_minor(funds, 0, kRounding) == 0);
}

TEST_CASE("X25 the parts of a prepayment give back all of its tax and no more") {
  ContractFunds funds{.billed_minor = 10000, .billed_tax_minor = 2333};
  std::int64_t given = 0;
  for (const std::int64_t net : {3333, 3333, 3334}) {
    const std::int64_t tax = prepaid_tax_minor(funds, net, kRounding);
    given += tax;
    funds.applied_minor += net;
    funds.applied_tax_minor += tax;
  }
  CHECK(given == 2333);
  CHECK(funds.balance_minor() == 0);
  CHECK(largest_prepayment_minor(funds, 100000, kRounding) == 0);
}

TEST_CASE(
    "S4-35 the largest prepayment is within the balance and with its tax within the invoice") {
  const ContractFunds funds{.billed_minor = 100000, .billed_tax_minor = 25500};
  CHECK(largest_prepayment_minor(funds, 200000, kRounding) == 100000);
  CHECK(largest_prepayment_minor(funds, 125500, kRounding) == 100000);
  CHECK(largest_prepayment_minor(funds, 125499, kRounding) == 99999);
  CHECK(largest_prepayment_minor(funds, 0, kRounding) == 0);
  for (const std::int64_t most : {1, 2, 3, 99, 12345, 61500, 77777}) {
    const std::int64_t net = largest_prepayment_minor(funds, most, kRounding);
    CHECK(net + prepaid_tax_minor(funds, net, kRounding) <= most);
    CHECK(net + 1 + prepaid_tax_minor(funds, net + 1, kRounding) > most);
  }
}

TEST_CASE("S4-37 recognised revenue lowers the balance and may make it negative") {
  ContractFunds funds{.billed_minor = 100000, .billed_tax_minor = 0, .recognised_minor = 130000};
  CHECK(funds.balance_minor() == -30000);
  CHECK(largest_prepayment_minor(funds, 100000, kRounding) == 0);
  funds.billed_minor = 0;
  funds.recognised_minor = -5000;
  CHECK(prepaid_tax_minor(funds, 5000, kRounding) == 0);
  CHECK(largest_prepayment_minor(funds, 4000, kRounding) == 4000);
}
