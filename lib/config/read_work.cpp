// [compile], [money] and [time_rules.*]: the sections that decide prices.
#include "config/sections.hpp"

namespace billctl {
namespace {

constexpr std::int64_t kSecondsOfDay = 86400;

}  // namespace

void read_compile(Section section, CompileSettings& compile) {
  section.boolean("require_confirmed", compile.require_confirmed);
  section.boolean("done_tasks_only", compile.done_tasks_only);
  section.boolean("negotiated_prices", compile.negotiated_prices);
  section.date("go_live", compile.go_live);
  section.text("time_rule", compile.time_rule);
  compile.transport_km_price_written =
      section.decimal("transport_km_price", compile.transport_km_price, at_least_zero());
  compile.transport_hour_price_written =
      section.decimal("transport_hour_price", compile.transport_hour_price, at_least_zero());
  section.finish();
}

void read_money(Section section, MoneySettings& money) {
  section.word("rounding", money.rounding, rounding_of,
               {std::string(word(Rounding::half_away)), std::string(word(Rounding::half_even))});
  section.word("mode", money.mode, parse_rounding_mode, rounding_mode_words());
  section.whole_number("quantity_decimals", money.quantity_decimals, 0, Decimal::kFractionDigits);
  const DecimalRange hours{Decimal::from_micro(1), Decimal::from_integer(24),
                           "hours of more than 0, at most 24"};
  section.decimal("hours_per_day", money.hours_per_day, hours);
  section.finish();
}

void read_time_rules(Section section, std::vector<Config::Named<TimeRule>>& rules) {
  using Direction = TimeRule::Direction;
  for (auto& [code, rule_section] : section.named_tables()) {
    TimeRule rule;
    rule_section.duration("step", rule.step_seconds);
    if (rule.step_seconds > kSecondsOfDay) rule_section.wrong("step", "at most a day");
    rule_section.word("direction", rule.direction, direction_of,
                      {std::string(word(Direction::up)), std::string(word(Direction::nearest)),
                       std::string(word(Direction::down))});
    rule_section.duration("minimum", rule.minimum_seconds);
    if (rule.minimum_seconds > kSecondsOfDay) rule_section.wrong("minimum", "at most a day");
    rule_section.word(
        "per", rule.per, per_of,
        {std::string(word(TimeRule::Per::entry)), std::string(word(TimeRule::Per::day))});
    rule_section.finish();
    rules.push_back({code, rule});
  }
  section.finish();
}

}  // namespace billctl
