#include <doctest/doctest.h>

#include "pipeline/delete_draft.hpp"
#include "pipeline/material_firm.hpp"

using namespace billctl;
using namespace billctl::test;
using Texts = std::vector<std::string>;

namespace {

/// DRAFT00001 with a line for each entry: h1 3000.00, h2 2000.00 and b1 1000.00.
class LineFirm : public MaterialFirm {
 public:
  explicit LineFirm(const std::string& toml = "")
      : MaterialFirm("[invoice]\ngroup_hours = \"entry\"\n" + toml) {}

  std::string order() { return rows("SELECT line FROM line ORDER BY position"); }
};

LineWords with_tax(LineWords words, const std::string& tax) {
  words.tax = tax;
  return words;
}

}  // namespace

TEST_CASE("S1-1 lines change freely and neither items nor entries do") {
  LineFirm firm;
  const std::string sources = firm.rows("SELECT * FROM entry") + firm.rows("SELECT * FROM item");
  firm.edit_line(1, line_words("Something else", "10", "12.345"));
  firm.add_line(line_words("Setup", "", "250"));
  firm.remove_line(2);
  firm.move_line(3, {1, {}, {}});
  CHECK(firm.rows("SELECT * FROM entry") + firm.rows("SELECT * FROM item") == sources);
  CHECK(firm.lines() == Texts{"Website: licence | 1 pcs x 1000.00 = 1000.00",
                              "Something else | 10 hour x 12.345 = 123.45",
                              "Setup | 1 pcs x 250.00 = 250.00"});
  CHECK(firm.broken() == "");
}

TEST_CASE("S1-43 an entry whose line is removed stays linked at 0 with a warning") {
  LineFirm firm;
  const Report report = firm.remove_line(1);
  CHECK(warned(report) == "still_linked");
  CHECK(firm.prices() == Texts{"h1 0.00 orphan", "h2 2000.00", "b1 1000.00"});
  CHECK(firm.draft().amounts.excl_tax_minor == 300000);
  CHECK(firm.summary() == "6000.00 -3000.00 0.00 0.00");
  CHECK(firm.ask("SELECT count(*) FROM item_open") == "0");
  CHECK(firm.rows("SELECT item_id, what FROM material_event") == "1|orphan");
  CHECK(firm.broken() == "");
}

TEST_CASE("S1-44 it stays consumed at 0 or is released and freed by apply") {
  LineFirm firm;
  firm.remove_line(1);
  firm.apply();
  CHECK(firm.prices() == Texts{"h1 0.00 orphan", "h2 2000.00", "b1 1000.00"});
  CHECK(firm.draft().revision == 2);
  firm.release({"h1"});
  firm.apply();
  CHECK(firm.lines().size() == 2);
  CHECK(firm.summary() == "6000.00 0.00 3000.00 0.00");
  CHECK_FALSE(firm.draft().by_hand);
  CHECK(firm.drafted(firm.generate()) == Texts{"DRAFT00002 acme 3000.00"});
  CHECK(firm.broken() == "");
}

TEST_CASE("X4 a bill's line removed gives the bill 0 and takes nothing from the hours") {
  MaterialFirm firm;
  firm.remove_line(2);
  CHECK(firm.prices() == Texts{"h1 3000.00", "h2 2000.00", "b1 0.00 orphan"});
  CHECK(firm.broken() == "");
}

TEST_CASE("a typed line is of kind goods and 1 pcs and rounded once") {
  LineFirm firm;
  const Report report = firm.add_line(line_words("Setup", "3", "33.335"));
  CHECK(report.body["line"] == Json(4));
  CHECK(firm.rows("SELECT kind, source, quantity_micro, unit, amount_minor, tax FROM line WHERE "
                  "line = 4") == "goods|typed|3000000|pcs|10001|vat");
  firm.add_line(line_words("One", "", "5"));
  CHECK(firm.rows("SELECT quantity_micro, amount_minor FROM line WHERE line = 5") == "1000000|500");
  CHECK(firm.draft().amounts.excl_tax_minor == 610501);
  CHECK(firm.summary() == "6000.00 105.01 0.00 0.00");
  CHECK(firm.broken() == "");
}

TEST_CASE("a line of text has no quantity and leaves the report prices alone") {
  LineFirm firm;
  firm.add_line(line_words("Thank you"));
  CHECK(firm.rows("SELECT kind, quantity_micro, amount_minor, tax FROM line WHERE line = 4") ==
        "text||0|");
  CHECK_FALSE(firm.draft().by_hand);
  CHECK(firm.draft().revision == 2);
  CHECK(firm.refusal([&] { firm.edit_line(4, line_words("", "2")); }) == "usage");
  firm.edit_line(4, line_words("Thanks"));
  firm.remove_line(4);
  CHECK(firm.lines().size() == 3);
  CHECK_FALSE(firm.draft().by_hand);
  CHECK(firm.broken() == "");
}

TEST_CASE("a description alone leaves the line to its items and any other field types it") {
  MaterialFirm firm;
  firm.edit_line(1, line_words("All the work"));
  CHECK_FALSE(firm.draft().by_hand);
  CHECK(firm.rows("SELECT source, worded FROM line WHERE line = 1") == "items|1");
  firm.release({"h2"});
  firm.apply();
  CHECK(firm.lines().front() == "All the work | 60 hour x 50.00 = 3000.00");
  firm.edit_line(1, line_words("", "61"));
  CHECK(firm.rows("SELECT source, amount_minor FROM line WHERE line = 1") == "typed|305000");
  CHECK(firm.prices() == Texts{"h1 3050.00", "b1 1000.00"});
  CHECK(firm.broken() == "");
}

TEST_CASE("a change to what is there already changes nothing") {
  MaterialFirm firm;
  firm.edit_line(1, line_words("Website: coding", "100", "50"));
  CHECK(firm.draft().revision == 1);
  CHECK_FALSE(firm.draft().by_hand);
  firm.move_line(1, {1, {}, {}});
  CHECK(firm.draft().revision == 1);
}

TEST_CASE("lines move by position and beside others and keep their numbers") {
  LineFirm firm;
  CHECK(firm.order() == "1 2 3");
  firm.move_line(3, {1, {}, {}});
  CHECK(firm.order() == "3 1 2");
  firm.move_line(3, {99, {}, {}});
  CHECK(firm.order() == "1 2 3");
  firm.move_line(1, {{}, 3, {}});
  CHECK(firm.order() == "2 1 3");
  firm.move_line(2, {{}, {}, 3});
  CHECK(firm.order() == "1 3 2");
  CHECK(firm.refusal([&] { firm.move_line(1, {0, {}, {}}); }) == "usage");
  CHECK(firm.refusal([&] { firm.move_line(1, {{}, 1, {}}); }) == "usage");
  CHECK(firm.refusal([&] { firm.move_line(1, {{}, 9, {}}); }) == "not_found");
  CHECK(firm.refusal([&] { firm.move_line(9, {1, {}, {}}); }) == "not_found");
  CHECK(firm.broken() == "");
}

TEST_CASE("a line's number is never given again") {
  LineFirm firm;
  firm.add_line(line_words("A", "", "1"));
  firm.remove_line(4);
  CHECK(firm.add_line(line_words("B", "", "1")).body["line"] == Json(5));
  firm.agree("10");
  CHECK(firm.order() == "6");
  firm.agree("11");
  CHECK(firm.order() == "7");
}

TEST_CASE("a line that a person may not type is refused and nothing changes") {
  LineFirm firm;
  const std::string before = firm.everything();
  const auto refused = [&](const LineWords& words) {
    return firm.refusal([&] { firm.add_line(words); });
  };
  CHECK(refused(line_words("", "", "5")) == "usage");
  CHECK(refused(line_words("  ", "", "5")) == "usage");
  CHECK(refused(line_words("x", "", "-5")) == "usage");
  CHECK(refused(line_words("x", "5")) == "usage");
  CHECK(refused(line_words(std::string(10'001, 'x'))) == "usage");
  CHECK(refused(with_tax(line_words("x", "", "5"), "vatt")) == "tax_invalid");
  CHECK(refused(with_tax(line_words("x"), "vat")) == "usage");
  LineWords words = line_words("x", "", "5");
  words.unit = "heaps";
  CHECK(refused(words) == "unit_unknown");
  words = line_words("x", "9000000000000", "9000000000000");
  CHECK(refused(words) == "failed");
  CHECK(firm.everything() == before);
}

TEST_CASE("a typed line is taxed as told or as the client or by the defaults of its kind") {
  LineFirm firm(
      "[tax.work]\nrate = \"10\"\ncategory = \"S\"\napplies_to = [\"time\"]\n"
      "[tax.levy]\nrate = \"1\"\n");
  const auto taxed = [&](const LineWords& words) {
    const Report report = firm.add_line(words);
    return firm.ask("SELECT tax FROM line WHERE line = " +
                    std::to_string(report.body["line"].as_integer()));
  };
  CHECK(taxed(line_words("a", "", "1")) == "vat");
  CHECK(taxed(with_tax(line_words("b", "", "1"), "work;levy;work")) == "work;levy");
  CHECK(taxed(with_tax(line_words("c", "", "1"), "")) == "");
  CHECK(firm.refusal([&] { taxed(with_tax(line_words("d", "", "1"), "vat;work")); }) ==
        "tax_invalid");
  firm.execute("UPDATE client SET tax = 'work' WHERE code = 'acme'");
  CHECK(taxed(line_words("e", "", "1")) == "");  // work is not for goods
  LineWords words = line_words("f", "", "1");
  words.kind = "time";
  CHECK(taxed(words) == "work");
  CHECK(firm.broken() == "");
}

TEST_CASE("S1-42 what is agreed is taxed as the lines were") {
  MaterialFirm firm("[tax.work]\nrate = \"10\"\ncategory = \"S\"\n");
  LineWords words;
  words.tax = "work";
  firm.edit_line(1, words);
  firm.edit_line(2, words);
  firm.agree("5000");
  CHECK(firm.ask("SELECT tax FROM line") == "work");
  firm.add_line(with_tax(line_words("x", "", "1"), "vat"));
  firm.agree("5000");
  CHECK(firm.ask("SELECT tax FROM line") == "vat");
  CHECK(firm.broken() == "");
}

TEST_CASE("S1-42 an agreed total may be negative and one of 0 leaves what the bill costs") {
  MaterialFirm firm;
  firm.agree("-10");
  CHECK(firm.lines() == Texts{"As agreed | -1 pcs x 10.00 = -10.00"});
  CHECK(firm.prices() == Texts{"h1 -606.00 orphan", "h2 -404.00 orphan", "b1 1000.00 orphan"});
  firm.agree("0");
  CHECK(firm.prices() == Texts{"h1 -600.00 orphan", "h2 -400.00 orphan", "b1 1000.00 orphan"});
  CHECK(firm.refusal([&] { firm.agree("5,00"); }) == "usage");
  CHECK(firm.broken() == "");
}

TEST_CASE("X4 without hours the rest of an agreed total is unallocated with a warning") {
  MaterialFirm firm;
  firm.release({"h1", "h2"});
  firm.apply();
  const Report report = firm.agree("1200");
  CHECK(warned(report) == "unallocated");
  CHECK(firm.unallocated() == "200.00");
  CHECK(firm.broken() == "");
}

TEST_CASE("X4 what joins a draft that was changed by hand stands on lines of its own") {
  MaterialFirm firm;
  firm.agree("5000");
  firm.add("entries", "id=h3 task=build member=bo job_type=coding seconds=3600");
  GenerateRequest request = october();
  request.into = Into::named;
  request.target = "DRAFT00001";
  firm.generate(request);
  CHECK(firm.lines() ==
        Texts{"As agreed | 1 pcs x 5000.00 = 5000.00", "Website: coding | 1 hour x 50.00 = 50.00"});
  CHECK(firm.prices() ==
        Texts{"h1 2400.00 orphan", "h2 1600.00 orphan", "b1 1000.00 orphan", "h3 50.00"});
  CHECK(firm.broken() == "");
}

TEST_CASE("X4 what joins a draft takes part in the match when its hours are all there are") {
  MaterialFirm firm;
  firm.release({"h1", "h2"});
  firm.apply();
  firm.agree("1200");
  CHECK(firm.unallocated() == "200.00");
  firm.add("entries", "id=h3 task=build member=bo job_type=coding seconds=3600");
  firm.generate();
  GenerateRequest request = october();
  request.into = Into::named;
  request.target = "DRAFT00001";
  firm.ledger().write(DryRun::no, [&] {
    Session session = firm.session();
    billctl::delete_draft(session, firm.draft("DRAFT00002").id);
  });
  firm.generate(request);
  CHECK(firm.unallocated() == "0.00");
  CHECK(firm.prices() == Texts{"h1 3118.81", "h2 2079.21", "b1 1000.00 orphan", "h3 51.98"});
  CHECK(firm.broken() == "");
}

TEST_CASE("category O stands alone on its invoice") {
  MaterialFirm firm("[tax.none]\nrate = \"0\"\ncategory = \"O\"\nreason = \"Not taxed\"\n");
  CHECK(firm.refusal([&] { firm.add_line(with_tax(line_words("x", "", "5"), "none")); }) ==
        "category_o");
  firm.agree("10");
  LineWords words;
  words.tax = "none";
  firm.edit_line(3, words);
  CHECK(firm.ask("SELECT tax FROM line") == "none");
  CHECK(firm.broken() == "");
}

TEST_CASE("a line of an issued invoice is refused by every verb") {
  MaterialFirm firm;
  firm.issue();
  CHECK(firm.refusal([&] { firm.add_line(line_words("x", "", "5")); }) == "wrong_state");
  CHECK(firm.refusal([&] { firm.edit_line(1, line_words("x")); }) == "wrong_state");
  CHECK(firm.refusal([&] { firm.remove_line(1); }) == "wrong_state");
  CHECK(firm.refusal([&] { firm.move_line(1, {2, {}, {}}); }) == "wrong_state");
  CHECK(firm.refusal([&] { firm.agree("5"); }) == "wrong_state");
}
