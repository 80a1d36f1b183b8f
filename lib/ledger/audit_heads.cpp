// The ends of series and chains, each found by one look into an index: what a quick audit asks of
// them, at the same cost however many documents there are.
#include "ledger/audit_run.hpp"
#include "ledger/events.hpp"

namespace billctl {
namespace {

constexpr const char* kSeries =
    "SELECT tenant_id, code, year, first_sequence, next_sequence, last_seal FROM series "
    "WHERE code <> 'draft' ORDER BY tenant_id, code, year";
constexpr const char* kLast =
    "SELECT sequence, number, seal FROM invoice WHERE tenant_id = :tenant AND series = :code "
    "AND series_year = :year ORDER BY sequence DESC LIMIT 1";
constexpr const char* kJump =
    "SELECT 1 FROM series_jump WHERE tenant_id = :tenant AND code = :code AND year = :year "
    "AND to_sequence = :next LIMIT 1";
constexpr const char* kOverride =
    "SELECT 1 FROM invoice WHERE tenant_id = :tenant AND seal = :seal AND series IS NULL LIMIT 1";

/// One row of kSeries, with the document that has its highest number.
struct End {
  std::int64_t tenant = 0;
  std::string code, year;
  std::int64_t first = 1, next = 1;
  std::string seal;
  std::int64_t last = 0;
  std::string last_number, last_seal;  ///< empty: no document has a number of it

  std::string name() const { return "series " + code + (year.empty() ? "" : " " + year); }
};

std::vector<End> ends(Ledger& ledger) {
  std::vector<End> list;
  Query series(ledger, kSeries);
  while (series.step()) {
    End end{series.integer(0),
            series.string(1),
            series.string(2),
            series.integer(3),
            series.integer(4),
            series.string(5),
            0,
            "",
            ""};
    Query last(ledger, kLast);
    last.bind(":tenant", end.tenant).bind(":code", end.code).bind(":year", end.year);
    if (last.step()) {
      end.last = last.integer(0);
      end.last_number = AuditRun::text_of(last, 1);
      end.last_seal = AuditRun::text_of(last, 2);
    }
    list.push_back(std::move(end));
  }
  return list;
}

bool was_jumped_to(Ledger& ledger, const End& end) {
  Query jump(ledger, kJump);
  jump.bind(":tenant", end.tenant).bind(":code", end.code).bind(":year", end.year);
  return jump.bind(":next", end.next).step();
}

bool is_override(Ledger& ledger, const End& end) {
  Query query(ledger, kOverride);
  return query.bind(":tenant", end.tenant).bind(":seal", end.seal).step();
}

}  // namespace

void audit_counters(AuditRun& run) {
  for (const End& end : ends(run.ledger())) {
    const std::int64_t expected = end.last_number.empty() ? end.first : end.last + 1;
    if (end.next == expected || (end.next > expected && was_jumped_to(run.ledger(), end))) continue;
    const std::string last =
        end.last_number.empty() ? "it has no document" : "its last is " + std::to_string(end.last);
    run.error(end.name(), "counts to " + std::to_string(end.next) + " next, " + last);
  }
}

void audit_heads(AuditRun& run) {
  if (const auto broken = newest_event_broken(run.ledger()))
    run.error("event " + std::to_string(broken->value), "is the newest and not as it was written");
  for (const End& end : ends(run.ledger())) {
    if (end.seal == end.last_seal || (!end.seal.empty() && is_override(run.ledger(), end)))
      continue;
    run.error(end.name(), end.seal.empty() ? "has no seal, its last document is " + end.last_number
                          : end.last_number.empty()
                              ? "ends with the seal of a document that is not there"
                              : "does not end with the seal of " + end.last_number);
  }
}

}  // namespace billctl
