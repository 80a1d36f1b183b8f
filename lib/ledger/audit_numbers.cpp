// Numbers and dates of what was issued (S4-8 to S4-11, X28).
#include <algorithm>
#include <map>
#include <tuple>

#include "ledger/audit_run.hpp"

namespace billctl {
namespace {

using Key = std::tuple<std::int64_t, std::string, std::string>;  // tenant, series, year

constexpr const char* kSeries =
    "SELECT tenant_id, code, year, first_sequence, next_sequence, last_on FROM series "
    "WHERE code <> 'draft' ORDER BY tenant_id, code, year";
constexpr const char* kJumps =
    "SELECT tenant_id, code, year, from_sequence, to_sequence FROM series_jump "
    "ORDER BY tenant_id, code, year, from_sequence, to_sequence";
constexpr const char* kNumbers =
    "SELECT tenant_id, series, coalesce(series_year, ''), coalesce(sequence, 0), number, "
    "invoice_on "
    "FROM invoice WHERE state IN ('issued', 'voided') AND series IS NOT NULL "
    "ORDER BY tenant_id, series, series_year, sequence, id";

struct Range {
  std::int64_t from = 0;
  std::int64_t past = 0;
};

std::string series_name(const Key& key) {
  const std::string& year = std::get<2>(key);
  return "series " + std::get<1>(key) + (year.empty() ? "" : " " + year);
}

std::string number_range(std::int64_t from, std::int64_t past) {
  if (past - from == 1) return "number " + std::to_string(from);
  return "numbers " + std::to_string(from) + " to " + std::to_string(past - 1);
}

/// The documents of one series and year, in the order of their numbers.
class Count {
 public:
  Count(AuditRun& run, Key key, std::int64_t first, std::int64_t next, std::vector<Range> jumps)
      : run_(run), key_(std::move(key)), expected_(first), next_(next), jumps_(std::move(jumps)) {}

  void add(std::int64_t sequence, const std::string& number) {
    if (sequence < expected_)
      return run_.error(number, "is number " + std::to_string(sequence) + " of " +
                                    series_name(key_) + ", which is taken or before its first");
    tell_gap(sequence);
    expected_ = sequence + 1;
  }
  void end() {
    if (expected_ > next_) {
      return run_.error(series_name(key_), "counts to " + std::to_string(next_) +
                                               " next, its last number is " +
                                               std::to_string(expected_ - 1));
    }
    tell_gap(next_);
  }

 private:
  /// What is missing from the expected number up to `past`, but for what was jumped over.
  void tell_gap(std::int64_t past) {
    for (const Range& jump : jumps_) {
      if (jump.past <= expected_ || jump.from >= past) continue;
      missing(expected_, std::min(jump.from, past));
      expected_ = std::min(jump.past, past);
    }
    missing(expected_, past);
  }
  void missing(std::int64_t from, std::int64_t past) {
    if (from < past) run_.error(series_name(key_), "has no " + number_range(from, past));
  }

  AuditRun& run_;
  Key key_;
  std::int64_t expected_;
  std::int64_t next_;
  std::vector<Range> jumps_;
};

Key key_of(const Query& row) {
  return {row.integer(0), row.string(1), row.string(2)};
}

std::map<Key, std::vector<Range>> read_jumps(Ledger& ledger) {
  std::map<Key, std::vector<Range>> jumps;
  Query query(ledger, kJumps);
  while (query.step()) jumps[key_of(query)].push_back({query.integer(3), query.integer(4)});
  return jumps;
}

constexpr const char* kIncomplete =
    "SELECT coalesce(number, draft_number), CASE "
    "  WHEN number IS NULL THEN 'is issued without a number' "
    "  WHEN invoice_on IS NULL THEN 'is issued without a date' "
    "  WHEN issued_at IS NULL THEN 'is issued at no time' "
    "  WHEN coalesce(seal, '') = '' AND imported = 0 THEN 'is issued without a seal' "
    "  WHEN seller = '' OR NOT json_valid(seller) THEN 'does not say who sells' "
    "  ELSE 'does not say who buys' END FROM invoice WHERE state IN ('issued', 'voided') "
    "AND (number IS NULL OR invoice_on IS NULL OR issued_at IS NULL "
    "  OR (coalesce(seal, '') = '' AND imported = 0) OR seller = '' OR NOT json_valid(seller) OR "
    "buyer = '' OR NOT json_valid(buyer)) ORDER BY "
    "id";
constexpr const char* kNumberedDraft =
    "SELECT draft_number, 'is no more than a ' || state || ', yet it has the number ' || number "
    "FROM invoice WHERE state NOT IN ('issued', 'voided') AND number IS NOT NULL ORDER BY id";
constexpr const char* kNoLines =
    "SELECT v.number, 'is issued without a line' FROM invoice AS v WHERE v.state IN ('issued', "
    "'voided') "
    "AND NOT EXISTS (SELECT 1 FROM line AS l WHERE l.invoice_id = v.id) ORDER BY v.id";
constexpr const char* kNotNamed =
    "SELECT v.number, 'can not be found by its number' FROM invoice AS v "
    "LEFT JOIN invoice_name AS n ON n.tenant_id = v.tenant_id AND n.name = v.number "
    "WHERE v.number IS NOT NULL AND (n.invoice_id IS NULL OR n.invoice_id <> v.id OR n.issued <> "
    "1) "
    "ORDER BY v.id";

}  // namespace

void audit_no_gap(AuditRun& run) {
  if (run.facts().depth == AuditDepth::quick) {
    audit_counters(run);
    return;
  }
  auto jumps = read_jumps(run.ledger());
  std::map<Key, Count> counts;
  Query series(run.ledger(), kSeries);
  while (series.step()) {
    const Key key = key_of(series);
    counts.emplace(key, Count(run, key, series.integer(3), series.integer(4), jumps[key]));
  }
  Query numbers(run.ledger(), kNumbers);
  while (numbers.step()) {
    const auto count = counts.find(key_of(numbers));
    if (count == counts.end()) {
      run.error(AuditRun::text_of(numbers, 4),
                "is of " + series_name(key_of(numbers)) + ", which has no counter");
      continue;
    }
    count->second.add(numbers.integer(3), AuditRun::text_of(numbers, 4));
  }
  for (auto& [key, count] : counts) count.end();
}

void audit_date_order(AuditRun& run) {
  std::map<Key, std::string> latest;  // per series and year
  std::string number;
  Query numbers(run.ledger(), kNumbers);
  while (numbers.step()) {
    std::string& last = latest[key_of(numbers)];
    const std::string date = AuditRun::text_of(numbers, 5);
    if (date < last) {
      run.error(AuditRun::text_of(numbers, 4),
                "is dated " + date + ", " + number + " before it " + last);
    } else {
      last = date;
    }
    number = AuditRun::text_of(numbers, 4);
  }
  Query series(run.ledger(), kSeries);
  while (series.step()) {
    const auto found = latest.find(key_of(series));
    if (found == latest.end()) continue;
    const std::string seen = series.string_or_null(5).value_or("no date");
    if (seen != found->second)
      run.error(series_name(key_of(series)),
                "ends on " + found->second + ", its counter says " + seen);
  }
}

void audit_issued_complete(AuditRun& run) {
  run.rows(kIncomplete);
  run.rows(kNumberedDraft);
  run.rows(kNoLines);
  run.rows(kNotNamed);
}

}  // namespace billctl
