// Lines against their items, and against quantity x price.
#include "ledger/audit_run.hpp"
#include "ledger/issue_records.hpp"
#include "money/rounding.hpp"

namespace billctl {
namespace {

#define BILLCTL_NAME "coalesce(v.number, v.draft_number)"

// Until something is changed by hand, the shares of a line's items are the line (arithmetic.md 7).
constexpr const char* kShares =
    "SELECT " BILLCTL_NAME
    ", l.line, v.currency, l.amount_minor, s.shares "
    "FROM (SELECT invoice_id, line, sum(share_minor) AS shares FROM placed GROUP BY invoice_id, "
    "line) AS s "
    "JOIN invoice AS v ON v.id = s.invoice_id "
    "JOIN line AS l ON l.invoice_id = s.invoice_id AND l.line = s.line "
    "WHERE v.by_hand = 0 AND l.source = 'items' AND l.amount_minor <> s.shares "
    "ORDER BY s.invoice_id, s.line";
constexpr const char* kNoItems =
    "SELECT " BILLCTL_NAME
    ", l.line, v.currency, l.amount_minor FROM line AS l "
    "JOIN invoice AS v ON v.id = l.invoice_id "
    "WHERE v.by_hand = 0 AND v.type = 'invoice' AND l.source = 'items' AND l.amount_minor <> 0 "
    "AND l.kind <> 'quote' AND NOT EXISTS (SELECT 1 FROM placed AS p "
    "  WHERE p.invoice_id = l.invoice_id AND p.line = l.line) ORDER BY l.invoice_id, l.line";

// By hand or not, the shares of what was issued stay as they were; unless material came or went
// since, of which an event tells, and of which the report prices then give account (X3, X4).
constexpr const char* kRecordedShares =
    "SELECT v.id, " BILLCTL_NAME
    ", r.shares_checksum FROM issue_record AS r JOIN invoice AS v ON v.id = r.invoice_id "
    "WHERE v.state = 'issued' AND NOT EXISTS (SELECT 1 FROM material_event AS m "
    "  WHERE m.invoice_id = v.id AND m.id > r.last_material) ORDER BY v.id";

// From then on the report prices are, with what could not be placed (X4).
constexpr const char* kReportPrices =
    "SELECT " BILLCTL_NAME
    ", v.currency, n.amounts, n.prices, v.unallocated_minor "
    "FROM (SELECT invoice_id, sum(amount) AS amounts, sum(price) AS prices FROM "
    "  (SELECT invoice_id, amount_minor AS amount, 0 AS price FROM line UNION ALL "
    "   SELECT invoice_id, 0, coalesce(report_minor, share_minor) FROM placed) GROUP BY "
    "invoice_id) AS n "
    "JOIN invoice AS v ON v.id = n.invoice_id "
    "WHERE v.by_hand = 1 AND v.type = 'invoice' AND n.prices + v.unallocated_minor <> n.amounts "
    "ORDER BY v.id";
constexpr const char* kReportedUntouched =
    "SELECT " BILLCTL_NAME
    ", 'item:' || p.item_id || ' has a report price of its own, yet nothing was "
    "changed by hand' FROM placed AS p JOIN invoice AS v ON v.id = p.invoice_id "
    "WHERE v.by_hand = 0 AND p.report_minor <> p.share_minor ORDER BY p.invoice_id, p.item_id";

constexpr const char* kLines =
    "SELECT " BILLCTL_NAME
    ", l.line, v.currency, v.rounding, l.quantity_micro, l.unit_price_micro, "
    "  l.allowance_minor, l.amount_minor FROM line AS l JOIN invoice AS v ON v.id = l.invoice_id "
    "ORDER BY l.invoice_id, l.line";

#undef BILLCTL_NAME

std::string line_name(const Query& row) {
  return "line " + std::to_string(row.integer(1));
}

void check_net(AuditRun& run, const Query& row) {
  const auto quantity = row.integer_or_null(4);
  const auto price = row.integer_or_null(5);
  const std::int64_t allowance = row.integer(6);
  const std::int64_t seen = row.integer(7);
  if (!quantity) {
    if (seen != 0 || allowance != 0)
      run.error(row.string(0), line_name(row) + " is text and has an amount");
    return;
  }
  if (!price) return run.error(row.string(0), line_name(row) + " has a quantity and no price");
  if (*price < 0) return run.error(row.string(0), line_name(row) + " has a negative price");
  const auto currency = Currency::of(row.text(2));
  const auto rounding = rounding_of(row.text(3));
  if (!currency) return;  // told by `currency`
  if (!rounding) return run.error(row.string(0), "rounds \"" + row.string(3) + "\"");
  const Money product =
      amount(Decimal::from_micro(*quantity), Decimal::from_micro(*price), *currency, *rounding);
  const Money needed = product + Money(allowance, *currency);
  if (needed.minor() == seen) return;
  run.error(row.string(0), line_name(row) + ": " + Decimal::from_micro(*quantity).to_text() +
                               " x " + Decimal::from_micro(*price).to_text(currency->digits()) +
                               (allowance == 0 ? "" : " and the allowance") + " is " +
                               amount_text(needed.minor(), row.text(2)) + ", the line says " +
                               amount_text(seen, row.text(2)));
}

}  // namespace

void audit_line_sum(AuditRun& run) {
  Query shares(run.ledger(), kShares);
  while (shares.step()) {
    run.error(shares.string(0), line_name(shares) + " is " +
                                    amount_text(shares.integer(3), shares.text(2)) +
                                    ", its items' shares add up to " +
                                    amount_text(shares.integer(4), shares.text(2)));
  }
  Query none(run.ledger(), kNoItems);
  while (none.step()) {
    run.error(none.string(0), line_name(none) + " is " +
                                  amount_text(none.integer(3), none.text(2)) +
                                  ", and no item stands behind it");
  }
  IssueRecords records(run.ledger());
  Query recorded(run.ledger(), kRecordedShares);
  while (recorded.step()) {
    if (records.shares_checksum(recorded.id<InvoiceId>(0)) != recorded.integer(2))
      run.error(AuditRun::text_of(recorded, 1),
                "its items' shares are not those that it was issued with");
  }
}

void audit_report_price(AuditRun& run) {
  Query query(run.ledger(), kReportPrices);
  while (query.step()) {
    run.error(query.string(0),
              "its lines are " + amount_text(query.integer(2), query.text(1)) +
                  ", the report prices " + amount_text(query.integer(3), query.text(1)) +
                  " and unallocated " + amount_text(query.integer(4), query.text(1)));
  }
  run.rows(kReportedUntouched);
}

void audit_line_net(AuditRun& run) {
  Query query(run.ledger(), kLines);
  while (query.step()) check_net(run, query);
}

}  // namespace billctl
