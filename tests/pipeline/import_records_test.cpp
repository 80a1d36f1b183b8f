#include <doctest/doctest.h>

#include "pipeline/importing.hpp"

using namespace billctl;
using billctl::test::Importing;

TEST_CASE("a table is taken and the same again changes nothing") {
  Importing firm;
  const std::string clients =
      "code,name,city,emails,currency,active_until\n"
      "acme,Acme Oy,Helsinki, a@acme.test ; b@acme.test,USD,2027-01-31\n"
      "beta,Beta AB,,,,\n";
  Json report = firm.import("clients", clients);
  CHECK(report["kind"].as_string() == "clients");
  CHECK(report["rows"].as_integer() == 2);
  CHECK(Importing::counts(report) == "2 0 0");
  CHECK(report["seconds"].is_null());
  CHECK(firm.rows("SELECT code, city, emails, currency, delivery, active_until_on FROM client") ==
        "acme|Helsinki|a@acme.test;b@acme.test|USD|mail|2027-01-31 beta||||mail|");
  const std::string before = firm.rows("SELECT * FROM client");
  report = firm.import("clients", clients);
  CHECK(Importing::counts(report) == "0 0 2");
  CHECK(firm.rows("SELECT * FROM client") == before);
}

TEST_CASE("an absent column and an empty cell leave what is there and --empty clear blanks") {
  Importing firm;
  firm.import("clients", "code,name,city,delivery,price_list\nacme,Acme,Oulu,post,gold\n");
  CHECK(Importing::counts(firm.import("clients", "code,name\nacme,Acme Oy\n")) == "0 1 0");
  CHECK(Importing::counts(firm.import("clients", "code,city,delivery\nacme,,\n")) == "0 0 1");
  CHECK(firm.rows("SELECT name, city, delivery, price_list FROM client") ==
        "Acme Oy|Oulu|post|gold");
  firm.options.clear_empty = true;
  CHECK(Importing::counts(firm.import("clients", "code,city,delivery\nacme,,\n")) == "0 1 0");
  CHECK(firm.rows("SELECT name, city, delivery, price_list FROM client") == "Acme Oy||mail|gold");
  CHECK(firm.refused("clients", "code,name\nacme,\n") == "x.csv:2:6: name is empty");
}

TEST_CASE("JSON Lines give the same as CSV") {
  Importing csv, jsonl;
  csv.import("products", "code,name,unit,unit_price,tax\ndev,Development,hour,95.5,\n");
  jsonl.import("products",
               "{\"code\":\"dev\",\"name\":\"Development\",\"unit\":\"hour\",\"unit_price\":95.5,"
               "\"tax\":null}\n",
               "x.jsonl");
  CHECK(csv.rows("SELECT * FROM product") == jsonl.rows("SELECT * FROM product"));
}

TEST_CASE("the order of rows in one file does not matter and a client is not above itself") {
  Importing firm;
  firm.import("clients", "code,name,parent\nkid,Kid Oy,mother\nmother,Mother Oy,\n");
  CHECK(
      firm.rows("SELECT c.code, p.code FROM client AS c JOIN client AS p ON p.id = c.parent_id") ==
      "kid|mother");
  CHECK(Importing::counts(firm.import(
            "clients", "code,name,parent\nkid,Kid Oy,mother\nmother,Mother Oy,\n")) == "0 0 2");
  CHECK(firm.refused("clients", "code,parent\nmother,kid\n") ==
        "x.csv:2:8: client \"mother\" would be above itself");
  CHECK(firm.refused("clients", "code,name,parent\nnew,New,nobody\n") ==
        "x.csv:2:9: \"nobody\" is none of the clients");
}

TEST_CASE("import all takes the kinds in their order in one transaction") {
  Importing firm;
  const auto all = [&] {
    return firm.import_all({
        {"entries", "id,kind,task,seconds,date\ne1,time,dev,3600,2026-10-05\n"},
        {"tasks", "code,name,project,product\ndev,Dev,web,work\n"},
        {"assignments", "scope,target,product\ntask,dev,work\ntenant,*,work\n"},
        {"projects", "code,name,client,engagement,pm\nweb,Website,acme,frame,anna\n"},
        {"engagements", "code,name,client\nframe,Framework,acme\n"},
        {"contract_lines", "code,engagement,type,recognised\ncl,frame,tm,100.25\n"},
        {"products", "code,name,unit\nwork,Work,hour\n"},
        {"price_lists", "list,product,unit_price,client\ngold,work,90,acme\n"},
        {"rates", "unit_price,member,project\n80,anna,web\n"},
        {"members", "code,name,team\nanna,Anna,core\n"},
        {"teams", "code,name\ncore,Core\n"},
        {"clients", "code,name\nacme,Acme Oy\n"},
        {"selections", "name,client\nall,acme\n"},
        {"exchange_rates", "date,from,to,rate\n2026-10-01,USD,EUR,0.92\n"},
    });
  };
  const Json report = all();
  std::string kinds;
  for (const Json& kind : report["kinds"].as_array()) {
    kinds += kind["kind"].as_string() + ":" + std::to_string(kind["added"].as_integer()) + " ";
  }
  CHECK(kinds ==
        "teams:1 members:1 clients:1 products:1 price_lists:1 engagements:1 projects:1 "
        "contract_lines:1 rates:1 tasks:1 assignments:2 entries:1 selections:1 exchange_rates:1 ");
  CHECK(firm.rows("SELECT recognised_minor FROM contract_line") == "10025");
  CHECK(firm.number("SELECT count(*) FROM event") == 1);
  const Json again = all();
  for (const Json& kind : again["kinds"].as_array()) {
    CHECK(kind["rows"] == kind["unchanged"]);
  }
}

TEST_CASE("a mistake in one table refuses them all and is not told again of what names it") {
  Importing firm;
  const std::string before = firm.everything();
  const std::string told = Importing::refusal([&] {
    firm.import_all({{"clients", "code,name,currency\nacme,Acme,EURO\nbeta,Beta,\n"},
                     {"projects", "code,name,client\nweb,Website,acme\n"},
                     {"tasks", "code,name,project\ndev,Dev,web\n"},
                     {"entries", "id,kind,task,seconds,date\ne1,time,dev,1,2026-10-05\n"}});
  });
  CHECK(told == "clients.csv:2:11: currency is \"EURO\", no currency");
  CHECK(firm.everything() == before);
}

TEST_CASE("S3-1 a selection is a named set of clients and --replace makes the file the whole") {
  Importing firm;
  firm.import("clients", "code,name\na,A\nb,B\nc,C\n");
  firm.import("selections", "name,client\nsupport,a\nsupport,b\nother,a\n");
  CHECK(Importing::counts(firm.import("selections", "name,client\nsupport,c\n")) == "1 0 0");
  firm.options.replace = true;
  const Json report = firm.import("selections", "name,client\nsupport,b\n");
  CHECK(report["withdrawn"].as_integer() == 2);
  CHECK(firm.rows("SELECT s.name, c.code FROM selection AS s JOIN client AS c "
                  "ON c.id = s.client_id ORDER BY 1, 2") == "other|a support|b");
}

TEST_CASE("fields edited here win over a later import unless it is told to give in") {
  Importing firm;
  firm.import("clients", "code,name,city\nacme,Acme,Oulu\n");
  firm.execute("UPDATE client SET city = 'Turku'");
  firm.execute("INSERT INTO local_edit VALUES (1, 'clients', 'acme', 'city')");
  Json report = firm.import("clients", "code,name,city\nacme,Acme Oy,Oulu\n");
  CHECK(report["kept_local"].as_integer() == 1);
  CHECK(Importing::counts(report) == "0 1 0");
  const Json& warning = report["warnings"].as_array().at(0);
  CHECK(warning["code"].as_string() == "kept_local");
  CHECK(warning["line"].as_integer() == 2);
  CHECK(warning["column"].as_integer() == 14);
  CHECK(firm.rows("SELECT name, city FROM client") == "Acme Oy|Turku");
  firm.options.overwrite_local = true;
  report = firm.import("clients", "code,name,city\nacme,Acme Oy,Oulu\n");
  CHECK(report["kept_local"].as_integer() == 0);
  CHECK(firm.rows("SELECT name, city FROM client") == "Acme Oy|Oulu");
  CHECK(firm.number("SELECT count(*) FROM local_edit") == 0);
}

TEST_CASE("what was deleted here does not come back") {
  Importing firm;
  firm.execute("INSERT INTO local_edit VALUES (1, 'tasks', 'old', '*')");
  const Json report = firm.import("tasks", "code,name\nold,Old\nnew,New\n");
  CHECK(report["skipped"].as_integer() == 1);
  CHECK(firm.rows("SELECT code FROM task") == "new");
}

TEST_CASE("a dry run tells each changed field and writes nothing") {
  Importing firm;
  firm.import("clients", "code,name\nacme,Acme\n");
  firm.import("tasks", "code,name,client,unit_price\ndev,Dev,acme,95\n");
  firm.dry_run = DryRun::yes;
  const std::string before = firm.everything();
  const Json report = firm.import("tasks", "code,name,unit_price\ndev,Develop,97.50\n");
  const auto& changes = report["changes"].as_array();
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].compact() == R"({"code":"dev","field":"name","from":"Dev","to":"Develop"})");
  CHECK(changes[1].compact() == R"({"code":"dev","field":"unit_price","from":"95","to":"97.5"})");
  CHECK(firm.everything() == before);
}

TEST_CASE("a change that decides prices is noted for compile and another is not") {
  Importing firm;
  firm.import("clients", "code,name\nacme,Acme\n");
  firm.import("products", "code,name,unit\nwork,Work,hour\n");
  firm.import("tasks", "code,name,client\ndev,Dev,acme\n");
  CHECK(firm.rows("SELECT * FROM changed") == "");
  firm.import("clients", "code,name,city\nacme,Acme Oy,Oulu\n");
  CHECK(firm.rows("SELECT * FROM changed") == "");
  firm.import("clients", "code,currency\nacme,USD\n");
  firm.import("tasks", "code,billable\ndev,no\n");
  firm.import("price_lists", "list,product,unit_price\ngold,work,80\n");
  CHECK(firm.rows("SELECT kind, row_id FROM changed") == "client|1 price|1 task|1");
}

TEST_CASE("a price without a currency is in the tenant's and two equal rows are one") {
  Importing firm;
  firm.import("products", "code,name,unit\nwork,Work,hour\n");
  CHECK(firm.refused("rates", "unit_price,currency\n80,\n81,EUR\n") ==
        "x.csv:3:1: the record of currency EUR is there twice in this file");
  firm.import("rates", "unit_price,role,valid_from\n80,senior,2026-01-01\n");
  const Json report =
      firm.import("rates", "unit_price,role,valid_from,currency\n81,senior,2026-01-01,EUR\n");
  CHECK(Importing::counts(report) == "0 1 0");
  CHECK(firm.rows("SELECT unit_price_micro, currency FROM rate") == "81000000|EUR");
}

TEST_CASE("projects and tasks agree with their engagement and client whichever side changes") {
  Importing firm;
  firm.import("clients", "code,name\nacme,Acme\nbeta,Beta\n");
  firm.import("engagements", "code,name,client,currency\nf,F,acme,EUR\n");
  CHECK(firm.refused("projects", "code,name,client,engagement,currency\nweb,W,acme,f,USD\n") ==
        "x.csv:2:14: currency is \"USD\", its engagement is in EUR");
  firm.import("projects", "code,name,client,engagement,currency\nweb,W,acme,f,EUR\n");
  CHECK(firm.refused("tasks", "code,name,client,project\ndev,Dev,beta,web\n") ==
        "x.csv:2:9: client is \"beta\", the client of project \"web\" is \"acme\"");
  firm.import("tasks", "code,name,client,project\ndev,Dev,acme,web\n");
  CHECK(firm.refused("projects", "code,client\nweb,beta\n") ==
        "x.csv:2:5: task \"dev\" of the project is of client \"acme\"");
  CHECK(firm.refused("engagements", "code,currency\nf,USD\n") ==
        "x.csv:2:3: project \"web\" of the engagement is in EUR");
  // Both sides at once are as good as one after the other.
  firm.import_all({{"projects", "code,client\nweb,beta\n"}, {"tasks", "code,client\ndev,beta\n"}});
  CHECK(firm.rows("SELECT c.code FROM task AS t JOIN client AS c ON c.id = t.client_id") == "beta");
}

TEST_CASE("S2-1 a task has its client and whether it is billable and its own product and prices") {
  Importing firm;
  firm.import("clients", "code,name\nacme,Acme\n");
  firm.import("products", "code,name,unit\nwork,Work,hour\n");
  firm.import("tasks",
              "code,name,client,billable,product,price_list,unit,unit_price\n"
              "dev,Dev,acme,yes,work,gold,day,760\nfree,Free,acme,no,,,,\n");
  CHECK(firm.rows("SELECT code, client_id, billable, product_id, price_list, unit, "
                  "unit_price_micro, status FROM task") ==
        "dev|1|1|1|gold|day|760000000|open free|1|0|||||open");
}

TEST_CASE("S2-2 a task with a quantity that is done has one confirmed goods entry of that day") {
  Importing firm;
  firm.import("clients", "code,name\nacme,Acme\n");
  firm.import("projects", "code,name,client\nweb,Web,acme\n");
  firm.import("tasks", "code,name,project,quantity,unit,status\ndev,Dev,web,12.5,pcs,open\n");
  CHECK(firm.number("SELECT count(*) FROM entry") == 0);
  firm.import("tasks", "code,status\ndev,done\n");
  CHECK(firm.rows("SELECT ref, source, kind, project_id, member_id, quantity_micro, unit, work_on, "
                  "confirmed_at IS NOT NULL, confirmed_by, to_rebill FROM entry") ==
        "task:dev|task|goods|1||12500000|pcs|2026-11-01|1||1");
  CHECK(firm.rows("SELECT status, done_on FROM task") == "done|2026-11-01");
  CHECK(firm.number("SELECT count(*) FROM entry_open") == 1);
  // The quantity follows on a later day, the day does not.
  firm.set_clock("2026-11-05T06:00:00Z");
  firm.import("tasks", "code,quantity,status\ndev,13,done\n");
  CHECK(firm.rows("SELECT quantity_micro, work_on, withdrawn_at FROM entry") ==
        "13000000|2026-11-01|");
  firm.import("tasks", "code,status\ndev,open\n");
  CHECK(firm.number("SELECT withdrawn_at IS NOT NULL FROM entry") == 1);
  firm.import("tasks", "code,status\ndev,done\n");
  CHECK(firm.rows("SELECT withdrawn_at, work_on FROM entry") == "|2026-11-05");
  // An imported status is taken as it is; without a quantity there is no entry.
  firm.import("tasks", "code,name,project,status\nbare,Bare,web,done\n");
  CHECK(firm.number("SELECT count(*) FROM entry") == 1);
}
