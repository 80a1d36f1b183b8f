// Random changes of entries by hand, with compile, generate and deleted drafts between them:
// nothing is lost and nothing is there twice, whatever is done in whatever order.
// BILLCTL_ENTRY_CHANGES=100000 makes more of them, BILLCTL_SEED=7 begins elsewhere.
#include <doctest/doctest.h>

#include <cstdlib>

#include "pipeline/delete_draft.hpp"
#include "pipeline/entry_verbs/archive_entries.hpp"
#include "pipeline/entry_verbs/confirm_entries.hpp"
#include "pipeline/entry_verbs/delete_entries.hpp"
#include "pipeline/entry_verbs/edit_entry.hpp"
#include "pipeline/entry_verbs/merge_entries.hpp"
#include "pipeline/entry_verbs/split_entry.hpp"
#include "pipeline/material_firm.hpp"
#include "splitmix.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

std::int64_t setting(const char* name, std::int64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::atoll(text);
}

/// What all live work adds up to.
constexpr const char* kWork =
    "SELECT coalesce(sum(raw_seconds), 0), coalesce(sum(quantity_micro), 0), "
    "coalesce(sum(amount_minor), 0), coalesce(sum(distance_metres), 0), "
    "coalesce(sum(transport_seconds), 0) FROM entry WHERE withdrawn_at IS NULL";
/// Every field of what is there, and what imports are to leave alone.
constexpr const char* kFields = "SELECT * FROM entry WHERE withdrawn_at IS NULL ORDER BY id";
constexpr const char* kEdits = "SELECT code, field FROM local_edit ORDER BY code, field";

class RandomClerk : public MaterialFirm {
 public:
  RandomClerk(std::uint64_t seed, const std::string& toml) : MaterialFirm(toml), random_(seed) {
    add("products", "code=bolt name=Bolt unit=pcs unit_price=0.33");
    for (int i = 0; i < 40; ++i) add_work("r" + std::to_string(i));
    compile();
  }

  void change() {
    const std::string before = rows(kWork);
    keeps_work_ = false;
    const std::string refused = refusal([&] { change_once(); });
    if (refused.empty()) ++done_;
    // What a person may do wrong, and nothing else.
    const bool expected = refused.empty() || refused == "wrong_state" || refused == "usage" ||
                          refused == "entry_locked" || refused == "not_mergeable" ||
                          refused == "not_found" || refused == "not_stopped" ||
                          refused == "already_delivered";
    CHECK_MESSAGE(expected, refused, " ", seed_text());
    if (keeps_work_ || !refused.empty()) CHECK_MESSAGE(rows(kWork) == before, seed_text());
  }

  /// A merge or a split is undone to the last field.
  void merge_and_unmerge() {
    const std::string first = any_entry(), second = any_entry();
    const std::string before = rows(kFields) + rows(kEdits);
    Session at = session();
    if (!refusal([&] { merge_entries(at, {first, second}); }).empty()) return;
    unmerge_entry(at, random_.between(0, 1) == 0 ? first : second);
    CHECK_MESSAGE(rows(kFields) + rows(kEdits) == before, seed_text());
    ++unmerged_;
  }

  std::string seed_text() const { return random_.seed_text() + ", last: " + last_; }
  std::int64_t done() const { return done_; }
  std::int64_t unmerged() const { return unmerged_; }

 private:
  std::string number_between(std::int64_t first, std::int64_t last) {
    return std::to_string(random_.between(first, last));
  }

  void add_work(const std::string& id) {
    const std::string day = " date=2026-10-" + number_between(10, 12);
    const std::string who = random_.between(0, 3) == 0 ? " member=bo" : " member=anna";
    const std::string common =
        "id=" + id + " task=dev" + who + (random_.between(0, 4) == 0 ? " confirmed_at=" : "");
    switch (random_.between(0, 7)) {
      case 0:
        return void(add("entries", common + day + " kind=expense amount=" + number_between(1, 99)));
      case 1:
        return void(add("entries", common + day +
                                       " kind=mileage distance_km=" + number_between(1, 99) +
                                       " transport_minutes=" + number_between(1, 90)));
      case 2:
        return void(add("entries", common + day + " kind=goods product=bolt unit=pcs quantity=" +
                                       number_between(1, 9)));
      case 3:
        return void(add("entries", common + day + " kind=instalment amount=1000"));
      case 4: {
        const std::int64_t hour = random_.between(10, 15), minutes = random_.between(10, 59);
        const std::string start = " started_at=2026-10-11T" + std::to_string(hour);
        return void(
            add("entries", common + start + ":00:00Z stopped_at=2026-10-11T" +
                               std::to_string(hour) + ":" + std::to_string(minutes) +
                               ":00Z date=2026-10-11 seconds=" + std::to_string(minutes * 60)));
      }
      case 5:
        return void(add("entries", common + " started_at=2026-10-12T09:00:00Z date=2026-10-12"));
      default:
        return void(add("entries", common + day + " seconds=" + number_between(1, 9000)));
    }
  }

  std::string any_entry() {
    return ask("SELECT ref FROM entry WHERE id = " +
               number_between(1, number("SELECT max(id) FROM entry")));
  }

  void change_once() {
    const std::int64_t which = random_.between(0, 23);
    const std::string ref = any_entry();
    last_ = std::to_string(which) + " on " + ref;
    Session at = session();
    if (which < 4) return edit(at, ref);
    if (which < 8) return split(at, ref);
    keeps_work_ = true;
    if (which < 12) return void(merge_entries(at, {ref, any_entry(), any_entry()}));
    if (which == 12) return void(unmerge_entry(at, ref));
    if (which == 13)
      return void(confirm_entries(at, {{{ref, any_entry()}, false, {}}, "entry confirm", ""}));
    if (which == 14) {
      ArchiveRequest request;
      request.entries.names = {ref};
      if (random_.between(0, 1) == 0) request.invoiced_as = "2025-1";
      return void(archive_entries(at, request));
    }
    if (which < 17) return void(unarchive_entries(at, {ref}));
    if (which < 19) return compile();
    if (which == 19) return generate_some(at, ref);
    if (which < 22) return delete_a_draft(at);
    keeps_work_ = false;
    if (which == 22) return void(stop_entry(at, ref, std::nullopt));
    if (random_.between(0, 2) == 0) return void(delete_entries(at, {ref}));
    add_work("n" + std::to_string(++added_));
  }

  void edit(Session& at, const std::string& ref) {
    EntryFields fields;
    switch (random_.between(0, 5)) {
      case 0:
        fields.charge = static_cast<Charge>(random_.between(0, 2));
        break;
      case 1:
        fields.seconds = random_.between(1, 20'000);
        break;
      case 2:
        fields.unit_price = Decimal::from_micro(random_.between(0, 99'999'999));
        break;
      case 3:
        fields.cleared = {EntryColumn::unit_price};
        break;
      case 4:
        fields.task = random_.between(0, 1) == 0 ? "dev" : "shop-dev";
        break;
      default:
        fields.date = Date::parse("2026-10-" + number_between(10, 12));
    }
    edit_entry(at, ref, fields);
  }

  void split(Session& at, const std::string& ref) {
    SplitRequest request;
    request.entry = ref;
    const std::string kind = ask("SELECT kind FROM entry WHERE ref = '" + ref + "'");
    if (kind == "mileage") {
      request.distance_metres = random_.between(1, 50'000);
    } else if (kind == "goods") {
      request.quantity = Decimal::from_micro(random_.between(1, 5'000'000));
    } else if (kind != "time") {
      request.amount = Money(random_.between(1, 9'999), *Currency::of("EUR")).to_text();
    } else if (random_.between(0, 2) == 0) {
      request.at = *Instant::parse("2026-10-11T" + number_between(10, 15) + ":20:00Z");
    } else {
      request.seconds = random_.between(1, 4000);
    }
    // What runs has no seconds yet, its first share has.
    keeps_work_ = !ask("SELECT coalesce(raw_seconds, 0) + (kind <> 'time') AS n FROM entry "
                       "WHERE n > 0 AND ref = '" +
                       ref + "'")
                       .empty();
    split_entry(at, request);
  }

  void generate_some(Session& at, const std::string& ref) {
    GenerateRequest request = october();
    if (random_.between(0, 1) == 0) {
      request = GenerateRequest{};
      request.entries = {entry(ref)};
    }
    if (random_.between(0, 2) == 0) request.contractual = ContractualMode::archive;
    if (random_.between(0, 1) == 0) request.into = Into::same;
    billctl::generate(at, request, Json::object());
  }

  void delete_a_draft(Session& at) {
    const std::string draft =
        ask("SELECT draft_number FROM invoice WHERE state = 'draft' OR state = 'ready' "
            "ORDER BY id DESC LIMIT 1");
    if (!draft.empty()) delete_drafts(at, {draft});
  }

  Splitmix random_;
  std::int64_t done_ = 0, unmerged_ = 0, added_ = 0;
  bool keeps_work_ = false;
  std::string last_;
};

void change_much(std::uint64_t seed, std::int64_t count, const std::string& toml) {
  RandomClerk clerk(seed, toml);
  REQUIRE(clerk.broken() == "");
  for (std::int64_t i = 0; i < count; ++i) {
    clerk.change();
    if (i % 5 == 0) clerk.merge_and_unmerge();
    INFO(clerk.seed_text(), " at change ", i);
    REQUIRE(clerk.broken({"conservation", "once", "item-place", "queue"}) == "");
    if (i % 50 == 49) REQUIRE(clerk.broken() == "");
  }
  INFO(clerk.seed_text());
  CHECK(clerk.done() > count / 4);
  CHECK(clerk.unmerged() > 0);
  CHECK(clerk.broken() == "");
}

}  // namespace

TEST_CASE("S0-19 S0-20 S0-29 random changes of entries keep every promise of verify") {
  const std::int64_t count = setting("BILLCTL_ENTRY_CHANGES", 1000) / 3;
  const auto seed = static_cast<std::uint64_t>(setting("BILLCTL_SEED", 1));
  change_much(seed, count, "");
  change_much(seed + 1, count, "[compile]\nrequire_confirmed = false\n");
  change_much(seed + 2, count,
              "[time_rules.day]\nstep = \"15m\"\ndirection = \"up\"\nper = \"day\"\n"
              "[compile]\ntime_rule = \"day\"\n");
}
