// Importing: a firm for tests of imports: files are texts, and what was refused is told as
// `line:column message`.
#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/fixture.hpp"
#include "pipeline/import_work.hpp"

namespace billctl::test {

class Importing : public Fixture {
 public:
  using Fixture::Fixture;

  ImportOptions options;
  DryRun dry_run = DryRun::no;

  /// The report of `import KIND`; a refusal is thrown.
  Json import(const std::string& kind, const std::string& text, const std::string& file = "x.csv") {
    std::vector<ImportFile> files;
    files.push_back({*table_kind_of(kind), memory_source(file, text)});
    Session session = this->session(dry_run);
    return import_tables(session, std::move(files), options).body;
  }

  /// `import all` of texts by kind.
  Json import_all(std::initializer_list<std::pair<const char*, std::string>> texts) {
    std::vector<ImportFile> files;
    for (const auto& [kind, text] : texts) {
      files.push_back({*table_kind_of(kind), memory_source(std::string(kind) + ".csv", text)});
    }
    Session session = this->session(dry_run);
    return billctl::import_all(session, std::move(files), options).body;
  }

  /// `file:line:column: message` of every mistake, a newline between; empty when it was taken.
  template <class Import>
  static std::string refusal(const Import& import) {
    try {
      import();
    } catch (const Error& error) {
      std::string text;
      for (const Mistake& mistake : error.mistakes()) {
        text += (text.empty() ? "" : "\n") + to_text(mistake);
      }
      return text.empty() ? error.message() : text;
    }
    return "";
  }

  std::string refused(const std::string& kind, const std::string& text) {
    return refusal([&] { import(kind, text); });
  }

  /// `added changed unchanged` of a report.
  static std::string counts(const Json& report) {
    std::string text;
    for (const char* name : {"added", "changed", "unchanged"}) {
      text += (text.empty() ? "" : " ") + std::to_string(report[name].as_integer());
    }
    return text;
  }

  /// Everything that an import may write, so that two states can be compared.
  std::string everything() {
    std::string all;
    for (const char* table :
         {"team",      "member",     "client",        "product",       "price_list_row",
          "job_type",  "engagement", "project",       "contract_line", "rate",
          "task",      "assignment", "entry",         "entry_open",    "entry_parked",
          "quote_row", "selection",  "exchange_rate", "changed",       "event"}) {
      all += rows(std::string("SELECT * FROM ") + table) + "\n";
    }
    return all;
  }
};

}  // namespace billctl::test
