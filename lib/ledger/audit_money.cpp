// Credit notes against their invoices, prepayments against their contract lines.
#include "ledger/audit_run.hpp"
#include "ledger/contract_balances.hpp"

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

constexpr const char* kOverCreditedLine =
    "SELECT v.number, v.currency, l.line, l.amount_minor, sum(c.amount_minor) "
    "FROM invoice AS n JOIN invoice AS v ON v.id = n.corrects_id "
    "JOIN line AS c ON c.invoice_id = n.id AND c.corrects_line IS NOT NULL "
    "JOIN line AS l ON l.invoice_id = v.id AND l.line = c.corrects_line "
    "WHERE n.type = 'credit_note' AND n.state = 'issued' GROUP BY v.id, l.line "
    "HAVING sum(c.amount_minor) < -max(l.amount_minor, 0) "
    "  OR sum(c.amount_minor) > -min(l.amount_minor, 0) ORDER BY v.id, l.line";

// An invoice may have negative lines; so of each sign, and of each tax treatment of lines and each
// tax at its rate, no more than it had: by treatment too, for a line that says not which one it
// takes back.
constexpr const char* kOverCredited =
    "WITH corrected AS (SELECT DISTINCT corrects_id AS id FROM invoice "
    "  WHERE type = 'credit_note' AND corrects_id IS NOT NULL), "
    "part AS ("
    "  SELECT l.invoice_id AS id, CASE l.tax WHEN '' THEN 'lines without tax' "
    "    ELSE 'lines taxed by ' || l.tax END AS what, '' AS rate, l.amount_minor AS charged, "
    "    0 AS credited FROM line AS l JOIN corrected ON corrected.id = l.invoice_id "
    "  UNION ALL SELECT c.corrects_id, CASE l.tax WHEN '' THEN 'lines without tax' "
    "    ELSE 'lines taxed by ' || l.tax END, '', 0, l.amount_minor FROM invoice AS c "
    "    JOIN line AS l ON l.invoice_id = c.id WHERE c.type = 'credit_note' AND c.state = 'issued' "
    "  UNION ALL SELECT t.invoice_id, t.tax, t.category || t.rate_micro, t.amount_minor, 0 "
    "    FROM tax_row AS t JOIN corrected ON corrected.id = t.invoice_id "
    "  UNION ALL SELECT c.corrects_id, t.tax, t.category || t.rate_micro, 0, t.amount_minor "
    "    FROM invoice AS c JOIN tax_row AS t ON t.invoice_id = c.id "
    "    WHERE c.type = 'credit_note' AND c.state = 'issued') "
    "SELECT v.number, v.currency, n.what, n.charged, n.refunded, n.credited FROM "
    "  (SELECT id, what, sum(max(charged, 0)) AS charged, sum(min(charged, 0)) AS refunded, "
    "     sum(credited) AS credited FROM part GROUP BY id, what, rate) AS n "
    "JOIN invoice AS v ON v.id = n.id "
    "WHERE n.credited < -n.charged OR n.credited > -n.refunded ORDER BY v.id, n.what";

constexpr const char* kNegative =
    "SELECT coalesce(v.number, v.draft_number), 'applies a negative prepayment of ' || c.code "
    "FROM prepayment AS p JOIN invoice AS v ON v.id = p.invoice_id "
    "JOIN contract_line AS c ON c.id = p.contract_line_id "
    "WHERE v.type = 'invoice' AND p.applied_minor < 0 ORDER BY v.id, c.code";
// What was released from an issued invoice says nothing of what it was made of, and its document
// stays (X2).
constexpr const char* kOtherEngagement =
    "SELECT coalesce(v.number, v.draft_number), 'applies a prepayment of ' || c.code || "
    "  ', whose engagement is none of its own', v.number IS NOT NULL "
    "FROM prepayment AS p JOIN invoice AS v ON v.id = p.invoice_id "
    "JOIN contract_line AS c ON c.id = p.contract_line_id "
    "WHERE v.type = 'invoice' AND v.engagement_id IS NOT c.engagement_id AND NOT EXISTS "
    "  (SELECT 1 FROM placed AS m JOIN item AS i ON i.id = m.item_id "
    "   WHERE m.invoice_id = v.id AND i.engagement_id = c.engagement_id) "
    "AND NOT (v.number IS NOT NULL AND EXISTS (SELECT 1 FROM material_event AS e "
    "  WHERE e.invoice_id = v.id AND e.what = 'release')) ORDER BY v.id, c.code";
constexpr const char* kFixed =
    "SELECT coalesce(v.number, v.draft_number), 'applies a prepayment of ' || c.code || "
    "  ', which is of a fixed price' "
    "FROM prepayment AS p JOIN invoice AS v ON v.id = p.invoice_id "
    "JOIN contract_line AS c ON c.id = p.contract_line_id "
    "WHERE c.type = 'fixed' AND p.applied_minor <> 0 ORDER BY v.id, c.code";

constexpr const char* kOverPaid =
    "SELECT coalesce(v.number, v.draft_number), v.currency, v.prepaid_minor, v.incl_tax_minor, "
    "v.number IS NOT NULL FROM invoice AS v WHERE v.type = 'invoice' "
    "AND v.prepaid_minor > max(v.incl_tax_minor, 0) ORDER BY v.id";
constexpr const char* kContractLines =
    "SELECT c.id, c.code, c.engagement_id, coalesce(c.project_id, 0), c.recognised_minor, "
    "  (SELECT max(v.currency) FROM prepayment AS p JOIN invoice AS v ON v.id = p.invoice_id "
    "   WHERE p.contract_line_id = c.id) FROM contract_line AS c WHERE c.type = 'tm' AND EXISTS "
    "  (SELECT 1 FROM prepayment AS p WHERE p.contract_line_id = c.id AND p.applied_minor <> 0) "
    "ORDER BY c.id";
constexpr const char* kSameEngagement =
    "SELECT id, coalesce(project_id, 0) FROM contract_line WHERE engagement_id = :engagement "
    "ORDER BY id";

/// The contract lines of an engagement with what their milestones are shared out by.
std::vector<ContractLine> lines_of(Ledger& ledger, std::int64_t engagement) {
  std::vector<ContractLine> lines;
  Query query(ledger, kSameEngagement);
  query.bind(":engagement", engagement);
  while (query.step()) {
    ContractLine line;
    line.id = query.id<ContractLineId>(0);
    line.engagement = EngagementId{engagement};
    line.project = query.id<ProjectId>(1);
    lines.push_back(line);
  }
  return lines;
}

/// Whether the engagement has billed what all its contract lines apply: which milestone is of which
/// line comes from outside, as what is recognised does.
bool is_covered_together(AuditRun& run, const ContractLine& line) {
  ContractBalances balances(run.ledger());
  ContractLine whole = line;
  whole.project = {};
  std::int64_t applied_minor = 0;
  for (const ContractLine& each : lines_of(run.ledger(), line.engagement.value))
    applied_minor =
        checked_add(applied_minor, balances.of(each, {each}).applied_minor, "a balance");
  return applied_minor <= balances.of(whole, {whole}).billed_minor;
}

// Balance = milestones billed - recognised - applied (X25). What is recognised comes from outside,
// and may have grown since: that is worth a look and no error of ours.
void check_balance(AuditRun& run, const Query& row) {
  ContractLine line;
  line.id = row.id<ContractLineId>(0);
  line.engagement = row.id<EngagementId>(2);
  line.project = row.id<ProjectId>(3);
  const std::int64_t recognised_minor = row.integer(4);
  const ContractUse use =
      ContractBalances(run.ledger()).of(line, lines_of(run.ledger(), line.engagement.value));
  const auto told = [&](std::int64_t minor) { return amount_text(minor, row.text(5)); };
  const std::string subject = "contract line " + row.string(1);
  const std::string applied = "has " + told(use.applied_minor) + " applied of " +
                              told(use.billed_minor) + " that were billed";
  if (use.applied_minor > use.billed_minor) {
    if (is_covered_together(run, line)) {
      run.warning(subject, applied + "; its engagement's milestones were shared out otherwise");
    } else {
      run.error(subject, applied);
    }
  } else if (use.applied_minor > use.billed_minor - recognised_minor) {
    run.warning(subject, applied + ", and " + told(recognised_minor) + " are recognised by now");
  }
}

}  // namespace

void audit_credit(AuditRun& run) {
  run.rows(kWrongCredit);
  Query lines(run.ledger(), kOverCreditedLine);
  while (lines.step()) {
    run.error(AuditRun::text_of(lines, 0),
              "its credit notes take back " + amount_text(-lines.integer(4), lines.text(1)) +
                  " of line " + std::to_string(lines.integer(2)) + ", which was " +
                  amount_text(lines.integer(3), lines.text(1)));
  }
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
  Query other(run.ledger(), kOtherEngagement);
  while (other.step()) {
    // The items of that engagement may leave a draft; `issue` refuses it then.
    const std::string subject = AuditRun::text_of(other, 0);
    other.integer(2) != 0 ? run.error(subject, other.string(1))
                          : run.warning(subject, other.string(1));
  }
  run.rows(kFixed);
  Query over(run.ledger(), kOverPaid);
  while (over.step()) {
    const std::string seen = "is prepaid with " + amount_text(over.integer(2), over.text(1)) +
                             " of " + amount_text(over.integer(3), over.text(1));
    // A draft may become smaller than what it applies; `issue` refuses it then.
    const std::string subject = AuditRun::text_of(over, 0);
    over.integer(4) != 0 ? run.error(subject, seen) : run.warning(subject, seen);
  }
  Query lines(run.ledger(), kContractLines);
  while (lines.step()) check_balance(run, lines);
}

}  // namespace billctl
