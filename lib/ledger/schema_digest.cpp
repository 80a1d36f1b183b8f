#include "ledger/schema_digest.hpp"

#include "ledger/migrations.hpp"
#include "text/sha256.hpp"

namespace billctl {
namespace {

constexpr const char* kSchema =
    "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL "
    "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name";

/// Lengths before the texts, so that no two schemas have one text.
void append(std::string& text, std::string_view piece) {
  text += std::to_string(piece.size()) + ":";
  text += piece;
}

}  // namespace

int read_schema_digest(sqlite3* handle, std::string& digest) {
  sqlite3_stmt* statement = nullptr;
  int code = sqlite3_prepare_v2(handle, kSchema, -1, &statement, nullptr);
  if (code != SQLITE_OK) return code;
  std::string text;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    for (int column = 0; column < 4; ++column) {
      const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
      append(text, {bytes != nullptr ? bytes : "", size});
    }
  }
  sqlite3_finalize(statement);
  if (code != SQLITE_DONE) return code;
  digest = to_hex(sha256(text));
  return SQLITE_OK;
}

int make_schema_digest(int version, std::string& digest) {
  sqlite3* memory = nullptr;
  int code = sqlite3_open(":memory:", &memory);
  int done = 0;
  for (const Migration& migration : migrations()) {
    if (code != SQLITE_OK || done++ == version) break;
    code = sqlite3_exec(memory, std::string(migration.sql).c_str(), nullptr, nullptr, nullptr);
  }
  if (code == SQLITE_OK) code = read_schema_digest(memory, digest);
  sqlite3_close(memory);
  return code;
}

}  // namespace billctl
