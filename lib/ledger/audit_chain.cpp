// The chains: every seal follows from its document and the seal before it, every event from its
// text and the event before it, and the series and the journal end where the chains end (X33).
#include "ledger/audit_run.hpp"
#include "ledger/events.hpp"

namespace billctl {
namespace {

constexpr const char* kTenants = "SELECT id, code FROM tenant ORDER BY id";
// A document names the seal before it, so links are checked as a set, in whatever order the
// documents were issued: each follows one that is there, none is followed twice, and each series
// ends with a document that nothing follows. A circle would need a broken SHA-256. Only a CAST
// gives the expression an affinity, and without one no index would find who follows a seal.
#define BILLCTL_SEALED                                                  \
  "WITH sealed AS (SELECT tenant_id, number, seal, "                    \
  "  CAST(coalesce(previous_seal, '') AS TEXT) AS previous, "           \
  "  series, coalesce(series_year, '') AS year, sequence FROM invoice " \
  "  WHERE state IN ('issued', 'voided') AND seal <> '') "
constexpr const char* kNothingBefore = BILLCTL_SEALED
    "SELECT a.number, 'is sealed upon a document that is not there' FROM sealed AS a "
    "LEFT JOIN sealed AS b ON b.seal = a.previous AND b.tenant_id = a.tenant_id "
    "WHERE a.previous <> '' AND b.seal IS NULL ORDER BY a.number";
constexpr const char* kFollowedTwice = BILLCTL_SEALED
    "SELECT max(number), 'is sealed upon the same document as ' || min(number) FROM sealed "
    "WHERE previous <> '' GROUP BY tenant_id, previous HAVING count(*) > 1 ORDER BY 1";
constexpr const char* kWrongOrder = BILLCTL_SEALED
    "SELECT a.number, 'is sealed upon ' || b.number || ', which comes after it' FROM sealed AS a "
    "JOIN sealed AS b ON b.seal = a.previous AND b.tenant_id = a.tenant_id "
    "WHERE a.series IS NOT NULL AND a.series = b.series AND a.year = b.year AND b.sequence >= "
    "a.sequence "
    "ORDER BY a.number";
constexpr const char* kTwoBeginnings = BILLCTL_SEALED
    "SELECT max(number), 'begins a chain of its own beside ' || min(number) FROM sealed "
    "WHERE previous = '' AND series IS NOT NULL GROUP BY tenant_id, series, year HAVING count(*) > "
    "1 ORDER BY 1";
constexpr const char* kNoEnd = BILLCTL_SEALED
    "SELECT 'series ' || s.code || CASE s.year WHEN '' THEN '' ELSE ' ' || s.year END, "
    "  CASE WHEN a.seal IS NULL THEN 'ends with the seal of a document that is not there' "
    "    ELSE 'ends with ' || a.number || ', yet ' || b.number || ' is sealed upon that' END "
    "FROM series AS s LEFT JOIN sealed AS a ON a.seal = s.last_seal AND a.tenant_id = s.tenant_id "
    "LEFT JOIN sealed AS b ON b.previous = s.last_seal AND b.tenant_id = s.tenant_id "
    "WHERE s.last_seal <> '' AND (a.seal IS NULL OR b.seal IS NOT NULL) ORDER BY s.code, s.year";
constexpr const char* kLooseEnd = BILLCTL_SEALED
    "SELECT a.number, 'is the last of its chain, and no series ends with it' FROM sealed AS a "
    "LEFT JOIN sealed AS b ON b.previous = a.seal AND b.tenant_id = a.tenant_id "
    "LEFT JOIN series AS s ON s.last_seal = a.seal AND s.tenant_id = a.tenant_id "
    "WHERE b.seal IS NULL AND s.last_seal IS NULL ORDER BY a.number";
#undef BILLCTL_SEALED

void check_events(AuditRun& run) {
  Query tenants(run.ledger(), kTenants);
  while (tenants.step()) {
    Events events(run.ledger(), tenants.id<TenantId>(0));
    if (const auto broken = events.first_broken()) {
      run.error("event " + std::to_string(broken->value),
                "does not follow from its text and the event before it");
    }
  }
}

}  // namespace

void audit_chain(AuditRun& run) {
  if (run.facts().depth == AuditDepth::quick) {
    audit_heads(run);
    return;
  }
  check_events(run);
  audit_seals(run);
  for (const char* sql :
       {kNothingBefore, kFollowedTwice, kWrongOrder, kTwoBeginnings, kNoEnd, kLooseEnd})
    run.rows(sql);
}

}  // namespace billctl
