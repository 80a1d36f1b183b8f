#include "invoice/quote_lines.hpp"

#include <doctest/doctest.h>

#include "invoice/line_items.hpp"

using namespace billctl;
using namespace billctl::test;
using Lines = std::vector<std::string>;

namespace {

const Books kBooks = small_trade();

Grouping with_rows(const std::vector<QuoteRow>& rows) {
  Items items;
  items.grouping.projects = ProjectGrouping::none;
  items.pieces(ItemKind::quote, "1", "1000");
  items.hours("1", "80");
  Grouping grouping = group_lines(items.all(), euro_rules(), kBooks);
  grouping.lines[0].description = "Kitchen";
  put_quote_rows(grouping, 0, rows, euro_rules());
  return grouping;
}

std::int64_t share_of_first(const Grouping& grouping) {
  std::int64_t share = 0;
  for (const DraftLine& line : grouping.lines)
    for (std::size_t i = line.first; i < line.first + line.count; ++i)
      if (grouping.items[i].id == ItemId{1}) share += grouping.shares[i];
  return share;
}

}  // namespace

TEST_CASE("S1-30 description rows follow their quote without an amount") {
  const Grouping grouping =
      with_rows({{"Cupboards", {}, "", {}}, {"Worktop", decimal("3"), "m", decimal("99.5")}});
  CHECK(read(grouping, kBooks) == Lines{"Kitchen | 1 pcs x 1000.00 = 1000.00", "Cupboards",
                                        "Worktop, 3 m at 99.50",
                                        "Development | 1 hour x 80.00 = 80.00"});
  CHECK(grouping.lines[1].kind == "text");
  CHECK(share_of_first(grouping) == 100000);
}

TEST_CASE("S1-30 rows whose prices add up to the quote are charged under its heading") {
  const Grouping grouping = with_rows({{"Cupboards", decimal("2"), "pcs", decimal("400")},
                                       {"as drawn", {}, "", {}},
                                       {"Worktop", {}, "", decimal("200")}});
  CHECK(read(grouping, kBooks) == Lines{"Kitchen", "Cupboards | 2 pcs x 400.00 = 800.00",
                                        "as drawn", "Worktop | 1 pcs x 200.00 = 200.00",
                                        "Development | 1 hour x 80.00 = 80.00"});
  CHECK(share_of_first(grouping) == 100000);
}
