#include <doctest/doctest.h>

#include <random>

#include "reading.hpp"
#include "text/visible.hpp"

using namespace billctl;

namespace {

const std::vector<ColumnName> kTwo = {{"code", true}, {"name", false}};

std::vector<std::string> positions(const std::string& text) {
  return read_table(text, kTwo).positions;
}

std::vector<CellTexts> rows(const std::string& text) {
  const ReadTable table = read_table(text, kTwo);
  CHECK(table.mistakes == std::vector<std::string>{});
  return table.rows;
}

CellTexts cells(const char* code, const char* name) {
  return {code, name};
}

}  // namespace

TEST_CASE("csv: rows end with LF or CRLF and the last may have no end") {
  const std::vector<CellTexts> two = {cells("a", "A"), cells("b", "B")};
  CHECK(rows("code,name\na,A\nb,B\n") == two);
  CHECK(rows("code,name\r\na,A\r\nb,B\r\n") == two);
  CHECK(rows("code,name\na,A\nb,B") == two);
  CHECK(rows("code,name\r\na,A\r\nb,\"B\"") == two);
}

TEST_CASE("csv: a header alone is a table of no rows") {
  CHECK(rows("code,name").empty());
  CHECK(rows("code,name\n").empty());
}

TEST_CASE("csv: a byte order mark is passed over and moves no column") {
  CHECK(rows("\xEF\xBB\xBF"
             "code,name\na,A\n") == std::vector<CellTexts>{cells("a", "A")});
  CHECK(read_table("\xEF\xBB\xBF"
                   "code,nam\n",
                   kTwo)
            .mistakes.front() == "t.csv:1:6: unknown column \"nam\"");
}

TEST_CASE("csv: blank lines are no rows") {
  CHECK(rows("\ncode,name\n\na,A\r\n\r\nb,B\n\n") ==
        std::vector<CellTexts>{cells("a", "A"), cells("b", "B")});
}

TEST_CASE("csv: quoted cells hold delimiters line ends and doubled quotes") {
  CHECK(rows("code,name\n\"a,b\",\"say \"\"hi\"\"\"\n\"\"\"\",\"x\ny\"\n") ==
        std::vector<CellTexts>{cells("a,b", "say \"hi\""), cells("\"", "x\ny")});
}

TEST_CASE("csv: CRLF inside quotes is read as LF and a lone CR there is kept") {
  CHECK(rows("code,name\r\na,\"x\r\ny\"\r\nb,\"x\ry\"\r\n") ==
        std::vector<CellTexts>{cells("a", "x\ny"), cells("b", "x\ry")});
}

TEST_CASE("csv: an empty cell is there and a column the file does not have is not") {
  const ReadTable table = read_table("name\n\"\"\nA\n", {{"code", false}, {"name", false}});
  CHECK(table.mistakes_total == 0);
  CHECK(table.rows == std::vector<CellTexts>{{std::nullopt, ""}, {std::nullopt, "A"}});
}

TEST_CASE("csv: columns stand in any order") {
  CHECK(rows("name,code\nA,a\n") == std::vector<CellTexts>{cells("a", "A")});
}

TEST_CASE("csv: each cell knows its line and column in characters") {
  CHECK(positions("code,name\näöå,B\n\"x\ny\",\"z\"\nq,r\n") ==
        std::vector<std::string>{"2:1", "2:5", "3:1", "4:4", "5:1", "5:3"});
}

TEST_CASE("csv: the same rows whatever the size of the buffer and of the pieces") {
  const std::string text =
      "\xEF\xBB\xBF"
      "code,name\r\nä€,\"a \"\"b\"\"\"\r\n\r\n\"x\r\ny\",\"\"\nlonger than some,z\n\"q\"";
  const std::string bad = text + "r,1\nfine,1\nfew\n\"never closed,\n1,2\n";
  const ReadTable whole = read_table(text + ",1", kTwo);
  const ReadTable wrong = read_table(bad, kTwo);
  REQUIRE(whole.rows.size() == 4);
  REQUIRE(wrong.mistakes.size() == 3);
  for (const std::size_t buffer : {1U, 2U, 3U, 5U, 7U, 16U, 61U, 1000U}) {
    for (const std::size_t piece : {0U, 1U, 3U}) {
      CAPTURE(buffer);
      CAPTURE(piece);
      const ReadTable again = read_table(text + ",1", kTwo, "t.csv", buffer, piece);
      CHECK(again.rows == whole.rows);
      CHECK(again.positions == whole.positions);
      CHECK(again.mistakes == whole.mistakes);
      const ReadTable wrong_again = read_table(bad, kTwo, "t.csv", buffer, piece);
      CHECK(wrong_again.rows == wrong.rows);
      CHECK(wrong_again.mistakes == wrong.mistakes);
    }
  }
}

TEST_CASE("csv: random tables are read back as they were written") {
  constexpr unsigned kSeed = 20261001;
  CAPTURE(kSeed);
  std::mt19937 random(kSeed);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  const std::vector<std::string> parts = {"a", "ä", "€", "\"", ",", "\n", ";", " ",
                                          "'", "0", "=", "𝄞",  "-", "@",  "+", "\t"};
  for (int round = 0; round < 300; ++round) {
    const std::size_t width = 1 + below(6);
    std::vector<ColumnName> columns;
    std::string text;
    for (std::size_t i = 0; i < width; ++i) {
      columns.push_back({"c" + std::to_string(i), true});
      text += (i > 0 ? "," : "") + columns.back().name;
    }
    std::vector<CellTexts> written;
    const std::string line_end = below(2) == 0 ? "\n" : "\r\n";
    text += line_end;
    for (std::size_t r = below(8); r-- > 0;) {
      CellTexts& row = written.emplace_back();
      for (std::size_t i = 0; i < width; ++i) {
        std::string cell;
        for (std::size_t n = below(6); n-- > 0;) cell += parts[below(parts.size())];
        const bool quoted = below(3) == 0 || width == 1;
        text += i > 0 ? "," : "";
        text += quoted && table_cell(cell) == cell ? '"' + cell + '"' : table_cell(cell);
        row.push_back(cell);
      }
      text += line_end;
    }
    const ReadTable read = read_table(text, columns, "t.csv", 1 + below(40), below(5));
    CAPTURE(text);
    REQUIRE(read.mistakes == std::vector<std::string>{});
    REQUIRE(read.rows == written);
  }
}

TEST_CASE("csv: after a bad row the next is read so that one run tells all") {
  const ReadTable table = read_table("code,name\na\nb,B\n\"x\"y,1\nc,C,D\nd,D\n", kTwo);
  CHECK(table.rows == std::vector<CellTexts>{cells("b", "B"), cells("d", "D")});
  CHECK(table.mistakes.size() == 3);
}

TEST_CASE("csv: a hundred mistakes are kept and the rest counted") {
  std::string text = "code,name\n";
  for (int i = 0; i < 250; ++i) text += "few\n";
  const ReadTable table = read_table(text, kTwo);
  CHECK(table.mistakes.size() == 100);
  CHECK(table.mistakes_total == 250);
  CHECK(table.mistakes.back() == "t.csv:101:4: the row has 1 cells, the header 2");

  Mistakes mistakes;
  for (int i = 0; i < 250; ++i) mistakes.add({"t.csv", i + 1, 1}, "wrong");
  try {
    mistakes.refuse_if_any();
    FAIL("no Error");
  } catch (const Error& error) {
    CHECK(error.code() == Reason::bad_input);
    CHECK(error.mistakes().size() == 100);
    CHECK(error.mistakes_total() == 250);
  }
  CHECK_NOTHROW(Mistakes().refuse_if_any());
}

TEST_CASE("csv: a cell of 64 KiB is read and one byte more is refused") {
  const std::string most(64U << 10U, 'x');
  CHECK(rows("code,name\na," + most + "\n").size() == 1);
  CHECK(rows("code,name\na,\"" + most + "\"\n").size() == 1);
  CHECK(read_table("code,name\na,x" + most + "\n", kTwo).mistakes ==
        std::vector<std::string>{"t.csv:2:3: the cell is too long, 64 KiB is the most"});
}

TEST_CASE("csv: a cell of ten megabytes is refused and what follows is read") {
  const std::string huge(10U << 20U, 'x');
  const ReadTable bare = read_table("code,name\na," + huge + "\nb,B\n", kTwo);
  CHECK(bare.mistakes.size() == 1);
  CHECK(bare.rows == std::vector<CellTexts>{cells("b", "B")});
  const ReadTable quoted = read_table("code,name\na,\"" + huge + "\n\"\"\n\"\nb,\n", kTwo);
  CHECK(quoted.mistakes.size() == 1);
  CHECK(quoted.rows == std::vector<CellTexts>{cells("b", "")});
  CHECK(quoted.positions.front() == "5:1");
  const ReadTable open = read_table("code,name\na,\"" + huge, kTwo);
  CHECK(open.mistakes ==
        std::vector<std::string>{"t.csv:2:3: the cell is too long, 64 KiB is the most"});
}

TEST_CASE("csv: a row of more than a megabyte is refused") {
  std::vector<ColumnName> columns;
  std::string text;
  for (int i = 0; i < 40; ++i) {
    columns.push_back({"c" + std::to_string(i), false});
    text += (i > 0 ? "," : "") + columns.back().name;
  }
  for (const std::size_t cell_bytes : {30000U, 60000U}) {
    std::string row;
    for (int i = 0; i < 40; ++i) row += (i > 0 ? "," : "") + std::string(cell_bytes, 'x');
    const std::string tail = "\n" + std::string(39, ',') + "\n";
    const ReadTable table = read_table(text + "\n" + row + tail, columns);
    CHECK(table.mistakes ==
          std::vector<std::string>{"t.csv:2:1: the row is too long, 1024 KiB is the most"});
    CHECK(table.rows.size() == 1);
  }
}

TEST_CASE("csv: more than 256 cells are refused") {
  const ReadTable header = read_table("code" + std::string(256, ','), kTwo);
  CHECK(header.mistakes == std::vector<std::string>{"t.csv:1:261: a row has at most 256 cells"});
}

TEST_CASE("a table is JSON Lines by its ending or its first brace and else CSV") {
  CHECK(table_format("clients.jsonl", "code") == TableFormat::jsonl);
  CHECK(table_format("clients.ndjson", "") == TableFormat::jsonl);
  CHECK(table_format("clients.json", "") == TableFormat::jsonl);
  CHECK(table_format("-", "\xEF\xBB\xBF \n{\"code\"") == TableFormat::jsonl);
  CHECK(table_format("-", "code,name") == TableFormat::csv);
  CHECK(table_format("clients.csv", "") == TableFormat::csv);
}
