#include "catalogue/unit.hpp"

#include <doctest/doctest.h>

using namespace billctl;

TEST_CASE("a unit is one of ours or a Rec 20 code and capitals count") {
  for (const char* ours : {"hour", "min", "day", "km", "pcs", "month", "week", "kg", "m", "l"})
    CHECK(is_known_unit(ours));
  for (const char* code : {"HUR", "C62", "EA", "KMT", "10", "2A", "E48", "ZZ"})
    CHECK(is_known_unit(code));
  for (const char* none : {"", "hours", "hur", "box", "XBX", "C 62"})
    CHECK_FALSE(is_known_unit(none));
}

TEST_CASE("ours are mapped to Rec 20 and a code stays itself") {
  CHECK(rec20_code("hour") == "HUR");
  CHECK(rec20_code("pcs") == "C62");
  CHECK(rec20_code("km") == "KMT");
  CHECK(rec20_code("l") == "LTR");
  CHECK(rec20_code("KGM") == "KGM");
  CHECK(rec20_code("box").empty());
}
