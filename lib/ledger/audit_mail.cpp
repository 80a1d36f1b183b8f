// What goes out by mail: each message with the bytes and the key it was queued with, and each
// invoice to its client once, unless a person asked for it again.
#include "ledger/audit_run.hpp"
#include "sync/submission.hpp"
#include "text/sha256.hpp"

namespace billctl {
namespace {

#define BILLCTL_SUBJECT "coalesce(v.number, v.draft_number, 'mail:' || m.id)"
#define BILLCTL_MAILS "FROM mail AS m LEFT JOIN invoice AS v ON v.id = m.invoice_id "
// Whether the journal tells that a person said so of this invoice.
#define BILLCTL_ASKED(condition)                                                   \
  "EXISTS (SELECT 1 FROM event_subject AS s JOIN event AS e ON e.id = s.event_id " \
  "WHERE s.tenant_id = m.tenant_id AND s.subject = 'invoice:' || v.number AND " condition ")"

constexpr const char* kTwoCurrent =
    "SELECT coalesce(v.number, v.draft_number), n.current || ' mails are current' FROM "
    "  (SELECT invoice_id, count(*) AS current FROM mail WHERE superseded = 0 "
    "   AND purpose = 'invoice' GROUP BY invoice_id HAVING count(*) > 1) AS n "
    "JOIN invoice AS v ON v.id = n.invoice_id ORDER BY n.invoice_id";
// One of which the answer is known, or lost, was handed over once more.
constexpr const char* kHandedOverAgain =
    "SELECT " BILLCTL_SUBJECT
    ", 'was mailed again after attempt ' || a.number || ', which was ' "
    "  || CASE a.outcome WHEN '' THEN 'cut short' ELSE a.outcome END " BILLCTL_MAILS
    "JOIN mail_attempt AS a ON a.mail_id = m.id WHERE a.number < m.attempts "
    "AND a.outcome IN ('', 'sent', 'rejected', 'unknown') AND NOT (a.outcome = 'unknown' AND "
    "  " BILLCTL_ASKED("e.verb = 'send resolve'") ") ORDER BY m.id, a.number";
// A mail that a person asked for says so in its revision.
constexpr const char* kSentAgain =
    "SELECT " BILLCTL_SUBJECT
    ", 'was mailed again when it was ' || m.state || ', and nobody asked for it' " BILLCTL_MAILS
    "WHERE m.superseded = 1 AND m.purpose = 'invoice' AND m.state IN ('sent', 'unknown') AND NOT "
    "  EXISTS (SELECT 1 FROM mail AS n WHERE n.id = (SELECT min(o.id) FROM mail AS o "
    "    WHERE o.invoice_id = m.invoice_id AND o.purpose = 'invoice' AND o.id > m.id) "
    "    AND (n.revision LIKE 'resend:%' OR n.revision LIKE 'marked:%')) ORDER BY m.id";
constexpr const char* kOtherDocument =
    "SELECT " BILLCTL_SUBJECT
    ", CASE WHEN v.state NOT IN ('issued', 'voided') THEN 'was mailed as if it were issued' "
    "  ELSE 'was mailed with another seal than it has' END " BILLCTL_MAILS
    "WHERE m.invoice_id IS NOT NULL AND (v.state NOT IN ('issued', 'voided') "
    "  OR instr(m.revision, ':' || v.seal || ':') = 0) ORDER BY m.id";
constexpr const char* kPayloads = "SELECT " BILLCTL_SUBJECT
                                  ", t.code, coalesce(v.draft_number, ''), m.revision, m.key, "
                                  "coalesce(c.payload, x''), m.payload_digest, "
                                  "m.message_id, m.via " BILLCTL_MAILS
                                  "JOIN tenant AS t ON t.id = m.tenant_id "
                                  "LEFT JOIN mail_content AS c ON c.mail_id = m.id ORDER BY m.id";
constexpr const char* kStates =
    "SELECT " BILLCTL_SUBJECT
    ", CASE WHEN n.seen <> m.attempts OR n.highest <> m.attempts THEN 'counts ' || m.attempts "
    "    || ' attempts to mail it, ' || n.seen || ' are recorded' "
    "  WHEN m.attempts = 0 THEN 'has a mail that is sending without an attempt' "
    "  ELSE 'has a mail that is ' || m.state || CASE WHEN m.done_at IS NULL THEN ', yet not done' "
    "    ELSE ', yet done' END END " BILLCTL_MAILS
    "JOIN (SELECT x.id, (SELECT count(*) FROM mail_attempt WHERE mail_id = x.id) AS seen, "
    "        (SELECT coalesce(max(number), 0) FROM mail_attempt WHERE mail_id = x.id) AS highest "
    "      FROM mail AS x) AS n ON n.id = m.id "
    "WHERE n.seen <> m.attempts OR n.highest <> m.attempts "
    "OR (m.state = 'sending' AND m.attempts = 0) "
    "OR (m.state IN ('sent', 'rejected')) <> (m.done_at IS NOT NULL) ORDER BY m.id";

#undef BILLCTL_ASKED
#undef BILLCTL_MAILS
#undef BILLCTL_SUBJECT

}  // namespace

void audit_mail_once(AuditRun& run) {
  run.rows(kTwoCurrent);
  run.rows(kHandedOverAgain);
  run.rows(kSentAgain);
}

void audit_mail_documents(AuditRun& run) {
  run.rows(kOtherDocument);
}

void audit_mail_bytes(AuditRun& run) {
  Query query(run.ledger(), kPayloads);
  while (query.step()) {
    const std::string key = query.string(4);
    if (to_hex(sha256(query.blob(5))) != query.text(6))
      run.error(query.string(0), "the mail has not the bytes that it was queued with");
    // What a restore made unknown stands for a mail that this ledger never had.
    const bool stands_in = query.text(3).starts_with("restored:") && query.text(7).empty();
    const bool named =
        query.text(8) != "mail" || stands_in || query.text(7).starts_with("<" + key + "@");
    if (!named || submission_key(query.text(1), query.text(2), query.text(3)) != key)
      run.error(query.string(0), "the mail has a key of its own, " + key);
  }
}

void audit_mail_states(AuditRun& run) {
  run.rows(kStates);
}

}  // namespace billctl
