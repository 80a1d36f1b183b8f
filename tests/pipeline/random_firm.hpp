// RandomFirm: clients, tasks, prices and entries at random, with every field that prices hang on.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/fixture.hpp"
#include "splitmix.hpp"

namespace billctl::test {

class RandomFirm {
 public:
  RandomFirm(Fixture& firm, std::uint64_t seed) : firm_(firm), random_(seed) {}

  void fill(int entries_wanted) {
    const std::vector<std::string> units = {"hour", "min", "day", "km", "pcs", "kg", "box"};
    rows(
        "team", 3, [&](int) { return "'t'"; }, "name");
    rows(
        "member", 8,
        [&](int) {
          return "'m', " + maybe(4, id(3)) + ", " + pick({"''", "'senior'", "'junior'"});
        },
        "name, team_id, role");
    rows(
        "client", 10,
        [&](int) {
          return "'c', " + pick({"''", "''", "'USD'", "'EUR'"}) + ", " +
                 pick({"''", "'std'", "'vip'"}) + ", " + pick({"''", "''", "'quarter'"});
        },
        "name, currency, price_list, time_rule");
    rows(
        "product", 14,
        [&](int i) {
          return "'p', '" + units[static_cast<std::size_t>(i) % units.size()] + "', " +
                 maybe(3, price()) + ", " + pick({"''", "''", "'USD'"});
        },
        "name, unit, unit_price_micro, currency");
    rows(
        "job_type", 4, [&](int i) { return std::string("'j', ") + (i == 0 ? "0" : "1"); },
        "name, billable");
    rows(
        "project", 20,
        [&](int i) {
          return "'p', " + id(10) + ", " +
                 pick({"'billable'", "'billable'", "'billable'", "'billable'", "'billable'",
                       "'closed'"}) +
                 ", " +
                 pick({"''", "''", "''", "''", "'time:2026-10-10;mileage;goods'",
                       "'expense;bill;mileage'"}) +
                 ", " + pick({"''", "''", "'tenth'"}) + ", " + (i == 0 ? "1" : "0") + ", " +
                 pick({"''", "''", "''", "'SEK'"});
        },
        "name, client_id, status, billable_kinds, time_rule, internal, currency");
    rows(
        "task", 40,
        [&](int i) {
          const bool in_project = i % 3 != 0;
          return "'t', " + (in_project || i % 9 == 0 ? "NULL" : id(10)) + ", " +
                 (in_project ? id(20) : "NULL") + ", " + maybe(3, id(3)) + ", " +
                 (i % 10 == 0 ? "0" : "1") + ", " + maybe(4, id(14)) + ", " +
                 pick({"''", "''", "'std'"}) + ", " + pick({"''", "'day'", "'km'", "'pcs'"}) +
                 ", " + maybe(3, price());
        },
        "name, client_id, project_id, team_id, billable, product_id, price_list, unit, "
        "unit_price_micro");
    assignments();
    prices();
    entries(entries_wanted);
  }

 private:
  std::string id(int most) { return std::to_string(random_.between(1, most)); }
  std::string price() { return std::to_string(random_.between(1, 400) * 250'000); }
  std::string maybe(int one_in, const std::string& value) {
    return random_.between(1, one_in) == 1 ? value : "NULL";
  }
  std::string pick(const std::vector<std::string>& all) {
    return all[static_cast<std::size_t>(
        random_.between(0, static_cast<std::int64_t>(all.size()) - 1))];
  }
  std::string date() {
    const auto day = random_.between(1, 28);
    return std::string("'2026-10-") + (day < 10 ? "0" : "") + std::to_string(day) + "'";
  }
  void rows(const std::string& table, int count, const std::function<std::string(int)>& values,
            const std::string& columns) {
    std::string sql;
    for (int i = 0; i < count; ++i) {
      sql += "INSERT INTO " + table + " (tenant_id, code, " + columns + ") VALUES (1, 'x" +
             std::to_string(i) + "', " + values(i) + ");";
    }
    firm_.execute(sql);
  }
  void assignments() {
    const std::vector<std::pair<std::string, int>> scopes = {
        {"task", 40}, {"contact", 10}, {"membership", 8}, {"team", 3}, {"tenant", 0}};
    std::string sql;
    for (int i = 0; i < 60; ++i) {
      const auto& [scope, count] = scopes[static_cast<std::size_t>(random_.between(0, 4))];
      const std::int64_t row = count == 0 ? 0 : random_.between(1, count);
      sql +=
          "INSERT OR IGNORE INTO assignment (tenant_id, scope, target, target_id, product_id, "
          "kind) VALUES (1, '" +
          scope + "', '" + (row == 0 ? "*" : "x" + std::to_string(row - 1)) + "', " +
          std::to_string(row) + ", " + id(14) + ", " +
          pick({"''", "''", "'time'", "'goods'", "'travel_time'", "'mileage'", "'expense'"}) + ");";
    }
    firm_.execute(sql);
  }
  void prices() {
    std::string sql;
    for (int i = 0; i < 80; ++i) {
      sql +=
          "INSERT OR IGNORE INTO price_list_row (tenant_id, list, product_id, unit_price_micro, "
          "currency, valid_from_on, valid_until_on, client_id) VALUES (1, " +
          pick({"'std'", "'vip'"}) + ", " + id(14) + ", " + price() + ", " +
          pick({"'EUR'", "'EUR'", "'USD'"}) + ", " + pick({"''", date()}) + ", " +
          pick({"''", "''", date()}) + ", " + pick({"0", "0", id(10)}) + ");";
      sql +=
          "INSERT OR IGNORE INTO rate (tenant_id, unit_price_micro, currency, project_id, "
          "client_id, member_id, role, job_type_id, valid_from_on, valid_until_on) VALUES (1, " +
          price() + ", " + pick({"'EUR'", "'EUR'", "'USD'"}) + ", " + pick({"0", "0", id(20)}) +
          ", " + pick({"0", "0", id(10)}) + ", " + pick({"0", "0", id(8)}) + ", " +
          pick({"''", "''", "'senior'"}) + ", " + pick({"0", "0", id(4)}) + ", " +
          pick({"''", date()}) + ", " + pick({"''", "''", date()}) + ");";
    }
    firm_.execute(sql);
  }
  void entries(int count) {
    std::string sql;
    for (int i = 1; i <= count; ++i) {
      const std::string kind =
          pick({"time", "time", "time", "mileage", "goods", "expense", "bill"});
      const bool money = kind == "expense" || kind == "bill";
      const bool project_only = random_.between(1, 6) == 1;
      const std::string task = project_only ? "NULL" : id(40);
      const std::string project =
          project_only ? id(20) : "(SELECT project_id FROM task WHERE id = " + task + ")";
      sql +=
          "INSERT INTO entry (tenant_id, ref, kind, task_id, project_id, member_id, raw_seconds, "
          "work_on, quantity_micro, unit, unit_price_micro, amount_minor, distance_metres, "
          "transport_seconds, transport_unit_price_micro, product_id, job_type_id, charge, "
          "confirmed_at) VALUES (1, 'e" +
          std::to_string(i) + "', '" + kind + "', " + task + ", " + project + ", " +
          maybe(1, id(8)) + ", " +
          (kind == "time" ? maybe(1, std::to_string(random_.between(0, 40'000))) : "NULL") + ", " +
          date() + ", " +
          (kind == "goods" ? std::to_string(random_.between(-9, 9) * 123'456) : "NULL") + ", " +
          (kind == "goods" ? pick({"''", "'pcs'", "'kg'", "'box'"}) : "''") + ", " +
          maybe(5, price()) + ", " +
          (money ? maybe(2, std::to_string(random_.between(-9999, 9999))) : "NULL") + ", " +
          (kind == "mileage" ? std::to_string(random_.between(0, 99'999)) : "NULL") + ", " +
          (kind == "mileage" ? maybe(2, std::to_string(random_.between(0, 9000))) : "NULL") + ", " +
          (kind == "mileage" ? maybe(4, price()) : "NULL") + ", " + maybe(6, id(14)) + ", " +
          maybe(2, id(4)) + ", " +
          pick({"'billable'", "'billable'", "'billable'", "'billable'", "'billable'", "'billable'",
                "'contractual'", "'contractual'", "'non_billable'"}) +
          ", " + pick({"1", "1", "1", "1", "1", "1", "1", "1", "1", "NULL"}) + ");";
      if (i % 1000 == 0) {
        firm_.execute(sql);
        sql.clear();
      }
    }
    firm_.execute("INSERT INTO entry_open SELECT id FROM entry ORDER BY id");
  }

  Fixture& firm_;
  Splitmix random_;
};

}  // namespace billctl::test
