// Entries and what compile made of them: nothing lost, nothing twice.
#include <map>

#include "ledger/audit_run.hpp"

namespace billctl {
namespace {

constexpr const char* kOnce =
    "SELECT coalesce('entry:' || e.ref, 'entry ' || twice.entry_id), "
    "  'has ' || twice.live || ' live items of one kind: ' || twice.items "
    "FROM (SELECT entry_id, count(*) AS live, group_concat('item:' || id, ', ') AS items FROM item "
    "      WHERE mark <> 'released' GROUP BY entry_id, CASE kind WHEN 'joined' THEN 'time' ELSE "
    "kind END "
    "      HAVING count(*) > 1) AS twice "
    "LEFT JOIN entry AS e ON e.id = twice.entry_id ORDER BY twice.entry_id";

// An entry that changed waits for compile with its items, which takes note of them; a parked one
// has none.
constexpr const char* kParkedAndBilled =
    "SELECT 'entry:' || e.ref, 'is parked as ' || p.reason || ', yet item:' || i.id || ' of it "
    "lives' "
    "FROM entry_parked AS p JOIN entry AS e ON e.id = p.entry_id "
    "JOIN item AS i ON i.entry_id = p.entry_id AND i.mark <> 'released' ORDER BY p.entry_id, i.id";

constexpr const char* kImportedTwice =
    "SELECT 'entry:' || ref, 'is in the ledger ' || count(*) || ' times' FROM entry "
    "GROUP BY tenant_id, ref HAVING count(*) > 1 ORDER BY tenant_id, ref";

constexpr const char* kOpenAndParked =
    "SELECT coalesce('entry:' || e.ref, 'entry ' || o.entry_id), "
    "  'waits for compile and is parked as ' || p.reason "
    "FROM entry_open AS o JOIN entry_parked AS p ON p.entry_id = o.entry_id "
    "LEFT JOIN entry AS e ON e.id = o.entry_id ORDER BY o.entry_id";
constexpr const char* kOpenMarked =
    "SELECT 'item:' || i.id, 'waits for generate, yet it is ' || i.mark "
    "FROM item_open AS o JOIN item AS i ON i.id = o.item_id WHERE i.mark <> '' ORDER BY i.id";
// A credit note names items whose place is the invoice it corrects, and an item that one took off
// stays in the material of both, so that they add up to what is left.
#define BILLCTL_TAKEN_BACK                                                         \
  "(EXISTS (SELECT 1 FROM material_event AS m WHERE m.item_id = p.item_id "        \
  "  AND m.invoice_id = p.invoice_id AND (m.what = 'credit' OR m.what = 'void')) " \
  "OR EXISTS (SELECT 1 FROM item AS i WHERE i.id = p.item_id AND i.mark = 'credited'))"
constexpr const char* kPlacedElsewhere =
    "SELECT 'item:' || p.item_id, 'is material of ' || coalesce(v.number, v.draft_number, '?') || "
    "  CASE WHEN q.item_id IS NULL THEN ', yet it has no place' "
    "       ELSE ', yet its place is ' || coalesce(w.number, w.draft_number, '?') END "
    "FROM placed AS p JOIN invoice AS v ON v.id = p.invoice_id "
    "LEFT JOIN item_placed AS q ON q.item_id = p.item_id LEFT JOIN invoice AS w ON w.id = "
    "q.invoice_id "
    "WHERE v.state <> 'voided' AND v.type = 'invoice' "
    // By CASE: otherwise what was taken back is looked up for every item, since it asks less.
    "AND CASE WHEN q.invoice_id IS NOT p.invoice_id THEN NOT " BILLCTL_TAKEN_BACK
    " END ORDER BY p.invoice_id, p.item_id";
constexpr const char* kPlaces = "SELECT invoice_id FROM item_placed";
// A quote that is charged by its rows stands on each of their lines.
constexpr const char* kLinks =
    "SELECT invoice_id, count(DISTINCT item_id) FROM placed GROUP BY invoice_id";
constexpr const char* kMiscounted =
    "SELECT coalesce(v.number, v.draft_number, 'invoice ' || n.id), :places || "
    "  ' items have their place on it, its material are ' || :links "
    "FROM (SELECT :invoice AS id) AS n LEFT JOIN invoice AS v ON v.id = n.id "
    "WHERE (v.state IS NULL OR v.state <> 'voided') "
    // What is placed elsewhere is told by item, not once more by count.
    "AND NOT EXISTS (SELECT 1 FROM placed AS p LEFT JOIN item_placed AS q ON q.item_id = p.item_id "
    "  WHERE p.invoice_id = n.id AND q.invoice_id IS NOT p.invoice_id)";

constexpr const char* kParkedCount =
    "SELECT 'parked ' || reason, 'the count says ' || sum(said) || ', parked are ' || sum(seen) "
    "FROM "
    "  (SELECT tenant_id, reason, entries AS said, 0 AS seen FROM parked_count UNION ALL "
    "   SELECT tenant_id, reason, 0, 1 FROM entry_parked) "
    "GROUP BY tenant_id, reason HAVING sum(said) <> sum(seen) ORDER BY tenant_id, reason";

#define BILLCTL_WHOSE                                                      \
  "coalesce(c.code, 'no client') || ' in ' || substr(e.work_on, 1, 7) || " \
  "CASE WHEN e.raw_seconds IS NULL THEN '' ELSE ', ' || e.raw_seconds || ' s' END"
#define BILLCTL_WITH_CLIENT                                                                \
  "LEFT JOIN task AS t ON t.id = e.task_id LEFT JOIN project AS j ON j.id = e.project_id " \
  "LEFT JOIN client AS c ON c.id = coalesce(t.client_id, j.client_id) "

// Each entry is in exactly one place; then their sums agree as well, for every client and month.
constexpr const char* kNowhere =
    "SELECT 'entry:' || e.ref, 'is lost (' || " BILLCTL_WHOSE
    " || '): it neither waits nor is parked, archived or compiled' "
    "FROM entry AS e " BILLCTL_WITH_CLIENT
    "WHERE e.withdrawn_at IS NULL AND e.archived_at IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM entry_open AS o WHERE o.entry_id = e.id) "
    "AND NOT EXISTS (SELECT 1 FROM entry_parked AS p WHERE p.entry_id = e.id) "
    "AND NOT EXISTS (SELECT 1 FROM item AS i WHERE i.entry_id = e.id AND i.mark <> 'released') "
    "ORDER BY e.id";
// An entry that was archived or withdrawn since still waits once for compile, which takes note.
constexpr const char* kGoneAndThere =
    "SELECT 'entry:' || e.ref, "
    "  CASE WHEN e.withdrawn_at IS NULL THEN 'is archived' ELSE 'is withdrawn' END || "
    "  ' and counted again (' || " BILLCTL_WHOSE
    " || '): ' || there.how "
    "FROM (SELECT entry_id, 'it is parked' AS how FROM entry_parked "
    "  UNION ALL SELECT i.entry_id, 'item:' || i.id || ' of it is pending' FROM item_open AS o "
    "    JOIN item AS i ON i.id = o.item_id "
    "  UNION ALL SELECT i.entry_id, 'item:' || i.id || ' of it is on an invoice' "
    "    FROM item_placed AS p JOIN item AS i ON i.id = p.item_id WHERE i.mark = '') AS there "
    "JOIN entry AS e ON e.id = there.entry_id " BILLCTL_WITH_CLIENT
    "WHERE (e.withdrawn_at IS NOT NULL OR e.archived_at IS NOT NULL) "
    "AND NOT EXISTS (SELECT 1 FROM entry_open AS o WHERE o.entry_id = e.id) "
    "ORDER BY e.id, there.how";
// A merged entry's work stands in another one.
constexpr const char* kMergedAndThere =
    "SELECT 'entry:' || e.ref, 'is merged into entry:' || h.ref || ' and counted again' "
    "FROM entry_merged AS p JOIN entry AS e ON e.id = p.entry_id "
    "JOIN entry_merge AS m ON m.id = p.merge_id JOIN entry AS h ON h.id = m.entry_id "
    "WHERE p.parent_id IS NULL AND e.withdrawn_at IS NULL ORDER BY e.id";
// What an item took over from its entry is what the entry says, unless it waits to be made anew.
constexpr const char* kItemDiffers =
    "SELECT 'item:' || i.id, 'has ' || coalesce(i.raw_seconds, i.metres, '?') || "
    "  CASE i.kind WHEN 'mileage' THEN ' m' ELSE ' s' END || ', entry:' || e.ref || ' recorded ' "
    "|| "
    "  coalesce(CASE i.kind WHEN 'mileage' THEN e.distance_metres WHEN 'travel_time' "
    "    THEN e.transport_seconds ELSE e.raw_seconds END, '?') "
    "FROM item AS i JOIN entry AS e ON e.id = i.entry_id "
    "WHERE i.mark <> 'released' AND CASE i.kind WHEN 'mileage' THEN i.metres IS NOT "
    "e.distance_metres "
    "  WHEN 'travel_time' THEN i.raw_seconds IS NOT e.transport_seconds "
    "  WHEN 'time' THEN i.raw_seconds IS NOT e.raw_seconds "
    "  WHEN 'joined' THEN i.raw_seconds IS NOT e.raw_seconds ELSE 0 END "
    "AND NOT EXISTS (SELECT 1 FROM entry_open AS o WHERE o.entry_id = e.id) ORDER BY i.id";

#undef BILLCTL_WHOSE
#undef BILLCTL_WITH_CLIENT

struct PlacedCount {
  std::int64_t places = 0;  ///< items whose place the invoice is
  std::int64_t links = 0;   ///< items among its material
};

/// Places come in the order of items, so they are counted here: to sort ten million of them by
/// invoice takes longer than all else in this check.
void check_placed_counts(AuditRun& run) {
  std::map<std::int64_t, PlacedCount> counts;
  Query places(run.ledger(), kPlaces);
  while (places.step()) ++counts[places.integer(0)].places;
  Query links(run.ledger(), kLinks);
  while (links.step()) counts[links.integer(0)].links = links.integer(1);
  for (const auto& [invoice, count] : counts) {
    if (count.places == count.links) continue;
    Query miscounted(run.ledger(), kMiscounted);
    miscounted.bind(":invoice", invoice).bind(":places", count.places).bind(":links", count.links);
    if (miscounted.step())
      run.error(AuditRun::text_of(miscounted, 0), AuditRun::text_of(miscounted, 1));
  }
}

}  // namespace

void audit_once(AuditRun& run) {
  run.rows(kOnce);
}

void audit_billed_has_item(AuditRun& run) {
  run.rows(kParkedAndBilled);
}

void audit_import_once(AuditRun& run) {
  run.rows(kImportedTwice);
}

void audit_queue(AuditRun& run) {
  run.rows(kOpenAndParked);
  run.rows(kOpenMarked);
  run.rows(kPlacedElsewhere);
  check_placed_counts(run);
  run.rows(kParkedCount);
}

void audit_conservation(AuditRun& run) {
  run.rows(kNowhere);
  run.rows(kGoneAndThere);
  run.rows(kMergedAndThere);
  run.rows(kItemDiffers);
}

}  // namespace billctl
