#include <doctest/doctest.h>

#include "intake/foreign/naming.hpp"
#include "intake/overlap.hpp"
#include "text/slug.hpp"

using namespace billctl;

namespace {

Naming books(const ImportMap& map) {
  Naming naming(map);
  naming.add(NameKind::client, {"acme", "Acme Oy", ""});
  naming.add(NameKind::client, {"beta", "Beta AB", ""});
  naming.add(NameKind::project, {"web", "Website", "acme"});
  naming.add(NameKind::project, {"beta-web", "Website", "beta"});
  naming.add(NameKind::project, {"own", "Internal", ""});
  naming.add(NameKind::task, {"dev", "Development", "web"});
  naming.add(NameKind::member, {"maija", "Maija M", "maija@example.test"});
  return naming;
}

WorkNames work(const char* client, const char* project, const char* task) {
  WorkNames names;
  names.client = client;
  names.project = project;
  names.task = task;
  return names;
}

}  // namespace

TEST_CASE("names are found by code or name below their parents") {
  const ImportMap map;
  Naming naming = books(map);
  const WorkCodes codes = naming.resolve(work("Acme Oy", "Website", "Development"), {});
  CHECK(codes.client == "acme");
  CHECK(codes.project == "web");
  CHECK(codes.task == "dev");
  CHECK_FALSE(codes.unknown);
  CHECK(naming.resolve(work("beta", "Website", ""), {}).project == "beta-web");
  CHECK(naming.resolve(work("", "Internal", ""), {}).project == "own");
  CHECK(naming.unknown().empty());
}

TEST_CASE("the map comes first and is keyed by the whole path") {
  ImportMap map;
  map.clients["ACME"] = {"acme", {}};
  map.projects["ACME/Site"] = {"web", {}};
  map.tasks["ACME/Site/Coding"] = {"dev", {}};
  map.members["M. M."] = {"maija", {}};
  Naming naming = books(map);
  WorkNames names = work("ACME", "Site", "Coding");
  names.member = "M. M.";
  const WorkCodes codes = naming.resolve(names, {});
  CHECK(codes.client == "acme");
  CHECK(codes.project == "web");
  CHECK(codes.task == "dev");
  CHECK(codes.member == "maija");
}

TEST_CASE("members are found by e-mail before name") {
  const ImportMap map;
  Naming naming = books(map);
  WorkNames names = work("acme", "web", "dev");
  names.member = "Somebody";
  names.email = "maija@example.test";
  CHECK(naming.resolve(names, {}).member == "maija");
  names.email = "other@example.test";
  CHECK_FALSE(naming.resolve(names, {}).member);
  REQUIRE(naming.unknown().size() == 1);
  CHECK(naming.unknown()[0].name == "Somebody");
}

TEST_CASE("a project whose client the export leaves out is found when only one has its name") {
  const ImportMap map;
  Naming naming = books(map);
  WorkNames names = work("", "web", "");
  names.client_left_out = true;
  CHECK(naming.resolve(names, {}).project == "web");
  names.project = "Website";
  CHECK(naming.resolve(names, {}).unknown);
}

TEST_CASE("what is unknown is kept once with where it was first seen") {
  const ImportMap map;
  Naming naming = books(map);
  for (int line = 2; line < 5; ++line) {
    CHECK(naming.resolve(work("Acme", "Website", ""), {"f", line, 1}).unknown);
  }
  REQUIRE(naming.unknown().size() == 2);
  CHECK(naming.unknown()[0].path == "Acme");
  CHECK(naming.unknown()[0].at.line == 2);
  CHECK(naming.unknown()[1].path == "Acme/Website");
  naming.add(NameKind::client, {"acme-2", "Acme", ""});
  CHECK(naming.resolve(work("Acme", "", ""), {}).client == "acme-2");
}

TEST_CASE("a map to fill in lists what is unknown with the nearest codes") {
  const ImportMap map;
  Naming naming = books(map);
  naming.resolve(work("Acme Ou", "A \"b\"", ""), {});
  naming.resolve(work("Zeta", "", ""), {});
  CHECK(naming.make_map() ==
        "# Names that are not known here: fill in our codes, then import with --map.\n"
        "\n[clients]\n"
        "\"Acme Ou\" = \"\"  # nearest: acme\n"
        "\"Zeta\" = \"\"  # nearest: beta\n"
        "\n[projects]\n"
        "\"Acme Ou/A \\\"b\\\"\" = \"\"\n");
}

TEST_CASE("a code of the map that nothing has is a mistake there") {
  ImportMap map;
  map.clients["Acme Oy"] = {"acmee", {"map.toml", 3, 13}};
  const Naming naming = books(map);
  Mistakes mistakes;
  naming.check_map(mistakes);
  REQUIRE(mistakes.total() == 1);
  CHECK(to_text(mistakes.kept()[0]) ==
        "map.toml:3:13: \"Acme Oy\" has the code \"acmee\", there is no such client");
  CHECK(mistakes.kept()[0].hint == "did you mean \"acme\"?");
}

TEST_CASE("tags are counted without those that are not billable") {
  ImportMap map;
  map.tags.client = 1;
  map.tags.project = 2;
  map.tags.non_billable = {"own"};
  const Naming naming(map);
  ForeignEntry entry;
  entry.named_by_tags = true;
  entry.tags = {"own", "Acme", "Web"};
  const WorkNames names = naming.names_of(entry);
  CHECK(names.client == "Acme");
  CHECK(names.project == "Web");
  CHECK_FALSE(names.billable);
  entry.named_by_tags = false;
  entry.client = "Beta";
  CHECK(naming.names_of(entry).client == "Beta");
  CHECK_FALSE(naming.names_of(entry).billable);
}

TEST_CASE("a slug is a lower-case code in plain letters") {
  CHECK(slug("Acme Öy & Söhne") == "acme-oy-sohne");
  CHECK(slug("Straße 5") == "strasse-5");
  CHECK(slug("Ålands Café") == "alands-cafe");
  CHECK(slug("Ærø  Łódź") == "aero-lodz");
  CHECK(slug("O'Brien’s") == "obriens");
  CHECK(slug("--x--") == "x");
  CHECK(slug("漢字") == "x");
  CHECK(slug("") == "x");
  CHECK(slug(std::string(100, 'a')).size() == 60);
}

TEST_CASE("a slug that is taken gets a number") {
  CHECK(free_slug("Acme", [](std::string_view code) { return code == "acme"; }) == "acme-2");
  CHECK(free_slug("Acme", [](std::string_view code) { return code != "acme-4"; }) == "acme-4");
}

TEST_CASE("one member's overlapping times are found in any order") {
  const auto at = [](int minute) { return Instant::from_seconds(minute * 60); };
  Overlaps overlaps;
  overlaps.add("maija", at(60), at(120), 3);
  overlaps.add("maija", at(0), at(90), 2);
  overlaps.add("bo", at(0), at(90), 4);
  overlaps.add("maija", at(120), at(130), 5);
  overlaps.add("maija", at(100), at(100), 6);
  overlaps.add("maija", at(125), at(126), 7);
  const std::vector<Overlap> found = overlaps.find();
  REQUIRE(found.size() == 2);
  CHECK(found[0].member == "maija");
  CHECK(found[0].line == 3);
  CHECK(found[0].earlier_line == 2);
  CHECK(found[0].seconds == 1800);
  CHECK(found[1].line == 7);
  CHECK(found[1].earlier_line == 5);
  CHECK(found[1].seconds == 60);
}
