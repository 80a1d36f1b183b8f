#include "pipeline/entry_verbs/merge_entries.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ledger/entry_shares.hpp"
#include "money/wide.hpp"
#include "pipeline/entries_report.hpp"
#include "pipeline/entry_verbs/entry_changes.hpp"

namespace billctl {
namespace {

using Field = EntryColumn;
using Measure = std::optional<std::int64_t>;

/// In which two that are merged must be the same.
constexpr std::array kSame = {
    Field::member,     Field::task,    Field::project,  Field::kind, Field::charge,
    Field::unit_price, Field::product, Field::job_type, Field::unit, Field::transport_unit_price,
    Field::to_rebill,  Field::parent};

[[noreturn]] void not_mergeable(const EntryRow& a, const EntryRow& b, const std::string& why) {
  throw Error(Reason::not_mergeable, fmt::format("entries {} and {}: {}", a.ref, b.ref, why),
              "only work of one member on one task, at one price, can be one entry");
}

std::string shown_or_none(const std::string& text) {
  return text.empty() ? "none" : text;
}

void require_same(EntryChanges& changes, const EntryRow& a, const EntryRow& b) {
  EntryMaker& maker = changes.maker();
  for (const Field field : kSame) {
    const std::string one = maker.text_of(field, a);
    const std::string other = maker.text_of(field, b);
    if (one == other) continue;
    not_mergeable(a, b,
                  fmt::format("{} differs: {} and {}", name_of(field), shown_or_none(one),
                              shown_or_none(other)));
  }
  if (a.amount_minor.has_value() != b.amount_minor.has_value())
    not_mergeable(a, b, "only one of them states an amount");
}

void require_mergeable(EntryChanges& changes, const EntryRow& row) {
  changes.require_unlocked(row);
  EntryChanges::require_own_work(row);
  if (changes.is_running(row)) {
    throw Error(Reason::not_mergeable, fmt::format("entry {} is running", row.ref),
                fmt::format("stop it first with `billctl entry stop {}`", row.ref));
  }
  if (row.kind == EntryKind::quote) {
    throw Error(Reason::not_mergeable,
                fmt::format("entry {} is a quote with rows of its own", row.ref));
  }
}

void add_measure(Measure EntryRow::*measure, const EntryRow& row, EntryRow& sum) {
  if (!(row.*measure)) return;
  sum.*measure = checked_add((sum.*measure).value_or(0), *(row.*measure), "merged work");
}

/// The earliest first: by start where all have one, else by day.
bool is_before(const EntryRow& a, const EntryRow& b) {
  if (a.started_at && b.started_at) return *a.started_at < *b.started_at;
  return a.work_on < b.work_on;
}

/// From the first start to the last stop; the seconds are what was recorded.
void sum_times(const std::vector<EntryRow>& rows, EntryRow& sum) {
  const EntryRow& first = *std::ranges::min_element(rows, is_before);
  const auto all = [&](Measure EntryRow::*field) {
    return std::ranges::all_of(rows, [&](const EntryRow& row) { return (row.*field).has_value(); });
  };
  sum.started_at = all(&EntryRow::started_at) ? first.started_at : std::nullopt;
  sum.stopped_at.reset();
  if (sum.started_at && all(&EntryRow::stopped_at)) {
    for (const EntryRow& row : rows)
      sum.stopped_at = std::max(sum.stopped_at.value_or(*row.stopped_at), *row.stopped_at);
  }
  sum.work_on = first.work_on;
  sum.zone = first.zone;
}

/// Confirmed when all of it is.
void sum_confirmations(const std::vector<EntryRow>& rows, EntryRow& sum) {
  const auto confirmed = [](const EntryRow& row) { return row.confirmed_at.has_value(); };
  sum.confirmed_at.reset();
  sum.confirmed_by = {};
  if (!std::ranges::all_of(rows, confirmed)) return;
  const EntryRow& last = *std::ranges::max_element(rows, {}, &EntryRow::confirmed_at);
  sum.confirmed_at = last.confirmed_at;
  sum.confirmed_by = last.confirmed_by;
}

/// Each different one, in their order; one that is a merged one already is taken apart.
std::string descriptions(const std::vector<EntryRow>& rows) {
  constexpr std::string_view kBetween = "; ";
  std::vector<std::string_view> different;
  std::string text;
  for (const EntryRow& row : rows) {
    std::string_view rest = row.description;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(kBetween), rest.size());
      const std::string_view part = rest.substr(0, end);
      rest.remove_prefix(std::min(end + kBetween.size(), rest.size()));
      if (std::ranges::find(different, part) != different.end()) continue;
      different.push_back(part);
      if (!text.empty()) text += kBetween;
      text += part;
    }
  }
  return text;
}

EntryRow sum_of(EntryChanges& changes, const std::vector<EntryRow>& rows) {
  EntryRow sum = rows.front();
  const bool counted =
      !sum.amount_minor && sum.kind != EntryKind::time && sum.kind != EntryKind::mileage;
  for (const auto measure :
       {&EntryRow::raw_seconds, &EntryRow::quantity_micro, &EntryRow::amount_minor,
        &EntryRow::distance_metres, &EntryRow::transport_seconds}) {
    sum.*measure = std::nullopt;
    for (const EntryRow& row : rows) add_measure(measure, row, sum);
  }
  if (counted) {  // without a quantity one piece is meant (spec/pricing.md, 2)
    sum.quantity_micro = 0;
    for (const EntryRow& row : rows) {
      sum.quantity_micro = checked_add(*sum.quantity_micro,
                                       row.quantity_micro.value_or(Decimal::kOne), "merged work");
    }
  }
  sum_times(rows, sum);
  sum_confirmations(rows, sum);
  sum.description = changes.keep(descriptions(rows));
  return sum;
}

Json refs_json(const std::vector<std::string>& refs) {
  Json json = Json::array();
  for (const std::string& ref : refs) json.push(ref);
  return json;
}

Report merge(EntryChanges& changes, const std::vector<std::string>& names) {
  const std::vector<EntryRow> rows = changes.named(names);
  if (rows.size() < 2) {
    throw Error(Reason::usage, "merge needs two entries or more",
                "name the one that is to hold them first");
  }
  const EntryRow& first = rows.front();
  for (const EntryRow& row : rows) require_mergeable(changes, row);
  for (const EntryRow& row : rows) require_same(changes, first, row);
  const EntryRow sum = sum_of(changes, rows);
  const EntryMergeId merge = changes.merges().add(first.id, changes.edits().of(first.ref));
  std::vector<std::string> merged;
  std::string others;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    merged.emplace_back(rows[i].ref);
    others += (i > 1 ? ", " : "") + merged.back();
    changes.take_away(rows[i], fmt::format("merged into {}", first.ref));
    changes.merges().put(merge, rows[i].id, first.id);
  }
  const bool had_items = changes.had_items();
  changes.write(first, sum, "merged with " + others);
  if (had_items) changes.also_follow(first.id);
  changes.follow();
  Json shown = Json::array();
  shown.push(changes.shown(first.ref));
  return changes.report(Json::object(
      {{"entry", first.ref}, {"merged", refs_json(merged)}, {"entries", std::move(shown)}}));
}

/// The merge that `unmerge` undoes: the last one of the entry that holds what is named.
EntryMerge merge_named(EntryChanges& changes, const std::string& name) {
  const auto id = changes.entries().find(entry_ref_of(name));
  if (!id) no_entry(name);
  const auto into = changes.row(*id).withdrawn_at ? changes.merges().into(*id) : std::nullopt;
  const auto last = changes.merges().last_of(into ? into->entry : *id);
  if (!last) {
    changes.named(name);  // says so when it is gone
    throw Error(Reason::wrong_state, "entry " + entry_ref_of(name) + " is not merged",
                "`billctl entry list --state merged` shows what is");
  }
  if (into && into->id != last->id) {
    const std::string holder(changes.row(last->entry).ref);
    throw Error(
        Reason::wrong_state,
        fmt::format("entry {} was merged again since, the last merge is undone first", holder),
        "run `billctl entry unmerge " + holder + "`");
  }
  return *last;
}

Report unmerge(EntryChanges& changes, const std::string& name) {
  const EntryMerge merge = merge_named(changes, name);
  const EntryRow held = changes.named(std::string(changes.row(merge.entry).ref));
  changes.require_unlocked(held);
  if (EntryShares(changes.session().ledger).any_since(merge.id)) {
    throw Error(Reason::wrong_state,
                fmt::format("entry {} was split since it was merged", held.ref),
                "its parts can't be given back as they were");
  }
  const std::vector<EntryId> merged = changes.merges().merged(merge.id);
  changes.note_items(held.id);
  changes.merges().undo(merge);
  changes.edits().set(held.ref, merge.edits);
  std::vector<std::string> refs;
  Json shown = Json::array();
  changes.entries().queue(held.id);
  for (const EntryId id : merged) {
    const EntryRow row = changes.row(id);
    changes.edits().forget(row.ref, LocalEdits::kGone);
    changes.entries().queue(id);
    if (changes.had_items()) changes.also_follow(id);
    changes.tell(row.ref, fmt::format("given back by {}", held.ref));
    refs.emplace_back(row.ref);
  }
  changes.tell(held.ref, "unmerged");
  const TaskId task = changes.row(held.id).task;
  if (task) changes.entries().follow_projects(std::array{task});
  changes.follow();
  shown.push(changes.shown(held.ref));
  for (const std::string& ref : refs) shown.push(changes.shown(ref));
  return changes.report(Json::object(
      {{"entry", held.ref}, {"unmerged", refs_json(refs)}, {"entries", std::move(shown)}}));
}

}  // namespace

Report merge_entries(Session& session, const std::vector<std::string>& names) {
  const Verb verb{"entry merge", Json::object({{"entries", refs_json(names)}}), true, {}};
  return perform(session, verb, [&] {
    EntryChanges changes(session);
    return merge(changes, names);
  });
}

Report unmerge_entry(Session& session, const std::string& name) {
  const Verb verb{"entry unmerge", Json::object({{"entry", name}}), true, {}};
  return perform(session, verb, [&] {
    EntryChanges changes(session);
    return unmerge(changes, name);
  });
}

}  // namespace billctl
