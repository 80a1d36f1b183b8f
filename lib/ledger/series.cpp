#include "ledger/series.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {

constexpr const char* kFind =
    "SELECT code, year, first_sequence, next_sequence, last_on, last_seal FROM series "
    "WHERE tenant_id = :tenant AND code = :code AND year = :year";
constexpr const char* kList =
    "SELECT code, year, first_sequence, next_sequence, last_on, last_seal FROM series "
    "WHERE tenant_id = :tenant ORDER BY code, year";
constexpr const char* kAny =
    "SELECT 1 FROM series WHERE tenant_id = :tenant AND code = :code LIMIT 1";
constexpr const char* kMake =
    "INSERT INTO series (tenant_id, code, year, first_sequence, next_sequence) "
    "VALUES (:tenant, :code, :year, :first, :first)";
constexpr const char* kTake =
    "UPDATE series SET next_sequence = next_sequence + :count "
    "WHERE tenant_id = :tenant AND code = :code AND year = :year RETURNING next_sequence - :count";
constexpr const char* kPut =
    "UPDATE series SET next_sequence = :next, last_on = :last_on, last_seal = :seal "
    "WHERE tenant_id = :tenant AND code = :code AND year = :year";
constexpr const char* kJumps =
    "SELECT code, year, from_sequence, to_sequence, at, actor FROM series_jump "
    "WHERE tenant_id = :tenant ORDER BY id";
constexpr const char* kRecordJump =
    "INSERT INTO series_jump (tenant_id, code, year, from_sequence, to_sequence, at, actor) "
    "VALUES (:tenant, :code, :year, :from, :to, :at, :actor)";

Query& bind_key(Query& query, TenantId tenant, const SeriesKey& key) {
  return query.bind(":tenant", tenant).bind(":code", key.code).bind(":year", key.year);
}

SeriesRow row_of(const Query& query) {
  SeriesRow row;
  row.key = {query.string(0), query.string(1)};
  row.first = query.integer(2);
  row.next = query.integer(3);
  if (const auto last = query.string_or_null(4)) row.last_on = Date::parse(*last);
  row.last_seal = query.string(5);
  return row;
}

}  // namespace

std::string series_year(int counting_year) {
  return counting_year == 0 ? "" : std::to_string(counting_year);
}

std::optional<SeriesRow> SeriesTable::find(const SeriesKey& key) {
  Query query(ledger_, kFind);
  bind_key(query, tenant_, key);
  if (!query.step()) return std::nullopt;
  return row_of(query);
}

std::vector<SeriesRow> SeriesTable::list() {
  Query query(ledger_, kList);
  query.bind(":tenant", tenant_);
  std::vector<SeriesRow> rows;
  while (query.step()) rows.push_back(row_of(query));
  return rows;
}

std::vector<SeriesJump> SeriesTable::jumps() {
  Query query(ledger_, kJumps);
  query.bind(":tenant", tenant_);
  std::vector<SeriesJump> jumps;
  while (query.step()) {
    jumps.push_back({{query.string(0), query.string(1)},
                     query.integer(2),
                     query.integer(3),
                     Instant::from_seconds(query.integer(4)),
                     query.string(5)});
  }
  return jumps;
}

std::int64_t SeriesTable::next(const SeriesKey& key, std::int64_t first) {
  if (const auto row = find(key)) return row->next;
  Query any(ledger_, kAny);
  any.bind(":tenant", tenant_).bind(":code", key.code);
  return any.step() ? 1 : first;
}

void SeriesTable::make(const SeriesKey& key, std::int64_t first) {
  expect(ledger_.in_write(), "a series moves inside write");
  if (find(key)) return;
  Query make(ledger_, kMake);
  bind_key(make, tenant_, key).bind(":first", next(key, first)).run();
}

std::int64_t SeriesTable::take(const SeriesKey& key, std::int64_t first, std::int64_t count) {
  expect(ledger_.in_write() && count >= 1, "numbers are taken inside write, at least one");
  const auto moved = [&]() -> std::optional<std::int64_t> {
    Query take(ledger_, kTake);
    bind_key(take, tenant_, key).bind(":count", count);
    if (!take.step()) return std::nullopt;
    const std::int64_t taken = take.integer(0);
    take.step();
    return taken;
  };
  if (const auto taken = moved()) return *taken;
  make(key, first);
  return moved().value();
}

SeriesRow SeriesTable::at(const SeriesKey& key, std::int64_t first) {
  if (const auto row = find(key)) return *row;
  SeriesRow row;
  row.key = key;
  row.first = row.next = next(key, first);
  return row;
}

void SeriesTable::put(const SeriesRow& row) {
  const auto written = [&] {
    Query put(ledger_, kPut);
    bind_key(put, tenant_, row.key).bind(":next", row.next).bind(":seal", row.last_seal);
    row.last_on ? put.bind(":last_on", row.last_on->to_text()) : put.bind_null(":last_on");
    return put.run() == 1;
  };
  if (written()) return;
  make(row.key, row.first);
  expect(written(), "a series that was made is there");
}

void SeriesTable::jump(const SeriesKey& key, std::int64_t first, std::int64_t to, Instant at,
                       std::string_view actor) {
  const std::int64_t from = next(key, first);
  if (to <= from) {
    throw Error(Reason::wrong_state,
                "series " + key.code + ": the next number is " + std::to_string(from) +
                    ", not below " + std::to_string(to) + "; a series only moves upwards",
                "name a number above " + std::to_string(from));
  }
  make(key, first);
  Query record(ledger_, kRecordJump);
  bind_key(record, tenant_, key)
      .bind(":from", from)
      .bind(":to", to)
      .bind(":at", at.seconds())
      .bind(":actor", actor)
      .run();
  take(key, first, to - from);
}

}  // namespace billctl
