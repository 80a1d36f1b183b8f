#include <doctest/doctest.h>

#include "reading.hpp"

using namespace billctl;

namespace {

const std::vector<ColumnName> kColumns = {{"code", true}, {"name", false}, {"country", false}};

struct Malformed {
  std::string text;
  std::string told;  ///< the first mistake
  std::size_t total = 1;
};

void check(const std::vector<Malformed>& cases, const std::string& name) {
  for (const Malformed& malformed : cases) {
    CAPTURE(malformed.text);
    for (const std::size_t buffer : {std::size_t{4}, std::size_t{1} << 20U}) {
      const ReadTable table = read_table(malformed.text, kColumns, name, buffer);
      CHECK(table.mistakes_total == malformed.total);
      REQUIRE(!table.mistakes.empty());
      CHECK(table.mistakes.front() == malformed.told);
    }
  }
}

using namespace std::string_literals;

}  // namespace

TEST_CASE("malformed CSV is told with its line and column") {
  check(
      {
          {"", "t.csv:1:1: the file is empty, a header row is needed"},
          {"\n\n", "t.csv:1:1: the file is empty, a header row is needed"},
          {"\xEF\xBB\xBF", "t.csv:1:1: the file is empty, a header row is needed"},
          {"\xFF\xFE"
           "c\0o\0"s,
           "t.csv:1:1: the text is UTF-16, UTF-8 is needed"},
          {"\xFE\xFF\0c\0o"s, "t.csv:1:1: the text is UTF-16, UTF-8 is needed"},
          {"code,nmae\n", "t.csv:1:6: unknown column \"nmae\""},
          {"code,Name\n", "t.csv:1:6: unknown column \"Name\""},
          {"code, name\n", "t.csv:1:6: unknown column \" name\""},
          {"code,x\x1b[2J\n", "t.csv:1:6: unknown column \"x\\x1b[2J\""},
          {"code,foo,bar\n", "t.csv:1:6: unknown column \"foo\"", 2},
          {"code;name\n", "t.csv:1:1: unknown column \"code;name\"", 2},
          {"name\n", "t.csv:1:1: column \"code\" is missing"},
          {"code,\n", "t.csv:1:6: column 2 has no name"},
          {"code,,name\n", "t.csv:1:6: column 2 has no name"},
          {"code,name,code\n", "t.csv:1:11: column \"code\" is there twice"},
          {"code,\"name\n",
           "t.csv:1:6: the quote that opens here is never closed, a closing one is needed"},
          {"code,\"name\"x\n",
           "t.csv:1:12: text behind a closing quote, the end of the cell is needed"},
          {"code,na\"me\n", "t.csv:1:8: a quote inside a cell that does not begin with one"},
          {"code,name\r\ra,b\n", "t.csv:1:10: a lone CR, rows end with LF or CRLF"},
          {"code,name\ra,b\r", "t.csv:1:10: a lone CR, rows end with LF or CRLF"},
          {"code,na\0me\n"s, "t.csv:1:8: a NUL byte, text is needed"},
          {"c\xF6"
           "de\n",
           "t.csv:1:2: byte 0xF6 is no UTF-8"},
          {"code,name\na,\"b\nc,d\n",
           "t.csv:2:3: the quote that opens here is never closed, a closing one is needed"},
          {"code,name\nä€,\"b\nc,d\n",
           "t.csv:2:4: the quote that opens here is never closed, a closing one is needed"},
          {"code,name\n\"x\ny\",\"b",
           "t.csv:3:4: the quote that opens here is never closed, a closing one is needed"},
          {"code,name\na,\"b\"c\n",
           "t.csv:2:6: text behind a closing quote, the end of the cell is needed"},
          {"code,name\na,\"b\" \n",
           "t.csv:2:6: text behind a closing quote, the end of the cell is needed"},
          {"code,name\n\"a\nb\"c,d\n",
           "t.csv:3:3: text behind a closing quote, the end of the cell is needed"},
          {"code,name\na,b\"c\n", "t.csv:2:4: a quote inside a cell that does not begin with one"},
          {"code,name\na, \"b\"\n",
           "t.csv:2:4: a quote inside a cell that does not begin with one"},
          {"code,name\na,5\" disk\n",
           "t.csv:2:4: a quote inside a cell that does not begin with one"},
          {"code,name\na\n", "t.csv:2:2: the row has 1 cells, the header 2"},
          {"code,name\n\"a\"\n", "t.csv:2:4: the row has 1 cells, the header 2"},
          {"code,name\n\"x\ny\"\n", "t.csv:3:3: the row has 1 cells, the header 2"},
          {"code,name\na,b,c\n", "t.csv:2:5: the row has 3 cells, the header 2"},
          {"code,name\na,b,\n", "t.csv:2:5: the row has 3 cells, the header 2"},
          {"code,name\na,b,c,d,e", "t.csv:2:5: the row has 5 cells, the header 2"},
          {"code,name\n\n\na,b,c\n", "t.csv:4:5: the row has 3 cells, the header 2"},
          {"code,name\n \n", "t.csv:2:2: the row has 1 cells, the header 2"},
          {"code,name\na\0,b\n"s, "t.csv:2:2: a NUL byte, text is needed"},
          {"code,name\n\"a\0\",b\n"s, "t.csv:2:3: a NUL byte, text is needed"},
          {"code,name\n\"a\"\0,b\n"s, "t.csv:2:4: a NUL byte, text is needed"},
          {"code,name\na,b\rc,d\n", "t.csv:2:4: a lone CR, rows end with LF or CRLF"},
          {"code,name\na,b\r", "t.csv:2:4: a lone CR, rows end with LF or CRLF"},
          {"code,name\na,\"b\"\r", "t.csv:2:6: a lone CR, rows end with LF or CRLF"},
          {"code,name\na,\xFF\n", "t.csv:2:3: byte 0xFF is no UTF-8"},
          {"code,name\nää,b\xE4\n", "t.csv:2:5: byte 0xE4 is no UTF-8"},
          {"code,name\na,\xC0\x80\n", "t.csv:2:3: byte 0xC0 is no UTF-8"},
          {"code,name\na,\xED\xA0\x80\n", "t.csv:2:3: byte 0xED is no UTF-8"},
          {"code,name\na,\xF4\x90\x80\x80\n", "t.csv:2:3: byte 0xF4 is no UTF-8"},
          {"code,name\na,\xE2\x82\n", "t.csv:2:3: byte 0xE2 is no UTF-8"},
          {"code,name\n\"x\n\xE4\",b\n", "t.csv:3:1: byte 0xE4 is no UTF-8"},
          {"code,name\na,b\xE2\x82", "t.csv:2:4: byte 0xE2 is no UTF-8"},
      },
      "t.csv");
}

TEST_CASE("malformed JSON Lines are told with their line and column") {
  check(
      {
          {"{", "t.jsonl:1:2: the record ends too early, it is one JSON object on one line"},
          {"{\"code\":\"a\",\n\"name\":\"b\"}\n",
           "t.jsonl:1:13: the record ends too early, it is one JSON object on one line", 2},
          {"[{\"code\":\"a\"}]\n",
           "t.jsonl:1:1: a record is one JSON object on one line, as {\"code\": \"acme\"}"},
          {"\"code\"\n",
           "t.jsonl:1:1: a record is one JSON object on one line, as {\"code\": \"acme\"}"},
          {"code,name\n",
           "t.jsonl:1:1: no JSON value, which is a text in quotes, a number, true, false, null, { "
           "or ["},
          {"{\"code\":\"a\"} {\"code\":\"b\"}\n",
           "t.jsonl:1:14: text behind the record, the next one begins on a line of its own"},
          {"{\"code\":\"a\"},\n",
           "t.jsonl:1:13: text behind the record, the next one begins on a line of its own"},
          {"{\"cdoe\":\"a\"}\n", "t.jsonl:1:2: unknown field \"cdoe\""},
          {"{\"code\":\"ä\",\"Name\":1}\n", "t.jsonl:1:13: unknown field \"Name\""},
          {"{\"name\":\"a\"}\n", "t.jsonl:1:1: field \"code\" is missing"},
          {"{}\n", "t.jsonl:1:1: field \"code\" is missing"},
          {"{\"code\":null}\n", "t.jsonl:1:1: field \"code\" is missing"},
          {"{\"code\":\"a\",\"code\":\"b\"}\n", "t.jsonl:1:13: field \"code\" is there twice"},
          {"{\"code\":[\"a\"]}\n",
           "t.jsonl:1:9: field \"code\" is nested, a text, a number, true, false or null is "
           "needed"},
          {"{\"code\":{\"a\":1}}\n",
           "t.jsonl:1:9: field \"code\" is nested, a text, a number, true, false or null is "
           "needed"},
          {"{\"code\":\"a\" \"name\":1}\n", "t.jsonl:1:13: a comma or } is needed"},
          {"{\"code\" \"a\"}\n", "t.jsonl:1:9: a colon behind the name is needed"},
          {"{code:\"a\"}\n", "t.jsonl:1:2: a name in quotes is needed"},
          {"{\"code\":\"a\",}\n", "t.jsonl:1:13: a name in quotes is needed"},
          {"{\"code\":'a'}\n",
           "t.jsonl:1:9: no JSON value, which is a text in quotes, a number, true, false, null, { "
           "or ["},
          {"{\"code\":True}\n",
           "t.jsonl:1:9: no JSON value, which is a text in quotes, a number, true, false, null, { "
           "or ["},
          {"{\"code\":01}\n", "t.jsonl:1:9: no JSON number, such as 12, -3 or 0.25"},
          {"{\"code\":1.}\n", "t.jsonl:1:9: no JSON number, such as 12, -3 or 0.25"},
          {"{\"code\":.5}\n",
           "t.jsonl:1:9: no JSON value, which is a text in quotes, a number, true, false, null, { "
           "or ["},
          {"{\"code\":-}\n", "t.jsonl:1:9: no JSON number, such as 12, -3 or 0.25"},
          {"{\"code\":NaN}\n",
           "t.jsonl:1:9: no JSON value, which is a text in quotes, a number, true, false, null, { "
           "or ["},
          {"{\"code\":\"a\tb\"}\n",
           "t.jsonl:1:11: a control character in a text, it is written \\u00.."},
          {"{\"code\":\"a\\x\"}\n", "t.jsonl:1:11: an unknown escape in a text"},
          {"{\"code\":\"\\u12g4\"}\n",
           "t.jsonl:1:10: four hexadecimal digits behind \\u are needed"},
          {"{\"code\":\"\\ud800\"}\n", "t.jsonl:1:16: half a surrogate pair in a text"},
          {"{\"code\":\"\\udc00\"}\n", "t.jsonl:1:16: half a surrogate pair in a text"},
          {"{\"code\":\"\\u0000\"}\n", "t.jsonl:1:16: a NUL character in a text"},
          {"{\"code\":\"a\0\"}\n"s, "t.jsonl:1:11: a NUL byte, text is needed"},
          {"{\"code\":\"\xE4\"}\n", "t.jsonl:1:10: byte 0xE4 is no UTF-8"},
          {"{\"code\":\"a\"}\n\n{\"code\":\"b\"\n",
           "t.jsonl:3:12: the record ends too early, it is one JSON object on one line"},
          {"\xFF\xFE{\0"s, "t.jsonl:1:1: the text is UTF-16, UTF-8 is needed"},
      },
      "t.jsonl");
}

TEST_CASE("a misspelt column gets the nearest name as a hint") {
  const auto source = memory_source("t.csv", "code,contry\n");
  Mistakes mistakes;
  const auto reader = open_rows(*source, kColumns, mistakes);
  Row row;
  CHECK_FALSE(reader->next(row));
  REQUIRE(mistakes.total() == 1);
  CHECK(mistakes.kept().front().hint == "did you mean \"country\"?");
}

TEST_CASE("a file that is not there or is a folder is refused by its name") {
  CHECK_THROWS_WITH_AS(open_source("/no/such.csv"),
                       "/no/such.csv: can't be opened: No such file or directory", Error);
  CHECK_THROWS_WITH_AS(open_source("/"), "/: is a folder, a file is needed", Error);
}
