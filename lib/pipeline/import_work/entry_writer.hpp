// EntryWriter: drafts into the ledger, a chunk at a time. A chunk is added at once; what turns out
// to be there already is compared and, where it differs, changed.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ledger/entries.hpp"
#include "ledger/local_edits.hpp"
#include "pipeline/import_work/entry_draft.hpp"
#include "pipeline/import_work/import_report.hpp"
#include "pipeline/import_work/import_run.hpp"
#include "text/text_arena.hpp"

namespace billctl {

class EntryWriter {
 public:
  /// @param texts where the drafts' texts are; cleared with each chunk.
  /// @param file as mistakes name it.
  EntryWriter(ImportRun& run, ImportReport& report, EntryMaker& maker, TextArena& texts,
              std::string file);

  /// Takes the entry that a draft makes when it is new.
  void add(const EntryDraft& draft, const MadeEntry& made);
  /// Lays a draft over the entry of its ref at once, for drafts that make none by themselves.
  /// @param refuse told of each fault.
  /// @return false when there is no such entry from before this file.
  bool change(const EntryDraft& draft, const std::function<void(const EntryFault&)>& refuse);
  /// Lays a draft over that entry, which takes its ref: the same work, described anew.
  void correct(const EntryDraft& draft, EntryId id);
  /// Writes what is left and resolves parents that came after their goods.
  void finish();

  /// Whether an entry from before this file was in it.
  bool was_touched(EntryId id) const;
  std::int64_t last_before() const { return last_before_; }

 private:
  static constexpr std::size_t kChunkRows = 2048;
  using Refuse = std::function<void(const EntryFault&)>;

  void flush();
  void write_changes();
  void find_parents();
  void defer_parents();
  void meet(const EntryDraft& draft, const EntryRow& stored, const Refuse& refuse);
  bool lay_over(const EntryDraft& draft, const EntryRow& stored, const Refuse& refuse);
  bool keep_local(const EntryDraft& draft, const EntryRow& stored, const Refuse& refuse);
  EntryId holder_of(EntryId id);
  bool is_regrouped(EntryId id);
  void take_parent(const EntryDraft& draft, const EntryRow& stored, bool& waits);
  bool is_second(const EntryDraft& draft, EntryId id);
  void refuse_locked(const EntryDraft& draft, const EntryRow& stored);
  void note_changes(const EntryRow& stored);
  void count(const EntryRow& row, const EntryDraft& draft, bool seconds_differ);
  void keep_texts(EntryRow& row);
  Position at(int line, int column) const { return {file_, line, column}; }

  ImportRun& run_;
  ImportReport& report_;
  EntryMaker& maker_;
  TextArena& texts_;
  std::string file_;
  Entries entries_;
  LocalEdits edits_;
  std::int64_t last_before_ = 0;
  std::vector<bool> touched_;

  // The chunk: drafts, and the entries they make.
  std::vector<EntryDraft> drafts_;
  std::vector<EntryRow> rows_;
  std::vector<bool> differ_;
  MadeEntry made_;                     ///< of the draft that is laid over
  std::vector<EntryColumn> given_in_;  ///< what was edited here and gives in to that draft
  std::vector<EntryRow> to_change_;

  struct Deferred {
    EntryId entry;
    std::string parent;
    int line = 0, column = 0;
    bool existed = false;  ///< compared with its parent only at the end
    bool counted = false;  ///< as changed
  };
  std::vector<Deferred> deferred_;
};

}  // namespace billctl
