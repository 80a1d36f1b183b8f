// Items and the invoices they are on: each in one place, of the right client, charged once.
#include "ledger/audit_run.hpp"

namespace billctl {
namespace {

constexpr const char* kPlaces =
    "SELECT 'item:' || i.id, CASE WHEN o.item_id IS NULL "
    "  THEN 'has no place: it is neither pending nor on an invoice' "
    "  ELSE 'is pending and on an invoice as well' END "
    "FROM item AS i LEFT JOIN item_open AS o ON o.item_id = i.id "
    "LEFT JOIN item_placed AS p ON p.item_id = i.id "
    "WHERE i.mark = '' AND (o.item_id IS NULL) = (p.item_id IS NULL) ORDER BY i.id";
constexpr const char* kReleasedPlaced =
    "SELECT 'item:' || i.id, 'is released and still on ' || coalesce(v.number, v.draft_number, "
    "'?') "
    "FROM item_placed AS p JOIN item AS i ON i.id = p.item_id "
    "LEFT JOIN invoice AS v ON v.id = p.invoice_id WHERE i.mark = 'released' ORDER BY i.id";

constexpr const char* kWrongInvoice =
    "SELECT 'item:' || p.item_id, CASE "
    "  WHEN v.id IS NULL THEN 'is on an invoice that is not there' "
    "  WHEN v.state = 'voided' THEN 'is still on ' || v.number || ', which is voided' "
    "  ELSE 'is of another client than ' || coalesce(v.number, v.draft_number) END "
    "FROM item_placed AS p JOIN item AS i ON i.id = p.item_id "
    "LEFT JOIN invoice AS v ON v.id = p.invoice_id "
    "WHERE v.id IS NULL OR v.state = 'voided' OR v.client_id <> i.client_id "
    "OR v.tenant_id <> i.tenant_id ORDER BY p.item_id";
constexpr const char* kNoLine =
    "SELECT coalesce(v.number, v.draft_number), 'line ' || p.line || ' is not there, yet item:' || "
    "  p.item_id || ' stands behind it' FROM placed AS p JOIN invoice AS v ON v.id = p.invoice_id "
    "LEFT JOIN line AS l ON l.invoice_id = p.invoice_id AND l.line = p.line "
    "WHERE p.line <> 0 AND l.line IS NULL ORDER BY p.invoice_id, p.line, p.item_id";

constexpr const char* kReleasedBack =
    "SELECT 'item:' || i.id, 'says that it was on ' || i.previously_invoiced_on || "
    "  ', and there is no such invoice' FROM item AS i "
    "LEFT JOIN invoice_name AS n ON n.tenant_id = i.tenant_id AND n.name = "
    "i.previously_invoiced_on "
    "WHERE i.previously_invoiced_on <> '' AND n.name IS NULL ORDER BY i.id";
// It left its issued invoice by a release (an event), by a void or by a credit note.
constexpr const char* kReleasedUntold =
    "SELECT 'item:' || i.id, 'left ' || i.previously_invoiced_on || "
    "  ' without a release, a void or a credit note' FROM item AS i "
    "JOIN invoice_name AS n ON n.tenant_id = i.tenant_id AND n.name = i.previously_invoiced_on "
    "JOIN invoice AS v ON v.id = n.invoice_id "
    "WHERE i.previously_invoiced_on <> '' AND v.state <> 'voided' "
    "AND NOT EXISTS (SELECT 1 FROM material_event AS m WHERE m.item_id = i.id AND m.invoice_id = "
    "v.id) "
    "AND NOT EXISTS (SELECT 1 FROM invoice AS c WHERE c.corrects_id = v.id AND c.state IN "
    "('issued', 'voided')) "
    "ORDER BY i.id";

// X3: an item that left an issued invoice by a release alone, without void or credit, and is now
// on another one: the client has been asked for it twice. Told with the reason that was given.
constexpr const char* kChargedTwice =
    "SELECT 'item:' || i.id, 'is charged on ' || coalesce(w.number, w.draft_number) || ' and was "
    "on ' || "
    "  v.number || ': ' || CASE m.reason WHEN '' THEN 'no reason was given' ELSE m.reason END "
    "FROM material_event AS m CROSS JOIN item AS i ON i.id = m.item_id "
    "CROSS JOIN item_placed AS p ON p.item_id = i.id AND p.invoice_id <> m.invoice_id "
    "JOIN invoice AS w ON w.id = p.invoice_id JOIN invoice AS v ON v.id = m.invoice_id "
    "JOIN issue_record AS r ON r.invoice_id = v.id "
    "WHERE m.what = 'release' AND w.state IN ('issued', 'draft', 'held') AND v.state = 'issued' "
    "AND m.id > r.last_material "
    "AND NOT EXISTS (SELECT 1 FROM invoice AS c WHERE c.corrects_id = v.id AND c.state = 'issued') "
    "ORDER BY i.id, m.id";
constexpr const char* kChargedUnexplained =
    "SELECT 'item:' || a.item_id, 'is charged on ' || v.number || ' and on ' || w.number || "
    "  ', and no release explains it' "
    "FROM placed AS a JOIN item_placed AS q ON q.item_id = a.item_id AND q.invoice_id <> "
    "a.invoice_id "
    "JOIN invoice AS v ON v.id = a.invoice_id JOIN invoice AS w ON w.id = q.invoice_id "
    "WHERE v.state = 'issued' AND w.state = 'issued' AND v.type = 'invoice' "
    "AND NOT EXISTS (SELECT 1 FROM material_event AS m WHERE m.item_id = a.item_id "
    "  AND m.invoice_id IN (v.id, w.id) AND m.what IN ('release', 'credit', 'void')) "
    "ORDER BY a.item_id";

// Of a draft that was deleted nothing is left behind.
constexpr const char* kOrphans =
    "SELECT 'invoice ' || o.invoice_id, 'is not there, yet ' || o.what || ' of it is' FROM "
    "  (SELECT invoice_id, 'line ' || line AS what FROM line UNION ALL "
    "   SELECT invoice_id, 'the tax row of ' || tax FROM tax_row UNION ALL "
    "   SELECT invoice_id, 'the material item:' || item_id FROM placed UNION ALL "
    "   SELECT invoice_id, 'the prepayment of contract line ' || contract_line_id FROM prepayment "
    "UNION ALL "
    "   SELECT invoice_id, 'adjustment ' || id FROM adjustment UNION ALL "
    "   SELECT invoice_id, 'approval ' || id FROM approval UNION ALL "
    "   SELECT invoice_id, 'the name ' || name FROM invoice_name) AS o "
    "WHERE NOT EXISTS (SELECT 1 FROM invoice AS v WHERE v.id = o.invoice_id) ORDER BY "
    "o.invoice_id, o.what";

constexpr const char* kCurrencies =
    "SELECT coalesce(number, draft_number), currency FROM invoice ORDER BY id";
constexpr const char* kItemCurrencies = "SELECT min(id), currency FROM item GROUP BY currency";
constexpr const char* kTwoCurrencies =
    "SELECT 'item:' || i.id, 'is in ' || i.currency || ', its invoice ' || "
    "  coalesce(v.number, v.draft_number) || ' in ' || v.currency "
    "FROM item_placed AS p JOIN item AS i ON i.id = p.item_id JOIN invoice AS v ON v.id = "
    "p.invoice_id "
    "WHERE i.currency <> v.currency ORDER BY i.id";
constexpr const char* kCreditCurrency =
    "SELECT coalesce(c.number, c.draft_number), 'is in ' || c.currency || ', ' || v.number || "
    "  ' which it corrects in ' || v.currency FROM invoice AS c JOIN invoice AS v ON v.id = "
    "c.corrects_id "
    "WHERE c.currency <> v.currency ORDER BY c.id";

}  // namespace

void audit_item_place(AuditRun& run) {
  run.rows(kPlaces);
  run.rows(kReleasedPlaced);
}

void audit_drafted_on_draft(AuditRun& run) {
  run.rows(kWrongInvoice);
  run.rows(kNoLine);
}

void audit_release(AuditRun& run) {
  run.rows(kReleasedBack);
  run.rows(kReleasedUntold);
}

void audit_charged_once(AuditRun& run) {
  run.rows(kChargedUnexplained);
  Query query(run.ledger(), kChargedTwice);
  while (query.step()) run.warning(AuditRun::text_of(query, 0), AuditRun::text_of(query, 1));
}

void audit_draft_delete(AuditRun& run) {
  run.rows(kOrphans);
}

void audit_currency(AuditRun& run) {
  Query invoices(run.ledger(), kCurrencies);
  while (invoices.step()) {
    if (!Currency::of(invoices.text(1)))
      run.error(invoices.string(0), "is in \"" + invoices.string(1) + "\", which is no currency");
  }
  Query items(run.ledger(), kItemCurrencies);
  while (items.step()) {
    if (!Currency::of(items.text(1))) {
      run.error("item:" + std::to_string(items.integer(0)),
                "is in \"" + items.string(1) + "\", which is no currency");
    }
  }
  run.rows(kTwoCurrencies);
  run.rows(kCreditCurrency);
}

}  // namespace billctl
