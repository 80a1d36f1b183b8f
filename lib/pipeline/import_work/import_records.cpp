#include "pipeline/import_work/import_records.hpp"

#include <fmt/format.h>

#include "pipeline/import_work/task_quantity.hpp"
#include "text/visible.hpp"

namespace billctl {
namespace {

bool has_code(TableKind kind) {
  return table_of(kind).columns.front().name == "code";
}

/// `"acme"`, or of a record without a code `the record of list gold, product work`; of a rate for
/// everything `the record that names nothing`.
std::string described(const RecordRow& row) {
  if (row.table.columns.front().name == "code") return shown(row.code);
  std::string text = "the record of ";
  std::string_view comma;
  for (std::size_t i = 0; i < row.table.columns.size(); ++i) {
    const Column& column = row.table.columns[i];
    const std::string_view cell = row.cells.row().cell(i).text;
    if (!column.identity || cell.empty()) continue;
    text += fmt::format("{}{} {}", comma, column.name, visible(cell));
    comma = ", ";
  }
  return comma.empty() ? "the record that names nothing" : text;
}

}  // namespace

RecordImport::RecordImport(ImportRun& run, TableKind kind, ImportReport& report)
    : run_(run),
      kind_(kind),
      table_(table_of(kind)),
      report_(report),
      records_(run.session.ledger, run.session.tenant.id, record_kind_of(kind)),
      cells_(table_, run.mistakes),
      edits_(run.session.ledger, run.session.tenant.id, word(kind)),
      changes_(run.session.ledger, run.session.tenant.id),
      given_(table_.columns.size()) {
  for (const Column& column : table_.columns) {
    places_.push_back(records_.shape().place(column.name));
  }
  last_before_ = records_.last_id();
  next_id_ = last_before_ + 1;
}

void RecordImport::take(Source& source) {
  const auto rows = open_rows(source, column_names(table_), run_.mistakes);
  Row row;
  while (rows->next(row)) take_row(row);
  refuse_broken_promises();
  refuse_circles();
  drop_unnamed_members();
}

void RecordImport::take_row(const Row& cells) {
  ++report_.rows;
  cells_.begin(cells);
  RecordRow row{cells_, table_, records_.shape(), "", {}, std::nullopt};
  if (!read_cells(row)) {
    // Its code is known all the same, so that what names it is not told as a mistake too.
    if (has_code(kind_) && !row.code.empty() && !run_.references.find(kind_, row.code)) {
      run_.references.add(kind_, row.code, References::kWrong);
    }
    return;
  }
  if (is_second(row)) return;
  if (edits_.gone(row.code)) {
    ++report_.skipped;
    return;
  }
  lay_over(row);
  if (!cells_.wrong()) check_record(run_, kind_, row);
  if (cells_.wrong()) {
    if (has_code(kind_) && row.is_new()) {
      run_.references.add(kind_, row.code, References::kWrong);
    }
    return;
  }
  keep_local(row);
  if (may_change(row)) write(row);
}

/// All cells but amounts, and the record of that identity. @return whether the row can go on.
bool RecordImport::read_cells(RecordRow& row) {
  names_wrong_ = false;
  row.record.values.resize(row.shape.columns.size());
  for (std::size_t i = 0; i < table_.columns.size(); ++i) {
    const Column& column = table_.columns[i];
    if (column.identity) {
      if (!row.code.empty()) row.code += '/';
      row.code += cells_.row().cell(i).text;
      given_[i] = identity_of(i);
      row.record.values[places_[i]] = *given_[i];
    } else if (column.type != CellType::amount) {
      given_[i] = cell_value(i);
    }
  }
  if (cells_.wrong() || names_wrong_) return false;
  row.stored = records_.find(row.record.values);
  return true;
}

/// A part of the identity: an empty one tells as much as any other. Prices without a currency are
/// in the tenant's (pricing.md 5), so that two equal rows can't differ by writing it or not.
RecordValue RecordImport::identity_of(std::size_t column) {
  if (auto value = cell_value(column); value && !cells_.row().cell(column).text.empty()) {
    return std::move(*value);
  }
  if (table_.columns[column].name == "currency") {
    return std::string(run_.session.config.tenant.currency.code());
  }
  return records_.shape().columns[places_[column]].otherwise;
}

/// What the cell makes of the column; nothing when it leaves what is there.
std::optional<RecordValue> RecordImport::cell_value(std::size_t column) {
  const Column& of = table_.columns[column];
  const Cell cell = cells_.row().cell(column);
  if (!cell.present) return std::nullopt;
  if (cell.text.empty()) {
    if (!run_.options.clear_empty || of.identity) return std::nullopt;
    if (of.need == Need::when_new) {
      cells_.refuse(column, "empty", "it can't be blank");
      return std::nullopt;
    }
    return records_.shape().columns[places_[column]].otherwise;
  }
  const auto number = [](const auto& given, auto of_value) {
    return given ? std::optional<RecordValue>(of_value(*given)) : std::nullopt;
  };
  switch (of.type) {
    case CellType::codes:
    case CellType::emails:
    case CellType::kinds:
      return list_value(column);
    case CellType::flag:
      return number(cells_.flag(column), [](bool flag) { return std::int64_t{flag ? 1 : 0}; });
    case CellType::count:
      return number(cells_.count(column), [](std::int64_t count) { return count; });
    case CellType::decimal:
    case CellType::price:
    case CellType::positive:
      return number(cells_.number(column), [](Decimal decimal) { return decimal.micro(); });
    case CellType::date:
      return number(cells_.date(column), [](Date date) { return date.to_text(); });
    default:
      return text_value(column);
  }
}

std::optional<RecordValue> RecordImport::text_value(std::size_t column) {
  const auto text = cells_.text(column);
  if (!text) return std::nullopt;
  const Column& of = table_.columns[column];
  if (of.refers_to) return reference(column, *text);
  if (of.words == group_hours_words) return std::string(word(*parse_group_hours(*text)));
  return std::string(*text);
}

std::optional<RecordValue> RecordImport::list_value(std::size_t column) {
  const Column& of = table_.columns[column];
  std::string joined;
  const auto add = [&](std::string_view part) {
    if (!joined.empty()) joined += ';';
    joined += part;
  };
  if (of.type == CellType::kinds) {
    const auto kinds = cells_.kinds(column);
    if (!kinds) return std::nullopt;
    for (const BillableKind& kind : *kinds) {
      add(word(kind.kind));
      if (kind.from) joined += ':' + kind.from->to_text();
    }
    return joined;
  }
  const auto parts = cells_.list(column);
  if (!parts) return std::nullopt;
  for (const std::string_view part : *parts) {
    if (of.refers_to && !reference(column, part) && cells_.wrong()) return std::nullopt;
    add(part);
  }
  return joined;
}

/// The row of a code that the cell names.
std::optional<RecordValue> RecordImport::reference(std::size_t column, std::string_view code) {
  const TableKind kind = *table_.columns[column].refers_to;
  const auto found = run_.references.find(kind, code);
  if (found) {
    if (*found == References::kWrong) names_wrong_ = true;
    return *found;
  }
  if (kind == kind_) return own_reference(column, code);
  const bool whole = cells_.row().cell(column).text == code;
  cells_.refuse(column,
                fmt::format("{}none of the {}", whole ? "" : shown(code) + " is ", word(kind)),
                run_.references.hint(kind, code));
  return std::nullopt;
}

/// A record of the same kind that a later row must bring: it gets its row now.
std::optional<RecordValue> RecordImport::own_reference(std::size_t column, std::string_view code) {
  Promise& promise = promises_[std::string(code)];
  if (promise.id == 0) promise = {next_id_++, cells_.row().at(column)};
  return promise.id;
}

/// The file's cells over what is there, or over what a new record has when nothing is said.
void RecordImport::lay_over(RecordRow& row) {
  if (row.stored) {
    row.record = *row.stored;
  } else {
    row.record.id = new_id(row.code);
    for (std::size_t i = 0; i < row.shape.columns.size(); ++i) {
      if (!row.shape.columns[i].identity) {
        row.record.values[i] = row.shape.columns[i].otherwise;
      }
    }
  }
  for (std::size_t i = 0; i < table_.columns.size(); ++i) {
    const Column& column = table_.columns[i];
    if (given_[i] && !column.identity) row.record.values[places_[i]] = *given_[i];
    if (row.is_new() && column.need == Need::when_new && cells_.row().cell(i).text.empty()) {
      cells_.refuse(i, "missing", fmt::format("the {} needs it when it is new", row.code));
    }
  }
  read_amount(row);
}

/// An amount can be read only when its currency is known: of contract lines, their engagement's.
void RecordImport::read_amount(RecordRow& row) {
  for (std::size_t i = 0; i < table_.columns.size(); ++i) {
    if (table_.columns[i].type != CellType::amount || !row.has("engagement")) continue;
    const auto amount = cells_.amount(i, currency_of_engagement(run_, row.number("engagement")));
    if (amount) row.record.values[places_[i]] = amount->minor();
    if (amount.is_empty() && run_.options.clear_empty) row.record.values[places_[i]] = 0;
  }
}

/// The same record twice in one file is a mistake at its second row.
bool RecordImport::is_second(const RecordRow& row) {
  if (!row.stored) return false;
  const std::int64_t id = row.stored->id;
  bool second = id > last_before_;
  if (!second) {
    if (touched_.empty()) touched_.resize(static_cast<std::size_t>(last_before_) + 1);
    second = touched_[static_cast<std::size_t>(id)];
    touched_[static_cast<std::size_t>(id)] = true;
  }
  if (second) cells_.refuse_row(fmt::format("{} is there twice in this file", described(row)));
  return second;
}

/// Description rows of a quote that is drafted or further stay as they are.
bool RecordImport::may_change(RecordRow& row) {
  if (kind_ != TableKind::quote_rows) return true;
  if (row.stored && row.stored->values == row.record.values) return true;
  const EntryId entry{row.number("entry")};
  if (!Entries(run_.session.ledger, run_.session.tenant.id).locked(entry)) return true;
  const std::string ref = run_.references.code_of(TableKind::entries, entry.value);
  if (run_.options.skip_locked) {
    report_.locked.push_back(ref);
    ++report_.skipped;
  } else {
    run_.locked.add(cells_.row().at_row(),
                    fmt::format("entry {} is drafted or further, its rows stay as they are", ref),
                    "leave such rows out with --skip-locked");
  }
  return false;
}

/// Fields that were edited here win over the file, unless it is told to give in.
void RecordImport::keep_local(RecordRow& row) {
  if (!row.stored || edits_.none()) return;
  for (std::size_t i = 0; i < table_.columns.size(); ++i) {
    const std::string_view name = table_.columns[i].name;
    if (!row.changes(name) || !edits_.has(row.code, name)) continue;
    if (run_.options.overwrite_local) {
      edits_.forget(row.code, name);
      continue;
    }
    RecordValue& value = row.record.values[places_[i]];
    const RecordValue& stored = row.stored->values[places_[i]];
    ++report_.kept_local;
    report_.warn(Reason::kept_local, row.at(name),
                 fmt::format("{}: {} stays {}, as it was edited here; the file has {}", row.code,
                             name, shown(shown_value(i, stored)), shown(shown_value(i, value))));
    value = stored;
  }
}

void RecordImport::write(RecordRow& row) {
  if (row.is_new()) {
    records_.add(row.record);
    if (has_code(kind_)) run_.references.add(kind_, row.code, row.record.id);
    ++report_.added;
  } else if (row.stored->values == row.record.values) {
    ++report_.unchanged;
    return after_write(row);
  } else {
    records_.change(row.record);
    ++report_.changed;
    note_changes(row);
  }
  if (const std::string_view noted = noted_kind(kind_, row); !noted.empty()) {
    changes_.note(noted, row.record.id);
  }
  after_write(row);
}

void RecordImport::note_changes(const RecordRow& row) {
  if (run_.session.dry_run == DryRun::no && !run_.options.tell_changes) return;
  for (std::size_t i = 0; i < table_.columns.size(); ++i) {
    if (!row.changes(table_.columns[i].name)) continue;
    report_.note(row.code, table_.columns[i].name, shown_value(i, row.stored->values[places_[i]]),
                 shown_value(i, row.record.values[places_[i]]));
  }
}

/// What hangs on a record that is now as the file says.
void RecordImport::after_write(const RecordRow& row) {
  if (kind_ == TableKind::selections) {
    selections_[row.text("name")].insert(row.number("client"));
  }
  if (kind_ == TableKind::clients && row.has("parent") && row.changes("parent")) {
    new_parents_.emplace(row.record.id, row.at("parent"));
  }
  const bool differs = row.is_new() || row.stored->values != row.record.values;
  if (!differs) return;
  if (kind_ == TableKind::tasks) follow_task_quantity(run_.session, TaskId{row.record.id});
  if (kind_ == TableKind::quote_rows) {
    Entries(run_.session.ledger, run_.session.tenant.id).queue(EntryId{row.number("entry")});
  }
}

std::int64_t RecordImport::new_id(std::string_view code) {
  const auto promised = promises_.find(std::string(code));
  if (promised == promises_.end()) return next_id_++;
  const std::int64_t id = promised->second.id;
  promises_.erase(promised);
  return id;
}

}  // namespace billctl
