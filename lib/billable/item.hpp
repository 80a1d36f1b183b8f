// Item: a billable item that compile made of an entry, with what decided its product and price.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "calendar/date.hpp"
#include "money/currency.hpp"
#include "money/decimal.hpp"
#include "outcome/id.hpp"

namespace billctl {

enum class ItemKind {
  time,
  goods,
  expense,
  mileage,
  travel_time,
  allowance,
  bill,
  instalment,
  quote,
  joined
};
constexpr std::array<std::string_view, 10> kItemKindWords = {
    "time",      "goods", "expense",    "mileage", "travel_time",
    "allowance", "bill",  "instalment", "quote",   "joined"};
std::string_view word(ItemKind kind);
std::optional<ItemKind> item_kind_of(std::string_view word);

enum class ProductScope {
  entry,
  task,
  contact,
  membership,
  team,
  tenant,
  fallback
};  ///< fallback = `default`
constexpr std::array<std::string_view, 7> kProductScopeWords = {
    "entry", "task", "contact", "membership", "team", "tenant", "default"};
std::string_view word(ProductScope scope);
std::optional<ProductScope> product_scope_of(std::string_view word);

enum class PriceSource {
  entry,
  task,
  price_list,
  rate_card,
  product,
  fallback,
  contractual,
  joined,
  none
};
constexpr std::array<std::string_view, 9> kPriceSourceWords = {
    "entry", "task", "price_list", "rate", "product", "default", "contractual", "joined", "none"};
std::string_view word(PriceSource source);
std::optional<PriceSource> price_source_of(std::string_view word);

/// Where an item is (spec/cli.md, States). pending, drafted and invoiced follow from its place; the
/// others are marked on it.
enum class ItemState { pending, drafted, invoiced, archived, released, credited };
constexpr std::array<std::string_view, 6> kItemStateWords = {"pending",  "drafted",  "invoiced",
                                                             "archived", "released", "credited"};
std::string_view word(ItemState state);
std::optional<ItemState> item_state_of(std::string_view word);

struct Item {
  ItemId id;
  EntryId entry;
  ItemKind kind = ItemKind::time;
  ClientId client;
  ProjectId project;
  EngagementId engagement;
  TaskId task;
  MemberId member;
  JobTypeId job_type;
  Date work_on = Date::from_days(0);
  ProductId product;
  ProductScope product_scope = ProductScope::fallback;
  std::string unit;
  Decimal quantity;                            ///< as shown: rounded to quantity_decimals (km 3)
  std::optional<std::int64_t> raw_seconds;     ///< of time, joined and travel_time
  std::optional<std::int64_t> billed_seconds;  ///< after the time rule: what lines sum
  std::optional<std::int64_t> metres;          ///< of mileage
  std::optional<Decimal> pieces;               ///< of all else, unrounded: what lines sum
  Decimal unit_price;
  PriceSource price_source = PriceSource::none;
  std::int64_t price_row_id = 0;  ///< of the price list or rate card, by the source
  bool default_price = false;     ///< a built-in transport price that nobody chose (S2-23)
  std::int64_t amount_minor = 0;  ///< quantity x unit_price, rounded
  Currency currency = Currency::none();
  std::string time_rule;
  bool per_day = false;  ///< that rule counts days, not entries (pricing.md 6)
  std::string previously_invoiced_on;
};

/// Never charged: its price is 0 by contract or because it is cleared with its invoice (X7).
inline bool is_uncharged(const Item& item) {
  return item.price_source == PriceSource::contractual || item.price_source == PriceSource::joined;
}

}  // namespace billctl
