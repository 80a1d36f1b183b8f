// Tables: the kinds of record that `billctl import KIND` takes, with their columns, as data: what
// the header check, the cell readers, `--template`, the man page and the order of `import all` go
// by. Source: spec/import.md, the table of kinds.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "intake/row.hpp"

namespace billctl {

/// In the order in which `import all` takes them: what a record names stands before it (or, as a
/// client's parent, in the same file).
enum class TableKind {
  teams,
  members,
  clients,
  products,
  price_lists,
  job_types,
  engagements,
  projects,
  contract_lines,
  rates,
  tasks,
  assignments,
  entries,
  quote_rows,
  selections,
  past_invoices,
  exchange_rates,
};

/// `price_lists`: the word of `import KIND` and the name of its file.
std::string_view word(TableKind kind);
std::optional<TableKind> table_kind_of(std::string_view word);
std::vector<std::string> table_kind_words();

enum class CellType {
  text,
  code,        ///< a name of one thing: no control characters, no blanks around it, 200 bytes
  codes,       ///< several, `;` between
  emails,      ///< addresses, `;` between
  kinds,       ///< `time:2026-01-01;expense`: entry kinds, each with the date from which it counts
  word,        ///< one of a closed set
  flag,        ///< 1 0 true false yes no
  count,       ///< a whole number from 0 on
  decimal,     ///< at most 6 fraction digits
  price,       ///< the same, never negative (arithmetic.md 8)
  positive,    ///< the same, more than 0
  kilometres,  ///< at most 3 fraction digits, never negative
  amount,      ///< at most the currency's fraction digits
  currency,    ///< an ISO 4217 code
  date,        ///< YYYY-MM-DD
  instant,     ///< ISO 8601 with Z or offset, or local YYYY-MM-DD[T ]HH:MM[:SS] in the row's zone
  zone,        ///< a name of the IANA database
};

/// What a cell of that type must be, for messages and the manual: `a date as YYYY-MM-DD`.
std::string_view needed_words(CellType type);

enum class Need {
  always,    ///< the column must be there and the cell filled: it says which record is meant
  when_new,  ///< must be there for a record that the ledger does not have yet
  optional,
};

struct Column {
  std::string_view name;
  CellType type = CellType::text;
  Need need = Need::optional;
  bool identity = false;  ///< part of what tells records apart (an absent one counts as empty)
  std::optional<TableKind> refers_to = std::nullopt;  ///< whose code it names
  std::vector<std::string> (*words)() = nullptr;      ///< of a CellType::word
};

struct Table {
  TableKind kind;
  std::span<const Column> columns;

  /// The place of that column, which must be one of the table's: a constant for who reads its
  /// cells.
  std::size_t place(std::string_view name) const;
};

const Table& table_of(TableKind kind);

/// For open_rows: a file without a column that is always needed is refused.
std::vector<ColumnName> column_names(const Table& table);

/// The header row that `import KIND --template` prints, with its line end: `code,name\n`.
std::string template_text(const Table& table);

}  // namespace billctl
