#include "ledger/records.hpp"

#include <deque>

#include "ledger/connection.hpp"

namespace billctl {

/// The SQL of one kind, made once from its shape and kept as long as the program.
struct RecordStatements {
  std::string find, get, all, last_id, add, change, remove, each_code, row_of_code;
};

namespace {

std::string parameter(std::size_t column) {
  return ":c" + std::to_string(column);
}

std::string joined(const RecordShape& shape, const std::string& between, bool identity_only,
                   const std::function<std::string(std::size_t)>& part) {
  std::string text;
  for (std::size_t i = 0; i < shape.columns.size(); ++i) {
    if (identity_only && !shape.columns[i].identity) continue;
    if (!text.empty()) text += between;
    text += part(i);
  }
  return text;
}

void bind_value(Query& query, const std::string& name, const RecordValue& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    query.bind(name.c_str(), *number);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    query.bind(name.c_str(), *text);
  } else {
    query.bind_null(name.c_str());
  }
}

RecordValue value_of(const Query& query, int column) {
  switch (sqlite3_column_type(query.raw(), column)) {
    case SQLITE_NULL:
      return {};
    case SQLITE_INTEGER:
      return query.integer(column);
    default:
      return query.string(column);
  }
}

Record record_of(const Query& query, const RecordShape& shape) {
  Record record{query.integer(0), {}};
  record.values.reserve(shape.columns.size());
  for (std::size_t i = 0; i < shape.columns.size(); ++i) {
    record.values.push_back(value_of(query, static_cast<int>(i) + 1));
  }
  return record;
}

void bind_record(Query& query, const Record& record) {
  query.bind(":id", record.id);
  for (std::size_t i = 0; i < record.values.size(); ++i) {
    bind_value(query, parameter(i), record.values[i]);
  }
}

RecordStatements statements_for(const RecordShape& shape) {
  const std::string table(shape.table);
  const auto stored = [&](std::size_t i) { return std::string(shape.columns[i].stored); };
  const auto equals = [&](std::size_t i) { return stored(i) + " = " + parameter(i); };
  const std::string columns = joined(shape, ", ", false, stored);
  RecordStatements sql;
  sql.find = "SELECT id, " + columns + " FROM " + table + " WHERE tenant_id = :tenant AND " +
             joined(shape, " AND ", true, equals);
  sql.get = "SELECT id, " + columns + " FROM " + table + " WHERE id = :id";
  sql.all = "SELECT id, " + columns + " FROM " + table + " WHERE tenant_id = :tenant ORDER BY id";
  sql.last_id = "SELECT coalesce(max(id), 0) FROM " + table;
  sql.add = "INSERT INTO " + table + " (id, tenant_id, " + columns + ") VALUES (:id, :tenant, " +
            joined(shape, ", ", false, parameter) + ")";
  sql.change = "UPDATE " + table + " SET " + joined(shape, ", ", false, equals) + " WHERE id = :id";
  sql.remove = "DELETE FROM " + table + " WHERE id = :id";
  sql.each_code = "SELECT id, code FROM " + table + " WHERE tenant_id = :tenant ORDER BY id";
  sql.row_of_code = "SELECT id FROM " + table + " WHERE tenant_id = :tenant AND code = :code";
  return sql;
}

/// One for each kind, made when first asked for; a statement is shelved by its text's address.
const RecordStatements& statements_of(RecordKind kind) {
  constexpr std::size_t kKinds = static_cast<std::size_t>(RecordKind::exchange_rate) + 1;
  static const std::deque<RecordStatements> kAll = [] {
    std::deque<RecordStatements> all;
    for (std::size_t i = 0; i < kKinds; ++i) {
      all.push_back(statements_for(shape_of(static_cast<RecordKind>(i))));
    }
    return all;
  }();
  return kAll[static_cast<std::size_t>(kind)];
}

}  // namespace

Records::Records(Ledger& ledger, TenantId tenant, RecordKind kind)
    : ledger_(ledger), tenant_(tenant), shape_(shape_of(kind)), statements_(statements_of(kind)) {}

std::optional<Record> Records::find(const std::vector<RecordValue>& values) {
  Query query(ledger_, statements_.find.c_str());
  query.bind(":tenant", tenant_);
  for (std::size_t i = 0; i < shape_.columns.size(); ++i) {
    if (shape_.columns[i].identity) bind_value(query, parameter(i), values[i]);
  }
  if (!query.step()) return std::nullopt;
  return record_of(query, shape_);
}

Record Records::get(std::int64_t id) {
  Query query(ledger_, statements_.get.c_str());
  query.bind(":id", id);
  expect(query.step(), "a referenced record is there");
  return record_of(query, shape_);
}

void Records::each(const std::function<void(const Record&)>& fn) {
  Query query(ledger_, statements_.all.c_str());
  query.bind(":tenant", tenant_);
  while (query.step()) fn(record_of(query, shape_));
}

std::int64_t Records::last_id() {
  Query query(ledger_, statements_.last_id.c_str());
  query.step();
  return query.integer(0);
}

void Records::add(const Record& record) {
  Query query(ledger_, statements_.add.c_str());
  query.bind(":tenant", tenant_);
  bind_record(query, record);
  query.run();
}

void Records::change(const Record& record) {
  Query query(ledger_, statements_.change.c_str());
  bind_record(query, record);
  query.run();
}

void Records::remove(std::int64_t id) {
  Query(ledger_, statements_.remove.c_str()).bind(":id", id).run();
}

std::optional<std::int64_t> Records::row_of_code(std::string_view code) {
  Query query(ledger_, statements_.row_of_code.c_str());
  query.bind(":tenant", tenant_).bind(":code", code);
  if (!query.step()) return std::nullopt;
  return query.integer(0);
}

void Records::each_code(const std::function<void(std::int64_t, std::string_view)>& fn) {
  Query query(ledger_, statements_.each_code.c_str());
  query.bind(":tenant", tenant_);
  while (query.step()) fn(query.integer(0), query.text(1));
}

}  // namespace billctl
