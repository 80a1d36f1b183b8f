// EntryReader: a row of a table of entries as a draft: codes become rows, texts are kept in an
// arena. What is wrong with a single cell is a mistake here.
#pragma once

#include <array>
#include <string>

#include "intake/row_cells.hpp"
#include "pipeline/import_work/entry_draft.hpp"
#include "pipeline/import_work/import_run.hpp"
#include "text/text_arena.hpp"

namespace billctl {

class EntryReader {
 public:
  EntryReader(ImportRun& run, TextArena& texts);

  /// @return false when the row has a mistake, or names a record that has one.
  bool read(const Row& row, EntryDraft& draft);
  /// Tells what is wrong between the cells of the row that was read last.
  void refuse(const EntryFault& fault);
  /// The ref of the row that was read last.
  std::string_view ref() const { return ref_; }

 private:
  using Field = EntryColumn;
  Given<std::string_view> text(Field column);
  void read_words(EntryDraft& draft);
  void read_references(EntryDraft& draft);
  void read_numbers(EntryDraft& draft);
  void read_times(EntryDraft& draft);
  void read_texts(EntryDraft& draft);
  std::int64_t reference(Field column, EntryDraft& draft);

  /// The last code of a column and its row: consecutive entries mostly name the same.
  struct Recent {
    std::string code;
    std::int64_t row = 0;
  };

  ImportRun& run_;
  TextArena& texts_;
  RowCells cells_;
  Zones zones_;
  std::array<Recent, kEntryColumns> recent_;
  std::string_view ref_;
  bool names_wrong_ = false;
};

}  // namespace billctl
