#include <doctest/doctest.h>

#include "foreign_reading.hpp"

using namespace billctl;

namespace {

const std::string kClockify =
    "\"Project\",\"Client\",\"Description\",\"Task\",\"User\",\"Billable\",\"Start Date\",\"Start "
    "Time\",\"End Date\",\"End Time\",\"Duration (h)\"\n";

}  // namespace

TEST_CASE("malformed exports are told with their line and column") {
  struct Malformed {
    ForeignFormat format;
    std::string text;
    std::string told;
  };
  const std::string row = "Web,Acme,work,Dev,Maija,";
  const std::vector<Malformed> cases = {
      {ForeignFormat::toggl, "", "f:1:1: the file is empty, a header row is needed"},
      {ForeignFormat::toggl, "a,b\n1,2\n", "f:1:1: column \"Start date\" is missing"},
      {ForeignFormat::harvest, "Date,Client,Project\n", "f:1:1: column \"Hours\" is missing"},
      {ForeignFormat::kimai, "Date,From,To\n", "f:1:1: column \"Duration\" is missing"},
      {ForeignFormat::clockify, kClockify + row + "Maybe,2026-10-01,09:00,2026-10-01,10:00,1:00\n",
       "f:2:25: Billable is \"Maybe\", yes or no is needed"},
      {ForeignFormat::clockify, kClockify + row + "Yes,2026-02-30,09:00,2026-10-01,10:00,1:00\n",
       "f:2:29: Start Date is \"2026-02-30\", no date that exists"},
      {ForeignFormat::clockify, kClockify + row + "Yes,01/10/26,09:00,2026-10-01,10:00,1:00\n",
       "f:2:29: Start Date is \"01/10/26\", no date with a year of four digits"},
      {ForeignFormat::clockify,
       kClockify + row + "Yes,2026-10-01,9 o'clock,2026-10-01,10:00,1:00\n",
       "f:2:40: Start Time is \"9 o'clock\", no time of day"},
      {ForeignFormat::clockify, kClockify + row + "Yes,2026-10-01,13:00 PM,2026-10-01,10:00,1:00\n",
       "f:2:40: Start Time is \"13:00 PM\", no time of day"},
      {ForeignFormat::clockify, kClockify + row + "Yes,2026-10-01,09:00,2026-10-01,24:00,1:00\n",
       "f:2:57: End Time is \"24:00\", no time of day"},
      {ForeignFormat::clockify, kClockify + row + "Yes,2026-10-01,09:00,2026-10-01,08:00,1:00\n",
       "f:2:57: End Time is \"08:00\", before the start"},
      {ForeignFormat::clockify, kClockify + row + "Yes,2026-10-01,09:00,2026-10-01,10:00,1:60\n",
       "f:2:63: Duration (h) is \"1:60\", no duration as 2:30, 02:30:00 or 2.5"},
      {ForeignFormat::clockify, kClockify + row + "Yes,2026-10-01,09:00,2026-10-01,10:00,-1.0\n",
       "f:2:63: Duration (h) is \"-1.0\", not a number"},
      {ForeignFormat::clockify, kClockify + row + "Yes,2026-03-29,03:30,2026-03-29,05:00,0:30\n",
       "f:2:40: Start Time is \"03:30\", an hour that Europe/Helsinki skips that day"},
      {ForeignFormat::harvest, "Date,Client,Project,Hours\n2026-10-01,A,B,two\n",
       "f:2:16: Hours is \"two\", not a number"},
      {ForeignFormat::harvest, "Date,Client,Project,Hours\n2026-10-01,A,B,\n",
       "f:2:16: Hours is empty, not a number"},
      {ForeignFormat::harvest, "Date,Client,Project,Hours\n2026-10-01,A,B,1e3\n",
       "f:2:16: Hours is \"1e3\", not a number"},
      {ForeignFormat::timewarrior, "{}", "f:1:1: a JSON array is needed, which begins with ["},
      {ForeignFormat::timewarrior, "", "f:1:1: a JSON array is needed, which begins with ["},
      {ForeignFormat::timewarrior, "[\n1]", "f:2:1: an interval is needed, as {\"start\": …}"},
      {ForeignFormat::timewarrior, "[{\"tags\":[]}]", "f:1:2: an interval without \"start\""},
      {ForeignFormat::timewarrior, "[{\"start\":\"2026\"}]",
       "f:1:11: start is \"2026\", a time as 20261001T060000Z is needed"},
      {ForeignFormat::timewarrior,
       "[{\"start\":\"20261001T060000Z\",\"end\":\"20261001T050000Z\"}]",
       "f:1:36: end is \"20261001T050000Z\", before the start"},
      {ForeignFormat::timewarrior, "[{\"start\":\"20261001T060000Z\",\n\"tags\":\"a\"}]",
       "f:2:8: tags are no list"},
      {ForeignFormat::timewarrior, "[{\"start\":\"20261001T060000Z\"}\n{}]",
       "f:2:1: a comma or ] behind the element is needed"},
      {ForeignFormat::timewarrior, "[{\"start\":\"20261001T060000Z\"}",
       "f:1:30: a comma or ] behind the element is needed"},
      {ForeignFormat::timewarrior, "[{\"start\":\"2026",
       "f:1:2: the file ends inside this element"},
      {ForeignFormat::timewarrior, "[] x", "f:1:4: text behind the array"},
      {ForeignFormat::timewarrior, "[{\"start\":\"\xE4\"}]", "f:1:12: byte 0xE4 is no UTF-8"},
      {ForeignFormat::kimai, "[{\"begin\":\"2026-10-01T09:00:00+0300\"}]",
       "f:1:2: a timesheet without the number \"id\""},
      {ForeignFormat::kimai, "[{\"id\":1,\"begin\":\"yesterday\"}]",
       "f:1:18: begin is \"yesterday\", a time as 2026-10-01T09:00:00+0300 is needed"},
      {ForeignFormat::kimai, "[{\"id\":1,\"begin\":\"2026-10-01T09:00:00+0300\"}]",
       "f:1:2: a timesheet without \"project\""},
      {ForeignFormat::timeclock, "x 2026-10-01 09:00\n",
       "f:1:1: a line that begins with neither i nor o"},
      {ForeignFormat::timeclock, "o 2026-10-01 09:00\n",
       "f:1:1: a clock-out without a clock-in before it"},
      {ForeignFormat::timeclock, "i 2026-10-32 09:00 a\no 2026-10-01 10:00\n",
       "f:1:3: the date is \"2026-10-32\", no date that exists"},
      {ForeignFormat::timeclock, "i 2026-10-01 25:00 a\no 2026-10-01 10:00\n",
       "f:1:14: the time is \"25:00\", no time of day"},
      {ForeignFormat::timeclock, "i 2026-10-01 09:00 a\no 2026-10-01 08:00\n",
       "f:2:3: the time is \"2026-10-01 08:00:00\", before the start"},
      {ForeignFormat::timeclock, "i 2026-10-25 03:30 a\no 2026-10-25 05:00\n",
       "f:1:3: the time is \"2026-10-25 03:30:00\", an hour that Europe/Helsinki has twice that "
       "day"},
  };
  for (const Malformed& malformed : cases) {
    CAPTURE(malformed.text);
    const ReadExport read = read_text(malformed.format, malformed.text);
    REQUIRE(!read.mistakes.empty());
    CHECK(read.mistakes.front() == malformed.told);
  }
}
