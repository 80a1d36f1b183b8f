#include "pipeline/entries_report.hpp"

#include <algorithm>
#include <array>

#include "ledger/entry_merges.hpp"
#include "ledger/entry_queue.hpp"
#include "ledger/item_list.hpp"
#include "ledger/work_entries.hpp"
#include "pipeline/entry_verbs/entry_fields.hpp"
#include "pipeline/filter_words.hpp"
#include "pipeline/import_work/import_run.hpp"
#include "pipeline/report_json.hpp"
#include "text/nearest.hpp"

namespace billctl {
namespace {

std::optional<Decimal> decimal(std::optional<std::int64_t> micro) {
  if (!micro) return std::nullopt;
  return Decimal::from_micro(*micro);
}

Json instant(std::optional<std::int64_t> seconds) {
  return seconds ? Json(Instant::from_seconds(*seconds).to_text()) : Json();
}

Json kilometres_json(std::optional<std::int64_t> metres) {
  constexpr std::int64_t kMicro = 1000;
  return metres ? Json(Decimal::from_micro(*metres * kMicro).to_text()) : Json();
}

Own own(bool is_own) {
  return is_own ? Own::yes : Own::no;
}

Json items_of(const Session& session, EntryId entry) {
  Json items = Json::array();
  for (const ListedItem& listed : ItemList(session.ledger, session.tenant.id).of_entry(entry)) {
    items.push(Json::object({{"item", listed.item.id.value},
                             {"kind", word(listed.item.kind)},
                             {"state", word(listed.state)},
                             {"invoice", Json::text_or_null(listed.invoice_name)}}));
  }
  return items;
}

[[noreturn]] void was_deleted(const std::string& name) {
  throw Error(Reason::not_found, "entry " + entry_ref_of(name) + " was deleted",
              "`billctl explain entry:" + entry_ref_of(name) + "` says when and by whom");
}

/// The ref of the entry that holds the work of this one; empty: none does.
std::string merged_into(Session& session, const ListedEntry& listed) {
  if (listed.state != EntryState::merged) return "";
  const auto merge = EntryMerges(session.ledger, session.tenant.id).into(listed.row.id);
  std::string ref;
  if (!merge) return ref;
  Entries(session.ledger, session.tenant.id).get(merge->entry, [&](const EntryRow& row) {
    ref = row.ref;
  });
  return ref;
}

}  // namespace

std::string entry_ref_of(const std::string& name) {
  constexpr std::string_view kPrefix = "entry:";
  return name.starts_with(kPrefix) ? name.substr(kPrefix.size()) : name;
}

void no_entry(const std::string& name) {
  throw Error(Reason::not_found, "no entry \"" + name + "\"", "see them with `billctl entry list`");
}

void check_entry_words(const Filter& filter) {
  check_words(filter.kinds, kEntryKindWords, "--kind");
  check_words(filter.states, kEntryStateWords, "--state");
}

bool takes_entry(const FilterTest& test, const ListedEntry& listed) {
  const EntryRow& row = listed.row;
  return test.in_period(row.work_on) &&
         test.takes({listed.client, row.project, row.task, row.member}) &&
         test.takes_kind(row.kind) &&
         test.takes_state(kEntryStateWords[static_cast<std::size_t>(listed.state)]);
}

Json entry_json(const Session& session, const ListedEntry& listed, Codes& codes) {
  const EntryRow& row = listed.row;
  const Currency currency = Currency::of(listed.currency).value_or(session.config.tenant.currency);
  constexpr std::int64_t kMinute = 60;
  const auto code = [](const std::string& text) { return Json::text_or_null(text); };
  return Json::object({
      {"entry", row.ref},
      {"kind", word(row.kind)},
      {"client", code(codes.of(listed.client))},
      {"project", code(codes.of(row.project))},
      {"task", code(codes.of(row.task))},
      {"member", code(codes.of(row.member))},
      {"job_type", code(codes.of(row.job_type))},
      {"work_date", row.work_on.to_text()},
      {"started_at", instant(row.started_at)},
      {"stopped_at", instant(row.stopped_at)},
      {"seconds", row.raw_seconds},
      {"distance_km", kilometres_json(row.distance_metres)},
      {"transport_minutes",
       row.transport_seconds
           ? Json(Decimal::from_micro(*row.transport_seconds * Decimal::kOne / kMinute).to_text())
           : Json()},
      {"quantity", quantity_json(decimal(row.quantity_micro))},
      {"unit", Json::text_or_null(row.unit)},
      {"unit_price", price_json(decimal(row.unit_price_micro), currency)},
      {"amount", row.amount_minor ? money_json(*row.amount_minor, currency) : Json()},
      {"currency", currency.code()},
      {"product", code(codes.of(row.product))},
      {"description", Json::text_or_null(row.description)},
      {"charge", word(row.charge)},
      {"confirmed", row.confirmed_at.has_value()},
      {"confirmed_at", instant(row.confirmed_at)},
      {"confirmed_by", Json::text_or_null(row.confirmed_by)},
      {"to_rebill", row.to_rebill},
      {"parent", Json::text_or_null(listed.parent_ref)},
      {"source", Json::text_or_null(row.source)},
      {"invoiced_as", Json::text_or_null(row.invoiced_as)},
      {"state", kEntryStateWords[static_cast<std::size_t>(listed.state)]},
  });
}

Json entry_list(Session& session, const Filter& filter) {
  check_entry_words(filter);
  const MemberId actor = acting_member(session);
  require_reading(session, "entry list",
                  own(actor && filter.members == std::vector<MemberId>{actor}));
  if (filter.invoices) {
    throw Error(Reason::usage, "of a job only the unbilled are entries",
                "see `billctl invoice list --from-job`");
  }
  const auto asked = [&](EntryId id) {
    return !filter.entries || std::ranges::find(*filter.entries, id) != filter.entries->end();
  };
  const FilterTest test(filter);
  // What was deleted or merged here is no work any more, unless it is asked for.
  const auto there = [&](EntryState state) {
    return !filter.states.empty() || (state != EntryState::deleted && state != EntryState::merged);
  };
  Json rows = Json::array();
  session.ledger.read([&] {
    Entries entries(session.ledger, session.tenant.id);
    EntryId after;
    if (!filter.after.empty()) {
      const auto found = entries.find(entry_ref_of(filter.after));
      if (!found) no_entry(filter.after);
      if (filter.sort.empty()) after = *found;
    }
    Codes codes(session.ledger);
    const auto full = [&] {
      return filter.limit && filter.sort.empty() &&
             static_cast<std::int64_t>(rows.as_array().size()) >= *filter.limit;
    };
    if (full()) return;
    EntryList list(session.ledger, session.tenant.id);
    const auto look = [&](const ListedEntry& listed) {
      if (asked(listed.row.id) && there(listed.state) && takes_entry(test, listed))
        rows.push(entry_json(session, listed, codes));
      return !full();
    };
    WorkEntries work(session.ledger, session.tenant.id);
    if (const auto places = work.places(filter)) {
      work.each(*places, after, [&](EntryId id) {
        list.get(id, look);
        return !full();
      });
    } else {
      list.each(after, look);
    }
  });
  return Json::object({{"entries", std::move(rows)}});
}

Json entry_show(Session& session, const std::string& name) {
  Json body;
  session.ledger.read([&] {
    Codes codes(session.ledger);
    const MemberId actor = acting_member(session);
    const bool found =
        EntryList(session.ledger, session.tenant.id)
            .find(entry_ref_of(name), [&](const ListedEntry& listed) {
              require_reading(session, "entry show", own(actor && listed.row.member == actor));
              if (listed.state == EntryState::deleted) was_deleted(name);
              body = entry_json(session, listed, codes);
              body.set("merged_into", Json::text_or_null(merged_into(session, listed)));
              body.set("items", items_of(session, listed.row.id));
              const auto parked =
                  EntryQueue(session.ledger, session.tenant.id).parked(listed.row.id);
              body.set("parked", parked ? findings_json({*parked}).as_array()[0] : Json());
            });
    if (!found) no_entry(name);
  });
  return body;
}

}  // namespace billctl
