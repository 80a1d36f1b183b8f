// Records: the tables of master data (parties, catalogue, projects, tasks …) as rows of values, for
// who writes them all in one way: the import, and edits of single fields.
//
// A record is known by its identity: the code, or the columns that tell two of its kind apart.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

/// What stands in one column: nothing, a number (millionths, minor units, rows), or text.
using RecordValue = std::variant<std::monostate, std::int64_t, std::string>;

enum class RecordKind {
  team,
  member,
  client,
  product,
  price_list_row,
  job_type,
  engagement,
  project,
  contract_line,
  rate,
  task,
  assignment,
  quote_row,
  selection,
  exchange_rate,
};

struct RecordColumn {
  std::string_view name;       ///< as in imports: `team`
  std::string_view stored;     ///< as in the ledger: `team_id`
  RecordValue otherwise = {};  ///< of a new record that says nothing
  bool identity = false;
};

struct RecordShape {
  std::string_view table;
  std::vector<RecordColumn> columns;

  /// The place of the column of that import name, which must be there.
  std::size_t place(std::string_view name) const;
};

const RecordShape& shape_of(RecordKind kind);

struct Record {
  std::int64_t id = 0;
  std::vector<RecordValue> values;  ///< in the order of the shape's columns
};

struct RecordStatements;

class Records {
 public:
  Records(Ledger& ledger, TenantId tenant, RecordKind kind);

  const RecordShape& shape() const { return shape_; }

  /// The record with the same identity as `values`; nothing when there is none.
  std::optional<Record> find(const std::vector<RecordValue>& values);
  /// The record of that row, which must be there.
  Record get(std::int64_t id);
  /// The highest row, of all tenants: what is above it was added since.
  std::int64_t last_id();

  // Inside `Ledger::write`.
  void add(const Record& record);
  void change(const Record& record);
  void remove(std::int64_t id);

  /// Calls `fn` with each record, by row.
  void each(const std::function<void(const Record&)>& fn);

  /// The row of a code, of a kind that has one; nothing when nobody has it.
  std::optional<std::int64_t> row_of_code(std::string_view code);
  /// Row and code of each record of a kind that has a code.
  void each_code(const std::function<void(std::int64_t, std::string_view)>& fn);

 private:
  Ledger& ledger_;
  TenantId tenant_;
  const RecordShape& shape_;
  const RecordStatements& statements_;
};

}  // namespace billctl
