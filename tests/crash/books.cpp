#include "crash/books.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <set>
#include <stdexcept>

namespace billctl::crash {
namespace {

/// Of a run and not of the books: the journal, stored reports, attempts at the outside, runs of
/// jobs.
const std::set<std::string> kNotCompared = {"event",      "event_subject", "once",
                                            "attempt",    "mail_attempt",  "job_run",
                                            "job_client", "job_fact",      "issue_record"};
constexpr std::size_t kShownBytes = 300;

bool is_compared(const std::string& table, const std::string& column) {
  // What the outside said to the last attempt, or a person of it.
  if (column == "message" && (table == "mail" || table == "submission")) return false;
  return !column.ends_with("_at") && !column.ends_with("event_id") && column != "attempts" &&
         column != "last_approval";  // an event too
}

class Reader {
 public:
  explicit Reader(const std::string& path) {
    check(sqlite3_open_v2(path.c_str(), &handle_, SQLITE_OPEN_READWRITE, "unix"));
  }
  ~Reader() { sqlite3_close(handle_); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  /// Each row as one text, columns by `|`, bytes that are no text in hex.
  std::vector<std::string> rows(const std::string& sql) {
    std::vector<std::string> rows;
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr));
    int code = SQLITE_OK;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) rows.push_back(row(statement));
    sqlite3_finalize(statement);
    if (code != SQLITE_DONE) check(code);
    return rows;
  }

 private:
  static std::string row(sqlite3_stmt* statement) {
    std::string text;
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
      if (i > 0) text += '|';
      const void* bytes = sqlite3_column_blob(statement, i);
      if (bytes == nullptr) {
        text += "NULL";
        continue;
      }
      const auto* from = static_cast<const char*>(bytes);
      text.append(from, static_cast<std::size_t>(sqlite3_column_bytes(statement, i)));
    }
    return text;
  }
  void check(int code) {
    if (code == SQLITE_OK) return;
    throw std::runtime_error(std::string("ledger: ") + sqlite3_errmsg(handle_));
  }

  sqlite3* handle_ = nullptr;
};

std::string columns_of(Reader& reader, const std::string& table) {
  std::string list;
  for (const std::string& column :
       reader.rows("SELECT name FROM pragma_table_info('" + table + "')")) {
    if (!is_compared(table, column)) continue;
    list += (list.empty() ? "" : ", ") + column;
  }
  return list;
}

std::string shown(const std::vector<std::string>& rows, const std::vector<std::string>& others) {
  for (const std::string& row : rows)
    if (std::ranges::find(others, row) == others.end())
      return "\"" + row.substr(0, kShownBytes) + "\"";
  return "the same rows another time";
}

}  // namespace

Books read_books(const std::string& path) {
  Reader reader(path);
  Books books;
  static std::map<std::string, std::string> columns;  // by table; every ledger has one schema
  for (const std::string& table : reader.rows(
           "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")) {
    if (kNotCompared.contains(table)) continue;
    auto [list, is_new] = columns.try_emplace(table);
    if (is_new) list->second = columns_of(reader, table);
    auto& rows = books.tables[table] = reader.rows("SELECT " + list->second + " FROM " + table);
    std::ranges::sort(rows);
  }
  if (!books.tables.contains("invoice")) return books;
  books.events = reader.rows("SELECT * FROM event ORDER BY id");
  books.numbers =
      reader.rows("SELECT number, seal FROM invoice WHERE number <> '' ORDER BY number");
  if (books.tables.contains("mail"))
    books.unknown_mails = reader.rows(
        "SELECT i.number, m.key FROM mail m JOIN invoice i ON i.id = m.invoice_id "
        "WHERE m.state = 'unknown'");
  return books;
}

std::string difference(const Books& wanted, const Books& seen) {
  std::set<std::string> names;
  for (const auto& [table, rows] : wanted.tables) names.insert(table);
  for (const auto& [table, rows] : seen.tables) names.insert(table);
  const std::vector<std::string> none;
  for (const std::string& table : names) {
    const auto left = wanted.tables.find(table);
    const auto right = seen.tables.find(table);
    const auto& a = left == wanted.tables.end() ? none : left->second;
    const auto& b = right == seen.tables.end() ? none : right->second;
    if (a == b) continue;
    return table + ": only wanted " + shown(a, b) + ", only here " + shown(b, a);
  }
  return "";
}

std::string missing(const std::vector<std::string>& confirmed,
                    const std::vector<std::string>& there) {
  const std::set<std::string> all(there.begin(), there.end());
  for (const std::string& each : confirmed)
    if (!all.contains(each)) return each.substr(0, kShownBytes);
  return "";
}

}  // namespace billctl::crash
