// SeriesTable: the counters behind the numbers of drafts, invoices and credit notes (S4-9). One row
// for each series and, where its format names a year, each year; moved only in the transaction that
// uses the number, so that a number and its document appear together or not at all (no gap).
//
//   const std::int64_t n = series.take({"issued", "2026"}, config.numbering.issued.first);
//   config.number(config.numbering.issued, n, date);  // "INV2026-00042"
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/date.hpp"
#include "calendar/instant.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

struct SeriesKey {
  std::string code;  ///< draft, issued, credit
  std::string year;  ///< the counting year of its format (numbering.hpp); empty when it names none
  bool operator==(const SeriesKey&) const = default;
};

/// `year` as the ledger writes it: 2026 -> "2026", 0 -> "".
std::string series_year(int counting_year);

struct SeriesRow {
  SeriesKey key;
  std::int64_t first = 1;
  std::int64_t next = 1;
  std::optional<Date> last_on;  ///< the latest invoice date in it: dates never run backwards
  std::string last_seal;        ///< the head of its chain of seals; empty: nothing sealed yet
};

/// `numbering set` moved the counter: the numbers from `from` up to but without `to` are no gap.
struct SeriesJump {
  SeriesKey key;
  std::int64_t from = 0;
  std::int64_t to = 0;
  Instant at = Instant::from_seconds(0);
  std::string actor;
};

class SeriesTable {
 public:
  SeriesTable(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {}

  /// Nothing when no number of it was ever taken.
  std::optional<SeriesRow> find(const SeriesKey& key);
  /// The row, or what it would be made as. @param first as in `next`.
  SeriesRow at(const SeriesKey& key, std::int64_t first);
  /// By code and year.
  std::vector<SeriesRow> list();
  std::vector<SeriesJump> jumps();

  /// The number that `take` would give now.
  /// @param first the config's: counts only while the series has no row in any year; a later year
  /// starts at 1.
  std::int64_t next(const SeriesKey& key, std::int64_t first);
  /// Takes `count` numbers in a row. Inside `Ledger::write`. @returns the first of them.
  std::int64_t take(const SeriesKey& key, std::int64_t first, std::int64_t count = 1);

  /// Writes a series as it is after a document was issued: its next number, the latest date and the
  /// head of the chain of seals. For `issue`, which holds the rows of a run in memory. Inside
  /// `Ledger::write`.
  void put(const SeriesRow& row);

  /// Moves the counter upwards and records the jump. Inside `Ledger::write`.
  /// @throws Error{wrong_state} when `to` is not above the next number.
  void jump(const SeriesKey& key, std::int64_t first, std::int64_t to, Instant at,
            std::string_view actor);

 private:
  void make(const SeriesKey& key, std::int64_t first);
  Ledger& ledger_;
  TenantId tenant_;
};

}  // namespace billctl
