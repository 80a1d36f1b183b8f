#include "catalogue/price_list.hpp"

#include "outcome/error.hpp"

namespace billctl {
namespace {

Date date_or(std::string_view text, Date otherwise) {
  if (text.empty()) return otherwise;
  const auto date = Date::parse(text);
  if (!date) {
    throw Error(Reason::corrupt, "\"" + std::string(text) + "\" in the catalogue is no date",
                "run `billctl verify`");
  }
  return *date;
}

/// Lists are few and products below 2^40, so both fit in one key.
std::uint64_t key_of(std::uint32_t list, ProductId product) {
  return (std::uint64_t{list} << 40) ^ static_cast<std::uint64_t>(product.value);
}

}  // namespace

Date valid_from(std::string_view text) {
  return date_or(text, Date::first_of_all());
}

Date valid_until(std::string_view text) {
  return date_or(text, Date::last_of_all());
}

Currency currency_of(std::string_view code, Currency base) {
  if (code.empty()) return base;
  const auto currency = Currency::of(code);
  if (!currency) {
    throw Error(Reason::corrupt, "\"" + std::string(code) + "\" is no currency",
                "run `billctl verify`");
  }
  return *currency;
}

std::uint32_t PriceLists::list(std::string_view name) {
  if (name.empty()) return 0;
  const auto number = static_cast<std::uint32_t>(names_.size() + 1);
  return names_.emplace(name, number).first->second;
}

void PriceLists::add(const PriceListRow& row, Currency base) {
  std::uint32_t& first = first_[key_of(list(row.list), row.product)];
  rows_.push_back({row.id.value, row.unit_price, row.client, valid_from(row.valid_from_on),
                   valid_until(row.valid_until_on), currency_of(row.currency, base), first});
  first = static_cast<std::uint32_t>(rows_.size());
}

CataloguePrice PriceLists::find(const Query& query) const {
  CataloguePrice found;
  if (query.list == 0) return found;
  const auto first = first_.find(key_of(query.list, query.product));
  if (first == first_.end()) return found;
  const auto rank = [](const Row& row) { return std::pair(bool(row.client), row.from); };
  const Row* best = nullptr;
  for (std::uint32_t at = first->second; at != 0; at = rows_[at - 1].next) {
    const Row& row = rows_[at - 1];
    const bool own = row.client && row.client == query.client && query.negotiated;
    if ((row.client && !own) || query.on < row.from || row.until < query.on) continue;
    if (row.currency != query.currency) {
      found.other_currency = true;
      continue;
    }
    // Rows come newest first; of two that are equal the one that was there first counts.
    if (best == nullptr || rank(row) >= rank(*best)) best = &row;
  }
  if (best == nullptr) return found;
  return {best->price, best->id, false};
}

}  // namespace billctl
