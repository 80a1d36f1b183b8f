#include <doctest/doctest.h>

#include "text/json.hpp"
#include "text/nearest.hpp"
#include "text/sha256.hpp"
#include "text/utf8.hpp"
#include "text/visible.hpp"

using namespace billctl;

TEST_CASE("a misspelt word gets its nearest and a strange one gets none") {
  const std::vector<std::string> known = {"compile", "generate", "approve"};
  CHECK(nearest("genrate", known) == "generate");
  CHECK(nearest("aprpove", known) == "approve");
  CHECK(nearest("zzz", known).empty());
  CHECK(did_you_mean("complie", known) == "did you mean \"compile\"?");
}

TEST_CASE("utf-8 is checked strictly") {
  CHECK(invalid_utf8("ääkköset €") == std::string_view::npos);
  CHECK(invalid_utf8("a\xC0\x80") == 1);
  CHECK(invalid_utf8("ab\xED\xA0\x80") == 2);
  CHECK(invalid_utf8("\xF0\x9F\x98") == 0);
}

TEST_CASE("controls and bidi characters of data are made visible") {
  CHECK(visible("a\x1b[2Jb") == "a\\x1b[2Jb");
  CHECK(visible("x\xE2\x80\xAEy") == "x\\u202ey");
  CHECK(visible("line\nbreak") == "line\\x0abreak");
  CHECK(visible("äö漢") == "äö漢");
}

TEST_CASE("what is no text in UTF-8 is made visible byte by byte and noncharacters as a whole") {
  CHECK(visible("a\xff\x9b[2J\xC3") == "a\\xff\\x9b[2J\\xc3");
  CHECK(visible("\xEF\xBF\xBE\xEF\xB7\x90|\xF0\x9F\xBF\xBE") == "\\ufffe\\ufdd0|\\U0001fffe");
  CHECK(visible("\xEF\xBB\xBF\xF0\x9F\x91\xA8") == "\xEF\xBB\xBF\xF0\x9F\x91\xA8");
  CHECK(json_quoted("a\xff\x9b") == "\"a\xEF\xBF\xBD\xEF\xBF\xBD\"");
  const std::string text = "\xEF\xBF\xBE \xF0\x9F\xBF\xBE";
  CHECK(json_quoted(text) == R"("\ufffe \ud83f\udffe")");
  CHECK(Json::parse(json_quoted(text)).as_string() == text);
}

TEST_CASE("formula cells are quoted in what spreadsheets open") {
  CHECK(spreadsheet_cell("=1+1") == "'=1+1");
  CHECK(spreadsheet_cell("-5,\"x\"") == "\"'-5,\"\"x\"\"\"");
  CHECK(exact_cell("-5.00") == "-5.00");
}

TEST_CASE("an apostrophe that stands before a formula is taken off when it is read back") {
  CHECK(table_cell("=1+1") == "'=1+1");
  CHECK(table_cell("@a,b") == "\"'@a,b\"");
  CHECK(table_cell("'n Sync") == "'n Sync");
  CHECK(without_apostrophe("'n Sync") == "'n Sync");
  CHECK(without_apostrophe("=1+1") == "=1+1");
  for (const char* text :
       {"", "'", "''", "=", "'=", "''=x", "-5", "'-5", "+a", "@", "'\tx", "a=b"}) {
    CAPTURE(text);
    CHECK(without_apostrophe(table_cell(text)) == text);
  }
}

TEST_CASE("a terminal behind JSON or CSV gets no control of the data and JSON loses nothing") {
  CHECK(spreadsheet_cell("a\x1b[2J\tb") == "a\\x1b[2J\tb");
  CHECK(spreadsheet_cell("one\r\ntwo\rthree") == "\"one\r\ntwo\\x0dthree\"");
  CHECK(spreadsheet_cell("x\xE2\x80\xAEy") == "x\\u202ey");
  const std::string text = "a\x1b\x7f\xC2\x9b\xE2\x80\xAE\xD8\x9C ä漢\"\\";
  CHECK(json_quoted(text) == R"("a\u001b\u007f\u009b\u202e\u061c ä漢\"\\")");
  CHECK(Json::parse(json_quoted(text)).as_string() == text);
}

TEST_CASE("sha-256 gives the published digest of abc") {
  CHECK(to_hex(sha256("abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("ab", "c") == sha256("abc"));
}
