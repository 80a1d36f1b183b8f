// Credit notes against their invoices, prepayments against their contract lines.
#include "ledger/audit_run.hpp"

namespace billctl {
namespace {

constexpr const char* kWrongCredit =
    "SELECT coalesce(c.number, c.draft_number), CASE WHEN v.id IS NULL THEN 'corrects no invoice' "
    "  WHEN v.type <> 'invoice' THEN 'corrects ' || v.number || ', which is a credit note itself' "
    "  WHEN v.state NOT IN ('issued', 'voided') THEN 'corrects ' || v.draft_number || ', which was "
    "never issued' "
    "  ELSE 'corrects ' || v.number || ', which is of another client' END "
    "FROM invoice AS c LEFT JOIN invoice AS v ON v.id = c.corrects_id "
    "WHERE c.type = 'credit_note' AND (v.id IS NULL OR v.type <> 'invoice' "
    "  OR v.state NOT IN ('issued', 'voided') OR v.client_id <> c.client_id OR v.tenant_id <> "
    "c.tenant_id) "
    "ORDER BY c.id";

// An invoice may have negative lines; so of each sign, and of each tax, no more than it had.
constexpr const char* kOverCredited =
    "SELECT v.number, v.currency, n.what, n.charged, n.refunded, n.credited FROM ("
    "  SELECT id, what, sum(charged) AS charged, sum(refunded) AS refunded, sum(credited) AS "
    "credited FROM ("
    "    SELECT l.invoice_id AS id, 'lines' AS what, max(l.amount_minor, 0) AS charged, "
    "      min(l.amount_minor, 0) AS refunded, 0 AS credited FROM line AS l "
    "      WHERE l.invoice_id IN (SELECT corrects_id FROM invoice WHERE type = 'credit_note') "
    "    UNION ALL SELECT c.corrects_id, 'lines', 0, 0, l.amount_minor FROM invoice AS c "
    "      JOIN line AS l ON l.invoice_id = c.id WHERE c.type = 'credit_note' AND c.state = "
    "'issued' "
    "    UNION ALL SELECT t.invoice_id, t.tax, max(t.amount_minor, 0), min(t.amount_minor, 0), 0 "
    "      FROM tax_row AS t "
    "      WHERE t.invoice_id IN (SELECT corrects_id FROM invoice WHERE type = 'credit_note') "
    "    UNION ALL SELECT c.corrects_id, t.tax, 0, 0, t.amount_minor FROM invoice AS c "
    "      JOIN tax_row AS t ON t.invoice_id = c.id WHERE c.type = 'credit_note' AND c.state = "
    "'issued' "
    "  ) GROUP BY id, what) AS n JOIN invoice AS v ON v.id = n.id "
    "WHERE n.credited < -n.charged OR n.credited > -n.refunded ORDER BY v.id, n.what";

constexpr const char* kNegative =
    "SELECT coalesce(v.number, v.draft_number), 'applies a negative prepayment of ' || c.code "
    "FROM prepayment AS p JOIN invoice AS v ON v.id = p.invoice_id "
    "JOIN contract_line AS c ON c.id = p.contract_line_id "
    "WHERE v.type = 'invoice' AND p.applied_minor < 0 ORDER BY v.id, c.code";
constexpr const char* kOtherEngagement =
    "SELECT coalesce(v.number, v.draft_number), 'applies a prepayment of ' || c.code || "
    "  ', whose engagement is none of its own' "
    "FROM prepayment AS p JOIN invoice AS v ON v.id = p.invoice_id "
    "JOIN contract_line AS c ON c.id = p.contract_line_id "
    "WHERE v.type = 'invoice' AND v.engagement_id IS NOT c.engagement_id AND NOT EXISTS "
    "  (SELECT 1 FROM placed AS m JOIN item AS i ON i.id = m.item_id "
    "   WHERE m.invoice_id = v.id AND i.engagement_id = c.engagement_id) ORDER BY v.id, c.code";
constexpr const char* kFixed =
    "SELECT coalesce(v.number, v.draft_number), 'applies a prepayment of ' || c.code || "
    "  ', which is of a fixed price' "
    "FROM prepayment AS p JOIN invoice AS v ON v.id = p.invoice_id "
    "JOIN contract_line AS c ON c.id = p.contract_line_id "
    "WHERE c.type = 'fixed' AND p.applied_minor <> 0 ORDER BY v.id, c.code";

}  // namespace

void audit_credit(AuditRun& run) {
  run.rows(kWrongCredit);
  Query query(run.ledger(), kOverCredited);
  while (query.step()) {
    const std::int64_t credited = query.integer(5);
    const std::int64_t most = credited < 0 ? query.integer(3) : query.integer(4);
    run.error(AuditRun::text_of(query, 0),
              "its credit notes take back " + amount_text(-credited, query.text(1)) + " of " +
                  query.string(2) + ", which were " + amount_text(most, query.text(1)));
  }
}

void audit_prepay(AuditRun& run) {
  run.rows(kNegative);
  run.rows(kOtherEngagement);
  run.rows(kFixed);
}

}  // namespace billctl
