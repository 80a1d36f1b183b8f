#include "pipeline/import_work/entry_reader.hpp"

#include <fmt/format.h>

#include "pipeline/import_work/task_quantity.hpp"

namespace billctl {
namespace {

using Field = EntryColumn;

constexpr std::size_t at(Field column) {
  return static_cast<std::size_t>(column);
}

/// Notes in the draft what a cell gave, and hands its value on.
template <class T, class Use>
void take(const Given<T>& given, Field column, EntryDraft& draft, bool clears, const Use& use) {
  if (given) {
    draft.give(column);
    use(*given);
  } else if (given.is_empty() && clears) {
    draft.clear(column);
  }
}

}  // namespace

EntryReader::EntryReader(ImportRun& run, TextArena& texts)
    : run_(run), texts_(texts), cells_(table_of(TableKind::entries), run.mistakes) {
  const Table& table = table_of(TableKind::entries);
  expect(table.columns.size() == kEntryColumns && table.place("parent") == at(Field::parent) &&
             table.place("invoiced_as") == at(Field::invoiced_as),
         "the columns of entries are those of EntryColumn");
}

Given<std::string_view> EntryReader::text(Field column) {
  return cells_.text(at(column));
}

void EntryReader::refuse(const EntryFault& fault) {
  cells_.refuse(at(fault.column), fault.why, fault.hint);
}

bool EntryReader::read(const Row& row, EntryDraft& draft) {
  draft = EntryDraft{};
  names_wrong_ = false;
  cells_.begin(row);
  const auto ref = text(Field::id);
  ref_ = ref ? *ref : std::string_view();
  if (ref_.starts_with(kTaskEntryPrefix)) {
    cells_.refuse(at(Field::id), "an id of billctl's own",
                  "entries of tasks with a quantity are made when the task is done");
  }
  draft.row.ref = texts_.keep(ref_);
  const Row::Place place = row.place(at(Field::id));
  draft.line = place.line;
  draft.id_column = place.column;
  read_words(draft);
  read_references(draft);
  read_times(draft);
  read_numbers(draft);
  read_texts(draft);
  return !cells_.wrong() && !names_wrong_;
}

void EntryReader::read_words(EntryDraft& draft) {
  const bool clears = run_.options.clear_empty;
  take(text(Field::kind), Field::kind, draft, clears,
       [&](std::string_view word) { draft.row.kind = *entry_kind_of(word); });
  take(text(Field::charge), Field::charge, draft, clears,
       [&](std::string_view word) { draft.row.charge = *charge_of(word); });
  take(cells_.flag(at(Field::to_rebill)), Field::to_rebill, draft, clears,
       [&](bool flag) { draft.row.to_rebill = flag; });
}

std::int64_t EntryReader::reference(Field column, EntryDraft& draft) {
  const auto code = text(column);
  if (!code) {
    if (code.is_empty() && run_.options.clear_empty) draft.clear(column);
    return 0;
  }
  draft.give(column);
  Recent& recent = recent_[at(column)];
  if (recent.code == *code) return recent.row;
  const TableKind kind = *table_of(TableKind::entries).columns[at(column)].refers_to;
  const auto found = run_.references.find(kind, *code);
  if (!found) {
    cells_.refuse(at(column), fmt::format("none of the {}", word(kind)),
                  run_.references.hint(kind, *code));
    return 0;
  }
  if (*found == References::kWrong) {
    names_wrong_ = true;
    return 0;
  }
  recent.code = *code;
  recent.row = *found;
  return *found;
}

void EntryReader::read_references(EntryDraft& draft) {
  draft.row.task = TaskId{reference(Field::task, draft)};
  draft.row.project = ProjectId{reference(Field::project, draft)};
  draft.row.member = MemberId{reference(Field::member, draft)};
  draft.row.product = ProductId{reference(Field::product, draft)};
  draft.row.job_type = JobTypeId{reference(Field::job_type, draft)};
}

void EntryReader::read_numbers(EntryDraft& draft) {
  EntryRow& row = draft.row;
  const bool clears = run_.options.clear_empty;
  const auto number = [&](Field column, std::optional<std::int64_t>& into) {
    take(cells_.number(at(column)), column, draft, clears,
         [&](Decimal decimal) { into = decimal.micro(); });
  };
  number(Field::quantity, row.quantity_micro);
  number(Field::unit_price, row.unit_price_micro);
  number(Field::transport_unit_price, row.transport_unit_price_micro);
  take(cells_.metres(at(Field::distance_km)), Field::distance_km, draft, clears,
       [&](std::int64_t metres) { row.distance_metres = metres; });
  take(cells_.number(at(Field::transport_minutes)), Field::transport_minutes, draft, clears,
       [&](Decimal minutes) {
         constexpr std::int64_t kSeconds = 60;
         constexpr std::int64_t kMinutesMax = 1'000'000;
         if (minutes.micro() / Decimal::kOne > kMinutesMax) {
           cells_.refuse(at(Field::transport_minutes), "too many");
         } else if (minutes.micro() * kSeconds % Decimal::kOne != 0) {
           cells_.refuse(at(Field::transport_minutes), "no whole seconds");
         } else {
           row.transport_seconds = minutes.micro() * kSeconds / Decimal::kOne;
         }
       });
  take(cells_.count(at(Field::seconds)), Field::seconds, draft, clears,
       [&](std::int64_t seconds) { row.raw_seconds = seconds; });
  if (draft.has(Field::seconds) && draft.started) {
    draft.seconds_column = cells_.row().place(at(Field::seconds)).column;
  }
  // Its currency is known when task and project are.
  take(text(Field::amount), Field::amount, draft, clears,
       [&](std::string_view amount) { draft.amount = texts_.keep(amount); });
}

void EntryReader::read_times(EntryDraft& draft) {
  const bool clears = run_.options.clear_empty;
  const auto moment = [&](Field column, std::optional<Moment>& into) {
    take(cells_.moment(at(column)), column, draft, clears,
         [&](const Moment& given) { into = given; });
  };
  moment(Field::started_at, draft.started);
  moment(Field::stopped_at, draft.stopped);
  moment(Field::confirmed_at, draft.confirmed);
  take(cells_.date(at(Field::date)), Field::date, draft, clears,
       [&](Date date) { draft.row.work_on = date; });
  take(text(Field::zone), Field::zone, draft, clears, [&](std::string_view name) {
    if (zones_.find(name) == nullptr) {
      cells_.refuse(at(Field::zone), "no zone of the IANA database");
    }
    draft.row.zone = texts_.keep(name);
  });
}

void EntryReader::read_texts(EntryDraft& draft) {
  const bool clears = run_.options.clear_empty;
  const auto keep = [&](Field column, std::string_view& into) {
    take(text(column), column, draft, clears,
         [&](std::string_view given) { into = texts_.keep(given); });
  };
  keep(Field::unit, draft.row.unit);
  keep(Field::description, draft.row.description);
  keep(Field::confirmed_by, draft.row.confirmed_by);
  keep(Field::invoiced_as, draft.row.invoiced_as);
  keep(Field::parent, draft.parent);
  if (draft.parent.empty()) return;
  draft.parent_column = cells_.row().place(at(Field::parent)).column;
  if (draft.parent == draft.row.ref) {
    cells_.refuse(at(Field::parent), "the entry itself");
  }
}

}  // namespace billctl
