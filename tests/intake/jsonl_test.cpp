#include <doctest/doctest.h>

#include "reading.hpp"

using namespace billctl;

namespace {

const std::vector<ColumnName> kColumns = {{"code", true}, {"name", false}, {"price", false}};

ReadTable read(const std::string& text) {
  return read_table(text, kColumns, "t.jsonl");
}

}  // namespace

TEST_CASE("json lines: texts numbers and booleans are cells and null is none") {
  const ReadTable table = read(
      "{\"code\":\"a\",\"name\":\"\",\"price\":0.1}\n"
      "{\"price\":12,\"code\":true}\r\n"
      "\n"
      "  {\"code\":1e9,\"name\":null,\"price\":-0.000001} ");
  CHECK(table.mistakes == std::vector<std::string>{});
  CHECK(table.rows == std::vector<CellTexts>{{"a", "", "0.1"},
                                             {"true", std::nullopt, "12"},
                                             {"1e9", std::nullopt, "-0.000001"}});
}

TEST_CASE("json lines: escapes and surrogate pairs are read as UTF-8") {
  const ReadTable table = read(
      "{\"code\":\"\\u00e4\\n\\\"\\\\\\/\\t\",\"name\":\"\\ud834\\udd1e€\",\"\\u0070rice\":\"x\"}");
  CHECK(table.rows == std::vector<CellTexts>{{"ä\n\"\\/\t", "𝄞€", "x"}});
}

TEST_CASE("json lines: each cell knows the column of its value") {
  CHECK(read("{\"code\":\"ä\",\"name\":\"b\"}\n").positions ==
        std::vector<std::string>{"1:9", "1:20", "1:1"});
}

TEST_CASE("json lines: after a bad record the next is read") {
  const ReadTable table =
      read("{\"code\":\"a\"\n{\"code\":\"b\"}\n{\"cod\":1}\n{\"code\":\"c\"}\n");
  CHECK(table.rows.size() == 2);
  CHECK(table.mistakes.size() == 2);
}

TEST_CASE("json lines: long lines long texts and deep nesting are refused") {
  const std::string long_text(65537, 'x');
  CHECK(read("{\"code\":\"" + long_text + "\"}\n").mistakes ==
        std::vector<std::string>{"t.jsonl:1:9: field \"code\" is too long, 64 KiB is the most"});
  const ReadTable huge =
      read("{\"code\":\"" + std::string(10U << 20U, 'x') + "\"}\n{\"code\":\"b\"}\n");
  CHECK(huge.mistakes ==
        std::vector<std::string>{"t.jsonl:1:1: the line is too long, 1024 KiB is the most"});
  CHECK(huge.rows.size() == 1);
  CHECK(read("{\"code\":" + std::string(200000, '[') + "\n").mistakes ==
        std::vector<std::string>{"t.jsonl:1:16: nested deeper than 8"});
  std::string many = "{\"code\":[0";
  for (int i = 0; i < 5000; ++i) many += ",0";
  CHECK(read(many + "]}\n").mistakes.front().ends_with(": more than 4096 values in one"));
}
