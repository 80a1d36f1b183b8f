// What goes out: each document once, with the bytes and the key it was queued with.
#include "ledger/audit_run.hpp"
#include "sync/submission.hpp"
#include "text/sha256.hpp"

namespace billctl {
namespace {

#define BILLCTL_NAME "coalesce(v.number, v.draft_number)"

constexpr const char* kTwoCurrent =
    "SELECT " BILLCTL_NAME
    ", n.current || ' submissions to ' || n.provider || ' are current' "
    "FROM (SELECT invoice_id, provider, count(*) AS current FROM submission WHERE superseded = 0 "
    "      GROUP BY invoice_id, provider HAVING count(*) > 1) AS n "
    "JOIN invoice AS v ON v.id = n.invoice_id ORDER BY n.invoice_id, n.provider";
constexpr const char* kWrongDocument =
    "SELECT " BILLCTL_NAME
    ", CASE WHEN v.state NOT IN ('issued', 'voided') "
    "  THEN 'was submitted to ' || s.provider || ' as if it were issued' "
    "  WHEN s.kind <> v.type THEN 'is a ' || v.type || ' and was submitted to ' || s.provider || ' "
    "as a ' || s.kind "
    "  ELSE 'was submitted to ' || s.provider || ' with another seal than it has' END "
    "FROM submission AS s JOIN invoice AS v ON v.id = s.invoice_id WHERE s.kind <> 'draft' "
    "AND (v.state NOT IN ('issued', 'voided') OR s.kind <> v.type OR (s.revision <> v.seal AND "
    "s.revision NOT LIKE v.seal || '-r%')) "
    "ORDER BY s.id";

constexpr const char* kSent = "SELECT " BILLCTL_NAME
                              ", d.format, d.content, d.digest FROM stored_document AS d "
                              "JOIN invoice AS v ON v.id = d.invoice_id ORDER BY d.id";

constexpr const char* kPayloads =
    "SELECT " BILLCTL_NAME
    ", s.provider, t.code, v.draft_number, s.revision, s.key, s.payload, "
    "  s.payload_digest FROM submission AS s JOIN invoice AS v ON v.id = s.invoice_id "
    "JOIN tenant AS t ON t.id = s.tenant_id ORDER BY s.id";
constexpr const char* kOneRemote =
    "SELECT min(" BILLCTL_NAME
    "), s.provider || ' knows ' || count(DISTINCT s.invoice_id) || "
    "  ' invoices as ' || s.remote_id FROM submission AS s JOIN invoice AS v ON v.id = "
    "s.invoice_id "
    "WHERE s.remote_id <> '' GROUP BY s.tenant_id, s.provider, s.remote_id "
    "HAVING count(DISTINCT s.invoice_id) > 1 ORDER BY s.provider, s.remote_id";

constexpr const char* kStates =
    "SELECT " BILLCTL_NAME
    ", CASE "
    "  WHEN n.seen <> s.attempts OR n.highest <> s.attempts THEN 'counts ' || s.attempts || ' "
    "attempts to ' "
    "    || s.provider || ', ' || n.seen || ' are recorded' "
    "  WHEN s.attempts = 0 THEN 'is ' || s.state || ' at ' || s.provider || ' without an attempt' "
    "  ELSE 'is ' || s.state || ' at ' || s.provider || CASE WHEN s.done_at IS NULL THEN ', yet "
    "not done' "
    "    ELSE ', yet done' END END "
    "FROM submission AS s JOIN invoice AS v ON v.id = s.invoice_id JOIN "
    "  (SELECT x.id, (SELECT count(*) FROM attempt WHERE submission_id = x.id) AS seen, "
    "     (SELECT coalesce(max(number), 0) FROM attempt WHERE submission_id = x.id) AS highest "
    "   FROM submission AS x) AS n ON n.id = s.id "
    "WHERE n.seen <> s.attempts OR n.highest <> s.attempts OR (s.state = 'sending' AND s.attempts "
    "= 0) "
    "OR (s.state IN ('accepted', 'rejected')) <> (s.done_at IS NOT NULL) ORDER BY s.id";

#undef BILLCTL_NAME

}  // namespace

void audit_outbox_total(AuditRun& run) {
  run.rows(kTwoCurrent);
  run.rows(kWrongDocument);
  audit_mail_documents(run);
}

void audit_outbox_once(AuditRun& run) {
  Query query(run.ledger(), kPayloads);
  while (query.step()) {
    const std::string to = "the submission to " + query.string(1);
    if (to_hex(sha256(query.blob(6))) != query.text(7))
      run.error(query.string(0), to + " has not the bytes that it was queued with");
    if (submission_key(query.text(2), query.text(3), query.text(4)) != query.text(5))
      run.error(query.string(0), to + " has a key of its own, " + query.string(5));
  }
  run.rows(kOneRemote);
  Query sent(run.ledger(), kSent);
  while (sent.step()) {
    if (to_hex(sha256(sent.blob(2))) != sent.text(3))
      run.error(sent.string(0), "the " + sent.string(1) + " has not the bytes that were sent");
  }
  audit_mail_bytes(run);
}

void audit_outbox_states(AuditRun& run) {
  run.rows(kStates);
  audit_mail_states(run);
}

}  // namespace billctl
