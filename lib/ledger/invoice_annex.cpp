#include "ledger/invoice_annex.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {

// A quote stands on each line that charges it, but is one piece of work.
constexpr const char* kAnnex =
    "SELECT i.work_on, coalesce(m.name, ''), coalesce(j.name, ''), coalesce(t.name, ''), "
    "e.description, i.quantity_micro, i.unit, coalesce(t.source_ref, '') "
    "FROM item AS i JOIN entry AS e ON e.id = i.entry_id "
    "LEFT JOIN member AS m ON m.id = i.member_id LEFT JOIN job_type AS j ON j.id = i.job_type_id "
    "LEFT JOIN task AS t ON t.id = i.task_id "
    "WHERE i.id IN (SELECT p.item_id FROM placed AS p WHERE p.invoice_id = :invoice) "
    "ORDER BY i.work_on, m.code, i.id";

}  // namespace

std::vector<AnnexEntry> annex_entries(Ledger& ledger, InvoiceId invoice) {
  Query query(ledger, kAnnex);
  query.bind(":invoice", invoice);
  std::vector<AnnexEntry> entries;
  while (query.step()) {
    AnnexEntry entry;
    const auto on = Date::parse(query.text(0));
    if (!on) throw Error(Reason::corrupt, "an item has a work date that is none");
    entry.on = *on;
    entry.member = query.string(1);
    entry.job_type = query.string(2);
    entry.task = query.string(3);
    entry.description = query.string(4);
    entry.quantity = Decimal::from_micro(query.integer(5));
    entry.unit = query.string(6);
    entry.source = query.string(7);
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace billctl
