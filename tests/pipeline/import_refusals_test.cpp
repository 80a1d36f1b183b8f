// Every way in which a table is refused: what is said, and that the ledger's bytes stay what they
// were.
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <vector>

#include "pipeline/importing.hpp"

using namespace billctl;
using billctl::test::Importing;

namespace {

const char* const kConfig =
    "[terms.net14]\ndays = 14\n[tax.vat]\nrate = \"25.5\"\ncategory = \"S\"\n"
    "[time_rules.six_minutes]\nstep = \"6m\"\n";

void furnish(Importing& firm) {
  firm.import("teams", "code,name\ncore,Core\n");
  firm.import("members", "code,name\nanna,Anna\n");
  firm.import("clients", "code,name\nacme,Acme\nbeta,Beta\n");
  firm.import("products", "code,name,unit\nwork,Work,hour\n");
  firm.import("engagements", "code,name,client,currency\nframe,Frame,acme,EUR\n");
  firm.import("projects", "code,name,client\nweb,Web,acme\nshop,Shop,acme\n");
  firm.import("tasks", "code,name,project\ndev,Dev,web\n");
  firm.import("entries", "id,kind,task,date,seconds\nold,time,dev,2026-10-01,60\n");
}

struct Refusal {
  std::string kind;
  std::string file;
  std::string told;
};

// long: a table, a row for each way
const std::vector<Refusal>& refusals() {
  static const std::vector<Refusal> kRefusals = {
      // The file
      {"teams", "", "x.csv:1:1: the file is empty, a header row is needed"},
      {"teams", "code,nam\nx,X\n", "x.csv:1:6: unknown column \"nam\""},
      {"teams", "name\nX\n", "x.csv:1:1: column \"code\" is missing"},
      {"teams", "code,name,code\nx,X,x\n", "x.csv:1:11: column \"code\" is there twice"},
      {"teams", "code,name\nx,X,Y\n", "x.csv:2:5: the row has 3 cells, the header 2"},
      {"teams", "code,name\nx\n", "x.csv:2:2: the row has 1 cells, the header 2"},
      {"teams", "code,name\nx,\"X\n",
       "x.csv:2:3: the quote that opens here is never closed, a closing one is needed"},
      {"teams", "code,name\n,X\n", "x.csv:2:1: code is empty"},
      {"teams", "code,name\nx,\n", "x.csv:2:3: name is missing"},
      {"teams", "code\nx\n", "x.csv:2:1: name is missing"},
      {"teams", "code,name\nx,X\nx,X\n", "x.csv:3:1: \"x\" is there twice in this file"},
      {"teams", "code,name\ncore,X\ncore,Y\n", "x.csv:3:1: \"core\" is there twice in this file"},
      // Parties
      {"members", "code,name,team\nbo,Bo,cor\n", "x.csv:2:7: team is \"cor\", none of the teams"},
      {"members", "code,name,hours_per_day\nbo,Bo,0\n",
       "x.csv:2:7: hours_per_day is \"0\", not above 0"},
      {"members", "code,name,email\nbo,Bo,bo\n", "x.csv:2:7: email is \"bo\", no e-mail address"},
      {"members", "code,name,active_until\nbo,Bo,31.12.2026\n",
       "x.csv:2:7: active_until is \"31.12.2026\", no date that exists"},
      {"clients", "code,name,currency\nx,X,EURO\n", "x.csv:2:5: currency is \"EURO\", no currency"},
      {"clients", "code,name,country\nx,X,Finland\n",
       "x.csv:2:5: country is \"Finland\", no country code"},
      {"clients", "code,name,payment_terms\nx,X,net13\n",
       "x.csv:2:5: payment_terms is \"net13\", no terms of the config"},
      {"clients", "code,name,tax\nx,X,vat;wat\n",
       "x.csv:2:5: tax is \"vat;wat\", \"wat\" is no tax of the config"},
      {"clients", "code,name,time_rule\nx,X,ten\n",
       "x.csv:2:5: time_rule is \"ten\", no time rule of the config"},
      {"clients", "code,name,delivery\nx,X,fax\n",
       "x.csv:2:5: delivery is \"fax\", none of its words"},
      {"clients", "code,name,group_hours\nx,X,job\n",
       "x.csv:2:5: group_hours is \"job\", none of its words"},
      {"clients", "code,name,rounding_mode\nx,X,half\n",
       "x.csv:2:5: rounding_mode is \"half\", none of its words"},
      {"clients", "code,name,parent\nx,X,x\n", "x.csv:2:5: parent is \"x\", the client itself"},
      {"selections", "name,client\ns,nobody\n",
       "x.csv:2:3: client is \"nobody\", none of the clients"},
      {"selections", "name,client\ns,acme\ns,acme\n",
       "x.csv:3:1: the record of name s, client acme is there twice in this file"},
      // Catalogue
      {"products", "code,name,unit,unit_price\nx,X,hour,-1\n",
       "x.csv:2:10: unit_price is \"-1\", below 0"},
      {"products", "code,name,unit,unit_price\nx,X,hour,\"1,5\"\n",
       "x.csv:2:10: unit_price is \"1,5\", a comma, where a point and no grouping is needed"},
      {"products", "code,name,unit,unit_price\nx,X,hour,1e3\n",
       "x.csv:2:10: unit_price is \"1e3\", an exponent, where plain digits are needed"},
      {"products", "code,name,unit,unit_price\nx,X,hour,1.1234567\n",
       "x.csv:2:10: unit_price is \"1.1234567\", more than 6 fraction digits"},
      {"products", "code,name,unit,tax\nx,X,hour,wat\n",
       "x.csv:2:10: tax is \"wat\", no tax of the config"},
      {"products", "code,name,unit\nx,X,\n", "x.csv:2:5: unit is missing"},
      {"price_lists", "list,product,unit_price\ngold,wrk,1\n",
       "x.csv:2:6: product is \"wrk\", none of the products"},
      {"price_lists",
       "list,product,unit_price,valid_from,valid_until\ngold,work,1,2026-02-01,"
       "2026-01-31\n",
       "x.csv:2:24: valid_until is \"2026-01-31\", before valid_from 2026-02-01"},
      {"price_lists", "list,product,unit_price\ngold,work,1\ngold,work,2\n",
       "x.csv:3:1: the record of list gold, product work is there twice in this file"},
      {"rates", "unit_price,member\n80,nobody\n",
       "x.csv:2:4: member is \"nobody\", none of the members"},
      {"rates", "unit_price,member\n80,anna\n90,anna\n",
       "x.csv:3:1: the record of member anna is there twice in this file"},
      {"rates", "unit_price,member\n,anna\n", "x.csv:2:1: unit_price is missing"},
      {"job_types", "code,name,billable\nx,X,maybe\n",
       "x.csv:2:5: billable is \"maybe\", neither yes nor no"},
      {"assignments", "scope,target,product\nproject,web,work\n",
       "x.csv:2:1: scope is \"project\", none of its words"},
      {"assignments", "scope,target,product\ntask,dov,work\n",
       "x.csv:2:6: target is \"dov\", none of the tasks"},
      {"assignments", "scope,target,product\ntenant,main,work\n",
       "x.csv:2:8: target is \"main\", no target of scope tenant"},
      {"assignments", "scope,target,product,kind\ntenant,*,work,joined\n",
       "x.csv:2:15: kind is \"joined\", none of its words"},
      {"exchange_rates", "date,from,to,rate\n2026-10-01,USD,USD,1\n",
       "x.csv:2:16: to is \"USD\", the same currency"},
      {"exchange_rates", "date,from,to,rate\n2026-10-01,USD,EUR,0\n",
       "x.csv:2:20: rate is \"0\", not above 0"},
      // Work
      {"engagements", "code,name\nx,X\n", "x.csv:2:1: client is missing"},
      {"engagements", "code,name,client,terms\nx,X,acme,net13\n",
       "x.csv:2:10: terms is \"net13\", no terms of the config"},
      {"contract_lines", "code,engagement,type\nx,frame,hourly\n",
       "x.csv:2:9: type is \"hourly\", none of its words"},
      {"contract_lines", "code,engagement,type,recognised\nx,frame,tm,1.234\n",
       "x.csv:2:12: recognised is \"1.234\", more than 2 fraction digits"},
      {"projects", "code,name\nx,X\n", "x.csv:2:1: client is empty"},
      {"projects", "code,name,client,currency,engagement\nx,X,acme,USD,frame\n",
       "x.csv:2:10: currency is \"USD\", its engagement is in EUR"},
      {"projects", "code,name,client,status\nx,X,acme,open\n",
       "x.csv:2:10: status is \"open\", none of its words"},
      {"projects", "code,name,client,billable_kinds\nx,X,acme,time:2026-13-01\n",
       "x.csv:2:10: billable_kinds is \"time:2026-13-01\", a list with a date that does not exist"},
      {"projects", "code,name,client,pm\nx,X,acme,anna;nobody\n",
       "x.csv:2:10: pm is \"anna;nobody\", \"nobody\" is none of the members"},
      {"tasks", "code,name,project,client\nx,X,web,beta\n",
       "x.csv:2:9: client is \"beta\", the client of project \"web\" is \"acme\""},
      {"tasks", "code,name,status\nx,X,closed\n",
       "x.csv:2:5: status is \"closed\", none of its words"},
      {"tasks", "code,name,source_type\nx,X,mail\n",
       "x.csv:2:5: source_type is \"mail\", none of its words"},
      {"tasks", "code,name,quantity\nx,X,-2\n", "x.csv:2:5: quantity is \"-2\", below 0"},
      // Entries
      {"entries", "id,kind,task,date\na,tyme,dev,2026-10-01\n",
       "x.csv:2:3: kind is \"tyme\", none of its words"},
      {"entries", "id,task,date,seconds\na,dev,2026-10-01,1\n", "x.csv:2:1: kind is missing"},
      {"entries", "id,kind,date,seconds\na,time,2026-10-01,1\n", "x.csv:2:1: task is missing"},
      {"entries", "id,kind,task,date\na,time,dov,2026-10-01\n",
       "x.csv:2:8: task is \"dov\", none of the tasks"},
      {"entries", "id,kind,task,project,date,seconds\na,time,dev,shop,2026-10-01,1\n",
       "x.csv:2:12: project is \"shop\", task \"dev\" is of project \"web\""},
      {"entries", "id,kind,task,seconds\na,time,dev,60\n", "x.csv:2:1: date is missing"},
      {"entries", "id,kind,task,date,seconds\na,time,dev,2026-10-01,-60\n",
       "x.csv:2:23: seconds is \"-60\", below 0"},
      {"entries", "id,kind,task,date,seconds\na,time,dev,2026-10-01,1.5\n",
       "x.csv:2:23: seconds is \"1.5\", a fraction, where only whole numbers are allowed"},
      {"entries",
       "id,kind,task,started_at,stopped_at\na,time,dev,2026-10-01T09:00Z,"
       "2026-10-01T08:00Z\n",
       "x.csv:2:30: stopped_at is \"2026-10-01T08:00Z\", before the start"},
      {"entries", "id,kind,task,date,stopped_at\na,time,dev,2026-10-01,2026-10-01T08:00Z\n",
       "x.csv:2:23: stopped_at is \"2026-10-01T08:00Z\", a stop without a start"},
      {"entries",
       "id,kind,task,started_at,seconds,date\na,time,dev,2026-10-01T09:00Z,1,"
       "2026-10-02\n",
       "x.csv:2:32: date is \"2026-10-02\", not 2026-10-01, the local date of started_at"},
      {"entries", "id,kind,task,started_at,zone\na,time,dev,2026-10-01 09:00,Europe/Atlantis\n",
       "x.csv:2:29: zone is \"Europe/Atlantis\", no zone of the IANA database"},
      {"entries", "id,kind,task,started_at\na,time,dev,01.10.2026 09:00\n",
       "x.csv:2:12: started_at is \"01.10.2026 09:00\", no time that exists"},
      {"entries", "id,kind,task,date,seconds,amount\na,time,dev,2026-10-01,1,10\n",
       "x.csv:2:25: amount is \"10\", on an entry of kind time"},
      {"entries", "id,kind,task,date,distance_km,amount\na,mileage,dev,2026-10-01,1,10\n",
       "x.csv:2:28: amount is \"10\", on an entry of kind mileage"},
      {"entries", "id,kind,task,date,quantity,amount\na,goods,dev,2026-10-01,1,10\n",
       "x.csv:2:26: amount is \"10\", on an entry of kind goods"},
      {"entries", "id,kind,task,date\na,goods,dev,2026-10-01\n", "x.csv:2:1: quantity is missing"},
      {"entries", "id,kind,task,date\na,mileage,dev,2026-10-01\n",
       "x.csv:2:1: distance_km is missing"},
      {"entries", "id,kind,task,date,distance_km\na,mileage,dev,2026-10-01,1.2345\n",
       "x.csv:2:26: distance_km is \"1.2345\", more than 3 fraction digits"},
      {"entries", "id,kind,task,date,amount\na,bill,dev,2026-10-01,1.234\n",
       "x.csv:2:23: amount is \"1.234\", more than 2 fraction digits"},
      {"entries", "id,kind,task,date,seconds,charge\na,time,dev,2026-10-01,1,free\n",
       "x.csv:2:25: charge is \"free\", none of its words"},
      {"entries", "id,kind,task,date,seconds,unit_price\na,time,dev,2026-10-01,1,-1\n",
       "x.csv:2:25: unit_price is \"-1\", below 0"},
      {"entries", "id,kind,task,date,quantity,parent\na,goods,dev,2026-10-01,1,a\n",
       "x.csv:2:26: parent is \"a\", the entry itself"},
      {"entries", "id,kind,task,date,seconds\ntask:dev,time,dev,2026-10-01,1\n",
       "x.csv:2:1: id is \"task:dev\", an id of billctl's own"},
      {"entries", "id,kind\nold,goods\n", "x.csv:2:1: quantity is missing"},
      {"quote_rows", "entry,position,description\nnone,1,Text\n",
       "x.csv:2:1: entry is \"none\", none of the entries"},
      {"quote_rows", "entry,position,description\nold,1,Text\n",
       "x.csv:2:1: entry is \"old\", no entry of kind quote"},
  };
  return kRefusals;
}

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("each wrong table is refused by file and line and column and nothing is written") {
  Importing firm(kConfig);
  furnish(firm);
  const std::string before = firm.everything();
  const std::string bytes = bytes_of(firm.ledger().path());
  for (const Refusal& refusal : refusals()) {
    CAPTURE(refusal.kind);
    CAPTURE(refusal.file);
    CHECK(firm.refused(refusal.kind, refusal.file) == refusal.told);
    CHECK(bytes_of(firm.ledger().path()) == bytes);
  }
  CHECK(firm.everything() == before);
}

TEST_CASE("the first hundred mistakes are told and the others counted") {
  Importing firm;
  std::string file = "code,name,billable\n";
  for (int i = 0; i < 250; ++i) file += "t" + std::to_string(i) + ",T,maybe\n";
  try {
    firm.import("tasks", file);
    FAIL("it was taken");
  } catch (const Error& error) {
    CHECK(error.code() == Reason::bad_input);
    CHECK(error.mistakes().size() == 100);
    CHECK(error.mistakes_total() == 250);
  }
}

TEST_CASE("a large file that ends with a mistake leaves the ledger as it was") {
  Importing firm;
  firm.import("tasks", "code,name\ndev,Dev\n");
  const std::string bytes = bytes_of(firm.ledger().path());
  std::string file = "id,kind,task,date,seconds,description\n";
  for (int i = 0; i < 60'000; ++i) {
    file += "e" + std::to_string(i) + ",time,dev,2026-10-01,60," + std::string(200, 'x') + "\n";
  }
  CHECK(firm.refused("entries", file + "e1,time,dev,2026-10-01,60,\n") ==
        "x.csv:60002:1: entry \"e1\" is there twice in this file");
  CHECK(bytes_of(firm.ledger().path()) == bytes);
  CHECK(firm.number("SELECT count(*) FROM entry") == 0);
}

TEST_CASE("a code that nobody has brings the nearest one") {
  Importing firm(kConfig);
  furnish(firm);
  const auto hint = [&](const std::string& kind, const std::string& file) {
    try {
      firm.import(kind, file);
    } catch (const Error& error) {
      return error.mistakes().front().hint;
    }
    return std::string();
  };
  CHECK(hint("tasks", "code,name,project\nx,X,wob\n") == "did you mean \"web\"?");
  CHECK(hint("clients", "code,name,tax\nx,X,vta\n") == "did you mean \"vat\"?");
  CHECK(hint("clients", "code,nmae\nx,X\n") == "did you mean \"name\"?");
  CHECK(hint("tasks", "code,name,project\nx,X,elsewhere\n") ==
        "import its projects first, or both with `billctl import all`");
}
