// RawSqlite: a foreign program's connection to a ledger, with SQLite's own defaults: foreign_keys
// off, recursive_triggers off, none of our settings. What an attacker or a careless person has.
#pragma once

#include <sqlite3.h>

#include <stdexcept>
#include <string>

namespace billctl::test {

class RawSqlite {
 public:
  explicit RawSqlite(const std::string& path) {
    if (sqlite3_open(path.c_str(), &handle_) != SQLITE_OK) throw std::runtime_error("open " + path);
    run("PRAGMA foreign_keys = OFF; PRAGMA recursive_triggers = OFF");
  }
  ~RawSqlite() { sqlite3_close(handle_); }
  RawSqlite(const RawSqlite&) = delete;
  RawSqlite& operator=(const RawSqlite&) = delete;

  /// What SQLite said against it; empty when it was done.
  std::string refusal(const std::string& sql) {
    char* message = nullptr;
    sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, &message);
    const std::string text = message != nullptr ? message : "";
    sqlite3_free(message);
    return text;
  }
  void run(const std::string& sql) {
    if (const std::string message = refusal(sql); !message.empty())
      throw std::runtime_error(message + ": " + sql);
  }
  /// The rows of a query as text: columns by `|`, rows by newline.
  std::string rows(const std::string& sql) {
    std::string text;
    const auto add = [](void* out, int count, char** cells, char**) {
      auto& to = *static_cast<std::string*>(out);
      if (!to.empty()) to += "\n";
      for (int i = 0; i < count; ++i) {
        if (i > 0) to += "|";
        to += cells[i] != nullptr ? cells[i] : "NULL";
      }
      return 0;
    };
    char* message = nullptr;
    sqlite3_exec(handle_, sql.c_str(), add, &text, &message);
    const std::string failure = message != nullptr ? message : "";
    sqlite3_free(message);
    if (!failure.empty()) throw std::runtime_error(failure + ": " + sql);
    return text;
  }
  /// Takes away every trigger: what nothing in a file can prevent, and `verify` has to notice.
  void drop_triggers() {
    std::string drops;
    drops = rows("SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_schema WHERE type = 'trigger'");
    run(drops);
  }

 private:
  sqlite3* handle_ = nullptr;
};

}  // namespace billctl::test
