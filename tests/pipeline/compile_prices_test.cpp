#include <doctest/doctest.h>

#include "pipeline/compiling.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

/// Everything that could price an hour of dev, each at its own price.
void price_all(Fixture& firm) {
  furnish(firm);
  firm.add("products", "code=consult unit_price=10");
  firm.change("clients", "acme", "price_list=std");
  firm.add("price_lists", "list=std product=consult unit_price=30");
  firm.add("rates", "unit_price=20");
  firm.change("tasks", "dev", "product=consult unit_price=40");
}

std::string source(Fixture& firm) {
  run_compile(firm);
  return firm.ask("SELECT price_source || ' ' || (unit_price_micro / 1000000) FROM item");
}

}  // namespace

TEST_CASE("X9 an hour is priced by entry then task then list then rate then product") {
  const char* gone[] = {"", "UPDATE task SET unit_price_micro = NULL", "DELETE FROM price_list_row",
                        "DELETE FROM rate", "UPDATE product SET unit_price_micro = NULL"};
  const char* expected[] = {"task 40", "price_list 30", "rate 20", "product 10", "none 0"};
  for (std::size_t n = 0; n < 5; ++n) {
    Fixture firm;
    price_all(firm);
    for (std::size_t i = 1; i <= n; ++i) firm.execute(gone[i]);
    firm.add("entries", "id=e task=dev seconds=3600");
    CHECK(source(firm) == std::string(expected[n]));
  }
  Fixture firm;
  price_all(firm);
  firm.add("entries", "id=e task=dev seconds=3600 unit_price=50");
  CHECK(source(firm) == "entry 50");
}

TEST_CASE("S2-26 transport is priced by entry then product then task") {
  Fixture firm;
  furnish(firm);
  firm.add("tasks", "code=trip project=web unit=km unit_price=3");
  firm.add("products", "code=road unit=km unit_price=2");
  firm.add("products", "code=bare unit=km");
  firm.add("entries", "id=a kind=mileage task=trip distance_km=1 unit_price=1 product=road");
  firm.add("entries", "id=b kind=mileage task=trip distance_km=1 product=road");
  firm.add("entries", "id=c kind=mileage task=trip distance_km=1 product=bare");
  firm.add("entries", "id=d kind=mileage task=dev distance_km=1 product=bare");
  firm.add("entries", "id=e kind=mileage task=trip distance_km=1");
  firm.add(
      "entries",
      "id=f kind=mileage task=trip distance_km=1 transport_minutes=60 transport_unit_price=60");
  run_compile(firm);
  CHECK(firm.rows("SELECT e.ref, i.price_source, i.unit_price_micro / 1000000 FROM item AS i "
                  "JOIN entry AS e ON e.id = i.entry_id ORDER BY i.id") ==
        "a|entry|1 b|product|2 c|task|3 d|none|0 e|default|5 f|default|5 f|entry|60");
}

TEST_CASE("S2-27 without any price an item at 0 is made and told and never lost") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=e task=dev seconds=3600");
  const Report report = run_compile(firm);
  CHECK(report.body["unpriced"].as_integer() == 1);
  CHECK(report.body["warnings"].compact() ==
        R"([{"code":"unpriced","item":1,"entry":"e","kind":"time"}])");
  CHECK(items(firm) == "e time 1.0 hour x 0.0 = 0 none;");
}

TEST_CASE("a price of 0 that somebody typed is a price") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=e task=dev seconds=3600 unit_price=0");
  CHECK(run_compile(firm).body["unpriced"].as_integer() == 0);
}

TEST_CASE("G9 mileage with minutes and no price is a km line and an hour line") {
  Fixture firm;
  furnish(firm);
  firm.add("entries", "id=m kind=mileage task=dev distance_km=12 transport_minutes=90");
  const Report report = run_compile(firm);
  CHECK(items(firm) ==
        "m mileage 12.0 km x 5.0 = 6000 default; m travel_time 1.5 hour x 1000.0 = 150000 "
        "default;");
  CHECK(report.body["default_price"].as_integer() == 2);
  CHECK(report.body["unpriced"].as_integer() == 0);
}

TEST_CASE("a transport price written in the config is no built-in one") {
  Fixture firm("[compile]\ntransport_km_price = \"0.42\"\n");
  furnish(firm);
  firm.add("entries", "id=m kind=mileage task=dev distance_km=100 transport_minutes=90");
  CHECK(run_compile(firm).body["default_price"].as_integer() == 1);
  CHECK(firm.rows("SELECT kind, unit_price_micro, price_source, default_price FROM item "
                  "ORDER BY id") == "mileage|420000|default|0 travel_time|1000000000|default|1");
}

TEST_CASE("X11 a price in another currency is no candidate and never relabelled") {
  Fixture firm;
  furnish(firm);
  firm.add("clients", "code=us currency=USD price_list=std");
  firm.add("tasks", "code=abroad client=us");
  firm.add("products", "code=consult unit_price=10");
  firm.add("entries", "id=km kind=mileage task=abroad distance_km=1");
  firm.add("entries", "id=t task=abroad seconds=3600 product=consult");
  firm.add("entries", "id=own task=abroad seconds=3600 product=consult unit_price=9");
  firm.add("entries", "id=free task=abroad seconds=3600");
  firm.add("entries", "id=con task=abroad seconds=3600 product=consult charge=contractual");
  CHECK(skipped(run_compile(firm)) == R"({"currency_mismatch":2})");
  CHECK(firm.rows("SELECT e.ref, i.currency, i.price_source FROM item AS i "
                  "JOIN entry AS e ON e.id = i.entry_id ORDER BY i.id") ==
        "own|USD|entry free|USD|none con|USD|contractual");
  firm.add("rates", "unit_price=120 currency=USD");
  firm.add("rates", "unit_price=110 currency=EUR client=us");
  run_compile(firm);
  CHECK(firm.rows("SELECT e.ref, i.currency, i.price_source, i.unit_price_micro / 1000000 FROM "
                  "item AS i JOIN entry AS e ON e.id = i.entry_id WHERE e.ref = 't'") ==
        "t|USD|rate|120");
}

TEST_CASE("the currency is the engagement's then the project's then the client's") {
  Fixture firm;
  firm.add("clients", "code=acme currency=SEK");
  firm.add("engagements", "code=eng client=acme currency=NOK");
  firm.add("projects", "code=a client=acme engagement=eng currency=NOK");
  firm.add("projects", "code=b client=acme currency=DKK");
  firm.add("projects", "code=c client=acme");
  for (const char* project : {"a", "b", "c"})
    firm.add("entries", std::string("id=") + project + " project=" + project + " seconds=60");
  run_compile(firm);
  CHECK(firm.rows("SELECT currency FROM item ORDER BY id") == "NOK DKK SEK");
  CHECK(firm.rows("SELECT engagement_id FROM item ORDER BY id LIMIT 1") == "1");
}

TEST_CASE("S3-18 negotiated prices come first and can be switched off") {
  for (const bool on : {true, false}) {
    Fixture firm(std::string("[compile]\nnegotiated_prices = ") + (on ? "true" : "false") + "\n");
    furnish(firm);
    firm.add("clients", "code=beta");
    firm.add("products", "code=consult");
    firm.change("clients", "acme", "price_list=std");
    firm.add("price_lists", "list=std product=consult unit_price=80 client=acme");
    firm.add("price_lists", "list=std product=consult unit_price=60 client=beta");
    firm.add("price_lists", "list=std product=consult unit_price=100 valid_from=2026-10-01");
    firm.add("entries", "id=e task=dev seconds=3600 product=consult");
    CHECK(source(firm) == std::string(on ? "price_list 80" : "price_list 100"));
  }
}

TEST_CASE(
    "of a list the latest row that is valid on the work date counts and of lists the task's") {
  Fixture firm;
  furnish(firm);
  firm.add("products", "code=consult unit_price=1");
  firm.change("clients", "acme", "price_list=std");
  firm.add("tasks", "code=special project=web price_list=vip");
  for (const char* row : {"unit_price=10", "unit_price=20 valid_from=2026-10-01",
                          "unit_price=30 valid_from=2026-10-05 valid_until=2026-10-06",
                          "unit_price=40 valid_from=2026-10-08"})
    firm.add("price_lists", std::string("list=std product=consult ") + row);
  firm.add("price_lists", "list=vip product=consult unit_price=99 valid_from=2026-10-06");
  for (const char* day : {"2026-09-30", "2026-10-04", "2026-10-06", "2026-10-07", "2026-10-09"})
    firm.add("entries",
             std::string("task=dev product=consult seconds=3600 id=") + day + " date=" + day);
  firm.add("entries", "id=vip task=special product=consult seconds=3600 date=2026-10-06");
  firm.add("entries", "id=no task=special product=consult seconds=3600 date=2026-10-05");
  run_compile(firm);
  CHECK(firm.rows("SELECT unit_price_micro / 1000000 FROM item ORDER BY id") ==
        "10 20 30 20 40 99 1");
}

TEST_CASE("of the rate card the row that names the more particular thing counts") {
  Fixture firm;
  furnish(firm);
  firm.change("members", "anna", "role=senior");
  firm.add("members", "code=bo role=senior");
  firm.add("job_types", "code=code");
  // Least particular first: each added row takes over from the one before.
  const char* rows[] = {"",
                        "job_type=code",
                        "role=senior",
                        "role=senior job_type=code",
                        "member=anna",
                        "member=anna job_type=code",
                        "client=acme",
                        "client=acme role=senior",
                        "client=acme member=anna",
                        "project=web",
                        "project=web client=acme member=anna role=senior job_type=code"};
  std::string expected;
  for (int i = 0; i < 11; ++i) {
    firm.add("rates", "unit_price=" + std::to_string(i + 1) + " " + rows[i]);
    firm.add("rates", "unit_price=77 valid_from=2026-10-06 " + std::string(rows[i]));
    firm.add("entries", "id=e" + std::to_string(i) +
                            " task=dev member=anna job_type=code "
                            "seconds=3600");
    CompileRequest one;
    one.entries = {firm.entry("e" + std::to_string(i))};
    run_compile(firm, one);
    CHECK(firm.number("SELECT i.unit_price_micro / 1000000 FROM item AS i JOIN entry AS e ON "
                      "e.id = i.entry_id WHERE e.ref = 'e" +
                      std::to_string(i) + "'") == i + 1);
  }
  // Of equal ones the later, and another member falls back to what fits him.
  firm.add("entries", "id=late task=dev member=anna job_type=code seconds=3600 date=2026-10-06");
  firm.add("entries", "id=bo task=dev member=bo seconds=3600");
  run_compile(firm);
  CHECK(firm.rows("SELECT i.unit_price_micro / 1000000 FROM item AS i JOIN entry AS e ON "
                  "e.id = i.entry_id WHERE e.ref IN ('late', 'bo') ORDER BY i.id") == "77 10");
}

TEST_CASE("hourly prices are converted to the item's unit and rounded to 6 decimals") {
  Fixture firm;
  furnish(firm);
  firm.add("products", "code=minutes unit=min");
  firm.add("products", "code=days unit=day");
  firm.add("rates", "unit_price=100");
  firm.add("tasks", "code=hourly project=web unit_price=50");
  firm.add("tasks", "code=daily project=web unit=day unit_price=800");
  firm.add("entries", "id=a task=dev seconds=600 product=minutes");
  firm.add("entries", "id=b task=dev seconds=14400 product=days");
  firm.add("entries", "id=c task=hourly seconds=14400 product=days");
  firm.add("entries", "id=d task=daily seconds=3600");
  firm.add("entries", "id=e task=daily seconds=3600 unit_price=7 product=days");
  run_compile(firm);
  CHECK(firm.rows("SELECT quantity_micro, unit_price_micro, amount_minor FROM item ORDER BY id") ==
        "10000000|1666667|1667 500000|800000000|40000 500000|400000000|20000 "
        "1000000|100000000|10000 125000|7000000|88");
}

TEST_CASE("a task's price serves other items only in its own unit and never by the rate card") {
  Fixture firm;
  furnish(firm);
  firm.add("rates", "unit_price=100");
  firm.add("tasks", "code=pieces project=web unit=pcs unit_price=4");
  firm.add("entries", "id=g kind=goods task=pieces quantity=2");
  firm.add("entries", "id=k kind=goods task=pieces quantity=2 unit=kg");
  firm.add("entries", "id=t task=pieces seconds=3600");
  firm.add("entries", "id=h kind=goods task=dev quantity=2");
  run_compile(firm);
  CHECK(items(firm) ==
        "g goods 2.0 pcs x 4.0 = 800 task; k goods 2.0 kg x 0.0 = 0 none; t time 1.0 hour x 100.0 "
        "= 10000 rate; h goods 2.0 pcs x 0.0 = 0 none;");
}

TEST_CASE("amounts follow the digits of their currency") {
  Fixture firm;
  firm.add("clients", "code=jp currency=JPY");
  firm.add("tasks", "code=t client=jp unit_price=100.5");
  firm.add("entries", "id=a task=t seconds=3600");
  firm.add("entries", "id=b kind=expense task=t");
  firm.execute("UPDATE entry SET amount_minor = 1234 WHERE ref = 'b'");
  run_compile(firm);
  CHECK(firm.rows("SELECT unit_price_micro, amount_minor FROM item ORDER BY id") ==
        "100500000|101 1234000000|1234");
}

TEST_CASE("G3 G4 the amount is the rounded quantity times the price") {
  for (const int decimals : {4, 2}) {
    Fixture firm("[money]\nquantity_decimals = " + std::to_string(decimals) + "\n");
    furnish(firm);
    firm.add("entries", "id=a task=dev seconds=3000 unit_price=100");
    firm.add("entries", "id=b task=dev seconds=1500 unit_price=34.34");
    run_compile(firm);
    CHECK(firm.rows("SELECT amount_minor FROM item ORDER BY id") ==
          (decimals == 4 ? "8333 1431" : "8300 1442"));
  }
}

TEST_CASE("G5 items keep their raw seconds so that a line can sum them before it rounds") {
  Fixture firm;
  furnish(firm);
  for (const int minutes : {15, 50, 225, 75, 35}) {
    firm.add("entries", "id=m" + std::to_string(minutes) +
                            " task=dev seconds=" + std::to_string(minutes * 60));
  }
  run_compile(firm);
  CHECK(firm.number("SELECT sum(billed_seconds) FROM item") == 24000);
  CHECK(firm.rows("SELECT quantity_micro FROM item ORDER BY id") ==
        "250000 833300 3750000 1250000 583300");
}

TEST_CASE("half-even rounds an exact half to the even cent") {
  for (const bool even : {false, true}) {
    Fixture firm(even ? "[money]\nrounding = \"half-even\"\n" : "");
    furnish(firm);
    firm.add("entries", "id=a task=dev seconds=1800 unit_price=133.33");
    run_compile(firm);
    CHECK(firm.number("SELECT amount_minor FROM item") == (even ? 6666 : 6667));
  }
}
