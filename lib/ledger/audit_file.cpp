// The file itself: its settings, its pages, its schema.
#include "ledger/audit_run.hpp"
#include "ledger/opening.hpp"
#include "ledger/schema_digest.hpp"

namespace billctl {
namespace {

constexpr const char* kApplication = "PRAGMA application_id";
constexpr const char* kVersion = "PRAGMA user_version";
constexpr const char* kJournal = "PRAGMA journal_mode";
constexpr const char* kForeign = "PRAGMA foreign_keys";
constexpr const char* kRecursive = "PRAGMA recursive_triggers";
constexpr const char* kTrusted = "PRAGMA trusted_schema";
constexpr const char* kForeignKeys =
    "SELECT \"table\" || coalesce(' row ' || rowid, ''), 'refers to a row of ' || parent || "
    "  ' that is not there' FROM pragma_foreign_key_check";
constexpr const char* kIntegrity = "PRAGMA integrity_check";

std::int64_t number(Ledger& ledger, const char* sql) {
  Query query(ledger, sql);
  return query.step() ? query.integer(0) : -1;
}

void check_settings(AuditRun& run) {
  Ledger& ledger = run.ledger();
  if (number(ledger, kApplication) != kApplicationId)
    run.error("ledger", "is no ledger of billctl");
  if (const std::int64_t version = number(ledger, kVersion); version != Ledger::schema_version()) {
    run.warning("ledger", "has schema " + std::to_string(version) + ", this program's is " +
                              std::to_string(Ledger::schema_version()) + ": run `billctl migrate`");
  }
  Query journal(ledger, kJournal);
  const std::string mode = journal.step() ? journal.string(0) : "none";
  if (mode != "wal" && mode != "delete")
    run.error("ledger", "has the journal mode " + mode + ", which does not survive a power cut");
  if (number(ledger, kForeign) != 1 || number(ledger, kRecursive) != 1 ||
      number(ledger, kTrusted) != 0)
    run.error("ledger", "is open without the settings that safety hangs on");
}

}  // namespace

std::string schema_digest(Ledger& ledger) {
  sqlite3* handle = ledger.connection().handle();
  std::string digest;
  if (const int code = read_schema_digest(handle, digest); code != SQLITE_OK)
    throw_sqlite(handle, code, "schema");
  return digest;
}

std::string built_in_schema_digest(int version) {
  const auto& all = built_in_schema_digests();
  if (version < 0 || static_cast<std::size_t>(version) >= all.size()) return "";
  return std::string(all[static_cast<std::size_t>(version)]);
}

void audit_file(AuditRun& run) {
  check_settings(run);
  if (run.facts().depth == AuditDepth::quick) return;
  run.rows(kForeignKeys);
  if (run.facts().depth != AuditDepth::deep) return;
  Query integrity(run.ledger(), kIntegrity);
  while (integrity.step()) {
    const std::string message = AuditRun::text_of(integrity, 0);
    if (message != "ok") run.error("ledger", message);
  }
}

void audit_immutable(AuditRun& run) {
  if (schema_digest(run.ledger()) != built_in_schema_digest(run.ledger().version())) {
    run.error("schema", "tables, indexes or triggers are not those of billctl " +
                            std::to_string(run.ledger().version()) +
                            ": what keeps issued invoices from changing may be gone");
  }
}

}  // namespace billctl
