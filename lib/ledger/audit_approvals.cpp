// Who approved what was issued, against what was required on that day (S4-5, X22, X23).
#include <algorithm>

#include "approval/gate.hpp"
#include "ledger/approvals.hpp"
#include "ledger/audit_run.hpp"

namespace billctl {
namespace {

constexpr const char* kIssued =
    "SELECT v.id, coalesce(v.number, v.draft_number), v.revision, v.issued_at, r.required, "
    "  r.taken_as_given, r.distinct_people, r.last_approval FROM invoice AS v "
    "LEFT JOIN issue_record AS r ON r.invoice_id = v.id "
    "WHERE (v.state = 'issued' OR v.state = 'voided') AND v.imported = 0 "
    "AND r.required IS NOT '' ORDER BY v.id";
constexpr const char* kRecordedDraft =
    "SELECT coalesce(v.draft_number, 'invoice ' || r.invoice_id), "
    "  'was never issued, yet it is recorded what it was issued with' FROM issue_record AS r "
    "LEFT JOIN invoice AS v ON v.id = r.invoice_id "
    "WHERE v.state IS NULL OR (v.state <> 'issued' AND v.state <> 'voided') ORDER BY r.invoice_id";
// An approval stands in the journal, whose chain shows each change: when, by whom, and who sat
// there.
constexpr const char* kOfNoEvent =
    "SELECT coalesce(v.number, v.draft_number), "
    "  'was approved as ' || a.role || ' by ' || a.actor || CASE "
    "  WHEN e.id IS NULL THEN ', which the journal does not tell' "
    "  WHEN e.os_user <> a.os_user "
    "  THEN ' signed in as ' || a.os_user || ', the journal tells ' || e.os_user "
    "  ELSE ' at ' || strftime('%Y-%m-%dT%H:%M:%SZ', a.at, 'unixepoch') || "
    "    ', the journal tells ' || e.actor || "
    "    ' at ' || strftime('%Y-%m-%dT%H:%M:%SZ', e.at, 'unixepoch') END "
    "FROM approval AS a JOIN invoice AS v ON v.id = a.invoice_id "
    "LEFT JOIN event AS e ON e.id = a.event_id AND e.tenant_id = v.tenant_id "
    "AND EXISTS (SELECT 1 FROM event_subject AS s WHERE s.tenant_id = e.tenant_id "
    "  AND s.event_id = e.id AND s.subject = 'invoice:' || v.draft_number "
    "  AND s.what = 'approved as ' || a.role) "
    "WHERE e.id IS NULL OR e.actor <> a.actor OR e.os_user <> a.os_user OR e.at <> a.at "
    "ORDER BY a.id";
constexpr const char* kWithdrawnByNoEvent =
    "SELECT coalesce(v.number, v.draft_number), 'lost its approval as ' || a.role || ' by ' || "
    "  a.withdrawn_by || ', which the journal does not tell' "
    "FROM approval AS a JOIN invoice AS v ON v.id = a.invoice_id "
    "LEFT JOIN event AS e ON e.id = a.withdrawn_event_id AND e.tenant_id = v.tenant_id "
    "WHERE a.withdrawn_at IS NOT NULL "
    "AND (e.id IS NULL OR e.actor <> a.withdrawn_by OR e.at <> a.withdrawn_at) ORDER BY a.id";

/// The approval that counted for that role when it was issued; nullptr: none did.
const Approval* counted(const std::vector<Approval>& given, ApprovalRole role, const Query& row) {
  for (const Approval& approval : given) {
    // A clock that went back in between gives it a later instant; its event is the earlier one.
    const bool before = approval.at.seconds() <= row.integer(3) ||
                        (approval.event && approval.event.value <= row.integer_or_null(7));
    if (approval.role == role && approval.revision == row.integer(2) && !approval.withdrawn &&
        before)
      return &approval;
  }
  return nullptr;
}

void check_required(AuditRun& run, const Query& row) {
  const std::string name = AuditRun::text_of(row, 1);
  const std::vector<std::string> taken = codes_in(row.text(5));
  const std::vector<Approval> given = Approvals(run.ledger()).list(row.id<InvoiceId>(0));
  std::vector<const Approval*> all;
  for (const std::string& required : codes_in(row.text(4))) {
    const auto role = approval_role_of(required);
    if (!role) {
      run.error(name, "needed the approval of \"" + required + "\", which is no role");
      continue;
    }
    const Approval* approval = counted(given, *role, row);
    if (approval != nullptr) all.push_back(approval);
    const bool is_given = approval != nullptr || std::ranges::find(taken, required) != taken.end();
    if (!is_given)
      run.error(name, "was issued without the approval of its revision " +
                          std::to_string(row.integer(2)) + " as " + required);
  }
  if (!row.boolean(6)) return;
  for (auto one = all.begin(); one != all.end(); ++one) {
    const auto same = [&](const Approval* other) { return other->actor == (*one)->actor; };
    const auto other = std::find_if(all.begin(), one, same);
    if (other == one) continue;
    run.error(name, "was approved as " + std::string(word((*other)->role)) + " and as " +
                        std::string(word((*one)->role)) + " by " + (*one)->actor +
                        ", two people were required");
  }
}

}  // namespace

void audit_approvals(AuditRun& run) {
  Query issued(run.ledger(), kIssued);
  while (issued.step()) {
    if (issued.is_null(4)) {
      run.error(AuditRun::text_of(issued, 1), "does not say which approvals it needed");
    } else if (!issued.is_null(3)) {  // else told by issued-complete
      check_required(run, issued);
    }
  }
  run.rows(kRecordedDraft);
  run.rows(kOfNoEvent);
  run.rows(kWithdrawnByNoEvent);
}

}  // namespace billctl
