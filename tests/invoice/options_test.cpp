#include "invoice/options.hpp"

#include <doctest/doctest.h>

using namespace billctl;

TEST_CASE("each option word is the word of the value it is read as") {
  const auto same = [](const std::vector<std::string>& words, auto parse) {
    for (const std::string& text : words) {
      const auto value = parse(text);
      REQUIRE_MESSAGE(value.has_value(), text);
      CHECK(word(*value) == text);
    }
    CHECK_FALSE(parse("").has_value());
    CHECK_FALSE(parse("All").has_value());
  };
  same(invoice_scope_words(), parse_invoice_scope);
  same(project_grouping_words(), parse_project_grouping);
  same(group_hours_words(), parse_group_hours);
  same(group_travel_words(), parse_group_travel);
  same(quote_rows_words(), parse_quote_rows);
  same(contractual_words(), parse_contractual);
  same(late_words(), parse_late);
  same(annex_words(), parse_annex);
  same(bill_by_words(), parse_bill_by);
  same(rounding_mode_words(), parse_rounding_mode);
  same(void_mode_words(), parse_void_mode);
  same(prepayments_words(), parse_prepayments);
  same(einvoice_require_words(), parse_einvoice_require);
}

TEST_CASE("S1-22 all-qty is read as total-hours and S1-23 all-one as lump-sum but never printed") {
  CHECK(parse_group_hours("all-qty") == GroupHours::total_hours);
  CHECK(parse_group_hours("all-one") == GroupHours::lump_sum);
  CHECK(group_hours_words() == std::vector<std::string>{"employee", "employee-jobtype", "jobtype",
                                                        "total-hours", "lump-sum", "entry",
                                                        "entry-anonymous", "employee-entry"});
}
