#include "pipeline/entry_verbs/archive_entries.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ledger/item_queue.hpp"
#include "pipeline/new_name.hpp"

namespace billctl {
namespace {

bool is_unbilled(const ListedEntry& listed) {
  return listed.state == EntryState::unconfirmed || listed.state == EntryState::open ||
         listed.state == EntryState::pending;
}

class Archiving {
 public:
  Archiving(EntryChanges& changes, const ArchiveRequest& request)
      : changes_(changes),
        request_(request),
        queue_(changes.session().ledger, changes.session().tenant.id) {}

  Report run() {
    const auto wanted = [&](const ListedEntry& listed) {
      return is_unbilled(listed) &&
             (!request_.contractual_only || listed.row.charge == Charge::contractual);
    };
    for (const EntryRow& row : chosen(changes_, request_.entries, wanted)) {
      // Of several items one may be on an invoice while the entry still waits with the others.
      const bool there_already = row.archived_at.has_value();
      if (request_.entries.all && !there_already && changes_.lock_of(row)) continue;
      archive(row);
    }
    changes_.follow();
    return changes_.report(Json::object({{"archived", std::move(archived_)},
                                         {"unchanged", std::move(unchanged_)},
                                         {"items", items_}}));
  }

 private:
  void archive(const EntryRow& row) {
    EntryRow after = row;
    if (!request_.invoiced_as.empty()) after.invoiced_as = request_.invoiced_as;
    if (row.archived_at && after == row) return void(unchanged_.push(row.ref));
    if (!row.archived_at) {
      changes_.require_unlocked(row);
      if (changes_.is_running(row)) {
        throw Error(Reason::not_stopped, fmt::format("entry {} is running", row.ref),
                    fmt::format("stop it first with `billctl entry stop {}`", row.ref));
      }
    }
    const std::int64_t now = changes_.session().now.seconds();
    after.archived_at = row.archived_at.value_or(now);
    changes_.write(row, after,
                   request_.invoiced_as.empty() ? "archived"
                                                : "archived, invoiced as " + request_.invoiced_as);
    for (const PendingItem& pending : queue_.of_entry(row.id)) {
      queue_.remove(pending.item.id, pending.item.id);
      queue_.archive(pending.item.id, now);
      ++items_;
    }
    changes_.also_follow(row.id);  // out of the queue of compile
    archived_.push(row.ref);
  }

  EntryChanges& changes_;
  const ArchiveRequest& request_;
  ItemQueue queue_;
  Json archived_ = Json::array(), unchanged_ = Json::array();
  std::int64_t items_ = 0;
};

bool has_archived_items(ItemQueue& queue, EntryId entry) {
  return std::ranges::any_of(queue.taken_of_entry(entry),
                             [](const TakenItem& item) { return item.mark == "archived"; });
}

Report unarchive(EntryChanges& changes, const std::vector<std::string>& names) {
  ItemQueue queue(changes.session().ledger, changes.session().tenant.id);
  Json unarchived = Json::array();
  for (const EntryRow& row : changes.named(names)) {
    const bool has_items = has_archived_items(queue, row.id);
    if (!row.archived_at && !has_items) {
      throw Error(Reason::wrong_state, fmt::format("entry {} is not archived", row.ref),
                  "`billctl entry list --state archived` shows what is");
    }
    EntryRow after = row;
    after.archived_at.reset();
    after.invoiced_as = {};
    changes.write(row, after, "unarchived");
    if (has_items) {
      queue.unarchive(row.id);
      changes.also_follow(row.id);
    }
    unarchived.push(row.ref);
  }
  changes.follow();
  return changes.report(Json::object({{"unarchived", std::move(unarchived)}}));
}

}  // namespace

Report archive_entries(Session& session, const ArchiveRequest& request) {
  Json arguments = request.entries.arguments();
  if (!request.invoiced_as.empty()) {
    require_new_name("invoice", request.invoiced_as);
    arguments.set("invoiced_as", request.invoiced_as);
  }
  if (request.contractual_only) arguments.set("contractual", true);
  const Verb verb{"entry archive", arguments, true, {}};
  return perform(session, verb, [&] {
    EntryChanges changes(session);
    return Archiving(changes, request).run();
  });
}

Report unarchive_entries(Session& session, const std::vector<std::string>& names) {
  const Verb verb{"entry unarchive", ChosenEntries{names, false, {}}.arguments(), true, {}};
  return perform(session, verb, [&] {
    EntryChanges changes(session);
    return unarchive(changes, names);
  });
}

}  // namespace billctl
