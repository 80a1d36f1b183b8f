#include "pipeline/import_work/replaced_days.hpp"

#include "ledger/entry_shares.hpp"

namespace billctl {

ReplacedDays::ReplacedDays(ImportRun& run, ImportReport& report, std::string_view source,
                           const Period& days)
    : run_(run),
      report_(report),
      days_(days),
      entries_(run.session.ledger, run.session.tenant.id),
      there_(entries_.of_source(source, days)) {}

ReplacedDays::Slot ReplacedDays::slot_of(MemberId member, std::optional<std::int64_t> started_at,
                                         Date work_on, TaskId task) {
  if (started_at) return {member.value, *started_at, 0};
  return {member.value, work_on.days(), task.value};
}

bool ReplacedDays::hold(const EntryDraft& draft, Date work_on) {
  if (!days_.contains(work_on) || entries_.find(draft.row.ref)) return false;
  std::optional<std::int64_t> started_at;
  if (draft.started) started_at = std::get<Instant>(*draft.started).seconds();
  held_.push_back({draft, slot_of(draft.row.member, started_at, work_on, draft.row.task)});
  EntryRow& row = held_.back().draft.row;
  for (std::string_view* text : {&row.ref, &row.zone, &row.description, &row.invoiced_as}) {
    *text = texts_.keep(*text);
  }
  return true;
}

/// What the ledger has and the files no longer say, in the order of rows.
std::multimap<ReplacedDays::Slot, EntryId> ReplacedDays::gone(const EntryWriter& writer) {
  std::multimap<Slot, EntryId> gone;
  for (const EntryId id : there_) {
    if (writer.was_touched(id)) continue;
    entries_.get(id, [&](const EntryRow& row) {
      gone.emplace(slot_of(row.member, row.started_at, row.work_on, row.task), id);
    });
  }
  return gone;
}

void ReplacedDays::settle(EntryWriter& writer, EntryMaker& maker) {
  writer.finish();
  std::multimap<Slot, EntryId> left = gone(writer);
  MadeEntry made;
  for (const Held& held : held_) {
    const auto found = left.find(held.slot);
    if (found != left.end()) {
      writer.correct(held.draft, found->second);
      left.erase(found);
      continue;
    }
    maker.make(held.draft, made);
    writer.add(held.draft, made);
  }
  writer.finish();
  for (const auto& [slot, id] : left) {
    if (entries_.locked(id)) {
      report_.locked.push_back(run_.references.code_of(TableKind::entries, id.value));
      continue;
    }
    entries_.withdraw(id, run_.session.now.seconds());
    ++report_.withdrawn;
    withdraw_shares(id);
  }
}

/// What was split off by hand goes with it, unless it is drafted already.
void ReplacedDays::withdraw_shares(EntryId id) {
  for (const EntryId share : EntryShares(run_.session.ledger).of(id)) {
    if (entries_.locked(share)) {
      report_.locked.push_back(run_.references.code_of(TableKind::entries, share.value));
      continue;
    }
    entries_.withdraw(share, run_.session.now.seconds());
    ++report_.withdrawn;
    withdraw_shares(share);
  }
}

}  // namespace billctl
