#include "pipeline/entry_verbs/split_entry.hpp"

#include <fmt/format.h>

#include "ledger/entry_shares.hpp"
#include "money/wide.hpp"
#include "pipeline/entry_verbs/entry_changes.hpp"

namespace billctl {
namespace {

using Measure = std::optional<std::int64_t>;

/// What part of all the first one keeps.
struct Part {
  std::int64_t of_it = 0, of_all = 0;
};

[[noreturn]] void no_part(const EntryRow& row, std::string_view option, const std::string& seen,
                          const std::string& all) {
  throw Error(Reason::usage,
              fmt::format("{} {} is no part of entry {}, which is {}", option, seen, row.ref, all));
}

[[noreturn]] void wrong_way(const EntryRow& row, std::string_view needed) {
  throw Error(Reason::usage,
              fmt::format("entry {} is of kind {}: say {}", row.ref, word(row.kind), needed),
              "it is what the first of the two keeps");
}

Part part_of(const EntryRow& row, std::string_view option, std::int64_t kept, std::int64_t all,
             const std::string& kept_text, const std::string& all_text) {
  const bool inside = all > 0 ? kept > 0 && kept < all : kept < 0 && kept > all;
  if (!inside) no_part(row, option, kept_text, all_text);
  return {kept, all};
}

std::string seconds_text(std::int64_t seconds) {
  return std::to_string(seconds) + " s";
}

Part part_of_time(const EntryRow& row, const SplitRequest& request, const Zone& zone) {
  if (!request.at) {
    if (!row.raw_seconds) {
      throw Error(Reason::not_stopped, fmt::format("entry {} is running", row.ref),
                  "split it with --at, or stop it first");
    }
    return part_of(row, "--hours", *request.seconds, *row.raw_seconds,
                   seconds_text(*request.seconds), seconds_text(*row.raw_seconds));
  }
  if (!row.started_at) {
    throw Error(Reason::usage, fmt::format("entry {} has no start", row.ref),
                "say with --hours how much the first one keeps");
  }
  std::string why;
  const auto at = resolve_moment(*request.at, zone, why);
  if (!at) throw Error(Reason::usage, "--at is " + why, "write it with its offset");
  const std::int64_t kept = at->seconds() - *row.started_at;
  const Measure stop = row.stopped_at    ? row.stopped_at
                       : row.raw_seconds ? Measure(*row.started_at + *row.raw_seconds)
                                         : std::nullopt;
  const std::string from = Instant::from_seconds(*row.started_at).to_text();
  if (!stop) {  // it goes on running in the second
    if (kept <= 0) no_part(row, "--at", at->to_text(), "running since " + from);
    return {kept, 0};
  }
  return part_of(row, "--at", kept, *stop - *row.started_at, at->to_text(),
                 from + " to " + Instant::from_seconds(*stop).to_text());
}

Part part_asked(EntryChanges& changes, const EntryRow& row, const SplitRequest& request) {
  if (row.kind == EntryKind::time) {
    if (!request.at && !request.seconds) wrong_way(row, "--at or --hours");
    return part_of_time(row, request, changes.maker().zone_of(row));
  }
  if (row.kind == EntryKind::mileage) {
    if (!request.distance_metres) wrong_way(row, "--km");
    return part_of(row, "--km", *request.distance_metres, row.distance_metres.value_or(0),
                   std::to_string(*request.distance_metres) + " m",
                   std::to_string(row.distance_metres.value_or(0)) + " m");
  }
  if (row.amount_minor) {
    if (request.amount.empty()) wrong_way(row, "--amount");
    const Currency currency = changes.maker().currency_of(row.task, row.project);
    std::string_view why;
    const auto amount = Money::parse(request.amount, currency, &why);
    if (!amount) throw Error(Reason::usage, "--amount is " + std::string(why));
    return part_of(row, "--amount", amount->minor(), *row.amount_minor, amount->to_text(),
                   Money(*row.amount_minor, currency).to_text());
  }
  if (!request.quantity) wrong_way(row, "--quantity");
  const std::int64_t all = row.quantity_micro.value_or(Decimal::kOne);
  return part_of(row, "--quantity", request.quantity->micro(), all, request.quantity->to_text(),
                 Decimal::from_micro(all).to_text());
}

/// Divides one measure; what is not whole goes to the second.
void divide(const Part& part, Measure EntryRow::*measure, EntryRow& first, EntryRow& second) {
  const Measure all = first.*measure;
  if (!all) return;
  const std::int64_t kept =
      narrowed(checked_multiply(Int128{*all}, Int128{part.of_it}, "a share") / part.of_all,
               "a share of an entry");
  first.*measure = kept;
  second.*measure = *all - kept;
}

/// The first ends where the second begins, at the part of the recorded span that it keeps.
void divide_time(const Part& part, EntryRow& first, EntryRow& second) {
  if (part.of_all == 0) {  // running
    first.raw_seconds = part.of_it;
    first.stopped_at = *first.started_at + part.of_it;
    second.started_at = first.stopped_at;
    return;
  }
  divide(part, &EntryRow::raw_seconds, first, second);
  divide(part, &EntryRow::quantity_micro, first, second);
  if (!first.started_at) return;
  const std::int64_t span = first.stopped_at ? *first.stopped_at - *first.started_at : part.of_all;
  const std::int64_t kept =
      narrowed(checked_multiply(Int128{span}, Int128{part.of_it}, "a share") / part.of_all,
               "a share of an entry");
  second.started_at = *first.started_at + kept;
  if (first.stopped_at) first.stopped_at = second.started_at;
}

void divide(const Part& part, EntryRow& first, EntryRow& second) {
  if (first.kind == EntryKind::time) return divide_time(part, first, second);
  const bool quantity_asked = !first.amount_minor && first.kind != EntryKind::mileage;
  if (quantity_asked && !first.quantity_micro) first.quantity_micro = Decimal::kOne;
  for (const auto measure : {&EntryRow::quantity_micro, &EntryRow::amount_minor,
                             &EntryRow::distance_metres, &EntryRow::transport_seconds}) {
    divide(part, measure, first, second);
  }
}

/// `e1~2`, `e1~3` …, also of a share of `e1`.
std::string share_ref(Entries& entries, std::string_view ref) {
  const std::size_t tilde = ref.rfind('~');
  const bool is_share = tilde != ref.npos && tilde + 1 < ref.size() &&
                        ref.find_first_not_of("0123456789", tilde + 1) == ref.npos;
  const std::string_view root = is_share ? ref.substr(0, tilde) : ref;
  for (int number = 2;; ++number) {
    std::string share = fmt::format("{}~{}", root, number);
    if (!entries.find(share)) return share;
  }
}

Report split(EntryChanges& changes, const SplitRequest& request) {
  const EntryRow before = changes.named(request.entry);
  changes.require_unlocked(before);
  EntryChanges::require_own_work(before);
  if (before.kind == EntryKind::quote) {
    throw Error(Reason::wrong_state,
                fmt::format("entry {} is a quote, its rows stay together", before.ref));
  }
  const Part part = part_asked(changes, before, request);
  EntryRow first = before;
  EntryRow second = before;
  divide(part, first, second);
  second.ref = changes.keep(share_ref(changes.entries(), before.ref));
  second.source = {};
  if (!request.description.empty()) second.description = request.description;
  if (second.started_at) {
    second.work_on =
        changes.maker().zone_of(before).date(Instant::from_seconds(*second.started_at));
  }
  const auto last_merge = changes.merges().last_of(before.id);
  changes.write(before, first, fmt::format("split: {} is the rest", second.ref));
  changes.add(second, fmt::format("split off {}", before.ref));
  EntryShares(changes.session().ledger)
      .add(second.id, before.id, last_merge ? last_merge->id : EntryMergeId{});
  if (changes.had_items()) changes.also_follow(second.id);
  changes.follow();
  Json both = Json::array();
  both.push(changes.shown(before.ref));
  both.push(changes.shown(second.ref));
  return changes.report(
      Json::object({{"entry", before.ref}, {"share", second.ref}, {"entries", std::move(both)}}));
}

}  // namespace

Report split_entry(Session& session, const SplitRequest& request) {
  const int ways = (request.at ? 1 : 0) + (request.seconds ? 1 : 0) +
                   (request.distance_metres ? 1 : 0) + (request.quantity ? 1 : 0) +
                   (request.amount.empty() ? 0 : 1);
  if (ways != 1) {
    throw Error(Reason::usage, "split needs one of --at, --hours, --quantity, --km and --amount",
                "it is what the first of the two keeps");
  }
  const Verb verb{"entry split", Json::object({{"entry", request.entry}}), true, {}};
  return perform(session, verb, [&] {
    EntryChanges changes(session);
    return split(changes, request);
  });
}

}  // namespace billctl
