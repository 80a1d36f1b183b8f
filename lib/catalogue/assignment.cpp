#include "catalogue/assignment.hpp"

namespace billctl {

std::uint8_t Assignments::kind_number(std::string_view kind) const {
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    if (kinds_[i] == kind) return static_cast<std::uint8_t>(i + 1);
  }
  return 0;
}

void Assignments::add(const Assignment& assignment) {
  Row row{assignment.product, 0, 0};
  if (!assignment.kind.empty()) {
    if (kind_number(assignment.kind) == 0) kinds_.push_back(assignment.kind);
    row.kind = kind_number(assignment.kind);
  }
  auto& first = first_[static_cast<std::size_t>(assignment.scope)];
  const auto target = static_cast<std::size_t>(assignment.target_id);
  if (target >= first.size()) first.resize(target + 1 + target / 2, 0);
  row.next = first[target];
  rows_.push_back(row);
  first[target] = static_cast<std::uint32_t>(rows_.size());
}

Assignments::Found Assignments::find(AssignmentScope scope, std::int64_t target_id,
                                     std::string_view kind) const {
  const auto& first = first_[static_cast<std::size_t>(scope)];
  const auto target = static_cast<std::size_t>(target_id);
  Found found;
  if (target_id < 0 || target >= first.size()) return found;
  const std::uint8_t wanted = kind_number(kind);
  for (std::uint32_t at = first[target]; at != 0; at = rows_[at - 1].next) {
    const Row& row = rows_[at - 1];
    if (row.kind == 0) found.any = row.product;
    if (row.kind != 0 && row.kind == wanted) found.named = row.product;
  }
  return found;
}

}  // namespace billctl
