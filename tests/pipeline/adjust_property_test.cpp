// Random changes of random drafts: what must hold after each of them (S4-24, S4-29, S4-30).
#include <doctest/doctest.h>

#include <cstdlib>
#include <iostream>

#include "ledger/audit.hpp"
#include "ledger/material.hpp"
#include "pipeline/adjust_invoice.hpp"
#include "pipeline/bill_by.hpp"
#include "pipeline/change_lines.hpp"
#include "pipeline/change_material.hpp"
#include "pipeline/drafting_firm.hpp"
#include "pipeline/move_cards.hpp"
#include "splitmix.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

constexpr const char* kChecks[] = {"starting-amount", "totals",   "line-sum",
                                   "line-net",        "tax",      "report-price",
                                   "item-place",      "currency", "drafted-on-draft"};

std::int64_t changes_wanted() {
  const char* asked = std::getenv("BILLCTL_ADJUST_CHANGES");
  return asked == nullptr ? 2000 : std::atoll(asked);
}

std::uint64_t first_seed() {
  const char* asked = std::getenv("BILLCTL_ADJUST_SEED");
  return asked == nullptr ? 20261122 : std::strtoull(asked, nullptr, 10);
}

/// A firm with one draft of odd seconds, odd prices and every kind.
class RandomDraft {
 public:
  explicit RandomDraft(std::uint64_t seed) : random_(seed), firm_(toml()) {
    firm_.add("rates", "unit_price=77.77 role=senior");
    firm_.add("tasks", "code=other project=web unit_price=61.3");
    firm_.add("tasks", "code=odd project=web unit_price=33.333333");
    const auto count = random_.between(2, 14);
    for (std::int64_t i = 0; i < count; ++i) add_entry("r" + std::to_string(i));
    firm_.generate();
    by_hand_too_ = random_.between(0, 2) == 0;
  }

  /// One change at random, after which everything is looked at.
  void change() {
    const Invoice before = firm_.draft();
    const bool changed = try_change();
    if (changed) ++made;
    check(before, changed);
  }

  std::string told;
  std::int64_t made = 0;  ///< changes that were not refused

 private:
  std::string toml() {
    return std::string("[tax.vat]\nrate = \"25.5\"\ncategory = \"S\"\ndefault = true\n") +
           "[money]\nmode = \"" + pick({"line", "entry"}) + "\"\n[invoice]\ngroup_hours = \"" +
           pick({"jobtype", "employee", "entry", "lump-sum", "employee-jobtype"}) +
           "\"\ngroup_travel = \"" + pick({"all", "specified"}) + "\"\nbill_by = \"" +
           pick({"hour", "hour", "day"}) + "\"\nday_step = \"" + pick({"1", "0.5"}) +
           "\"\nquote_rows = \"" + pick({"none", "import"}) + "\"\n";
  }
  std::string pick(const std::vector<std::string>& all) {
    return all[static_cast<std::size_t>(
        random_.between(0, static_cast<std::int64_t>(all.size()) - 1))];
  }
  std::string day() { return "2026-10-0" + std::to_string(random_.between(1, 4)); }

  void add_entry(const std::string& ref) {
    const std::string head = "id=" + ref + " date=" + day() + " member=" + pick({"anna", "bo"});
    const std::string task = " task=" + pick({"dev", "design", "odd"});
    const std::string job = " job_type=" + pick({"coding", "drawing"});
    switch (random_.between(0, 9)) {
      case 0:
        firm_.add("entries", head + task + " kind=expense amount=" + amount());
        break;
      case 1:
        firm_.add("entries", head + task + " kind=mileage distance_km=" +
                                 std::to_string(random_.between(1, 90)) +
                                 " transport_minutes=35 unit_price=0.53");
        break;
      case 2:
        firm_.add("entries", head + task + " kind=instalment amount=" + amount());
        break;
      case 3:
        firm_.add("entries", head + task + job + " charge=contractual seconds=4000");
        break;
      case 4:
        add_quote(head + task, ref);
        break;
      default:
        firm_.add("entries",
                  head + task + job + " seconds=" + std::to_string(random_.between(1, 30000)));
    }
  }
  /// Half of them with rows that add up to it.
  void add_quote(const std::string& head, const std::string& ref) {
    firm_.add("entries", head + " kind=quote amount=100.20");
    if (random_.between(0, 1) == 0) return;
    firm_.execute(
        "INSERT INTO quote_row (tenant_id, entry_id, position, description, quantity_micro, unit, "
        "unit_price_micro) SELECT tenant_id, id, n, 'part', n * 1000000, 'pcs', 33400000 "
        "FROM entry, (SELECT 1 AS n UNION SELECT 2) WHERE ref = '" +
        ref + "'");
  }
  std::string amount() { return std::to_string(random_.between(1, 999)) + ".37"; }

  std::vector<std::int64_t> column(const std::string& sql) {
    std::vector<std::int64_t> values;
    std::string rest = firm_.rows(sql);
    while (!rest.empty()) {
      const auto end = std::min(rest.find(' '), rest.size());
      values.push_back(std::atoll(rest.substr(0, end).c_str()));
      rest.erase(0, std::min(end + 1, rest.size()));
    }
    return values;
  }
  std::string one_of(const std::vector<std::int64_t>& all) {
    if (all.empty()) return "999999";
    return std::to_string(all[static_cast<std::size_t>(
        random_.between(0, static_cast<std::int64_t>(all.size()) - 1))]);
  }
  std::string item() { return one_of(column("SELECT item_id FROM item_placed ORDER BY 1")); }
  std::string pending() { return one_of(column("SELECT item_id FROM item_open ORDER BY 1")); }
  std::int64_t line() {
    return std::atoll(one_of(column("SELECT line FROM line ORDER BY 1")).c_str());
  }

  bool try_change() {
    starting_stays_ = true;
    try {
      make_change();
      return true;
    } catch (const Error& error) {
      told += " refused: " + error.message() + "\n";
      return false;
    }
  }

  void make_change() {
    const auto what = random_.between(0, by_hand_too_ ? 11 : 9);
    if (what <= 4) return adjust();
    if (what == 5) return move("exclude", item());
    if (what == 6) return move("include", pending());
    if (what == 7) return there_and_back();
    if (what == 8) return bill_by();
    if (what == 9) return random_.between(0, 4) == 0 ? transfer() : move("include", pending());
    by_hand();
  }

  void tell(const std::string& text) { told += text + "\n"; }

  void adjust() {
    AdjustRequest request;
    request.target.invoice = "DRAFT00001";
    request.reason = "random";
    if (random_.between(0, 3) == 0) {
      request.line = line();
    } else {
      request.item = item();
    }
    switch (random_.between(0, 3)) {
      case 0:
        request.manner.unit_price = Decimal::from_micro(random_.between(0, 200'000'000));
        break;
      case 1:
        request.manner.by = std::to_string(random_.between(-60, 60)) + ".11";
        break;
      case 2:
        request.manner.percent = Decimal::from_micro(random_.between(-40'000'000, 40'000'000));
        break;
      default:
        request.manner.rate_type = "role:senior";
    }
    tell("adjust item " + request.item + " line " + std::to_string(request.line) + " price " +
         (request.manner.unit_price ? request.manner.unit_price->to_text() : "") + " by " +
         request.manner.by + " percent " +
         (request.manner.percent ? request.manner.percent->to_text() : "") +
         request.manner.rate_type);
    Session session = firm_.session();
    adjust_invoice(session, request, Json::object());
  }

  void move(const std::string& verb, const std::string& which) {
    tell(verb + " " + which);
    Session session = firm_.session();
    const MoveRequest request = {{"DRAFT00001", {}}, which, ""};
    starting_stays_ = verb == "exclude";
    if (verb == "exclude") {
      exclude_item(session, request, Json::object());
    } else {
      include_item(session, request, Json::object());
    }
  }

  /// Without an adjustment of its own an item comes back to the first amounts.
  void there_and_back() {
    const std::string which = item();
    const bool adjusted =
        firm_.number(
            "SELECT count(*) FROM adjustment WHERE undone_at IS NULL AND kind <> 'daily' "
            "AND item_id = " +
            which) != 0;
    const Invoice before = firm_.draft();
    move("exclude", which);
    move("include", which);
    starting_stays_ = false;
    if (adjusted || before.by_hand) return;
    const Invoice after = firm_.draft();
    CHECK(after.amounts == before.amounts);
    CHECK(after.summary == before.summary);
  }

  void bill_by() {
    tell("bill by");
    starting_stays_ = false;
    Session session = firm_.session();
    const BillBy other = firm_.draft().bill_by == BillBy::hour ? BillBy::day : BillBy::hour;
    edit_invoice(session, {.name = "invoice edit", .arguments = Json::object()}, {"DRAFT00001", {}},
                 [&](InvoiceEdit& edit) {
                   set_bill_by(edit, other);
                   return EditMade{.what = "billed otherwise"};
                 });
  }

  void transfer() {
    const std::string which = item();
    tell("transfer " + which);
    Session session = firm_.session();
    transfer_item(session, {{"DRAFT00001", {}}, which, ""}, pick({"other", "dev"}), Json::object());
    firm_.compile();
  }

  /// What other verbs do to the same draft: they must leave nothing that these trip over.
  void by_hand() {
    Session session = firm_.session();
    const EditTarget target = {"DRAFT00001", {}};
    starting_stays_ = false;
    const auto what = random_.between(0, 6);
    tell("by hand " + std::to_string(what));
    if (what == 0) remove_lines(session, target, {line()}, Json::object());
    if (what == 1) {
      LineWords words;
      words.unit_price = Decimal::from_micro(random_.between(0, 90'000'000));
      edit_line(session, target, line(), words, Json::object());
    }
    if (what == 2) link_material(session, {target, {pending()}, {}, ""}, Json::object());
    if (what == 3) release_material(session, {target, {item()}, "x"}, Json::object());
    if (what == 4)
      price_material(session, {target, item(), std::to_string(random_.between(0, 500)) + ".07"},
                     Json::object());
    if (what == 5) apply_material(session, target, Json::object());
    if (what == 6) agree(session, target, "777.77", "", Json::object());
  }

  void check(const Invoice& before, bool changed) {
    const Invoice after = firm_.draft();
    const Summary& now = after.summary;
    CHECK(now.starting_minor + now.adjustments_minor - now.exclusions_minor +
              now.milestones_minor ==
          after.amounts.lines_minor);
    CHECK(firm_.number("SELECT coalesce(sum(amount_minor), 0) FROM adjustment WHERE undone_at IS "
                       "NULL") == now.adjustments_minor);
    if (starting_stays_) CHECK(now.starting_minor == before.summary.starting_minor);
    if (!changed) CHECK(after.revision == before.revision);
    for (const char* name : kChecks)
      for (const Violation& found : run_audit(firm_.ledger(), name, {}))
        if (!found.warning) FAIL_CHECK(name << ": " << found.subject << " " << found.message);
  }

  Splitmix random_;
  DraftingFirm firm_;
  bool by_hand_too_ = false;
  bool starting_stays_ = true;
};

}  // namespace

TEST_CASE("S4-30 random changes of random drafts keep every sum and starting where it stays") {
  constexpr std::int64_t kChangesOfOne = 40;
  const std::int64_t wanted = changes_wanted();
  std::int64_t made = 0;
  for (std::int64_t done = 0; done < wanted; done += kChangesOfOne) {
    const std::uint64_t seed = first_seed() + static_cast<std::uint64_t>(done);
    RandomDraft draft(seed);
    for (std::int64_t i = 0; i < kChangesOfOne; ++i) {
      INFO("BILLCTL_ADJUST_SEED=" << seed << "\n" << draft.told);
      draft.change();
    }
    made += draft.made;
  }
  INFO(made << " of " << wanted << " changes were not refused");
  CHECK(made * 2 > wanted);
}
