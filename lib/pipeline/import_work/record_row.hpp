// RecordRow: one row of a master table on its way into the ledger: what the file says, laid over
// what is there. The rules of its kind look at it by the names of its columns.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/row_cells.hpp"
#include "ledger/records.hpp"
#include "pipeline/import_work/import_run.hpp"

namespace billctl {

struct RecordRow {
  RowCells& cells;
  const Table& table;
  const RecordShape& shape;
  std::string code;              ///< the identity as text, its parts joined by `/`
  Record record;                 ///< as it will be
  std::optional<Record> stored;  ///< as it is; absent: new

  bool is_new() const { return !stored.has_value(); }
  const RecordValue& value(std::string_view name) const { return record.values[shape.place(name)]; }
  void set(std::string_view name, RecordValue value) {
    record.values[shape.place(name)] = std::move(value);
  }
  /// The text of that column; empty when it holds none.
  std::string text(std::string_view name) const;
  /// The number (row, millionths …) of that column; 0 when it holds none.
  std::int64_t number(std::string_view name) const;
  /// Whether the column holds anything but nothing, 0 and the empty text.
  bool has(std::string_view name) const { return number(name) != 0 || !text(name).empty(); }
  /// Whether the column will hold something else than it does.
  bool changes(std::string_view name) const;
  /// A mistake at that column's cell.
  void refuse(std::string_view name, std::string_view why, std::string hint = "") {
    cells.refuse(table.place(name), why, std::move(hint));
  }
  Position at(std::string_view name) const { return cells.row().at(table.place(name)); }
};

/// The rules of spec/import.md and pricing.md that hold between the columns of a record, and with
/// the config; each broken one is a mistake at its cell. Sets the columns that follow from others.
void check_record(ImportRun& run, TableKind kind, RecordRow& row);

/// Rules that hold between records of the whole import, when all rows are in: a project that got
/// another client keeps no task of the old one, an engagement with another currency no project.
void check_at_end(ImportRun& run);

/// The kind under which a change of such a record is noted for compile (`task`, `price` …); empty
/// when nothing that was billed hangs on the columns that changed.
std::string_view noted_kind(TableKind kind, const RecordRow& row);

/// The currency of an engagement's amounts: its own, else its client's, else the tenant's.
Currency currency_of_engagement(ImportRun& run, std::int64_t engagement);

}  // namespace billctl
