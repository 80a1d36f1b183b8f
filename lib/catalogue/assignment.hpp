// Assignments: which product serves a task, a contact, a membership, a team or the tenant (S2-17 …
// S2-21). Found in constant time, since compile asks five times for each item of a million.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/product.hpp"
#include "outcome/id.hpp"

namespace billctl {

class Assignments {
 public:
  /// What one target has at one scope; either may be none.
  struct Found {
    ProductId named;  ///< of an assignment that names the kind: it beats the other
    ProductId any;    ///< of the one that names none: it serves only what its unit fits
  };

  void add(const Assignment& assignment);
  /// @param target_id the row of the task, client, member or team; 0 for the tenant.
  Found find(AssignmentScope scope, std::int64_t target_id, std::string_view kind) const;

 private:
  struct Row {
    ProductId product;
    std::uint32_t next = 0;  ///< 1 + place of another of the same target
    std::uint8_t kind = 0;   ///< 1 + place in kinds_, 0 = names none
  };
  std::uint8_t kind_number(std::string_view kind) const;  ///< 0 when nobody names it

  std::vector<std::string> kinds_;
  std::vector<Row> rows_;
  std::array<std::vector<std::uint32_t>, 5> first_;  ///< by scope and target: 1 + place in rows_
};

}  // namespace billctl
