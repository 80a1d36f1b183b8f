#include "ledger/entry_shares.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {

constexpr const char* kOf =
    "SELECT s.entry_id FROM entry_share AS s JOIN entry AS e ON e.id = s.entry_id "
    "WHERE s.of_id = :entry AND e.withdrawn_at IS NULL ORDER BY s.entry_id";
constexpr const char* kAnySince =
    "SELECT EXISTS (SELECT 1 FROM entry_merge AS m JOIN entry_share AS s ON s.of_id = m.entry_id "
    "AND s.merge_id = m.id WHERE m.id = :merge)";
constexpr const char* kAdd =
    "INSERT INTO entry_share (entry_id, of_id, merge_id) VALUES (:entry, :of, :merge)";

}  // namespace

std::vector<EntryId> EntryShares::of(EntryId entry) {
  Query query(ledger_, kOf);
  query.bind(":entry", entry);
  std::vector<EntryId> ids;
  while (query.step()) ids.push_back(query.id<EntryId>(0));
  return ids;
}

bool EntryShares::any_since(EntryMergeId merge) {
  Query query(ledger_, kAnySince);
  query.bind(":merge", merge);
  query.step();
  return query.boolean(0);
}

void EntryShares::add(EntryId share, EntryId of, EntryMergeId last_merge) {
  Query(ledger_, kAdd)
      .bind(":entry", share)
      .bind(":of", of)
      .bind_or_null(":merge", last_merge)
      .run();
}

}  // namespace billctl
