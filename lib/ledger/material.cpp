#include "ledger/material.hpp"

#include <algorithm>
#include <map>

#include "ledger/connection.hpp"

namespace billctl {
namespace {

constexpr const char* kAdjustments =
    "SELECT id, item_id, line, kind, amount_minor, unit_price_micro, reason, at, actor, undone_at, "
    "event_id FROM adjustment WHERE invoice_id = :invoice ORDER BY id";
constexpr const char* kEvents =
    "SELECT item_id, what, amount_minor, reason, at, actor, event_id FROM material_event "
    "WHERE invoice_id = :invoice ORDER BY id";
constexpr const char* kLastLine = "SELECT last_line FROM invoice WHERE id = :invoice";
constexpr const char* kPeriod =
    "SELECT material_first_on, material_last_on FROM invoice WHERE id = :invoice "
    "AND material_first_on IS NOT NULL";
constexpr const char* kTotal0 = "SELECT amount_minor FROM item WHERE id = :item";
constexpr const char* kIsPending = "SELECT 1 FROM item_open WHERE item_id = :item";
constexpr const char* kPlaceOf = "SELECT invoice_id FROM item_placed WHERE item_id = :item";

constexpr const char* kTell =
    "INSERT INTO material_event (invoice_id, item_id, what, amount_minor, reason, at, actor, "
    "event_id) VALUES (:invoice, :item, :what, :amount, :reason, :at, :actor, "
    "(SELECT coalesce(max(id), 0) + 1 FROM event))";
constexpr const char* kAdd =
    "INSERT INTO adjustment (invoice_id, item_id, line, kind, amount_minor, unit_price_micro, "
    "reason, at, actor, undone_at, event_id) VALUES (:invoice, :item, :line, :kind, :amount, "
    ":price, :reason, :at, :actor, :undone, (SELECT coalesce(max(id), 0) + 1 FROM event))";
constexpr const char* kUpdate =
    "UPDATE adjustment SET amount_minor = :amount, line = :line, undone_at = :undone WHERE id = "
    ":id";
constexpr const char* kRemove = "DELETE FROM adjustment WHERE id = :id AND kind = 'daily'";
constexpr const char* kUnqueue = "DELETE FROM item_open WHERE item_id = :item";
constexpr const char* kTake =
    "INSERT INTO item_placed (item_id, invoice_id) VALUES (:item, :invoice)";
constexpr const char* kUnplace =
    "DELETE FROM item_placed WHERE item_id = :item AND invoice_id = :invoice";
constexpr const char* kQueue = "INSERT INTO item_open (item_id) VALUES (:item)";
constexpr const char* kPreviously =
    "UPDATE item SET previously_invoiced_on = :number WHERE id = :item";
// A price that changed meanwhile must reach it: compile looks at its entry once more.
constexpr const char* kLookAgain =
    "INSERT OR IGNORE INTO entry_open (entry_id) SELECT entry_id FROM item WHERE id = :item";

constexpr const char* kDropLine = "DELETE FROM line WHERE invoice_id = :invoice AND line = :line";
constexpr const char* kPutLine =
    "INSERT INTO line (invoice_id, line, position, kind, source, worded, description, "
    "quantity_micro, unit, unit_price_micro, allowance_minor, amount_minor, tax, project_id, "
    "task_id, first_on, last_on) VALUES (:invoice, :line, :position, :kind, :source, :worded, "
    ":description, :quantity, :unit, :price, :allowance, :amount, :tax, :project, :task, :first, "
    ":last) ON CONFLICT (invoice_id, line) DO UPDATE SET position = excluded.position, "
    "kind = excluded.kind, source = excluded.source, worded = excluded.worded, "
    "description = excluded.description, quantity_micro = excluded.quantity_micro, "
    "unit = excluded.unit, unit_price_micro = excluded.unit_price_micro, "
    "allowance_minor = excluded.allowance_minor, amount_minor = excluded.amount_minor, "
    "tax = excluded.tax, project_id = excluded.project_id, task_id = excluded.task_id, "
    "first_on = excluded.first_on, last_on = excluded.last_on";
constexpr const char* kDropPlaced =
    "DELETE FROM placed WHERE invoice_id = :invoice AND line = :line AND item_id = :item";
constexpr const char* kPutPlaced =
    "INSERT INTO placed (invoice_id, line, item_id, share_minor, update_row_minor, report_minor) "
    "VALUES (:invoice, :line, :item, :share, :update_row, :report)";
// Of an issued invoice only these may move (schema 006, placed_stays).
constexpr const char* kMovePlaced =
    "UPDATE placed SET share_minor = :share, update_row_minor = :update_row, "
    "report_minor = :report WHERE invoice_id = :invoice AND line = :line AND item_id = :item";
constexpr const char* kSaveMatch =
    "UPDATE invoice SET by_hand = :by_hand, unallocated_minor = :unallocated, "
    "last_line = CASE WHEN state IN ('draft', 'held') THEN max(last_line, :last_line) "
    "ELSE last_line END WHERE id = :invoice";
constexpr const char* kSavePeriod =
    "UPDATE invoice SET material_first_on = :first, material_last_on = :last WHERE id = :invoice";

template <class Value>
Value stored(const std::optional<Value>& value) {
  if (value) return *value;
  throw Error(Reason::corrupt, "the material of an invoice has a word that is none",
              "run `billctl verify`");
}

std::optional<std::int64_t> micro(const std::optional<Decimal>& value) {
  if (!value) return std::nullopt;
  return value->micro();
}

std::optional<std::string> day(const std::optional<Date>& date) {
  if (!date) return std::nullopt;
  return date->to_text();
}

std::optional<std::int64_t> seconds(const std::optional<Instant>& at) {
  if (!at) return std::nullopt;
  return at->seconds();
}

void put(Ledger& ledger, const Line& line) {
  Query query(ledger, kPutLine);
  query.bind(":invoice", line.invoice).bind(":line", line.line).bind(":position", line.position);
  query.bind(":kind", line.kind).bind(":source", line.typed ? "typed" : "items");
  query.bind(":worded", line.worded).bind(":description", line.description);
  query.bind(":quantity", micro(line.quantity)).bind(":unit", line.unit);
  query.bind(":price", micro(line.unit_price)).bind(":allowance", line.allowance_minor);
  query.bind(":amount", line.amount_minor).bind(":tax", line.tax);
  query.bind_or_null(":project", line.project).bind_or_null(":task", line.task);
  query.bind(":first", day(line.first_on)).bind(":last", day(line.last_on));
  query.run();
}

void put(Ledger& ledger, const char* sql, const Placed& placed) {
  Query query(ledger, sql);
  query.bind(":invoice", placed.invoice).bind(":line", placed.line).bind(":item", placed.item);
  query.bind(":share", placed.share_minor).bind(":update_row", placed.update_row_minor);
  query.bind(":report", placed.report_minor).run();
}

}  // namespace

std::vector<Adjustment> Material::adjustments(InvoiceId invoice) {
  Query query(ledger_, kAdjustments);
  query.bind(":invoice", invoice);
  std::vector<Adjustment> adjustments;
  while (query.step()) {
    Adjustment& each = adjustments.emplace_back();
    each.id = query.integer(0);
    each.invoice = invoice;
    each.item = query.id<ItemId>(1);
    each.line = query.integer_or_null(2).value_or(0);
    each.kind = stored(adjustment_kind_of(query.text(3)));
    each.amount_minor = query.integer(4);
    if (const auto price = query.integer_or_null(5)) each.unit_price = Decimal::from_micro(*price);
    each.reason = query.string(6);
    each.at = Instant::from_seconds(query.integer(7));
    each.actor = query.string(8);
    if (const auto at = query.integer_or_null(9)) each.undone_at = Instant::from_seconds(*at);
    each.event = query.id<EventId>(10);
  }
  return adjustments;
}

std::vector<MaterialEvent> Material::events(InvoiceId invoice) {
  Query query(ledger_, kEvents);
  query.bind(":invoice", invoice);
  std::vector<MaterialEvent> events;
  while (query.step()) {
    MaterialEvent& event = events.emplace_back();
    event.invoice = invoice;
    event.item = query.id<ItemId>(0);
    event.what = stored(material_act_of(query.text(1)));
    event.amount_minor = query.integer(2);
    event.reason = query.string(3);
    event.at = Instant::from_seconds(query.integer(4));
    event.actor = query.string(5);
    event.event = query.id<EventId>(6);
  }
  return events;
}

std::int64_t Material::last_line(InvoiceId invoice) {
  Query query(ledger_, kLastLine);
  query.bind(":invoice", invoice);
  return query.step() ? query.integer(0) : 0;
}

std::optional<Period> Material::period(InvoiceId invoice) {
  Query query(ledger_, kPeriod);
  query.bind(":invoice", invoice);
  if (!query.step()) return std::nullopt;
  return Period::from_to(stored(Date::parse(query.text(0))), stored(Date::parse(query.text(1))));
}

std::int64_t Material::total0_minor(ItemId item) {
  Query query(ledger_, kTotal0);
  query.bind(":item", item);
  return query.step() ? query.integer(0) : 0;
}

bool Material::is_pending(ItemId item) {
  Query query(ledger_, kIsPending);
  query.bind(":item", item);
  return query.step();
}

std::optional<InvoiceId> Material::place_of(ItemId item) {
  Query query(ledger_, kPlaceOf);
  query.bind(":item", item);
  if (!query.step()) return std::nullopt;
  return query.id<InvoiceId>(0);
}

void Material::tell(const MaterialEvent& event) {
  Query query(ledger_, kTell);
  query.bind(":invoice", event.invoice).bind(":item", event.item).bind(":what", word(event.what));
  query.bind(":amount", event.amount_minor).bind(":reason", event.reason);
  query.bind(":at", event.at.seconds()).bind(":actor", event.actor).run();
}

void Material::add(const Adjustment& adjustment) {
  Query query(ledger_, kAdd);
  query.bind(":invoice", adjustment.invoice).bind_or_null(":item", adjustment.item);
  if (adjustment.line == 0) {
    query.bind_null(":line");
  } else {
    query.bind(":line", adjustment.line);
  }
  query.bind(":kind", word(adjustment.kind)).bind(":amount", adjustment.amount_minor);
  query.bind(":price", micro(adjustment.unit_price)).bind(":reason", adjustment.reason);
  query.bind(":at", adjustment.at.seconds()).bind(":actor", adjustment.actor);
  query.bind(":undone", seconds(adjustment.undone_at)).run();
}

void Material::update(const Adjustment& adjustment) {
  Query query(ledger_, kUpdate);
  query.bind(":id", adjustment.id).bind(":amount", adjustment.amount_minor);
  if (adjustment.line == 0) {
    query.bind_null(":line");
  } else {
    query.bind(":line", adjustment.line);
  }
  query.bind(":undone", seconds(adjustment.undone_at)).run();
}

void Material::remove(const Adjustment& daily) {
  Query(ledger_, kRemove).bind(":id", daily.id).run();
}

void Material::take(ItemId item, InvoiceId invoice) {
  Query(ledger_, kUnqueue).bind(":item", item).run();
  Query(ledger_, kTake).bind(":item", item).bind(":invoice", invoice).run();
}

void Material::give_back(ItemId item, InvoiceId invoice, std::string_view number) {
  Query(ledger_, kUnplace).bind(":item", item).bind(":invoice", invoice).run();
  queue(item, number);
}

void Material::queue(ItemId item, std::string_view number) {
  Query(ledger_, kQueue).bind(":item", item).run();
  if (!number.empty())
    Query(ledger_, kPreviously).bind(":item", item).bind(":number", number).run();
  Query(ledger_, kLookAgain).bind(":item", item).run();
}

void Material::save_lines(const std::vector<Line>& before, const std::vector<Line>& after) {
  for (const Line& line : before) {
    if (std::ranges::find(after, line.line, &Line::line) != after.end()) continue;
    Query(ledger_, kDropLine).bind(":invoice", line.invoice).bind(":line", line.line).run();
  }
  for (const Line& line : after) {
    const auto old = std::ranges::find(before, line.line, &Line::line);
    if (old == before.end() || !(*old == line)) put(ledger_, line);
  }
}

void Material::save_placed(const std::vector<Placed>& before, const std::vector<Placed>& after) {
  using Places = std::map<std::pair<std::int64_t, ItemId>, const Placed*>;
  const auto by_place = [](const std::vector<Placed>& places) {
    Places sorted;
    for (const Placed& each : places) sorted[{each.line, each.item}] = &each;
    return sorted;
  };
  const Places old = by_place(before);
  const Places now = by_place(after);
  for (const auto& [place, placed] : old) {
    if (now.contains(place)) continue;
    Query(ledger_, kDropPlaced)
        .bind(":invoice", placed->invoice)
        .bind(":line", placed->line)
        .bind(":item", placed->item)
        .run();
  }
  for (const auto& [place, placed] : now) {
    const auto there = old.find(place);
    if (there == old.end()) {
      put(ledger_, kPutPlaced, *placed);
    } else if (!(*there->second == *placed)) {
      put(ledger_, kMovePlaced, *placed);
    }
  }
}

void Material::save_match(const Invoice& invoice, std::int64_t last_line) {
  Query query(ledger_, kSaveMatch);
  query.bind(":invoice", invoice.id).bind(":by_hand", invoice.by_hand);
  query.bind(":unallocated", invoice.unallocated_minor).bind(":last_line", last_line).run();
}

void Material::save_period(InvoiceId invoice, const Period& period) {
  Query query(ledger_, kSavePeriod);
  query.bind(":invoice", invoice).bind(":first", period.first().to_text());
  query.bind(":last", period.last().to_text()).run();
}

}  // namespace billctl
