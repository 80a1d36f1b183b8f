#include "ledger/credits.hpp"

#include "ledger/connection.hpp"
#include "ledger/material.hpp"

namespace billctl {
namespace {

#define BILLCTL_CREDIT_NOTES                                                 \
  "JOIN invoice AS c ON c.client_id = o.client_id AND c.corrects_id = o.id " \
  "AND c.type = 'credit_note' AND c.state <> 'voided' "                      \
  "AND (:all OR c.state = 'issued') "

constexpr const char* kByLine =
    "SELECT l.corrects_line, sum(l.amount_minor) FROM invoice AS o " BILLCTL_CREDIT_NOTES
    "JOIN line AS l ON l.invoice_id = c.id "
    "WHERE o.id = :invoice AND l.corrects_line IS NOT NULL GROUP BY l.corrects_line";
constexpr const char* kByItem =
    "SELECT p.item_id, sum(p.share_minor) FROM invoice AS o " BILLCTL_CREDIT_NOTES
    "JOIN placed AS p ON p.invoice_id = c.id WHERE o.id = :invoice GROUP BY p.item_id";
constexpr const char* kByPlace =
    "SELECT coalesce(l.corrects_line, 0), p.item_id, sum(p.share_minor) "
    "FROM invoice AS o " BILLCTL_CREDIT_NOTES
    "JOIN placed AS p ON p.invoice_id = c.id "
    "LEFT JOIN line AS l ON l.invoice_id = c.id AND l.line = p.line "
    "WHERE o.id = :invoice GROUP BY 1, 2";
constexpr const char* kByTax =
    "SELECT t.tax, t.category, t.rate_micro, sum(t.base_minor), sum(t.amount_minor) "
    "FROM invoice AS o " BILLCTL_CREDIT_NOTES
    "JOIN tax_row AS t ON t.invoice_id = c.id WHERE o.id = :invoice "
    "GROUP BY t.tax, t.category, t.rate_micro";
constexpr const char* kPrepayments =
    "SELECT p.contract_line_id, sum(p.applied_minor), sum(p.tax_minor) "
    "FROM invoice AS o " BILLCTL_CREDIT_NOTES
    "JOIN prepayment AS p ON p.invoice_id = c.id WHERE o.id = :invoice "
    "GROUP BY p.contract_line_id";
constexpr const char* kItemsAfter = "SELECT items_after FROM invoice WHERE id = :invoice";
constexpr const char* kCreditedItems =
    "SELECT DISTINCT i.id FROM placed AS p JOIN item AS i ON i.id = p.item_id "
    "WHERE p.invoice_id = :invoice AND i.mark = 'credited' ORDER BY i.id";
constexpr const char* kReissueOf =
    "SELECT coalesce(c.number, c.draft_number) FROM invoice AS o "
    "JOIN invoice AS c ON c.client_id = o.client_id AND c.reissues_id = o.id "
    "WHERE o.id = :invoice AND c.state <> 'voided' ORDER BY c.id LIMIT 1";
constexpr const char* kOpenNote =
    "SELECT c.draft_number FROM invoice AS o "
    "JOIN invoice AS c ON c.client_id = o.client_id AND c.corrects_id = o.id "
    "WHERE o.id = :invoice AND c.type = 'credit_note' AND c.state IN ('draft', 'held') "
    "ORDER BY c.id LIMIT 1";
constexpr const char* kMarkCreditNote =
    "UPDATE invoice SET type = 'credit_note', corrects_id = :corrects, items_after = :after "
    "WHERE id = :invoice";
constexpr const char* kMarkReissue = "UPDATE invoice SET reissues_id = :of WHERE id = :invoice";
constexpr const char* kCorrectedLine =
    "UPDATE line SET corrects_line = :corrects WHERE invoice_id = :invoice AND line = :line";
constexpr const char* kUnplace = "DELETE FROM item_placed WHERE item_id = :item";
constexpr const char* kMark = "UPDATE item SET mark = :mark WHERE id = :item";

}  // namespace

std::map<std::int64_t, std::int64_t> Credits::by_line(InvoiceId invoice, CreditNotes which) {
  Query query(ledger_, kByLine);
  query.bind(":invoice", invoice).bind(":all", which == CreditNotes::all);
  std::map<std::int64_t, std::int64_t> credited;
  while (query.step()) credited[query.integer(0)] = query.integer(1);
  return credited;
}

std::map<ItemId, std::int64_t> Credits::by_item(InvoiceId invoice, CreditNotes which) {
  Query query(ledger_, kByItem);
  query.bind(":invoice", invoice).bind(":all", which == CreditNotes::all);
  std::map<ItemId, std::int64_t> credited;
  while (query.step()) credited[query.id<ItemId>(0)] = query.integer(1);
  return credited;
}

std::map<std::pair<std::int64_t, ItemId>, std::int64_t> Credits::by_place(InvoiceId invoice) {
  Query query(ledger_, kByPlace);
  query.bind(":invoice", invoice).bind(":all", true);
  std::map<std::pair<std::int64_t, ItemId>, std::int64_t> credited;
  while (query.step()) credited[{query.integer(0), query.id<ItemId>(1)}] = query.integer(2);
  return credited;
}

std::vector<CreditedTax> Credits::by_tax(InvoiceId invoice) {
  Query query(ledger_, kByTax);
  query.bind(":invoice", invoice).bind(":all", true);
  std::vector<CreditedTax> credited;
  while (query.step())
    credited.push_back(
        {{query.string(0), tax_category_of(query.text(1)), Decimal::from_micro(query.integer(2))},
         query.integer(3),
         query.integer(4)});
  return credited;
}

std::map<ContractLineId, Credits::GivenBack> Credits::prepayments(InvoiceId invoice) {
  Query query(ledger_, kPrepayments);
  query.bind(":invoice", invoice).bind(":all", true);
  std::map<ContractLineId, GivenBack> given;
  while (query.step()) given[query.id<ContractLineId>(0)] = {query.integer(1), query.integer(2)};
  return given;
}

ItemsAfter Credits::items_after(InvoiceId credit_note) {
  Query query(ledger_, kItemsAfter);
  query.bind(":invoice", credit_note);
  if (!query.step()) return ItemsAfter::keep;
  return items_after_of(query.text(0)).value_or(ItemsAfter::keep);
}

std::vector<ItemId> Credits::credited_items(InvoiceId invoice) {
  Query query(ledger_, kCreditedItems);
  query.bind(":invoice", invoice);
  std::vector<ItemId> items;
  while (query.step()) items.push_back(query.id<ItemId>(0));
  return items;
}

std::optional<std::string> Credits::open_note(InvoiceId invoice) {
  Query query(ledger_, kOpenNote);
  query.bind(":invoice", invoice);
  if (!query.step()) return std::nullopt;
  return query.string(0);
}

std::optional<std::string> Credits::reissue_of(InvoiceId voided) {
  Query query(ledger_, kReissueOf);
  query.bind(":invoice", voided);
  if (!query.step()) return std::nullopt;
  return query.string(0);
}

void Credits::mark_credit_note(InvoiceId draft, InvoiceId corrects, ItemsAfter after) {
  Query query(ledger_, kMarkCreditNote);
  query.bind(":invoice", draft).bind(":corrects", corrects).bind(":after", word(after)).run();
}

void Credits::mark_reissue(InvoiceId draft, InvoiceId reissues) {
  Query(ledger_, kMarkReissue).bind(":invoice", draft).bind(":of", reissues).run();
}

void Credits::put_corrected_lines(const std::vector<Line>& lines) {
  for (const Line& line : lines) {
    Query query(ledger_, kCorrectedLine);
    query.bind(":invoice", line.invoice).bind(":line", line.line);
    query.bind(":corrects", line.corrects_line).run();
  }
}

void Credits::mark_credited(ItemId item) {
  Query(ledger_, kUnplace).bind(":item", item).run();
  Query(ledger_, kMark).bind(":mark", "credited").bind(":item", item).run();
}

void Credits::reopen(ItemId item, std::string_view number) {
  Query(ledger_, kMark).bind(":mark", "").bind(":item", item).run();
  Query(ledger_, kUnplace).bind(":item", item).run();
  Material(ledger_).queue(item, number);
}

void Credits::take_off(ItemId item) {
  Query(ledger_, kUnplace).bind(":item", item).run();
}

}  // namespace billctl
