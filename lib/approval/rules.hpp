// Approval rules: who must approve an invoice before it is ready (S4-5, X23). None configured: an
// invoice is ready as soon as it has lines.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "money/decimal.hpp"
#include "money/money.hpp"

namespace billctl {

/// In the order in which approvals are shown and asked for.
enum class ApprovalRole : std::uint8_t { pm, finance, management };
std::string_view word(ApprovalRole role);
std::optional<ApprovalRole> approval_role_of(std::string_view word);
std::vector<std::string> approval_role_words();

struct ApprovalRules {
  std::vector<ApprovalRole> required;
  /// Management is needed too when |adjustments| is over this amount of the base currency …
  std::optional<Money> adjustments_over;
  /// … or over this percentage of |starting|. Neither set: never by amount.
  std::optional<Decimal> adjustments_over_percent;
  bool distinct = true;                         ///< each approval by another person
  std::map<std::string, std::string> deputies;  ///< member -> the member who may stand in
  bool operator==(const ApprovalRules&) const = default;

  bool requires_role(ApprovalRole role) const;
};

}  // namespace billctl
