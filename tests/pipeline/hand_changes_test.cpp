// Random changes by hand: whatever a biller does to drafts, and in whatever order, every promise of
// `verify` holds. BILLCTL_HAND_CHANGES=100000 makes more of them, BILLCTL_SEED=7 begins elsewhere.
#include <doctest/doctest.h>

#include <cstdlib>

#include "pipeline/adjust_invoice.hpp"
#include "pipeline/material_firm.hpp"
#include "pipeline/move_cards.hpp"
#include "splitmix.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

std::int64_t setting(const char* name, std::int64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::atoll(text);
}

/// Work of every kind for one client: some drafted, some pending.
class RandomDesk : public MaterialFirm {
 public:
  RandomDesk(std::uint64_t seed, const std::string& toml) : MaterialFirm(toml), random_(seed) {
    add("products", "code=bolt name=Bolt unit=pcs unit_price=0.33");
    add("tasks", "code=tune project=web unit_price=33.333333");
    for (int i = 0; i < 24; ++i) add_work(std::to_string(i));
    generate();
    for (int i = 24; i < 36; ++i) add_work(std::to_string(i));
    compile();
  }

  void change() {
    invoice = random_.between(0, 4) == 0 ? "DRAFT00002" : "DRAFT00001";
    const std::string refused = refusal([&] { change_once(); });
    if (refused.empty()) {
      ++done_;
    } else {
      // What a person may do wrong, and nothing else.
      CHECK_MESSAGE((refused == "wrong_state" || refused == "rate_fixed" || refused == "usage" ||
                     refused == "not_found" || refused == "wrong_target"),
                    refused);
    }
  }

  std::string seed_text() const { return random_.seed_text() + ", last: " + last_; }
  std::int64_t done() const { return done_; }
  /// What costs little, after every change.
  std::string quickly_broken() {
    return broken({"item-place", "drafted-on-draft", "line-sum", "report-price", "line-net",
                   "totals", "tax", "starting-amount", "release", "charged-once", "currency"});
  }

 private:
  std::string number_between(std::int64_t first, std::int64_t last) {
    return std::to_string(random_.between(first, last));
  }
  std::string amount() {
    return Money(random_.between(-20'000, 300'000), *Currency::of("EUR")).to_text();
  }

  void add_work(const std::string& number) {
    const std::string day = " date=2026-10-" + number_between(10, 28);
    const std::string who = random_.between(0, 1) == 0 ? " member=anna" : " member=bo";
    const std::string id = "id=r" + number;
    switch (random_.between(0, 9)) {
      case 0:
        return void(add("entries", id + " kind=bill task=build amount=" + amount() + day));
      case 1:
        return void(add("entries", id + " kind=expense task=build amount=" + amount() + day));
      case 2:
        return void(
            add("entries", id + " kind=mileage task=build distance_km=" + number_between(1, 99) +
                               " transport_minutes=" + number_between(1, 90) + day + who));
      case 3:
        return void(add("entries", id + " kind=goods task=build product=bolt unit=pcs quantity=" +
                                       number_between(-3, 9) + day));
      case 4:
        return void(add("entries", id + " kind=instalment task=build amount=" + amount() + day));
      case 5:
        return void(add("entries", id + " task=tune charge=contractual seconds=" +
                                       number_between(1, 9000) + day + who));
      default:
        return void(add("entries",
                        id + (random_.between(0, 1) == 0 ? " task=tune" : " task=build") +
                            " job_type=coding seconds=" + number_between(1, 30'000) + day + who));
    }
  }

  std::string any_entry() {
    return ask("SELECT ref FROM entry WHERE id = " +
               number_between(1, number("SELECT max(id) FROM entry")));
  }
  std::int64_t any_line() {
    const std::int64_t lines = number(
        "SELECT count(*) FROM line AS l JOIN invoice AS v ON v.id = l.invoice_id WHERE "
        "v.draft_number = '" +
        invoice + "'");
    if (lines == 0) return 99;
    return number(
        "SELECT l.line FROM line AS l JOIN invoice AS v ON v.id = l.invoice_id WHERE "
        "v.draft_number = '" +
        invoice + "' ORDER BY l.line LIMIT 1 OFFSET " + number_between(0, lines - 1));
  }

  LineWords any_words() {
    LineWords words = line_words("typed " + number_between(1, 9));
    if (random_.between(0, 3) != 0)
      words.unit_price = Decimal::from_micro(random_.between(0, 99'999'999));
    if (words.unit_price && random_.between(0, 1) == 0)
      words.quantity = Decimal::from_micro(random_.between(-20'000'000, 50'000'000));
    if (words.unit_price && random_.between(0, 4) == 0) words.tax = "";
    return words;
  }

  void change_once() {
    const std::int64_t which = random_.between(0, 23);
    last_ = std::to_string(which) + " on " + invoice;
    if (which < 4) return void(link({any_entry()}));
    if (which < 7) return void(release({any_entry()}));
    if (which < 10) return void(price(any_entry(), amount()));
    if (which == 10) return void(random_.between(0, 1) == 0 ? revert() : revert({any_entry()}));
    if (which == 11) return void(save());
    if (which < 14) return void(apply());
    if (which == 14) return void(add_line(any_words()));
    if (which == 15) return void(edit_line(any_line(), any_words()));
    if (which < 18) return void(remove_line(any_line()));
    if (which == 18) return void(move_line(any_line(), {random_.between(1, 9), {}, {}}));
    if (which == 19) return void(random_.between(0, 3) == 0 ? void(agree(amount())) : void());
    Session at = session();
    const MoveRequest move = {{invoice, {}}, items({any_entry()}).front(), "by hand"};
    if (which == 20) return void(exclude_item(at, move, Json::object()));
    if (which == 21) return void(include_item(at, move, Json::object()));
    AdjustRequest adjust;
    adjust.target = {invoice, {}};
    adjust.item = move.item;
    adjust.reason = "by hand";
    if (random_.between(0, 1) == 0) {
      adjust.manner.by = amount();
    } else {
      adjust.manner.unit_price = Decimal::from_micro(random_.between(0, 99'999'999));
    }
    adjust_invoice(at, adjust, Json::object());
  }

  Splitmix random_;
  std::int64_t done_ = 0;
  std::string last_;
};

void change_much(std::uint64_t seed, std::int64_t count, const std::string& toml) {
  RandomDesk desk(seed, toml);
  REQUIRE(desk.broken() == "");
  for (std::int64_t i = 0; i < count; ++i) {
    desk.change();
    INFO(desk.seed_text(), " at change ", i);
    REQUIRE(desk.quickly_broken() == "");
    if (i % 100 == 99) REQUIRE(desk.broken() == "");
  }
  INFO(desk.seed_text());
  CHECK(desk.done() > count / 3);
  CHECK(desk.broken() == "");
}

}  // namespace

TEST_CASE("X4 S4-30 random changes by hand keep every promise of verify") {
  const std::int64_t count = setting("BILLCTL_HAND_CHANGES", 2000) / 4;
  const auto seed = static_cast<std::uint64_t>(setting("BILLCTL_SEED", 1));
  change_much(seed, count, "");
  change_much(seed + 1, count, "[invoice]\ngroup_hours = \"lump-sum\"\ngroup_travel = \"all\"\n");
  change_much(seed + 2, count, "[invoice]\nbill_by = \"day\"\ngroup_hours = \"employee\"\n");
  change_much(seed + 3, count,
              "[invoice]\ngroup_hours = \"entry\"\n[money]\nmode = \"entry\"\n"
              "quantity_decimals = 2\n");
}
