#include "invoice/document.hpp"

#include "money/wide.hpp"

namespace billctl {

std::int64_t prepaid_gross_minor(const std::vector<AppliedPrepayment>& prepayments) {
  Int128 gross = 0;
  for (const AppliedPrepayment& each : prepayments)
    gross += Int128{each.applied_minor} + each.tax_minor;
  return narrowed(gross, "an amount");
}

}  // namespace billctl
