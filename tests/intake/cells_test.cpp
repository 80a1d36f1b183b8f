#include <doctest/doctest.h>

#include "intake/row_cells.hpp"
#include "reading.hpp"

using namespace billctl;

namespace {

/// What the cell readers say to one cell of that column of that kind.
struct Told {
  std::string mistake;  ///< empty when the cell is taken
  std::string hint;
};

void read_cell(RowCells& cells, const Column& column, std::size_t place) {
  switch (column.type) {
    case CellType::codes:
    case CellType::emails:
      cells.list(place);
      break;
    case CellType::kinds:
      cells.kinds(place);
      break;
    case CellType::flag:
      cells.flag(place);
      break;
    case CellType::count:
      cells.count(place);
      break;
    case CellType::decimal:
    case CellType::price:
    case CellType::positive:
      cells.number(place);
      break;
    case CellType::kilometres:
      cells.metres(place);
      break;
    case CellType::amount:
      cells.amount(place, *Currency::of("EUR"));
      break;
    case CellType::date:
      cells.date(place);
      break;
    case CellType::instant:
      cells.moment(place);
      break;
    default:
      cells.text(place);
  }
}

Told tell(TableKind kind, const std::string& column, const std::string& text) {
  const Table& table = table_of(kind);
  // Columns that are always needed are filled in, so that only the cell asked for can be wrong.
  std::string header = column;
  std::string row = "\"" + text + "\"";
  for (const Column& of : table.columns) {
    if (of.need != Need::always || of.name == column) continue;
    header += "," + std::string(of.name);
    row += of.type == CellType::word ? ",task" : ",1";
  }
  const auto source = memory_source("t.csv", header + "\n" + row + "\n");
  Mistakes mistakes;
  const auto reader = open_rows(*source, column_names(table), mistakes);
  RowCells cells(table, mistakes);
  Row read;
  REQUIRE(reader->next(read));
  cells.begin(read);
  read_cell(cells, table.columns[table.place(column)], table.place(column));
  CHECK(cells.wrong() == mistakes.any());
  if (!mistakes.any()) return {};
  CHECK(mistakes.total() == 1);
  return {to_text(mistakes.kept().front()), mistakes.kept().front().hint};
}

struct Refused {
  TableKind kind;
  const char* column;
  std::string text;
  std::string told;
};

}  // namespace

TEST_CASE("cells that do not hold what their column needs are told with what was seen") {
  const std::vector<Refused> cases = {
      {TableKind::tasks, "billable", "maybe", "billable is \"maybe\", neither yes nor no"},
      {TableKind::tasks, "billable", "2", "billable is \"2\", neither yes nor no"},
      {TableKind::tasks, "billable", " 1", "billable is \" 1\", neither yes nor no"},
      {TableKind::tasks, "unit_price", "-1", "unit_price is \"-1\", below 0"},
      {TableKind::products, "unit_price", "-0.000001", "unit_price is \"-0.000001\", below 0"},
      {TableKind::price_lists, "unit_price", "1e9",
       "unit_price is \"1e9\", an exponent, where plain digits are needed"},
      {TableKind::rates, "unit_price", "95,00",
       "unit_price is \"95,00\", a comma, where a point and no grouping is needed"},
      {TableKind::rates, "unit_price", "1,000.00",
       "unit_price is \"1,000.00\", a comma, where a point and no grouping is needed"},
      {TableKind::rates, "unit_price", "1 000",
       "unit_price is \"1 000\", grouping or a blank, where plain digits are needed"},
      {TableKind::rates, "unit_price", "95.0000001",
       "unit_price is \"95.0000001\", more than 6 fraction digits"},
      {TableKind::rates, "unit_price", ".5", "unit_price is \".5\", no digit before the point"},
      {TableKind::rates, "unit_price", "5.", "unit_price is \"5.\", no digit after the point"},
      {TableKind::rates, "unit_price", "x5", "unit_price is \"x5\", not a number"},
      {TableKind::rates, "unit_price", "99999999999999999999",
       "unit_price is \"99999999999999999999\", too large"},
      {TableKind::members, "hours_per_day", "0", "hours_per_day is \"0\", not above 0"},
      {TableKind::exchange_rates, "rate", "-1.1", "rate is \"-1.1\", not above 0"},
      {TableKind::entries, "seconds", "-1", "seconds is \"-1\", below 0"},
      {TableKind::entries, "seconds", "1.5",
       "seconds is \"1.5\", a fraction, where only whole numbers are allowed"},
      {TableKind::entries, "seconds", "1e9",
       "seconds is \"1e9\", an exponent, where plain digits are needed"},
      {TableKind::entries, "seconds", "1000000001", "seconds is \"1000000001\", above 1000000000"},
      {TableKind::entries, "seconds", "99999999999999999999",
       "seconds is \"99999999999999999999\", too large"},
      {TableKind::entries, "seconds", "2:30", "seconds is \"2:30\", not a number"},
      {TableKind::entries, "distance_km", "1.2345",
       "distance_km is \"1.2345\", more than 3 fraction digits"},
      {TableKind::entries, "distance_km", "-3", "distance_km is \"-3\", below 0"},
      {TableKind::entries, "transport_minutes", "-3", "transport_minutes is \"-3\", below 0"},
      {TableKind::entries, "quantity", "1.0000000",
       "quantity is \"1.0000000\", more than 6 fraction digits"},
      {TableKind::entries, "amount", "1.005", "amount is \"1.005\", more than 2 fraction digits"},
      {TableKind::entries, "amount", "1e9",
       "amount is \"1e9\", an exponent, where plain digits are needed"},
      {TableKind::entries, "date", "2026-02-30", "date is \"2026-02-30\", no date that exists"},
      {TableKind::entries, "date", "01/10/2026", "date is \"01/10/2026\", no date that exists"},
      {TableKind::entries, "date", "2026-10-1", "date is \"2026-10-1\", no date that exists"},
      {TableKind::entries, "started_at", "2026-10-01",
       "started_at is \"2026-10-01\", no time that exists"},
      {TableKind::entries, "started_at", "2026-10-01 24:00",
       "started_at is \"2026-10-01 24:00\", no time that exists"},
      {TableKind::entries, "started_at", "2026-13-01T09:00Z",
       "started_at is \"2026-13-01T09:00Z\", no time that exists"},
      {TableKind::entries, "started_at", "2026-10-01T09:00 Z",
       "started_at is \"2026-10-01T09:00 Z\", no time that exists"},
      {TableKind::entries, "kind", "hours", "kind is \"hours\", none of its words"},
      {TableKind::entries, "kind", "Time", "kind is \"Time\", none of its words"},
      {TableKind::entries, "charge", "free", "charge is \"free\", none of its words"},
      {TableKind::entries, "id", " e1", "id is \" e1\", a code with blanks around it"},
      {TableKind::entries, "id", "e\n1", "id is \"e\\x0a1\", a code with a control character"},
      {TableKind::entries, "id", "", "id is empty"},
      {TableKind::entries, "id", std::string(201, 'e'),
       "id is \"" + std::string(40, 'e') + "…\", longer than 200 bytes"},
      {TableKind::assignments, "scope", "client", "scope is \"client\", none of its words"},
      {TableKind::assignments, "kind", "joined", "kind is \"joined\", none of its words"},
      {TableKind::clients, "currency", "eur", "currency is \"eur\", no currency"},
      {TableKind::clients, "currency", "EURO", "currency is \"EURO\", no currency"},
      {TableKind::clients, "emails", "a@b;;c@d",
       "emails is \"a@b;;c@d\", a list with an empty part"},
      {TableKind::clients, "emails", "acme", "emails is \"acme\", no e-mail address"},
      {TableKind::clients, "emails", "a@b, c@d", "emails is \"a@b, c@d\", no e-mail address"},
      {TableKind::clients, "emails", "a@b\r\nBcc: x@y",
       "emails is \"a@b\\x0aBcc: x@y\", no e-mail address"},
      {TableKind::clients, "tax", "vat;vat",
       "tax is \"vat;vat\", a list that names one thing twice"},
      {TableKind::clients, "delivery", "fax", "delivery is \"fax\", none of its words"},
      {TableKind::clients, "group_hours", "weekly", "group_hours is \"weekly\", none of its words"},
      {TableKind::projects, "billable_kinds", "hours",
       "billable_kinds is \"hours\", a list with an unknown kind"},
      {TableKind::projects, "billable_kinds", "time:2026",
       "billable_kinds is \"time:2026\", a list with a date that does not exist"},
      {TableKind::projects, "billable_kinds", "time;time:2026-01-01",
       "billable_kinds is \"time;time:2026-01-01\", a list that names one kind twice"},
      {TableKind::quote_rows, "position", "-1", "position is \"-1\", below 0"},
  };
  for (const Refused& refused : cases) {
    CAPTURE(refused.told);
    const Told told = tell(refused.kind, refused.column, refused.text);
    CHECK(told.mistake == "t.csv:2:1: " + refused.told);
    CHECK(!told.hint.empty());
  }
}

TEST_CASE("cells that hold what their column needs are taken") {
  const auto taken = [](TableKind kind, const char* column, const char* text) {
    CAPTURE(text);
    CHECK(tell(kind, column, text).mistake.empty());
  };
  for (const char* flag : {"1", "0", "true", "false", "yes", "no", ""}) {
    taken(TableKind::tasks, "billable", flag);
  }
  for (const char* price : {"0", "95", "95.00", "0.123456"}) {
    taken(TableKind::rates, "unit_price", price);
  }
  for (const char* amount : {"-5", "5000.00", "0.5"}) taken(TableKind::entries, "amount", amount);
  for (const char* time : {"2026-10-01T09:00Z", "2026-10-01T09:00:00+03:00", "2026-10-01 09:00",
                           "2026-10-01T09:00:59", "20261001T060000Z"}) {
    taken(TableKind::entries, "started_at", time);
  }
  taken(TableKind::entries, "quantity", "-2");
  taken(TableKind::clients, "emails", "a@b.test; c@d.test");
  taken(TableKind::clients, "group_hours", "all-qty");
  taken(TableKind::projects, "billable_kinds", "time:2026-01-01;expense;bill");
}

TEST_CASE("hints say what is needed or the nearest word") {
  CHECK(tell(TableKind::entries, "kind", "tiem").hint == "did you mean \"time\"?");
  CHECK(tell(TableKind::clients, "delivery", "fax").hint ==
        "one of mail, einvoice, post, none is needed");
  CHECK(tell(TableKind::entries, "date", "x").hint == "a date as 2026-10-01 is needed");
}

TEST_CASE("a cell tells absent from empty so that an import can leave or blank") {
  const Table& table = table_of(TableKind::teams);
  const auto source = memory_source("t.csv", "code,name\na,\n");
  Mistakes mistakes;
  const auto reader = open_rows(*source, column_names(table), mistakes);
  RowCells cells(table, mistakes);
  Row row;
  REQUIRE(reader->next(row));
  cells.begin(row);
  CHECK(cells.text(1).is_empty());
  CHECK_FALSE(cells.text(1));
  CHECK(*cells.text(0) == "a");

  const auto absent = memory_source("t.csv", "code\na\n");
  const auto other = open_rows(*absent, column_names(table), mistakes);
  REQUIRE(other->next(row));
  cells.begin(row);
  CHECK(cells.text(1).state == Given<std::string_view>::State::absent);
}

TEST_CASE("kilometres are metres and billable kinds have their dates") {
  std::string_view why;
  CHECK(parse_kilometres("12.345", why) == 12345);
  CHECK(*parse_kinds("time:2026-01-01; bill", why) ==
        std::vector<BillableKind>{{EntryKind::time, Date::of(2026, 1, 1)},
                                  {EntryKind::bill, std::nullopt}});
  CHECK(parse_list("", why)->empty());
}
