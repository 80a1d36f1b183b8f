#include "pipeline/entry_verbs/delete_entries.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "pipeline/entry_verbs/chosen_entries.hpp"

namespace billctl {
namespace {

/// Goods of a session that is gone would wait for its confirmation for ever.
void require_nothing_attached(EntryChanges& changes, const std::vector<EntryRow>& rows,
                              const EntryRow& row) {
  for (const EntryId id : changes.entries().attached(row.id)) {
    if (std::ranges::find(rows, id, &EntryRow::id) != rows.end()) continue;
    const EntryRow goods = changes.row(id);
    if (changes.lock_of(goods)) continue;
    throw Error(Reason::wrong_state,
                fmt::format("entry {} has {} attached to it", row.ref, goods.ref),
                fmt::format("delete both, or keep it with `billctl entry edit {} --parent none`",
                            goods.ref));
  }
}

Report delete_all(EntryChanges& changes, const std::vector<std::string>& names) {
  const std::vector<EntryRow> rows = changes.named(names);
  for (const EntryRow& row : rows) {
    changes.require_unlocked(row);
    EntryChanges::require_own_work(row);
    require_nothing_attached(changes, rows, row);
  }
  Json deleted = Json::array();
  for (const EntryRow& row : rows) {
    changes.take_away(row, "deleted");
    changes.also_follow(row.id);
    deleted.push(row.ref);
  }
  changes.follow();
  return changes.report(Json::object({{"deleted", std::move(deleted)}}));
}

}  // namespace

Report delete_entries(Session& session, const std::vector<std::string>& names) {
  const Verb verb{"entry delete", ChosenEntries{names, false, {}}.arguments(), true, {}};
  return perform(session, verb, [&] {
    EntryChanges changes(session);
    return delete_all(changes, names);
  });
}

}  // namespace billctl
