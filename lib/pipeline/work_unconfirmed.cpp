#include <algorithm>
#include <map>
#include <set>

#include "ledger/entries.hpp"
#include "ledger/work_entries.hpp"
#include "pipeline/entries_report.hpp"
#include "pipeline/work_report.hpp"
#include "pipeline/work_survey.hpp"

namespace billctl {
namespace {

// A page is looked for in portions: most of what is not confirmed is on it.
constexpr std::int64_t kBatchLeast = 64, kBatchMost = 4096;
constexpr std::int64_t kAll = INT64_MAX;

/// The days that are asked for: of the week, and of the period that a filter names.
std::optional<Period> days_of(const UnconfirmedRequest& request) {
  const auto& period = request.filter.period;
  if (!request.week || !period) return request.week ? request.week : period;
  if (!request.week->overlaps(*period)) return std::nullopt;
  return Period::from_to(std::max(request.week->first(), period->first()),
                         std::min(request.week->last(), period->last()));
}

class Unconfirmed {
 public:
  Unconfirmed(Session& session, const UnconfirmedRequest& request)
      : request_(request),
        days_(days_of(request)),
        work_(session.ledger, session.tenant.id),
        stored_(session.ledger, session.tenant.id),
        survey_(session, {filter_of(request, days_), true, false}) {}

  /// Calls `visit` with every entry, by row, until it returns false.
  void each(EntryId after, const std::function<bool(const SurveyedEntry&)>& visit) {
    if (request_.week && request_.filter.period && !days_) return;
    if (!request_.filter.members.empty()) {
      std::set<EntryId> entries;
      for (const MemberId member : request_.filter.members)
        for (const EntryId entry : work_.unconfirmed(member, days_)) add_with_goods(entry, entries);
      entries.erase(entries.begin(), entries.upper_bound(after));
      look({entries.begin(), entries.end()}, visit);
      return;
    }
    if (const auto places = work_.places(request_.filter)) {
      std::vector<EntryId> entries = work_.all(*places);
      std::erase_if(entries, [&](EntryId entry) { return entry <= after; });
      look(std::move(entries), visit);
      return;
    }
    const bool page = request_.filter.limit && request_.filter.sort.empty();
    const std::int64_t batch =
        page ? std::clamp(*request_.filter.limit * 5 / 4, kBatchLeast, kBatchMost) : kAll;
    while (true) {
      const auto entries = work_.unconfirmed(after, batch);
      if (entries.empty() || !look(entries, visit) || !page) return;
      after = entries.back();
    }
  }

 private:
  static Filter filter_of(const UnconfirmedRequest& request, const std::optional<Period>& days) {
    Filter filter = request.filter;
    filter.period = days;
    return filter;
  }

  /// Goods follow their session, whoever brought them and whenever.
  void add_with_goods(EntryId entry, std::set<EntryId>& entries) {
    entries.insert(entry);
    for (const EntryId attached : stored_.attached(entry)) entries.insert(attached);
  }

  bool look(std::vector<EntryId> entries, const std::function<bool(const SurveyedEntry&)>& visit) {
    bool goes_on = true;
    survey_.each(std::move(entries), [&](const SurveyedEntry& one) {
      if (!goes_on || one.part != WorkPart::unconfirmed) return;
      if (request_.week && one.kind != EntryKind::time) return;
      goes_on = visit(one);
    });
    return goes_on;
  }

  const UnconfirmedRequest& request_;
  std::optional<Period> days_;
  WorkEntries work_;
  Entries stored_;
  WorkSurvey survey_;
};

}  // namespace

Json work_unconfirmed(Session& session, const UnconfirmedRequest& request) {
  require_reading(session, "work unconfirmed");
  const Filter& filter = request.filter;
  Json rows = Json::array();
  session.ledger.read([&] {
    EntryId after;
    if (!filter.after.empty()) {
      const auto found =
          Entries(session.ledger, session.tenant.id).find(entry_ref_of(filter.after));
      if (!found) no_entry(filter.after);
      if (filter.sort.empty()) after = *found;
    }
    Codes codes(session.ledger);
    EntryList list(session.ledger, session.tenant.id);
    const auto full = [&] {
      return filter.limit && filter.sort.empty() &&
             static_cast<std::int64_t>(rows.as_array().size()) >= *filter.limit;
    };
    if (full()) return;
    Unconfirmed(session, request).each(after, [&](const SurveyedEntry& one) {
      list.get(one.entry,
               [&](const ListedEntry& listed) { rows.push(entry_json(session, listed, codes)); });
      return !full();
    });
  });
  return Json::object({{"entries", std::move(rows)}});
}

Json work_matrix(Session& session, const UnconfirmedRequest& request) {
  require_reading(session, "work unconfirmed");
  UnconfirmedRequest all = request;
  all.filter.limit = std::nullopt;
  Json rows = Json::array();
  session.ledger.read([&] {
    Codes codes(session.ledger);
    std::map<std::string, std::map<std::string, std::int64_t>> members;
    Unconfirmed(session, all).each(EntryId{}, [&](const SurveyedEntry& one) {
      if (one.kind != EntryKind::time) return true;
      members[codes.of(one.member)][one.work_on.iso_week().to_text()] += one.seconds;
      return true;
    });
    for (const auto& [member, cells] : members) {
      Json weeks = Json::array();
      for (const auto& [week, seconds] : cells)
        weeks.push(Json::object({{"week", week}, {"seconds", seconds}}));
      rows.push(
          Json::object({{"member", Json::text_or_null(member)}, {"weeks", std::move(weeks)}}));
    }
  });
  return Json::object({{"rows", std::move(rows)}});
}

}  // namespace billctl
