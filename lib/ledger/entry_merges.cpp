#include "ledger/entry_merges.hpp"

#include <algorithm>

#include "ledger/entry_row.hpp"

namespace billctl {
namespace {

constexpr const char* kLastOf =
    "SELECT id, entry_id, edits FROM entry_merge WHERE entry_id = :entry ORDER BY id DESC LIMIT 1";
constexpr const char* kInto =
    "SELECT m.id, m.entry_id, m.edits FROM entry_merged AS p JOIN entry_merge AS m "
    "ON m.id = p.merge_id WHERE p.entry_id = :entry AND p.parent_id IS NULL ORDER BY m.id DESC "
    "LIMIT 1";
constexpr const char* kMerged =
    "SELECT entry_id FROM entry_merged WHERE merge_id = :merge AND parent_id IS NULL "
    "ORDER BY entry_id";
constexpr const char* kAdd =
    "INSERT INTO entry_merge (tenant_id, entry_id, edits, " BILLCTL_ENTRY_COLUMNS
    ") SELECT tenant_id, id, :edits, " BILLCTL_ENTRY_COLUMNS " FROM entry WHERE id = :entry";
constexpr const char* kPut =
    "INSERT INTO entry_merged (merge_id, entry_id, parent_id) VALUES (:merge, :entry, NULL)";
constexpr const char* kPutAttached =
    "INSERT INTO entry_merged (merge_id, entry_id, parent_id) "
    "SELECT :merge, id, parent_id FROM entry WHERE parent_id = :entry";
constexpr const char* kMoveAttached = "UPDATE entry SET parent_id = :into WHERE parent_id = :entry";
// An import may have given it another ref meanwhile, by which it is known from then on.
constexpr const char* kKeepRef =
    "UPDATE entry_merge SET ref = (SELECT ref FROM entry WHERE id = entry_merge.entry_id) "
    "WHERE id = :merge";
constexpr const char* kRestore =
    "UPDATE entry SET (" BILLCTL_ENTRY_COLUMNS ") = (SELECT " BILLCTL_ENTRY_COLUMNS
    " FROM entry_merge WHERE id = :merge) WHERE id = :entry";
constexpr const char* kRestoreMerged =
    "UPDATE entry SET withdrawn_at = NULL WHERE id IN (SELECT entry_id FROM entry_merged "
    "WHERE merge_id = :merge AND parent_id IS NULL)";
// Only what is still attached where the merge put it.
constexpr const char* kRestoreAttached =
    "UPDATE entry SET parent_id = (SELECT p.parent_id FROM entry_merged AS p "
    "WHERE p.merge_id = :merge AND p.entry_id = entry.id) WHERE parent_id = :entry AND id IN ("
    "SELECT entry_id FROM entry_merged WHERE merge_id = :merge AND parent_id IS NOT NULL)";
constexpr const char* kForgetMerged = "DELETE FROM entry_merged WHERE merge_id = :merge";
constexpr const char* kForget = "DELETE FROM entry_merge WHERE id = :merge";

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ";") + word;
  return text;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

}  // namespace

std::optional<EntryMerge> EntryMerges::read(const char* sql, EntryId entry) {
  Query query(ledger_, sql);
  query.bind(":entry", entry);
  if (!query.step()) return std::nullopt;
  return EntryMerge{query.id<EntryMergeId>(0), query.id<EntryId>(1), split(query.text(2))};
}

std::optional<EntryMerge> EntryMerges::last_of(EntryId entry) {
  return read(kLastOf, entry);
}

std::optional<EntryMerge> EntryMerges::into(EntryId entry) {
  return read(kInto, entry);
}

std::vector<EntryId> EntryMerges::merged(EntryMergeId merge) {
  Query query(ledger_, kMerged);
  query.bind(":merge", merge);
  std::vector<EntryId> ids;
  while (query.step()) ids.push_back(query.id<EntryId>(0));
  return ids;
}

EntryMergeId EntryMerges::add(EntryId entry, const std::vector<std::string>& edits) {
  Query(ledger_, kAdd).bind(":entry", entry).bind(":edits", joined(edits)).run();
  return {ledger_.connection().last_id()};
}

void EntryMerges::put(EntryMergeId merge, EntryId entry, EntryId into) {
  Query(ledger_, kPut).bind(":merge", merge).bind(":entry", entry).run();
  Query(ledger_, kPutAttached).bind(":merge", merge).bind(":entry", entry).run();
  Query(ledger_, kMoveAttached).bind(":into", into).bind(":entry", entry).run();
}

void EntryMerges::undo(const EntryMerge& merge) {
  Query(ledger_, kKeepRef).bind(":merge", merge.id).run();
  Query(ledger_, kRestore).bind(":merge", merge.id).bind(":entry", merge.entry).run();
  Query(ledger_, kRestoreMerged).bind(":merge", merge.id).run();
  Query(ledger_, kRestoreAttached).bind(":merge", merge.id).bind(":entry", merge.entry).run();
  Query(ledger_, kForgetMerged).bind(":merge", merge.id).run();
  Query(ledger_, kForget).bind(":merge", merge.id).run();
}

}  // namespace billctl
