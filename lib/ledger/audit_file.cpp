// The file itself: its settings, its pages, its schema.
#include "ledger/audit_run.hpp"
#include "ledger/events.hpp"
#include "ledger/migrations.hpp"
#include "text/sha256.hpp"

namespace billctl {
namespace {

constexpr std::int64_t kApplicationId = 0x62696C6C;  // "bill", as in ledger.cpp

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

// Nothing of SQLite's own (sqlite_sequence, statistics, the indexes behind UNIQUE, which have no
// text): only what a migration wrote.
constexpr const char* kSchema =
    "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL "
    "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name";

std::int64_t number(Ledger& ledger, const char* sql) {
  Query query(ledger, sql);
  return query.step() ? query.integer(0) : -1;
}

/// Lengths before the texts, so that no two schemas have one text.
void append(std::string& text, std::string_view piece) {
  text += std::to_string(piece.size()) + ":";
  text += piece;
}

std::string digest_of(sqlite3* handle) {
  sqlite3_stmt* statement = nullptr;
  if (const int code = sqlite3_prepare_v2(handle, kSchema, -1, &statement, nullptr);
      code != SQLITE_OK)
    throw_sqlite(handle, code, "schema");
  std::string text;
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    for (int column = 0; column < 4; ++column) {
      const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
      append(text, {bytes != nullptr ? bytes : "", size});
    }
  }
  sqlite3_finalize(statement);
  if (code != SQLITE_DONE) throw_sqlite(handle, code, "schema");
  return to_hex(sha256(text));
}

std::string make_built_in_digest(int version) {
  SQLite::Database memory(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  const auto& all = migrations();
  for (std::size_t i = 0; i < all.size() && i < static_cast<std::size_t>(version); ++i)
    memory.exec(std::string(all[i].sql));
  return digest_of(memory.getHandle());
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
  return digest_of(ledger.connection().handle());
}

std::string built_in_schema_digest(int version) {
  if (version != Ledger::schema_version()) return make_built_in_digest(version);
  static const std::string kNow = make_built_in_digest(Ledger::schema_version());
  return kNow;
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

void quick_check(Ledger& ledger) {
  const auto refuse = [&](const std::string& what) {
    throw Error(Reason::corrupt, "ledger " + ledger.path() + ": " + what,
                "nothing was written; see `billctl verify`, and your backups");
  };
  if (schema_digest(ledger) != built_in_schema_digest(ledger.version()))
    refuse("its tables or triggers were changed by another program");
  if (const auto broken = newest_event_broken(ledger))
    refuse("event " + std::to_string(broken->value) + ", the newest, is not as it was written");
}

}  // namespace billctl
