#include "config/toml_reader.hpp"

#include <doctest/doctest.h>

#include "config/toml_spelling.hpp"

using namespace billctl;

namespace {

struct Expected {
  std::string text;
  std::string mistake;  ///< as to_text: f:LINE:COLUMN: message
  std::string hint;
};

TomlReading read(std::string_view text) {
  return read_toml(text, "f");
}

}  // namespace

TEST_CASE("a value knows the line and column at which it and its key stand") {
  const TomlReading reading = read("a = \"ääh\"\n[t.u]\n  b = { c = [1, 2], d = 2026-10-01 }\n");
  REQUIRE(reading.mistakes.empty());
  const TomlMember* table = reading.root.find("t");
  REQUIRE(table != nullptr);
  const TomlMember* value = table->value.find("u")->value.find("b");
  CHECK(value->key_at == Position{"f", 3, 3});
  CHECK(value->value.at == Position{"f", 3, 7});
  CHECK(value->value.find("c")->value.elements[1].at == Position{"f", 3, 17});
  CHECK(value->value.find("c")->value.elements[1].integer == 2);
  CHECK(value->value.find("d")->value.kind == TomlValue::Kind::date);
  CHECK(value->value.find("d")->value.text == "2026-10-01");
}

TEST_CASE("members come in the order of the file and numbers as they were written") {
  const TomlReading reading = read("z = 1\na = 25.50\nm = [0.10,1e3]\n");
  REQUIRE(reading.root.members.size() == 3);
  CHECK(reading.root.members[0].key == "z");
  CHECK(reading.root.members[1].key == "a");
  CHECK(reading.root.members[1].value.kind == TomlValue::Kind::other);
  CHECK(reading.root.members[1].value.text == "25.50");
  CHECK(reading.root.members[2].value.elements[0].text == "0.10");
  CHECK(reading.root.members[2].value.elements[1].text == "1e3");
}

TEST_CASE("text that is no TOML is refused at its place in words a clerk can use") {
  const std::vector<Expected> cases = {
      {"[`]\n", "f:1:1: no valid TOML in this line", ""},
      {"a = 1\n\n[`]\n", "f:3:1: no valid TOML in this line", ""},
      {"\xc3\xa4 = 1\n",
       "f:1:1: no valid TOML: root table: expected keys, tables, whitespace or comments, saw 'ä'",
       ""},
      {"a = 1 \xc3\xa4\n", "f:1:5: 1 ä is no TOML value", "text needs quotes: a = \"1 ä\""},
      {"zone = Europe/Helsinki\n", "f:1:8: Europe/Helsinki is no TOML value",
       "text needs quotes: zone = \"Europe/Helsinki\""},
      {"terms = net14 # usual\n", "f:1:9: net14 is no TOML value",
       "text needs quotes: terms = \"net14\""},
      {"step = 6m\n", "f:1:8: 6m is no TOML value", "text needs quotes: step = \"6m\""},
      {"rate = 25,5\n", "f:1:8: 25,5 is no TOML value", "text needs quotes: rate = \"25,5\""},
      {"test = True\n", "f:1:8: True is no TOML value", "write true or false in small letters"},
      {"  password = hunter2\n",
       "f:1:14: the value of password is no TOML value, and a secret is never written here",
       "name it by password_env, password_file or password_command"},
      {"password = \"hunter2\n", "f:1:20: no valid TOML in the value of password", ""},
      {"a = \"x", "f:1:7: the file ends inside a string", ""},
      {"a: 1\n", "f:1:2: no valid TOML: key-value pair: expected '=', saw ':'", ""},
      {"a = 1\n a = 2\n", "f:2:2: a is here a second time", "keep one of them"},
      {"[a]\n[b]\n[a]\n", "f:3:1: [a] is here a second time", "keep one of them"},
      {"a = \"b\\q\"\n", "f:1:8: no valid TOML: string: unknown escape sequence '\\q'", ""},
      {std::string("a = 1\nb\0 = 2\n", 13), "f:2:2: a NUL character; a text file has none", ""},
      {"a = \"\xff\"\n", "f:1:6: no valid UTF-8 here", "save the file as UTF-8"},
      {"ok = 1\na = " + std::string(40, '[') + std::string(40, ']') + "\n",
       "f:2:37: no valid TOML: value: exceeded maximum nested value depth of 32", ""},
      {"\n" + std::string(200000, '.') + " = 1\n", "f:2:1: more than 64 dots in one line", ""},
      {"[a" + std::string(70, '.') + "]\n", "f:1:1: more than 64 dots in one line", ""},
      {std::string(2 << 20, '#'), "f: more than 1 MiB; a file of settings is smaller", ""},
  };
  for (const Expected& test : cases) {
    const TomlReading reading = read(test.text);
    REQUIRE_MESSAGE(!reading.mistakes.empty(), test.mistake);
    CHECK(to_text(reading.mistakes[0]) == test.mistake);
    CHECK(reading.mistakes[0].hint == test.hint);
    CHECK_FALSE(reading.whole);
  }
}

TEST_CASE("after a mistake in one setting the rest of the file is still read") {
  const TomlReading reading =
      read("a = Helsinki\nb = 1\nc = 6m\n[t]\nd = 2\nd = 3\ne = nowhere\nf = [1,\n  2]\n");
  REQUIRE(reading.mistakes.size() == 4);
  CHECK(to_text(reading.mistakes[0]) == "f:1:5: Helsinki is no TOML value");
  CHECK(to_text(reading.mistakes[1]) == "f:3:5: 6m is no TOML value");
  CHECK(to_text(reading.mistakes[2]) == "f:6:1: d is here a second time");
  CHECK(to_text(reading.mistakes[3]) == "f:7:5: nowhere is no TOML value");
  CHECK(reading.readable);
  CHECK_FALSE(reading.whole);
  CHECK(reading.root.find("b")->value.integer == 1);
  CHECK(reading.root.find("t")->value.find("d")->value.integer == 2);
  CHECK(reading.root.find("t")->value.find("f")->value.elements.size() == 2);
}

TEST_CASE("a mistake that is not in one setting ends the reading") {
  for (const char* text :
       {"a = [1,\nb = 2\nc = Helsinki\n", "[a\nb = 1\n", "a = \"\"\"x\nb = 1\n"}) {
    const TomlReading reading = read(text);
    CHECK_FALSE_MESSAGE(reading.readable, text);
    CHECK(reading.root.members.empty());
    CHECK(reading.mistakes.size() == 1);
  }
}

TEST_CASE("of a thousand bad lines fifty are reported") {
  std::string text;
  for (int line = 0; line < 1000; ++line) text += "k" + std::to_string(line) + " = bare\n";
  const TomlReading reading = read(text);
  CHECK(reading.mistakes.size() == 50);
  CHECK_FALSE(reading.readable);
}

TEST_CASE("no cut or changed byte of a file makes the reader fail otherwise than by a mistake") {
  const std::string good =
      "ledger = \"l\" # ä\n[a.b]\nc = { d = 1, e = [1, 2.5, \"ü\\u00e4\"] }\n[[f]]\n"
      "g = 2026-10-01T10:00:00Z\nh = '''x\ny'''\n'q w' = true\n";
  REQUIRE(read(good).mistakes.empty());
  int refused = 0;
  const std::string_view letters = "`[]{}\"'.=,#\n\\\xc3\xa4 0-+e_\x01";
  for (std::size_t at = 0; at <= good.size(); ++at) {
    refused += read(good.substr(0, at)).mistakes.empty() ? 0 : 1;
    for (char letter : letters) {
      std::string changed = good;
      changed.insert(at, 1, letter);
      refused += read(changed).mistakes.empty() ? 0 : 1;
      if (at < good.size()) changed.erase(at + 1, 1);
      refused += read(changed).mistakes.empty() ? 0 : 1;
    }
    std::string stray = good;
    stray.insert(at, "\xc3\xa4");
    static_cast<void>(read(stray));
  }
  CHECK(refused > 1000);
}

TEST_CASE("names that would hold a secret are known by their words") {
  for (const char* secret : {"password", "token", "api_key", "client_secret", "SMTP_PASSWORD",
                             "access_token", "auth-token", "passwd"}) {
    CHECK_MESSAGE(names_a_secret(secret), secret);
  }
  for (const char* other : {"password_env", "token_file", "token_command", "key", "name", "host"}) {
    CHECK_FALSE_MESSAGE(names_a_secret(other), other);
  }
}
