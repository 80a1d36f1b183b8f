#include "invoice/prepayment.hpp"

#include <algorithm>

#include "money/wide.hpp"

namespace billctl {

std::int64_t ContractFunds::balance_minor() const {
  return checked_subtract(checked_subtract(billed_minor, recognised_minor, "a balance"),
                          applied_minor, "a balance");
}

std::int64_t prepaid_tax_minor(const ContractFunds& funds, std::int64_t net_minor,
                               Rounding rounding) {
  if (funds.billed_minor <= 0 || net_minor == 0) return 0;
  const std::int64_t left = std::max<std::int64_t>(
      checked_subtract(funds.billed_tax_minor, funds.applied_tax_minor, "a tax"), 0);
  if (net_minor == checked_subtract(funds.billed_minor, funds.applied_minor, "a balance"))
    return left;
  const Int128 tax =
      round_divide(Int128{funds.billed_tax_minor} * net_minor, funds.billed_minor, rounding);
  return std::clamp<std::int64_t>(narrowed(tax, "a tax"), 0, left);
}

std::int64_t largest_prepayment_minor(const ContractFunds& funds, std::int64_t gross_max_minor,
                                      Rounding rounding) {
  const std::int64_t balance = funds.balance_minor();
  if (balance <= 0 || gross_max_minor <= 0) return 0;
  const auto fits = [&](std::int64_t net) {
    return checked_add(net, prepaid_tax_minor(funds, net, rounding), "a prepayment") <=
           gross_max_minor;
  };
  if (fits(balance)) return balance;
  if (funds.billed_minor <= 0) return gross_max_minor;  // no milestone: no tax comes with it
  const Int128 gross =
      Int128{funds.billed_minor} + std::max<std::int64_t>(funds.billed_tax_minor, 0);
  auto net = static_cast<std::int64_t>(
      std::min<Int128>(Int128{gross_max_minor} * funds.billed_minor / gross, balance));
  while (net > 0 && !fits(net)) --net;
  while (net < balance && fits(net + 1)) ++net;
  return net;
}

}  // namespace billctl
