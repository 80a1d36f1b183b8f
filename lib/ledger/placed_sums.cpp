#include "ledger/placed_sums.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {

constexpr const char* kSums =
    "SELECT i.project_id, i.task_id, i.member_id, i.kind, "
    "sum(coalesce(p.report_minor, p.share_minor)) "
    "FROM placed AS p JOIN item AS i ON i.id = p.item_id WHERE p.invoice_id = :id "
    "GROUP BY i.project_id, i.task_id, i.member_id, i.kind ORDER BY 1, 2, 3, 4";

}  // namespace

std::vector<PlacedSum> PlacedSums::of(InvoiceId invoice) {
  Query query(ledger_, kSums);
  query.bind(":id", invoice);
  std::vector<PlacedSum> sums;
  while (query.step()) {
    const auto kind = item_kind_of(query.text(3));
    if (!kind)
      throw Error(Reason::corrupt, "an item has a kind that is none", "run `billctl verify`");
    sums.push_back({query.id<ProjectId>(0), query.id<TaskId>(1), query.id<MemberId>(2), *kind,
                    query.integer(4)});
  }
  return sums;
}

}  // namespace billctl
