#include "ledger/whole_ledger.hpp"

#include "ledger/connection.hpp"
#include "text/base64.hpp"
#include "text/json.hpp"

namespace billctl {
namespace {

constexpr const char* kTables =
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' "
    "ESCAPE '\\' ORDER BY rowid";

/// A statement of its own: its SQL is no constant, so the shelf can't keep it.
class TableScan {
 public:
  TableScan(Connection& connection, const std::string& table) : connection_(connection) {
    const std::string sql = "SELECT * FROM \"" + table + "\"";  // a name of our own schema
    const int code = sqlite3_prepare_v2(connection.handle(), sql.c_str(), -1, &statement_, nullptr);
    if (code != SQLITE_OK) throw_sqlite(connection.handle(), code, "export");
  }
  ~TableScan() { sqlite3_finalize(statement_); }
  TableScan(const TableScan&) = delete;
  TableScan& operator=(const TableScan&) = delete;

  bool step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    throw_sqlite(connection_.handle(), sqlite3_extended_errcode(connection_.handle()), "export");
  }

  Json row() const {
    Json row = Json::object();
    for (int i = 0; i < sqlite3_column_count(statement_); ++i)
      row.set(sqlite3_column_name(statement_, i), value(i));
    return row;
  }

 private:
  Json value(int column) const {
    const auto bytes = [&](const void* from) {
      return std::string(static_cast<const char*>(from),
                         static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
    };
    switch (sqlite3_column_type(statement_, column)) {
      case SQLITE_INTEGER:
        return Json(static_cast<std::int64_t>(sqlite3_column_int64(statement_, column)));
      case SQLITE_TEXT:
        return Json(bytes(sqlite3_column_text(statement_, column)));
      case SQLITE_BLOB:
        return Json::object({{"base64", base64(bytes(sqlite3_column_blob(statement_, column)))}});
      default:
        return {};
    }
  }

  Connection& connection_;
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace

std::vector<std::pair<std::string, std::int64_t>> each_line(
    Ledger& ledger, const std::function<void(std::string_view)>& visit) {
  std::vector<std::pair<std::string, std::int64_t>> tables;
  ledger.read([&] {
    Query names(ledger, kTables);
    while (names.step()) tables.emplace_back(names.string(0), 0);
    visit(Json::object({{"billctl", "ledger"}, {"format", 1}, {"schema", ledger.version()}})
              .compact() +
          "\n");
    for (auto& [table, count] : tables) {
      TableScan scan(ledger.connection(), table);
      for (; scan.step(); ++count)
        visit(Json::object({{"table", table}, {"row", scan.row()}}).compact() + "\n");
    }
  });
  return tables;
}

}  // namespace billctl
