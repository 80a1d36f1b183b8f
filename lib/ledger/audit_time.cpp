// Instants, civil dates and the zone between them (X27).
#include <map>

#include "calendar/date.hpp"
#include "calendar/instant.hpp"
#include "ledger/audit_run.hpp"

namespace billctl {
namespace {

constexpr const char* kEntries =
    "SELECT ref, tenant_id, started_at, stopped_at, work_on, zone FROM entry ORDER BY id";
constexpr const char* kItemDates =
    "SELECT 'item:' || i.id, 'has the work date ' || i.work_on || ', its entry:' || e.ref || ' ' "
    "|| "
    "  e.work_on FROM item_placed AS p JOIN item AS i ON i.id = p.item_id "
    "JOIN entry AS e ON e.id = i.entry_id WHERE i.work_on <> e.work_on ORDER BY i.id";
constexpr const char* kInvoices =
    "SELECT coalesce(number, draft_number), invoice_on, due_on, period_first_on, period_last_on, "
    "  created_at, issued_at FROM invoice ORDER BY id";
constexpr const char* kEvents =
    "SELECT id, at FROM event WHERE at < :first OR at >= :past ORDER BY id";

constexpr std::int64_t kFirst = 0;
constexpr std::int64_t kPast = 7'258'118'400;   // 2200-01-01
constexpr std::int64_t kWestmost = -12 * 3600;  // of the zones of the earth
constexpr std::int64_t kEastmost = 14 * 3600;

bool is_sane(std::int64_t at) {
  return kFirst <= at && at < kPast;
}

/// The work date of an entry against its start. Without a zone of its own it was dated in the
/// tenant's zone of that day, which may have moved since: then only a date that no zone on earth
/// explains is an error.
class WorkDates {
 public:
  explicit WorkDates(AuditRun& run) : run_(run) {}

  void check(const Query& row) {
    const std::string subject = "entry:" + row.string(0);
    const auto work_on = Date::parse(row.text(4));
    if (!work_on) return run_.error(subject, "has the work date \"" + row.string(4) + "\"");
    const auto started_at = row.integer_or_null(2);
    const auto stopped_at = row.integer_or_null(3);
    for (const auto& at : {started_at, stopped_at}) {
      if (at && !is_sane(*at)) return run_.error(subject, "has the instant " + std::to_string(*at));
    }
    if (!started_at) return;
    if (stopped_at && *stopped_at < *started_at)
      return run_.error(subject, "stops before it starts");
    check_date(subject, *work_on, Instant::from_seconds(*started_at), row);
  }

 private:
  void check_date(const std::string& subject, Date work_on, Instant started, const Query& row) {
    const std::string name = row.string(5);
    if (!name.empty()) {
      const Zone* zone = find(name);
      if (zone == nullptr) return run_.error(subject, "is in the zone \"" + name + "\"");
      const Date local = zone->date(started);
      if (local != work_on) {
        run_.error(subject, "has the work date " + work_on.to_text() + ", it started on " +
                                local.to_text() + " in " + name);
      }
      return;
    }
    if (work_on < started.add_seconds(kWestmost).utc_date() ||
        started.add_seconds(kEastmost).utc_date() < work_on) {
      return run_.error(subject, "has the work date " + work_on.to_text() + ", it started at " +
                                     started.to_text());
    }
    const Date local = run_.facts().zone.date(started);
    if (row.integer(1) == run_.facts().tenant.value && local != work_on) {
      run_.warning(subject, "has the work date " + work_on.to_text() + ", it started on " +
                                local.to_text() + " in the tenant's zone of today");
    }
  }

  const Zone* find(const std::string& name) {
    auto [place, is_new] = zones_.try_emplace(name);
    if (is_new) place->second = Zone::load(name);
    return place->second ? &*place->second : nullptr;
  }

  AuditRun& run_;
  std::map<std::string, std::optional<Zone>> zones_;
};

void check_invoice(AuditRun& run, const Query& row) {
  const std::string subject = row.string(0);
  for (int column = 1; column <= 4; ++column) {
    if (!row.is_null(column) && !Date::parse(row.text(column)))
      run.error(subject, "has the date \"" + row.string(column) + "\"");
  }
  if (row.text(4) < row.text(3)) run.error(subject, "has a period that ends before it starts");
  for (int column = 5; column <= 6; ++column) {
    const auto at = row.integer_or_null(column);
    if (at && !is_sane(*at)) run.error(subject, "has the instant " + std::to_string(*at));
  }
}

}  // namespace

void audit_time(AuditRun& run) {
  WorkDates dates(run);
  Query entries(run.ledger(), kEntries);
  while (entries.step()) dates.check(entries);
  run.rows(kItemDates);
  Query invoices(run.ledger(), kInvoices);
  while (invoices.step()) check_invoice(run, invoices);
  Query events(run.ledger(), kEvents);
  events.bind(":first", kFirst).bind(":past", kPast);
  while (events.step())
    run.error("event " + std::to_string(events.integer(0)),
              "has the instant " + std::to_string(events.integer(1)));
}

}  // namespace billctl
