#include "pipeline/fixture.hpp"

#include <doctest/doctest.h>

#include <map>
#include <stdexcept>
#include <utility>
#include <vector>

#include "ledger/connection.hpp"
#include "ledger/tenants.hpp"

namespace billctl::test {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Table {
  std::string table;   ///< of the ledger
  std::string key;     ///< the column by which a row is found
  std::string change;  ///< what a change of it is noted as; empty: the entry is queued
};

const std::map<std::string, Table> kTables = {
    {"teams", {"team", "code", "team"}},
    {"members", {"member", "code", "member"}},
    {"clients", {"client", "code", "client"}},
    {"products", {"product", "code", "product"}},
    {"price_lists", {"price_list_row", "list", "price"}},
    {"rates", {"rate", "id", "rate"}},
    {"job_types", {"job_type", "code", "job_type"}},
    {"assignments", {"assignment", "target", "assignment"}},
    {"engagements", {"engagement", "code", "engagement"}},
    {"contract_lines", {"contract_line", "code", "contract_line"}},
    {"projects", {"project", "code", "project"}},
    {"tasks", {"task", "code", "task"}},
    {"entries", {"entry", "ref", ""}},
    {"selections", {"selection", "name", "selection"}},
    {"exchange_rates", {"exchange_rate", "valid_on", "exchange_rate"}},
};

// Columns that hold the row of another record, by the name of the import's column.
const std::map<std::string, std::string> kReferences = {
    {"client", "clients"},   {"bill_to", "clients"},        {"project", "projects"},
    {"task", "tasks"},       {"member", "members"},         {"team", "teams"},
    {"product", "products"}, {"engagement", "engagements"}, {"job_type", "job_types"},
};

const std::map<std::string, std::string> kMicro = {
    {"unit_price", "unit_price_micro"},
    {"quantity", "quantity_micro"},
    {"transport_unit_price", "transport_unit_price_micro"},
    {"hours_per_day", "hours_per_day_micro"},
    {"rate", "rate_micro"},
};

const std::map<std::string, std::string> kRenamed = {
    {"valid_from", "valid_from_on"},
    {"valid_until", "valid_until_on"},
    {"date", "work_on"},
    {"seconds", "raw_seconds"},
    {"id", "ref"},
    {"active_until", "active_until_on"},
};

Fields parse(const std::string& text) {
  Fields fields;
  std::size_t at = 0;
  while (at < text.size()) {
    if (text[at] == ' ') {
      ++at;
      continue;
    }
    const std::size_t equals = text.find('=', at);
    if (equals == text.npos) throw std::logic_error("a field without = in: " + text);
    const bool quoted = equals + 1 < text.size() && text[equals + 1] == '\'';
    const std::size_t first = equals + (quoted ? 2 : 1);
    const std::size_t end = std::min(text.find(quoted ? '\'' : ' ', first), text.size());
    fields.emplace_back(text.substr(at, equals - at), text.substr(first, end - first));
    at = end + (quoted ? 1 : 0);
  }
  return fields;
}

std::string quoted(const std::string& value) {
  std::string text = "'";
  for (const char c : value) text += c == '\'' ? std::string("''") : std::string(1, c);
  return text + "'";
}

std::string micro(const std::string& value) {
  return value.empty() ? "NULL" : std::to_string(Decimal::parse(value).value().micro());
}

/// Column and SQL literal of one field.
std::pair<std::string, std::string> column_of(Fixture& firm, const std::string& kind,
                                              const std::string& field, const std::string& value) {
  const auto reference = kReferences.find(field);
  if (reference != kReferences.end()) {
    const std::string none = kind == "rates" || kind == "price_lists" ? "0" : "NULL";
    return {field + "_id",
            value.empty() ? none : std::to_string(firm.row(reference->second, value))};
  }
  if (field == "parent") return {"parent_id", std::to_string(firm.row(kind, value))};
  if (const auto found = kMicro.find(field); found != kMicro.end())
    return {found->second, micro(value)};
  if (field == "amount") {
    return {"amount_minor",
            std::to_string(Money::parse(value, *Currency::of("EUR")).value().minor())};
  }
  if (field == "distance_km")
    return {"distance_metres", std::to_string(Decimal::parse(value).value().micro() / 1000)};
  if (field == "transport_minutes") {
    return {"transport_seconds",
            std::to_string(Decimal::parse(value).value().micro() * 60 / Decimal::kOne)};
  }
  if (field.size() > 3 && field.substr(field.size() - 3) == "_at") {
    return {field,
            value.empty() ? "NULL" : std::to_string(Instant::parse(value).value().seconds())};
  }
  const auto renamed = kRenamed.find(field);
  return {renamed == kRenamed.end() ? field : renamed->second, quoted(value)};
}

bool has(const Fields& fields, const std::string& name) {
  for (const auto& [field, value] : fields) {
    if (field == name) return true;
  }
  return false;
}

std::string value_of(const Fields& fields, const std::string& name) {
  for (const auto& [field, value] : fields) {
    if (field == name) return value;
  }
  return "";
}

void add_defaults(const std::string& kind, Fields& fields) {
  const bool named = kTables.at(kind).key == "code";
  if (named && !has(fields, "name") && kind != "contract_lines")
    fields.emplace_back("name", value_of(fields, "code"));
  if (kind == "products" && !has(fields, "unit")) fields.emplace_back("unit", "hour");
  if (kind != "entries") return;
  if (!has(fields, "kind")) fields.emplace_back("kind", "time");
  if (!has(fields, "date")) fields.emplace_back("date", "2026-10-05");
  if (!has(fields, "confirmed_at")) fields.emplace_back("confirmed_at", "2026-10-31T12:00:00Z");
  if (has(fields, "invoiced_as")) fields.emplace_back("archived_at", "2026-10-31T12:00:00Z");
}

}  // namespace

Fixture::Fixture(const std::string& toml) {
  configure(toml);
  const std::string path = scratch_.path("ledger.db");
  Ledger::create(path);
  ledger_ = std::make_unique<Ledger>(Ledger::open({path, Access::write, 1, "test"}));
  Tenants tenants(*ledger_);
  ledger_->write(DryRun::no, [&] { tenant_ = tenants.open("main", true, now_); });
}

void Fixture::configure(const std::string& toml) {
  if (config_) old_configs_.push_back(std::move(config_));
  const std::string tenant = toml.find("[tenant]") == toml.npos
                                 ? "[tenant]\ntest = true\nname = \"Seller Oy\"\n"
                                   "currency = \"EUR\"\nzone = \"UTC\"\n"
                                 : "";
  config_ = std::make_unique<Config>(parse_config(tenant + toml, "billctl.toml"));
}

Session Fixture::session(DryRun dry_run) {
  return {*ledger_, *config_, tenant_, {"admin", "tester"}, now_, config_->tenant.zone.date(now_),
          dry_run,  ""};
}

std::int64_t Fixture::add(const std::string& kind, const std::string& text) {
  Fields fields = parse(text);
  add_defaults(kind, fields);
  const Table& table = kTables.at(kind);
  std::string columns = "tenant_id";
  std::string values = std::to_string(tenant_.id.value);
  for (const auto& [field, value] : fields) {
    const auto [column, literal] = column_of(*this, kind, field, value);
    columns += ", " + column;
    values += ", " + literal;
  }
  if (kind == "entries" && has(fields, "task") && !has(fields, "project")) {
    columns += ", project_id";
    values += ", (SELECT project_id FROM task WHERE id = " +
              std::to_string(row("tasks", value_of(fields, "task"))) + ")";
  }
  if (kind == "assignments") {
    static const std::map<std::string, std::string> kScopes = {
        {"task", "tasks"}, {"contact", "clients"}, {"membership", "members"}, {"team", "teams"}};
    const auto scope = kScopes.find(value_of(fields, "scope"));
    const bool tenant = scope == kScopes.end();
    columns += ", target_id";
    values +=
        ", " + (tenant ? "0" : std::to_string(row(scope->second, value_of(fields, "target"))));
  }
  std::int64_t id = 0;
  ledger_->write(DryRun::no, [&] {
    Connection& connection = ledger_->connection();
    connection.execute("INSERT INTO " + table.table + " (" + columns + ") VALUES (" + values + ")");
    id = connection.last_id();
    if (kind == "entries")
      connection.execute("INSERT INTO entry_open (entry_id) VALUES (" + std::to_string(id) + ")");
    if (!table.change.empty()) {
      connection.execute("INSERT OR IGNORE INTO changed (tenant_id, kind, row_id) VALUES (" +
                         std::to_string(tenant_.id.value) + ", " + quoted(table.change) + ", " +
                         std::to_string(id) + ")");
    }
  });
  return id;
}

void Fixture::change(const std::string& kind, const std::string& code, const std::string& text) {
  const Table& table = kTables.at(kind);
  const std::string id = std::to_string(row(kind, code));
  std::string sets;
  for (const auto& [field, value] : parse(text)) {
    const auto [column, literal] = column_of(*this, kind, field, value);
    sets += (sets.empty() ? "" : ", ") + column + " = " + literal;
  }
  ledger_->write(DryRun::no, [&] {
    Connection& connection = ledger_->connection();
    connection.execute("UPDATE " + table.table + " SET " + sets + " WHERE id = " + id);
    if (kind == "entries") {
      connection.execute("INSERT OR IGNORE INTO entry_open (entry_id) VALUES (" + id + ")");
      connection.execute("DELETE FROM entry_parked WHERE entry_id = " + id);
    } else {
      connection.execute("INSERT OR IGNORE INTO changed (tenant_id, kind, row_id) VALUES (" +
                         std::to_string(tenant_.id.value) + ", " + quoted(table.change) + ", " +
                         id + ")");
    }
  });
}

std::int64_t Fixture::row(const std::string& kind, const std::string& code) {
  const Table& table = kTables.at(kind);
  const std::string found = ask("SELECT id FROM " + table.table +
                                " WHERE tenant_id = " + std::to_string(tenant_.id.value) + " AND " +
                                table.key + " = " + quoted(code));
  if (found.empty()) throw std::logic_error("no " + kind + " " + code);
  return std::stoll(found);
}

std::string Fixture::rows(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  sqlite3* handle = ledger_->connection().handle();
  if (sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
    throw std::logic_error(sql + ": " + sqlite3_errmsg(handle));
  std::string text;
  while (sqlite3_step(statement) == SQLITE_ROW) {
    if (!text.empty()) text += ' ';
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
      const auto* cell = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
      text += std::string(i > 0 ? "|" : "") + (cell != nullptr ? cell : "");
    }
  }
  sqlite3_finalize(statement);
  return text;
}

std::string Fixture::ask(const std::string& sql) {
  const std::string all = rows("SELECT * FROM (" + sql + ") LIMIT 1");
  return all.substr(0, all.find('|'));
}

std::int64_t Fixture::number(const std::string& sql) {
  const std::string text = ask(sql);
  return text.empty() ? 0 : std::stoll(text);
}

void Fixture::execute(const std::string& sql) {
  ledger_->write(DryRun::no, [&] { ledger_->connection().execute(sql); });
}

}  // namespace billctl::test
