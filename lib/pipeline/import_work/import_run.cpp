#include "pipeline/import_work/import_run.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "text/nearest.hpp"

namespace billctl {

RecordKind record_kind_of(TableKind kind) {
  switch (kind) {
    case TableKind::teams:
      return RecordKind::team;
    case TableKind::members:
      return RecordKind::member;
    case TableKind::clients:
      return RecordKind::client;
    case TableKind::products:
      return RecordKind::product;
    case TableKind::price_lists:
      return RecordKind::price_list_row;
    case TableKind::job_types:
      return RecordKind::job_type;
    case TableKind::engagements:
      return RecordKind::engagement;
    case TableKind::projects:
      return RecordKind::project;
    case TableKind::contract_lines:
      return RecordKind::contract_line;
    case TableKind::rates:
      return RecordKind::rate;
    case TableKind::tasks:
      return RecordKind::task;
    case TableKind::assignments:
      return RecordKind::assignment;
    case TableKind::quote_rows:
      return RecordKind::quote_row;
    case TableKind::selections:
      return RecordKind::selection;
    case TableKind::exchange_rates:
      return RecordKind::exchange_rate;
    case TableKind::entries:
    case TableKind::past_invoices:
      break;
  }
  expect(false, "the kind has a table of records");
  return RecordKind::team;
}

References::Known& References::whole(TableKind kind) {
  Known& known = known_[kind];
  if (known.whole) return known;
  known.whole = true;
  Records(ledger_, tenant_, record_kind_of(kind))
      .each_code([&](std::int64_t row, std::string_view code) { known.codes.add(code, row); });
  return known;
}

std::optional<std::int64_t> References::find_entry(std::string_view ref) {
  if (const auto found = wrong_entries_.find(ref)) return found;
  const auto id = Entries(ledger_, tenant_).find(ref);
  if (!id) return std::nullopt;
  return id->value;
}

std::optional<std::int64_t> References::find(TableKind kind, std::string_view code) {
  if (kind == TableKind::entries) return find_entry(code);
  Known& known = known_[kind];
  const auto found = known.codes.find(code);
  if (found || known.whole) return found;
  constexpr int kFew = 5000;  // as in WorkPlaces
  if (++known.looked_up > kFew) return whole(kind).codes.find(code);
  const auto row = Records(ledger_, tenant_, record_kind_of(kind)).row_of_code(code);
  if (row) known.codes.set(code, *row);
  return row;
}

void References::add(TableKind kind, std::string_view code, std::int64_t row) {
  if (kind != TableKind::entries) return known_[kind].codes.set(code, row);
  // Only so many as there can be mistakes to tell: a file of bad rows costs no memory.
  if (wrong_entries_.size() < 100 * Mistakes::kKept) wrong_entries_.add(code, row);
}

std::string References::code_of(TableKind kind, std::int64_t row) {
  if (row <= 0) return "";
  if (kind == TableKind::entries) {
    std::string ref;
    Entries(ledger_, tenant_).get(EntryId{row}, [&](const EntryRow& entry) { ref = entry.ref; });
    return ref;
  }
  const Record record = Records(ledger_, tenant_, record_kind_of(kind)).get(row);
  return std::get<std::string>(record.values.front());
}

std::string References::nearest(TableKind kind, std::string_view seen) {
  if (kind == TableKind::entries) return "";
  std::vector<std::string> known;
  whole(kind).codes.each([&](std::string_view code) { known.emplace_back(code); });
  std::sort(known.begin(), known.end());
  return did_you_mean(seen, known);
}

std::string References::hint(TableKind kind, std::string_view seen) {
  std::string near = nearest(kind, seen);
  if (!near.empty()) return near;
  return fmt::format("import its {} first, or both with `billctl import all`", word(kind));
}

void ImportRun::refuse_if_any() const {
  if (!mistakes.any() && !locked.any()) return;
  std::vector<Mistake> all = mistakes.kept();
  for (const Mistake& mistake : locked.kept()) {
    if (all.size() < Mistakes::kKept) all.push_back(mistake);
  }
  const Reason code = mistakes.any() ? Reason::bad_input : Reason::entry_locked;
  throw Error(code, std::move(all), mistakes.total() + locked.total());
}

}  // namespace billctl
