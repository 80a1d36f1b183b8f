#include <doctest/doctest.h>

#include "foreign_reading.hpp"
#include "intake/foreign/foreign_text.hpp"

using namespace billctl;

namespace {

const std::string kClockify =
    "\"Project\",\"Client\",\"Description\",\"Task\",\"User\",\"Billable\",\"Start Date\",\"Start "
    "Time\",\"End Date\",\"End Time\",\"Duration (h)\"\n";
const std::string kToggl =
    "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End "
    "time,Duration,Tags,Amount (EUR)\n";
const std::string kKimai =
    "Date,From,To,Duration,Currency,Price,Hourly price,Fixed price,Name,User,Customer,Project,"
    "Activity,Description,Billable,Tags\n";

std::string clockify_row(const std::string& date, const std::string& start, const std::string& stop,
                         const std::string& duration) {
  return "Web,Acme,work,Dev,Maija,Yes," + date + ',' + start + ',' + date + ',' + stop + ',' +
         duration + '\n';
}

ReadExport clockify(const std::string& rows, std::optional<DateOrder> order = std::nullopt) {
  ForeignOptions options = in_zone();
  options.dates = order;
  return read_text(ForeignFormat::clockify, kClockify + rows, options);
}

ReadExport kimai(const std::string& rows, const ForeignOptions& options = in_zone()) {
  return read_text(ForeignFormat::kimai, kKimai + rows, options);
}

std::string kimai_times(const std::string& from, const std::string& to,
                        const std::string& duration) {
  return "2026-10-01," + from + ',' + to + ',' + duration +
         ",EUR,,,,Maija,maija,Acme,Web,Dev,work,1,\n";
}

}  // namespace

TEST_CASE("clockify: times with 12 hours and seconds are read") {
  const ReadExport read =
      clockify(clockify_row("10/25/2026", "10:23:52 AM", "11:23:01 AM", "00:59:09") +
               clockify_row("10/25/2026", "12:00 AM", "12:30 PM", "12:30"));
  CHECK(read.mistakes == std::vector<std::string>{});
  REQUIRE(read.entries.size() == 2);
  CHECK(read.entries[0].seconds == 3549);
  CHECK(read.entries[0].started_at->to_text() == "2026-10-25T08:23:52Z");
  CHECK(read.entries[1].started_at->to_text() == "2026-10-24T21:00:00Z");
}

TEST_CASE("a date that can be read in two ways is refused unless --dates says which") {
  const std::string row = clockify_row("03/04/2026", "09:00", "10:00", "1:00");
  const ReadExport refused = clockify(row);
  CHECK(refused.entries.empty());
  CHECK(refused.mistakes ==
        std::vector<std::string>{
            "f:2:29: Start Date is \"03/04/2026\", a date that can be read in two ways"});
  CHECK(refused.hints.front() == "say which with --dates dmy or --dates mdy");
  CHECK(clockify(row, DateOrder::dmy).entries.at(0).work_on == *Date::of(2026, 4, 3));
  CHECK(clockify(row, DateOrder::mdy).entries.at(0).work_on == *Date::of(2026, 3, 4));
}

TEST_CASE("dates that can be read in one way only are taken without --dates") {
  CHECK(clockify(clockify_row("25/10/2026", "09:00", "10:00", "1:00")).entries.size() == 1);
  CHECK(clockify(clockify_row("10/25/2026", "09:00", "10:00", "1:00")).entries.size() == 1);
  CHECK(clockify(clockify_row("10/10/2026", "09:00", "10:00", "1:00")).entries.size() == 1);
}

TEST_CASE("dates of both orders in one file are refused") {
  const ReadExport read = clockify(clockify_row("25/10/2026", "09:00", "10:00", "1:00") +
                                   clockify_row("10/26/2026", "09:00", "10:00", "1:00"));
  CHECK(read.mistakes == std::vector<std::string>{
                             "f:3:29: Start Date is \"10/26/2026\", a date with the month first "
                             "after one with the day first"});
  CHECK(
      clockify(clockify_row("10/26/2026", "09:00", "10:00", "1:00"), DateOrder::dmy).mistakes ==
      std::vector<std::string>{"f:2:29: Start Date is \"10/26/2026\", no date with the day first"});
}

TEST_CASE("clockify: breaks are not billable and invoiced rows keep their number") {
  const ReadExport read =
      read_text(ForeignFormat::clockify,
                "Project,Type,Billable,Invoiced,Invoice ID,Start Date,Start Time,End Date,End "
                "Time,Duration (h)\n"
                "Web,Regular,Yes,No,,2026-10-01,09:00,2026-10-01,10:00,1:00\n"
                "Web,Break,Yes,,,2026-10-01,10:00,2026-10-01,10:30,0:30\n"
                "Web,Regular,Yes,Yes,2026-17,2026-10-01,11:00,2026-10-01,12:00,1:00\n"
                "Web,Regular,Yes,Yes,,2026-10-01,12:00,2026-10-01,13:00,1:00\n");
  CHECK(read.mistakes == std::vector<std::string>{});
  REQUIRE(read.entries.size() == 4);
  CHECK(read.entries[0].billable);
  CHECK(read.entries[0].invoiced_as.empty());
  CHECK_FALSE(read.entries[1].billable);
  CHECK(read.entries[2].invoiced_as == "2026-17");
  CHECK(read.entries[3].invoiced_as == "clockify");
}

TEST_CASE("clockify: a renamed task column is found by its place") {
  const ReadExport read =
      read_text(ForeignFormat::clockify,
                "Project,Client,Description,Work step,User,Billable,Start Date,Start Time,End "
                "Date,End Time,Duration (h)\n"
                "Web,Acme,work,Dev,Maija,Yes,2026-10-01,09:00,2026-10-01,10:00,1:00\n");
  REQUIRE(read.entries.size() == 1);
  CHECK(read.entries[0].task == "Dev");
}

TEST_CASE("a duration that only rounding parts from start and stop is the time between them") {
  const ReadExport read = clockify(clockify_row("2026-10-01", "09:00:00", "09:07:31", "0:07") +
                                   clockify_row("2026-10-01", "10:00", "10:07", "0.12") +
                                   clockify_row("2026-10-01", "11:00", "12:00", "0:50"));
  REQUIRE(read.entries.size() == 3);
  CHECK(read.entries[0].seconds == 451);
  CHECK(read.entries[1].seconds == 420);
  CHECK_FALSE(read.entries[1].seconds_differ);
  CHECK(read.entries[2].seconds == 3000);
  CHECK(read.entries[2].seconds_differ);
}

TEST_CASE("toggl: an amount is a price for an hour only when prices are taken") {
  const std::string text =
      kToggl +
      "M,m@x.test,Acme,Web,,work,Yes,2026-10-01,09:00:00,2026-10-01,11:30:00,02:30:00,,237.50\n";
  CHECK_FALSE(read_text(ForeignFormat::toggl, text).entries.at(0).hourly_price);
  ForeignOptions options = in_zone();
  options.take_prices = true;
  const ReadExport read = read_text(ForeignFormat::toggl, text, options);
  CHECK(read.entries.at(0).hourly_price->to_text() == "95");
  CHECK(read.entries.at(0).currency == "EUR");
}

TEST_CASE("harvest: localised dates decimals and currencies are read") {
  ForeignOptions options = in_zone();
  options.take_prices = true;
  const ReadExport read =
      read_text(ForeignFormat::harvest,
                "Date;Client;Project;Task;Notes;Hours;Billable?;Invoiced?;Approved?;First "
                "Name;Last Name;Billable Rate;Currency\n"
                "26.01.2015;Acme;Web;Dev;work;7,5;Yes;Yes;Yes;Maija;M;\"2.000,0\";Euro - EUR\n"
                "05.02.2015;Acme;Web;Dev;work;\"0,1167\";No;No;No;Maija;M;0,0;Euro - EUR\n",
                options);
  CHECK(read.mistakes == std::vector<std::string>{});
  REQUIRE(read.entries.size() == 2);
  CHECK(read.entries[0].work_on == *Date::of(2015, 1, 26));
  CHECK(read.entries[0].seconds == 27000);
  CHECK(read.entries[0].approved == true);
  CHECK(read.entries[0].invoiced_as == "harvest");
  CHECK(read.entries[0].hourly_price->to_text() == "2000");
  CHECK(read.entries[0].currency == "EUR");
  CHECK(read.entries[1].work_on == *Date::of(2015, 2, 5));
  CHECK(read.entries[1].seconds == 420);
  CHECK_FALSE(read.entries[1].hourly_price);
}

TEST_CASE("kimai: durations are clock times decimal hours or seconds") {
  const ReadExport read =
      kimai(kimai_times("09:00", "11:30", "2:30") + kimai_times("12:00", "14:00", "2") +
            kimai_times("14:00", "14:07", "0.12") + kimai_times("15:00", "17:30", "9000") +
            kimai_times("22:00", "06:00", "8:00") + kimai_times("22:00", "06:00", ""));
  CHECK(read.mistakes == std::vector<std::string>{});
  REQUIRE(read.entries.size() == 6);
  CHECK(read.entries[0].seconds == 9000);
  CHECK(read.entries[1].seconds == 7200);
  CHECK(read.entries[2].seconds == 420);
  CHECK(read.entries[3].seconds == 9000);
  CHECK(read.entries[4].seconds == 28800);
  CHECK(read.entries[5].seconds == 28800);
  CHECK(read.entries[4].stopped_at->to_text() == "2026-10-02T03:00:00Z");
}

TEST_CASE("kimai: a session of more than a day stops where its duration says") {
  const ReadExport read = kimai(kimai_times("09:00", "10:00", "25:00"));
  REQUIRE(read.entries.size() == 1);
  CHECK(read.entries[0].seconds == 90000);
  CHECK_FALSE(read.entries[0].seconds_differ);
}

TEST_CASE("kimai: a row without stop is running") {
  const ReadExport read = kimai(kimai_times("09:00", "", "0:00"));
  REQUIRE(read.entries.size() == 1);
  CHECK_FALSE(read.entries[0].stopped_at);
  CHECK_FALSE(read.entries[0].seconds);
}

TEST_CASE("kimai: only a guard loses its apostrophe") {
  const auto description = [](const std::string& text) {
    const ReadExport read =
        kimai("2026-10-01,09:00,10:00,1:00,EUR,,,,M,m,Acme,Web,Dev,\"" + text + "\",1,\n");
    return read.entries.at(0).description;
  };
  CHECK(description("' =1+1") == "=1+1");
  CHECK(description("' @home") == "@home");
  CHECK(description("' see DDE") == "see DDE");
  CHECK(description("' quoted") == "' quoted");
  CHECK(description("'tis") == "'tis");
}

TEST_CASE("kimai: a header in another language is read by name or by place") {
  const std::string german =
      "Datum;Von;Bis;Dauer;Währung;Preis;Name;Benutzer;Kunde;Projekt;Tätigkeit;Beschreibung;"
      "Abrechenbar\n"
      "2026-10-01;09:00;11:30;2:30;EUR;237,5;Maija;maija;Acme;Web;Dev;Arbeit;Ja\n";
  const ReadExport by_name = read_text(ForeignFormat::kimai, german);
  REQUIRE(by_name.entries.size() == 1);
  CHECK(by_name.entries[0].client == "Acme");
  CHECK(by_name.entries[0].billable);

  std::string header = "日付";
  for (int i = 1; i < 25; ++i) header += ",列" + std::to_string(i);
  const ReadExport by_place =
      read_text(ForeignFormat::kimai, header +
                                          "\n2026-10-01,09:00,11:30,2.5,EUR,237.5,100,95,0,Maija,"
                                          "maija,m@x.test,,Acme,Web,Dev,work,1,a,"
                                          "timesheet,work,C-001,,,\n");
  CHECK(by_place.mistakes == std::vector<std::string>{});
  REQUIRE(by_place.entries.size() == 1);
  CHECK(by_place.entries[0].project == "Web");
  CHECK(by_place.entries[0].seconds == 9000);
}

TEST_CASE("kimai: a fixed price is shared over the hours when prices are taken") {
  ForeignOptions options = in_zone();
  options.take_prices = true;
  const std::string row = "2026-10-01,09:00,11:00,2:00,EUR,";
  const std::string rest = ",M,m,Acme,Web,Dev,work,1,\n";
  CHECK(kimai(row + "190,95,0" + rest, options).entries.at(0).hourly_price->to_text() == "95");
  CHECK(kimai(row + "500,95,500" + rest, options).entries.at(0).hourly_price->to_text() == "250");
}

TEST_CASE("kimai: the API's records have their id and offsets") {
  const std::string json =
      "[{\"id\":17,\"begin\":\"2026-10-01T09:00:00+0300\",\"end\":\"2026-10-01T11:30:00+0300\","
      "\"duration\":9000,\"user\":{\"id\":1,\"username\":\"maija\",\"alias\":\"Maija M\"},"
      "\"activity\":{\"id\":3,\"name\":\"Dev\"},\"project\":{\"id\":2,\"name\":\"Web\","
      "\"customer\":{\"id\":1,\"name\":\"Acme Oy\"}},\"description\":null,\"rate\":237.5,"
      "\"hourlyRate\":95.0,\"fixedRate\":null,\"exported\":false,\"billable\":true,\"tags\":[\"a\","
      "\"b\"],"
      "\"metaFields\":[]},\n"
      " {\"id\":18,\"begin\":\"2026-10-02T09:00:00+0300\",\"end\":null,\"duration\":0,\"user\":1,"
      "\"activity\":3,\"project\":12,\"exported\":true,\"billable\":false}]";
  ForeignOptions options = in_zone();
  options.take_prices = true;
  const ReadExport read = read_text(ForeignFormat::kimai, json, options);
  CHECK(read.mistakes == std::vector<std::string>{});
  REQUIRE(read.entries.size() == 2);
  const ForeignEntry& first = read.entries[0];
  CHECK(first.ref == "kimai:17");
  CHECK(first.client == "Acme Oy");
  CHECK(first.project == "Web");
  CHECK(first.task == "Dev");
  CHECK(first.member == "Maija M");
  CHECK(first.started_at->to_text() == "2026-10-01T06:00:00Z");
  CHECK(first.seconds == 9000);
  CHECK(first.hourly_price->to_text() == "95");
  CHECK(first.tags == std::vector<std::string>{"a", "b"});
  CHECK(first.invoiced_as.empty());
  const ForeignEntry& second = read.entries[1];
  CHECK(second.project == "12");
  CHECK(second.client_left_out);
  CHECK_FALSE(second.seconds);
  CHECK_FALSE(second.billable);
  CHECK(second.invoiced_as == "kimai");
}

TEST_CASE("timewarrior: an open interval is running and ids identify nothing") {
  const auto refs = [](const std::string& json) {
    std::vector<std::string> found;
    for (const ForeignEntry& entry : read_text(ForeignFormat::timewarrior, json).entries) {
      found.push_back(entry.ref);
    }
    return found;
  };
  const std::string interval = "\"start\":\"20261001T060000Z\",\"tags\":[\"Acme\"]}";
  CHECK(refs("[{\"id\":1," + interval + "]") == refs("[\n{\"id\":7," + interval + "\n]\n"));
  const ReadExport read = read_text(ForeignFormat::timewarrior, "[{" + interval + "]");
  REQUIRE(read.entries.size() == 1);
  CHECK_FALSE(read.entries[0].stopped_at);
  CHECK_FALSE(read.entries[0].seconds);
  CHECK(read_text(ForeignFormat::timewarrior, "[]").entries.empty());
}

TEST_CASE("timeclock: comments other dates and an open clock-in are read") {
  const ReadExport read = read_text(ForeignFormat::timeclock,
                                    "; a comment\n\ni 2026/10/01 09:00 Acme:Web  one\n"
                                    "o 2026/10/01 10:00\n# more\ni 2026-10-01 11:00:00 Acme\n");
  CHECK(read.mistakes == std::vector<std::string>{});
  REQUIRE(read.entries.size() == 2);
  CHECK(read.entries[0].seconds == 3600);
  CHECK(read.entries[0].description == "one");
  CHECK(read.entries[0].at.line == 3);
  CHECK_FALSE(read.entries[1].stopped_at);
  CHECK(read.entries[1].client == "Acme");
}

TEST_CASE("equal rows have ordinals and a corrected duration keeps the reference") {
  const std::string row = clockify_row("2026-10-01", "09:00", "10:00", "1:00");
  const ReadExport twice = clockify(row + row);
  REQUIRE(twice.entries.size() == 2);
  CHECK(twice.entries[1].ref == twice.entries[0].ref + "-2");
  CHECK(twice.entries[0].ref.size() == std::string("clockify:").size() + 32);
  const ReadExport corrected = clockify(clockify_row("2026-10-01", "09:00", "11:00", "2:00"));
  CHECK(corrected.entries[0].ref == twice.entries[0].ref);
  const ReadExport other = clockify(clockify_row("2026-10-01", "09:30", "11:00", "1:30"));
  CHECK(other.entries[0].ref != twice.entries[0].ref);
  CHECK(other.entries[0].slot != twice.entries[0].slot);
}

TEST_CASE("numbers are read with either decimal mark and refused where they are ambiguous") {
  std::string why;
  const auto price = [&](const char* text) {
    const auto number = parse_foreign_price(text, why);
    return number ? number->to_text() : why;
  };
  CHECK(price("2.000,5") == "2000.5");
  CHECK(price("2,000.5") == "2000.5");
  CHECK(price("1.000.000") == "1000000");
  CHECK(price("95") == "95");
  CHECK(price("95,00") == "95");
  CHECK(price("0,125") == "0.125");
  CHECK(price("1,234") == "a number that can be read in two ways");
  CHECK(price("1.00.0") == "not a number");
  CHECK(price("") == "not a number");
  CHECK(price("-1") == "not a number");
  CHECK(price("0.1234567") == "0.123457");
  CHECK(parse_foreign_duration("0,12", why)->seconds == 432);
  CHECK(parse_foreign_duration("0.11666666666666667", why)->seconds == 420);
  CHECK(parse_foreign_duration("120:00:30", why)->seconds == 432030);
}
