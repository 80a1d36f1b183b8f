#include "text/json.hpp"

#include <doctest/doctest.h>

#include "outcome/error.hpp"

using billctl::Json;

TEST_CASE("json keeps the order of keys and sorts them only in canonical bytes") {
  const Json value = Json::parse(R"({"b": [1, null, true], "a": "ä\n"})");
  CHECK(value.compact() == "{\"b\":[1,null,true],\"a\":\"ä\\n\"}");
  CHECK(value.canonical() == "{\"a\":\"ä\\n\",\"b\":[1,null,true]}");
  CHECK(Json::parse(value.pretty()) == value);
}

TEST_CASE("json refuses a number with a fraction and says where a text breaks") {
  CHECK_THROWS_AS(Json::parse("{\"price\": 1.5}"), billctl::Error);
  try {
    Json::parse("{\n  \"a\": x}", "job.json");
    FAIL("parsed");
  } catch (const billctl::Error& error) {
    CHECK(error.mistakes().front().at == billctl::Position{"job.json", 2, 8});
  }
}

TEST_CASE("json of great depth is refused instead of overflowing the stack") {
  CHECK_THROWS_AS(Json::parse(std::string(100000, '[')), billctl::Error);
}
