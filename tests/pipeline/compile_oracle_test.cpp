#include <doctest/doctest.h>

#include <map>

#include "ledger/books_table.hpp"
#include "ledger/entry_queue.hpp"
#include "pipeline/compiling.hpp"
#include "pipeline/pricing_oracle.hpp"
#include "pipeline/random_firm.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

constexpr int kEntries = 20'000;

}  // namespace

TEST_CASE("20000 random entries compile to what the rules say one by one") {
  Fixture firm(
      "[time_rules.tenth]\nstep = \"6m\"\n"
      "[time_rules.quarter]\nstep = \"15m\"\ndirection = \"nearest\"\nminimum = \"30m\"\n");
  RandomFirm(firm, 20'260'101).fill(kEntries);
  // Before the defaults are made: the oracle knows them by their rules.
  const PricingOracle oracle(read_books(firm.ledger(), firm.tenant()), firm.config());
  run_compile(firm);

  std::map<std::string, std::string> stored;
  std::string text = firm.rows(
      "SELECT e.ref || ':' || p.reason || char(10) FROM entry_parked AS p "
      "JOIN entry AS e ON e.id = p.entry_id");
  text += firm.rows(
      "SELECT e.ref || ':' || i.kind || '~' || p.code || '~' || i.product_scope || '~' || i.unit "
      "|| "
      "'~' || i.quantity_micro || '~' || i.unit_price_micro || '~' || i.price_source || '~' || "
      "coalesce(i.price_row_id, 0) || '~' || i.amount_minor || '~' || i.currency || '~' || "
      "coalesce(i.billed_seconds, -1) || char(10) FROM item AS i "
      "JOIN entry AS e ON e.id = i.entry_id JOIN product AS p ON p.id = i.product_id ORDER BY "
      "i.id");
  std::size_t items = 0;
  for (std::size_t at = 0, end = 0; (end = text.find('\n', at)) != text.npos; at = end + 1) {
    std::string line = text.substr(at, end - at);
    if (line.front() == ' ') line.erase(0, 1);
    const std::size_t colon = line.find(':');
    std::string value = line.substr(colon + 1);
    const bool item = value.find('~') != value.npos;
    for (char& c : value) c = c == '~' ? ' ' : c;
    stored[line.substr(0, colon)] += item ? value + "; " : value;
    items += item ? 1 : 0;
  }
  CHECK(items > kEntries / 4);

  EntryQueue queue(firm.ledger(), firm.tenant());
  int wrong = 0;
  for (int i = 1; i <= kEntries && wrong < 5; ++i) {
    const EntryId id{i};
    std::vector<QueuedEntry> read;
    queue.read_these(std::span(&id, 1), read);
    const std::string expected = oracle.say(read.front().entry);
    const std::string seen = stored["e" + std::to_string(i)];
    if (seen == expected) continue;
    ++wrong;
    INFO("entry " << i);
    CHECK(seen == expected);
  }
  CHECK(counts(run_compile(firm)) == "0 0 0 0 0");
}
