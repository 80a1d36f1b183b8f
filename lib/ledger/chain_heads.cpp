#include "ledger/chain_heads.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {

constexpr const char* kSeries =
    "SELECT t.code, s.code, s.year, s.last_seal, (SELECT count(*) FROM invoice AS v "
    "  WHERE v.tenant_id = s.tenant_id AND v.series = s.code AND v.series_year = s.year "
    "  AND v.state IN ('issued', 'voided')) "
    "FROM series AS s JOIN tenant AS t ON t.id = s.tenant_id WHERE s.last_seal <> '' "
    "ORDER BY t.code, s.code, s.year";
constexpr const char* kJournals =
    "SELECT t.code, e.digest, n.events FROM (SELECT tenant_id, max(id) AS last, count(*) AS events "
    "  FROM event GROUP BY tenant_id) AS n JOIN event AS e ON e.id = n.last "
    "JOIN tenant AS t ON t.id = n.tenant_id ORDER BY t.code";
constexpr const char* kSeal =
    "SELECT v.number FROM invoice AS v JOIN tenant AS t ON t.id = v.tenant_id "
    "WHERE t.code = :tenant AND v.seal = :seal AND v.number IS NOT NULL LIMIT 1";
constexpr const char* kEvents =
    "SELECT (SELECT count(*) FROM event AS b WHERE b.tenant_id = e.tenant_id AND b.id <= e.id) "
    "FROM event AS e JOIN tenant AS t ON t.id = e.tenant_id "
    "WHERE t.code = :tenant AND e.digest = :digest LIMIT 1";

}  // namespace

std::vector<SeriesHead> series_heads(Ledger& ledger) {
  Query query(ledger, kSeries);
  std::vector<SeriesHead> heads;
  while (query.step()) {
    heads.push_back(
        {query.string(0), query.string(1), query.string(2), query.string(3), query.integer(4)});
  }
  return heads;
}

std::vector<JournalHead> journal_heads(Ledger& ledger) {
  Query query(ledger, kJournals);
  std::vector<JournalHead> heads;
  while (query.step()) heads.push_back({query.string(0), query.string(1), query.integer(2)});
  return heads;
}

std::optional<std::string> number_of_seal(Ledger& ledger, std::string_view tenant,
                                          std::string_view seal) {
  Query query(ledger, kSeal);
  query.bind(":tenant", tenant).bind(":seal", seal);
  if (!query.step()) return std::nullopt;
  return query.string(0);
}

std::optional<std::int64_t> events_up_to(Ledger& ledger, std::string_view tenant,
                                         std::string_view digest) {
  Query query(ledger, kEvents);
  query.bind(":tenant", tenant).bind(":digest", digest);
  if (!query.step()) return std::nullopt;
  return query.integer(0);
}

}  // namespace billctl
