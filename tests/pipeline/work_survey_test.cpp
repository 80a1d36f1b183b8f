#include <doctest/doctest.h>
#include <sqlite3.h>

#include <algorithm>
#include <set>
#include <vector>

#include "ledger/books_table.hpp"
#include "ledger/connection.hpp"
#include "pipeline/compiling.hpp"
#include "pipeline/entries_report.hpp"
#include "pipeline/items_report.hpp"
#include "pipeline/list_invoices.hpp"
#include "pipeline/master_report.hpp"
#include "pipeline/random_firm.hpp"
#include "pipeline/show_invoice.hpp"
#include "pipeline/work_report.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

const char* const kRules =
    "[time_rules.tenth]\nstep = \"6m\"\n"
    "[time_rules.quarter]\nstep = \"15m\"\ndirection = \"nearest\"\nminimum = \"30m\"\n"
    "per = \"day\"\n";

Json listed(Fixture& firm, const Filter& filter = {}) {
  Session session = firm.session();
  return work_list(session, {filter, false, false});
}

/// What compile made and nothing has billed yet, by client and project: `c1|p2|USD|12345 …`.
std::string pending(Fixture& firm) {
  return firm.rows(
      "SELECT c.code, coalesce(p.code, ''), i.currency, sum(i.amount_minor) FROM item_open AS o "
      "JOIN item AS i ON i.id = o.item_id JOIN client AS c ON c.id = i.client_id "
      "LEFT JOIN project AS p ON p.id = i.project_id GROUP BY 1, 2, 3 "
      "HAVING sum(i.amount_minor) <> 0 ORDER BY 1, 2, 3");
}

std::int64_t minor(const Json& amount) {
  std::string digits;
  for (const char c : amount.as_string())
    if (c != '.') digits += c;
  return std::stoll(digits);
}

std::string worth(const Json& list) {
  std::string text;
  for (const Json& row : list["rows"].as_array()) {
    const std::int64_t sum = minor(row["value"]) + minor(row["products_value"]);
    if (sum == 0) continue;
    const std::string project = row["project"].is_null() ? "" : row["project"].as_string();
    text += (text.empty() ? "" : " ") + row["client"].as_string() + "|" + project + "|" +
            row["currency"].as_string() + "|" + std::to_string(sum);
  }
  return text;
}

/// The statements that were run on this ledger.
std::set<std::string> statements(Fixture& firm) {
  sqlite3* handle = firm.ledger().connection().handle();
  std::set<std::string> all;
  for (sqlite3_stmt* at = sqlite3_next_stmt(handle, nullptr); at != nullptr;
       at = sqlite3_next_stmt(handle, at))
    all.insert(sqlite3_sql(at));
  return all;
}

/// How SQLite goes about a statement, step by step.
std::vector<std::string> plan_of(Fixture& firm, const std::string& sql) {
  sqlite3* handle = firm.ledger().connection().handle();
  std::vector<std::string> steps;
  sqlite3_stmt* plan = nullptr;
  if (sqlite3_prepare_v2(handle, ("EXPLAIN QUERY PLAN " + sql).c_str(), -1, &plan, nullptr) !=
      SQLITE_OK)
    return steps;
  while (sqlite3_step(plan) == SQLITE_ROW)
    steps.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(plan, 3)));
  sqlite3_finalize(plan);
  return steps;
}

}  // namespace

TEST_CASE("S0-13 work is worth what compile charges for it before and after it is compiled") {
  Fixture firm(kRules);
  RandomFirm(firm, 20'261'122).fill(4000);
  const Json before = listed(firm);
  run_compile(firm);
  const Json after = listed(firm);
  CHECK(worth(before) == pending(firm));
  CHECK(before == after);
  CHECK(before["rows"].as_array().size() > 10);
}

TEST_CASE("S0-13 work that was compiled and has changed since is worth what compile would charge") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=e1 task=dev seconds=3600 unit_price=80");
  firm.add("entries", "id=e2 task=dev seconds=3600");
  run_compile(firm);
  CHECK(worth(listed(firm)) == "acme|web|EUR|8000");
  firm.change("tasks", "dev", "unit_price=90");
  CHECK(worth(listed(firm)) == "acme|web|EUR|17000");
  firm.change("tasks", "dev", "billable=0");
  CHECK(listed(firm)["rows"].as_array().empty());
}

TEST_CASE("S0-13 pages of rows are the whole list") {
  Fixture firm(kRules);
  RandomFirm(firm, 7).fill(2000);
  run_compile(firm);
  const Json whole = listed(firm);
  Json pages = Json::array();
  Filter filter;
  filter.limit = 3;
  for (int page = 0; page < 1000; ++page) {
    const Json some = listed(firm, filter);
    for (const Json& row : some["rows"].as_array()) pages.push(row);
    if (some["rows"].as_array().size() < 3) break;
    const Json& last = some["rows"].as_array().back();
    filter.after = last["client"].as_string() + "/" +
                   (last["project"].is_null() ? "" : last["project"].as_string());
  }
  CHECK(pages == whole["rows"]);
}

TEST_CASE("X6 without a need to be confirmed compile takes what the list calls unconfirmed") {
  Fixture firm("[compile]\nrequire_confirmed = false\n");
  furnish(firm);
  firm.add("entries", "id=e1 task=dev seconds=3600 unit_price=80 confirmed_at=");
  run_compile(firm);
  const Json row = listed(firm)["rows"].as_array().front();
  CHECK(row["unconfirmed_value"].as_string() == "80.00");
  CHECK(row["billable_seconds"].as_integer() == 0);
}

TEST_CASE("X7 contractual and joined hours are one sum that is never charged") {
  Fixture firm;
  furnish(firm);
  firm.add("job_types", "code=senior billable=1");
  firm.add("projects", "code=fixed client=acme billable_kinds=expense");
  firm.add("tasks", "code=build project=fixed unit_price=80");
  firm.add("entries", "id=e1 task=build seconds=3600 job_type=senior");
  firm.add("entries", "id=e2 task=build seconds=1800 job_type=senior charge=contractual");
  firm.add("entries", "id=e3 task=build seconds=600");
  firm.add("entries", "id=e4 task=dev seconds=900 charge=contractual unit_price=80");
  Session session = firm.session();
  const Json rows = listed(firm)["rows"];
  CHECK(rows.as_array().size() == 2);
  CHECK(rows.as_array()[1]["contractual_seconds"].as_integer() == 900);
  CHECK(rows.as_array()[0]["contractual_seconds"].as_integer() == 5400);
  CHECK(rows.as_array()[0]["billable_seconds"].as_integer() == 0);
  CHECK(rows.as_array()[0]["value"].as_string() == "0.00");
  const Json sums = work_summary(session, {});
  CHECK(sums["by_currency"].as_array()[0]["unbillable_seconds"].as_integer() == 6900);
}

TEST_CASE("entries that stayed behind when their task moved are found with it") {
  Fixture firm;
  furnish(firm);
  firm.add("clients", "code=beta");
  firm.add("projects", "code=app client=beta");
  firm.add("entries", "id=e1 task=dev seconds=3600 unit_price=80");
  firm.execute("INSERT INTO task_elsewhere SELECT id, project_id FROM task");
  firm.execute("UPDATE task SET project_id = (SELECT id FROM project WHERE code = 'app')");
  Session session = firm.session();
  for (const char* code : {"acme", "beta"}) {
    Filter filter;
    filter.by_client = true;
    filter.clients = {firm.client(code)};
    const bool there = !work_list(session, {filter, false, false})["rows"].as_array().empty();
    CHECK(there == (std::string(code) == "beta"));
  }
  Filter task;
  task.tasks = {TaskId{firm.row("tasks", "dev")}};
  CHECK(entry_list(session, task)["entries"].as_array().size() == 1);
}

TEST_CASE("a page of any listing reads no table whole") {
  Fixture firm(kRules);
  RandomFirm(firm, 3).fill(1000);
  run_compile(firm);
  firm.add("members", "code=anna");
  const std::set<std::string> before = statements(firm);
  Session session = firm.session();
  Filter page;
  page.limit = 5;
  entry_list(session, page);
  entry_show(session, "e1");
  item_list(session, page);
  work_list(session, {page, false, false});
  work_list(session, {page, true, true});
  work_unconfirmed(session, {page, std::nullopt});
  list_invoices(session, {page, ""});
  const Books books = read_books(firm.ledger(), firm.tenant(), BooksPart::as_needed);
  for (const auto kind : {MasterKind::client, MasterKind::project, MasterKind::task,
                          MasterKind::member, MasterKind::product})
    CHECK(std::ssize(
              master_list(session, books, kind, page).as_object().front().second.as_array()) == 5);
  Filter open = page;
  open.states = {"unconfirmed"};
  list_invoices(session, {open, ""});
  Filter of_client = page;
  of_client.by_client = true;
  of_client.clients = {ClientId{1}};
  entry_list(session, of_client);
  work_list(session, {of_client, false, true});
  list_invoices(session, {of_client, ""});
  Filter of_project = page;
  of_project.projects = {ProjectId{1}};
  entry_list(session, of_project);
  work_list(session, {of_project, false, true});
  Filter of_member = page;
  of_member.members = {MemberId{1}};
  work_unconfirmed(session, {of_member, Period::parse("2026-W41", session.today)});
  for (const std::string& sql : statements(firm)) {
    if (before.contains(sql)) continue;
    for (const std::string& step : plan_of(firm, sql)) {
      // Tables that are short however large the ledger is, and rows that are handed in.
      const bool short_one =
          step == "SCAN s" || step.starts_with("SCAN b ") || step == "SCAN CONSTANT ROW";
      INFO(step << ": " << sql);
      CHECK((!step.starts_with("SCAN") || short_one));
      const bool of_invoices = sql.find("FROM invoice ") != sql.npos;
      CHECK((!of_invoices || step.find("TEMP B-TREE") == step.npos));
    }
  }
}
