// What is done when a file of master data has been read to its end, and how its values are shown.
#include <fmt/format.h>

#include "ledger/books_table.hpp"
#include "pipeline/import_work/import_records.hpp"

namespace billctl {

std::string RecordImport::shown_value(std::size_t column, const RecordValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (text != nullptr) return *text;
  const auto* number = std::get_if<std::int64_t>(&value);
  if (number == nullptr) return "";
  const Column& of = table_.columns[column];
  if (of.refers_to) {
    for (const auto& [code, promise] : promises_) {
      if (promise.id == *number) return code;
    }
    return run_.references.code_of(*of.refers_to, *number);
  }
  switch (of.type) {
    case CellType::decimal:
    case CellType::price:
    case CellType::positive:
      return Decimal::from_micro(*number).to_text();
    default:
      return std::to_string(*number);
  }
}

void RecordImport::refuse_broken_promises() {
  for (const auto& [code, promise] : promises_) {
    if (run_.references.find(kind_, code)) continue;  // its row is there, and wrong
    run_.mistakes.add(promise.at, fmt::format("\"{}\" is none of the {}", code, word(kind_)),
                      run_.references.hint(kind_, code));
  }
}

/// A client is not its own grandparent.
void RecordImport::refuse_circles() {
  if (run_.mistakes.any()) return;
  const std::size_t parent = kind_ == TableKind::clients ? records_.shape().place("parent") : 0;
  for (const auto& [id, at] : new_parents_) {
    std::set<std::int64_t> seen;
    for (std::int64_t up = id; up != 0 && seen.insert(up).second;) {
      const RecordValue value = records_.get(up).values[parent];
      const auto* next = std::get_if<std::int64_t>(&value);
      up = next != nullptr ? *next : 0;
      if (up != id) continue;
      run_.mistakes.add(at, fmt::format("client \"{}\" would be above itself",
                                        run_.references.code_of(kind_, id)));
      return;
    }
  }
}

/// `selections --replace`: the file is the whole of each selection that it names.
void RecordImport::drop_unnamed_members() {
  if (kind_ != TableKind::selections || !run_.options.replace || run_.mistakes.any()) return;
  for (const auto& [name, clients] : selections_) {
    for (const ClientId client :
         read_selection(run_.session.ledger, run_.session.tenant.id, name)) {
      if (clients.contains(client.value)) continue;
      const auto record = records_.find({name, client.value});
      expect(record.has_value(), "a member of a selection is there");
      records_.remove(record->id);
      ++report_.withdrawn;
    }
  }
}

}  // namespace billctl
