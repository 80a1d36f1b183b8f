#include "pipeline/import_foreign.hpp"

#include <fmt/format.h>

#include <array>

#include "intake/overlap.hpp"
#include "ledger/books_table.hpp"
#include "pipeline/import_work/entry_writer.hpp"
#include "pipeline/import_work/foreign_names.hpp"
#include "pipeline/import_work/replaced_days.hpp"
#include "text/nearest.hpp"

namespace billctl {
namespace {

const Zone& zone_of(const Session& session, const ForeignImport& request) {
  return request.options.zone ? *request.options.zone : session.config.tenant.zone;
}

std::string person_of(const Session& session, const ForeignImport& request) {
  return request.member.empty() ? session.actor.code : request.member;
}

ForeignOptions reading_of(const Session& session, const ForeignImport& request) {
  ForeignOptions options{zone_of(session, request), request.dates, person_of(session, request),
                         request.take_prices};
  return options;
}

/// Confirmed as of its stop; of a day without times, at its end. Running work is not.
std::optional<Instant> confirmed_at(const ForeignEntry& entry, const Zone& zone) {
  if (!entry.seconds || !entry.approved.value_or(true)) return std::nullopt;
  if (entry.stopped_at) return entry.stopped_at;
  if (entry.started_at) return entry.started_at->add_seconds(*entry.seconds);
  return zone.first_instant(entry.work_on.add_days(1));
}

/// One file's rows on their way into the ledger.
class ForeignFile {
 public:
  ForeignFile(ImportRun& run, const ForeignImport& request, Books& books, ForeignNames& names,
              ImportReport& report, Source& source)
      : run_(run),
        request_(request),
        books_(books),
        names_(names),
        report_(report),
        source_(source),
        zone_(zone_of(run.session, request)),
        maker_(run.session, request.options.zone),
        writer_(run, report, maker_, texts_, source.name()) {
    if (request.replace) replaced_.emplace(run, report, word(request.format), *request.replace);
  }

  void take() {
    const auto reader =
        open_foreign(request_.format, source_, reading_of(run_.session, request_), run_.mistakes);
    ForeignEntry entry;
    while (reader->next(entry)) {
      ++report_.rows;
      take(entry);
    }
    if (run_.mistakes.any()) return;
    if (replaced_) {
      replaced_->settle(writer_, maker_);
    } else {
      writer_.finish();
    }
    warn_of_overlaps();
  }

 private:
  void take(const ForeignEntry& entry) {
    const ForeignNames::Work work = names_.work_of(entry);
    if (!work.known) return;
    EntryDraft draft;
    fill(entry, work, draft);
    if (entry.stopped_at && !work.member_code.empty()) {
      overlaps_.add(work.member_code, *entry.started_at, *entry.stopped_at, entry.at.line);
    }
    if (replaced_ && replaced_->hold(draft, entry.work_on)) return;
    maker_.make(draft, made_);
    for (const EntryFault& fault : made_.faults) {
      run_.mistakes.add(entry.at, fault.why, fault.hint);
    }
    if (made_.faults.empty()) writer_.add(draft, made_);
  }

  void fill(const ForeignEntry& entry, const ForeignNames::Work& work, EntryDraft& draft) {
    draft.line = entry.at.line;
    draft.id_column = entry.at.column;
    draft.row.ref = texts_.keep(entry.ref);
    draft.row.source = word(request_.format);
    draft.give(EntryColumn::kind);
    place(work, draft);
    draft.started = moment(entry.started_at, EntryColumn::started_at, draft);
    draft.stopped = moment(entry.stopped_at, EntryColumn::stopped_at, draft);
    if (entry.seconds) {
      draft.give(EntryColumn::seconds);
      draft.row.raw_seconds = entry.seconds;
    }
    if (!entry.started_at) {
      draft.give(EntryColumn::date);
      draft.row.work_on = entry.work_on;
    }
    draft.give(EntryColumn::description);
    draft.row.description = texts_.keep(entry.description);
    draft.give(EntryColumn::charge);
    draft.row.charge = entry.billable && work.billable ? Charge::billable : Charge::non_billable;
    if (!request_.unconfirmed) {
      draft.confirmed = moment(confirmed_at(entry, zone_), EntryColumn::confirmed_at, draft);
    }
    if (!entry.invoiced_as.empty()) {
      draft.give(EntryColumn::invoiced_as);
      draft.row.invoiced_as = texts_.keep(entry.invoiced_as);
    }
    if (entry.hourly_price) take_price(entry, work, draft);
  }

  void place(const ForeignNames::Work& work, EntryDraft& draft) {
    draft.row.project = work.project;
    draft.give(EntryColumn::project);
    draft.row.task = work.task;
    work.task ? draft.give(EntryColumn::task) : draft.clear(EntryColumn::task);
    // The task's own project counts where the names' is another: the map may say so.
    const Task* task = books_.tasks.find(work.task);
    if (task != nullptr && task->project) draft.row.project = task->project;
    if (!work.member) return;
    draft.give(EntryColumn::member);
    draft.row.member = work.member;
  }

  static std::optional<Moment> moment(const std::optional<Instant>& instant, EntryColumn column,
                                      EntryDraft& draft) {
    if (!instant) return std::nullopt;
    draft.give(column);
    return *instant;
  }

  /// A price of another currency is never relabelled (X11).
  void take_price(const ForeignEntry& entry, const ForeignNames::Work& work, EntryDraft& draft) {
    const Currency ours = maker_.currency_of(work.task, draft.row.project);
    if (!entry.currency.empty() && entry.currency != ours.code()) {
      run_.mistakes.add(entry.at,
                        fmt::format("its price is in {}, the work is billed in {}",
                                    shown(entry.currency), ours.code()),
                        "leave prices out, with --prices ignore");
      return;
    }
    draft.give(EntryColumn::unit_price);
    draft.row.unit_price_micro = entry.hourly_price->micro();
  }

  void warn_of_overlaps() {
    for (const Overlap& overlap : overlaps_.find()) {
      report_.warn(Reason::overlap, {source_.name(), overlap.line, 1},
                   fmt::format("{} also worked {} s of it in line {}", overlap.member,
                               overlap.seconds, overlap.earlier_line));
    }
  }

  ImportRun& run_;
  const ForeignImport& request_;
  Books& books_;
  ForeignNames& names_;
  ImportReport& report_;
  Source& source_;
  const Zone& zone_;
  TextArena texts_;
  EntryMaker maker_;
  EntryWriter writer_;
  MadeEntry made_;
  Overlaps overlaps_;
  std::optional<ReplacedDays> replaced_;
};

Json arguments_of(const ForeignImport& request) {
  Json files = Json::array();
  for (const auto& source : request.files) files.push(source->name());
  Json arguments = Json::object({{"files", std::move(files)}, {"from", word(request.format)}});
  if (request.replace) arguments.set("replace", request.replace->to_text());
  return arguments;
}

Json made_of(const ForeignNames& names) {
  constexpr std::array<std::string_view, 4> kTables = {"clients", "projects", "tasks", "members"};
  Json made = Json::object();
  for (const auto& [kind, count] : names.made()) {
    made.set(kTables[static_cast<std::size_t>(kind)], count);
  }
  return made;
}

/// A member that is named to stand for those whom the format does not name.
void check_member(const Books& books, const std::string& member) {
  if (member.empty() || books.members.find(member) != nullptr) return;
  throw Error(Reason::not_found, "no member \"" + member + "\"",
              did_you_mean(member, books.members.codes()));
}

}  // namespace

Report import_foreign(Session& session, ForeignImport& request) {
  const Verb verb{"import entries", arguments_of(request), true};
  ImportOptions options = request.options;
  options.skip_locked = options.skip_locked || request.replace.has_value();
  return perform(session, verb, [&] {
    ImportRun run(session, options);
    ImportReport report(TableKind::entries);
    Books books = read_books(session.ledger, session.tenant.id);
    check_member(books, request.member);
    ForeignNames names(run, books, request.map, request.create, person_of(session, request));
    for (const auto& source : request.files) {
      ForeignFile(run, request, books, names, report, *source).take();
    }
    names.refuse_unknown();
    run.refuse_if_any();
    Report told;
    told.body = report.to_json(session.dry_run == DryRun::yes);
    told.body.set("created", made_of(names));
    told.changes = report.counts();
    told.subjects.push_back({"import:entries", "imported"});
    return told;
  });
}

MapToFill make_import_map(Session& session, ForeignImport& request) {
  ImportRun run(session, request.options);
  Books books = read_books(session.ledger, session.tenant.id);
  ForeignNames names(run, books, request.map, {}, person_of(session, request));
  for (const auto& source : request.files) {
    const auto reader =
        open_foreign(request.format, *source, reading_of(session, request), run.mistakes);
    ForeignEntry entry;
    while (reader->next(entry)) names.work_of(entry);
  }
  run.refuse_if_any();
  return {names.naming().make_map(), names.naming().unknown()};
}

}  // namespace billctl
