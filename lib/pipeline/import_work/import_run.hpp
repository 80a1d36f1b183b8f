// ImportRun: what the files of one import share: the session, the mistakes so far, and the codes
// that records may name.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "intake/mistakes.hpp"
#include "intake/tables.hpp"
#include "ledger/entries.hpp"
#include "ledger/records.hpp"
#include "pipeline/import_work.hpp"
#include "pipeline/import_work/code_rows.hpp"
#include "pipeline/session.hpp"

namespace billctl {

/// The ledger's table of an import kind; not of entries and past_invoices.
RecordKind record_kind_of(TableKind kind);

/// The rows of codes.
///
/// A code whose own row in this import is wrong is known all the same, as kWrong: one mistake is
/// told once and not again for everything that names it.
class References {
 public:
  static constexpr std::int64_t kWrong = -1;

  References(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {}

  /// The row of that code, kWrong, or nothing.
  std::optional<std::int64_t> find(TableKind kind, std::string_view code);
  void add(TableKind kind, std::string_view code, std::int64_t row);
  /// The code of that row; empty for row 0.
  std::string code_of(TableKind kind, std::int64_t row);
  /// `did you mean "acme"?`, or empty.
  std::string nearest(TableKind kind, std::string_view seen);
  /// The same, or what else to do.
  std::string hint(TableKind kind, std::string_view seen);

 private:
  /// The codes of a kind: a few are looked up one by one, and when more are asked for, all are
  /// read.
  struct Known {
    CodeRows codes;
    int looked_up = 0;
    bool whole = false;
  };

  Known& whole(TableKind kind);
  std::optional<std::int64_t> find_entry(std::string_view ref);

  Ledger& ledger_;
  TenantId tenant_;
  std::map<TableKind, Known> known_;
  CodeRows wrong_entries_;
};

struct ImportRun {
  ImportRun(Session& in, const ImportOptions& by)
      : session(in), options(by), references(in.ledger, in.tenant.id) {}

  Session& session;
  const ImportOptions& options;
  Mistakes mistakes;
  Mistakes locked;  ///< changes of entries that are drafted or further
  References references;

  // What the whole import is checked for at its end, with where it was said.
  std::map<std::int64_t, Position> projects_of_other_client;
  std::map<std::int64_t, Position> engagements_of_other_currency;
  std::vector<TaskId> moved_tasks;  ///< to another project: their entries follow

  /// @throws Error when anything was wrong.
  void refuse_if_any() const;
};

/// What holds between the records of a whole import, when all were read; then all or nothing.
/// @throws Error when anything was wrong.
void end_import(ImportRun& run);

}  // namespace billctl
