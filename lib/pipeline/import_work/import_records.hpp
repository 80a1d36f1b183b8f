// RecordImport: one file of master data into its table. Every kind but entries goes this way; what
// is particular to a kind are its columns (intake/tables.hpp) and its rules (record_rules.cpp).
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "intake/row_cells.hpp"
#include "intake/source.hpp"
#include "ledger/changes.hpp"
#include "ledger/local_edits.hpp"
#include "ledger/records.hpp"
#include "pipeline/import_work/import_report.hpp"
#include "pipeline/import_work/import_run.hpp"
#include "pipeline/import_work/record_row.hpp"

namespace billctl {

class RecordImport {
 public:
  RecordImport(ImportRun& run, TableKind kind, ImportReport& report);

  /// Reads the file and writes what it says; mistakes go to the run.
  void take(Source& source);

 private:
  void take_row(const Row& row);
  bool read_cells(RecordRow& row);
  RecordValue identity_of(std::size_t column);
  std::optional<RecordValue> cell_value(std::size_t column);
  std::optional<RecordValue> text_value(std::size_t column);
  std::optional<RecordValue> list_value(std::size_t column);
  std::optional<RecordValue> reference(std::size_t column, std::string_view code);
  std::optional<RecordValue> own_reference(std::size_t column, std::string_view code);
  void lay_over(RecordRow& row);
  void read_amount(RecordRow& row);
  bool is_second(const RecordRow& row);
  bool may_change(RecordRow& row);
  void keep_local(RecordRow& row);
  void write(RecordRow& row);
  void note_changes(const RecordRow& row);
  void after_write(const RecordRow& row);
  std::string shown_value(std::size_t column, const RecordValue& value);
  std::int64_t new_id(std::string_view code);
  void refuse_broken_promises();
  void refuse_circles();
  void drop_unnamed_members();

  ImportRun& run_;
  TableKind kind_;
  const Table& table_;
  ImportReport& report_;
  Records records_;
  RowCells cells_;
  LocalEdits edits_;
  Changes changes_;
  std::vector<std::size_t> places_;                ///< of each column in the record's shape
  std::vector<std::optional<RecordValue>> given_;  ///< by the row's cells; nothing: leave
  bool names_wrong_ = false;                       ///< the row names a record that is wrong
  std::int64_t last_before_ = 0;
  std::int64_t next_id_ = 0;
  std::vector<bool> touched_;

  struct Promise {
    std::int64_t id = 0;
    Position at;
  };
  std::map<std::string, Promise> promises_;                   ///< parents that a later row must be
  std::map<std::int64_t, Position> new_parents_;              ///< clients that got one
  std::map<std::string, std::set<std::int64_t>> selections_;  ///< named by the file
};

}  // namespace billctl
