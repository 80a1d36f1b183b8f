#include "ledger/approvals.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {

constexpr const char* kList =
    "SELECT role, revision, actor, at, comment, withdrawn_at, withdrawn_by, event_id, "
    "coalesce(withdrawn_event_id, 0) FROM approval WHERE invoice_id = :invoice ORDER BY id";
constexpr const char* kAdd =
    "INSERT INTO approval (invoice_id, role, revision, actor, os_user, at, comment, event_id) "
    "VALUES (:invoice, :role, :revision, :actor, :os_user, :at, :comment, "
    "(SELECT coalesce(max(id), 0) + 1 FROM event))";
constexpr const char* kWithdraw =
    "UPDATE approval SET withdrawn_at = :at, withdrawn_by = :by, "
    "withdrawn_event_id = (SELECT coalesce(max(id), 0) + 1 FROM event) WHERE invoice_id = :invoice "
    "AND revision = :revision AND (:role = '' OR role = :role) AND withdrawn_at IS NULL";

}  // namespace

std::vector<Approval> Approvals::list(InvoiceId invoice) {
  Query query(ledger_, kList);
  query.bind(":invoice", invoice);
  std::vector<Approval> approvals;
  while (query.step()) {
    const auto role = approval_role_of(query.text(0));
    if (!role) throw Error(Reason::corrupt, "an approval has a role that is none");
    approvals.push_back({*role, query.integer(1), query.string(2),
                         Instant::from_seconds(query.integer(3)), query.string(4),
                         !query.is_null(5)});
    approvals.back().event = query.id<EventId>(7);
    if (!approvals.back().withdrawn) continue;
    approvals.back().withdrawn_at = Instant::from_seconds(query.integer(5));
    approvals.back().withdrawn_by = query.string(6);
    approvals.back().withdrawn_event = query.id<EventId>(8);
  }
  return approvals;
}

void Approvals::add(InvoiceId invoice, const Approval& approval, std::string_view os_user) {
  Query(ledger_, kAdd)
      .bind(":invoice", invoice)
      .bind(":role", word(approval.role))
      .bind(":revision", approval.revision)
      .bind(":actor", approval.actor)
      .bind(":os_user", os_user)
      .bind(":at", approval.at.seconds())
      .bind(":comment", approval.comment)
      .run();
}

std::int64_t Approvals::withdraw(InvoiceId invoice, std::int64_t revision,
                                 std::optional<ApprovalRole> role, Instant at,
                                 std::string_view by) {
  return Query(ledger_, kWithdraw)
      .bind(":invoice", invoice)
      .bind(":revision", revision)
      .bind(":role", role ? word(*role) : std::string_view(""))
      .bind(":at", at.seconds())
      .bind(":by", by)
      .run();
}

}  // namespace billctl
