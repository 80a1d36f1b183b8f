// ImportReport: what came of the files of one kind; the pinned JSON of `import` (spec/cli.md).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "intake/tables.hpp"
#include "outcome/error.hpp"
#include "outcome/reason.hpp"
#include "text/json.hpp"

namespace billctl {

struct ImportReport {
  /// The first so many warnings and changes are kept and the rest counted: a file of a million
  /// rows costs no memory.
  static constexpr std::size_t kKept = 1000;

  struct Warning {
    Reason code;
    Position at;
    std::string message;
  };
  struct Change {
    std::string code;  ///< the record's identity
    std::string field;
    std::string from, to;
  };

  explicit ImportReport(TableKind of) : kind(of) {}

  TableKind kind;
  std::int64_t rows = 0;
  std::int64_t added = 0;
  std::int64_t changed = 0;
  std::int64_t unchanged = 0;
  std::int64_t skipped = 0;    ///< deleted or merged here, or locked
  std::int64_t withdrawn = 0;  ///< gone from a source or a selection that the file replaces
  std::int64_t kept_local = 0;
  std::vector<std::string> locked;  ///< refs left out by --skip-locked, or drafted and corrected
  std::int64_t seconds = 0;
  std::int64_t billable_seconds = 0;  ///< of rows whose charge is not non_billable
  std::vector<Warning> warnings;
  std::int64_t warnings_total = 0;
  std::vector<Change> changes;  ///< old -> new
  std::int64_t changes_total = 0;

  void warn(Reason code, Position at, std::string message);
  void note(std::string_view code, std::string_view field, std::string from, std::string to);
  /// @param with_changes for a dry run: each changed field.
  Json to_json(bool with_changes) const;
  /// The counts only: what the journal keeps.
  Json counts() const;
};

}  // namespace billctl
