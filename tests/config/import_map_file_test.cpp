#include "config/import_map_file.hpp"

#include <doctest/doctest.h>

using namespace billctl;

namespace {

std::vector<std::string> mistakes(const char* text) {
  try {
    parse_import_map(text, "map.toml");
  } catch (const Error& error) {
    CHECK(error.code() == Reason::bad_input);
    std::vector<std::string> told;
    for (const Mistake& mistake : error.mistakes()) told.push_back(to_text(mistake));
    return told;
  }
  return {};
}

}  // namespace

TEST_CASE("an import map gives codes by name and says what tags mean") {
  const ImportMap map = parse_import_map(
      "[clients]\n\"Acme Oy\" = \"acme\"\n[projects]\n\"Acme Oy/Website\" = \"web\"\n"
      "[tasks]\n\"Acme Oy/Website/Development\" = \"dev\"\n[members]\n\"Maija M\" = \"maija\"\n"
      "[tags]\nclient = 1\nproject = 2\nnon_billable = [\"Internal\"]\n",
      "map.toml");
  CHECK(map.clients.at("Acme Oy").code == "acme");
  CHECK(map.clients.at("Acme Oy").at == Position{"map.toml", 2, 13});
  CHECK(map.projects.at("Acme Oy/Website").code == "web");
  CHECK(map.tasks.at("Acme Oy/Website/Development").code == "dev");
  CHECK(map.members.at("Maija M").code == "maija");
  CHECK(map.tags.client == 1);
  CHECK(map.tags.project == 2);
  CHECK_FALSE(map.tags.task);
  CHECK(map.tags.non_billable == std::vector<std::string>{"Internal"});
}

TEST_CASE("an empty import map maps nothing") {
  const ImportMap map = parse_import_map("", "map.toml");
  CHECK(map.clients.empty());
  CHECK(map.tags.non_billable.empty());
}

TEST_CASE("every mistake of an import map is told with its place") {
  CHECK(mistakes("[clients]\n\"Acme\" = \"\"\n\"Beta\" = 1\n[tags]\nclient = 0\n[client]\n") ==
        std::vector<std::string>{
            "map.toml:2:10: \"Acme\" is \"\"; needed one of our codes in quotes",
            "map.toml:3:10: \"Beta\" is 1; needed one of our codes in quotes",
            "map.toml:5:10: tags.client is 0; needed a whole number from 1 to 100",
            "map.toml:6:2: unknown section [client]"});
  CHECK(mistakes("[clients\n").size() == 1);
}

TEST_CASE("an import map that is not there is refused by its name") {
  CHECK_THROWS_WITH_AS(load_import_map("/no/map.toml"),
                       "map /no/map.toml: No such file or directory", Error);
}
