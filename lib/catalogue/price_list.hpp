// Price lists: the price of a product on a work date. A row that names a client is negotiated with
// him and comes before those for all (S3-18, spec/pricing.md 5).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "calendar/date.hpp"
#include "catalogue/product.hpp"
#include "money/currency.hpp"
#include "money/decimal.hpp"
#include "outcome/id.hpp"

namespace billctl {

/// A price found in a list or on the rate card.
struct CataloguePrice {
  Decimal price;
  std::int64_t row_id = 0;      ///< 0: nothing fits
  bool other_currency = false;  ///< nothing fits, but something of another currency would
};

class PriceLists {
 public:
  /// The number of a list's name, for quick asking; 0 for the empty name.
  std::uint32_t list(std::string_view name);

  /// @param base the tenant's currency, which an empty one of the row means.
  /// @throws Error{corrupt} when a date or currency of the row is none.
  void add(const PriceListRow& row, Currency base);

  struct Query {
    std::uint32_t list = 0;
    ProductId product;
    ClientId client;
    Date on;
    Currency currency;
    bool negotiated = true;  ///< whether rows that name the client count
  };
  /// Of the rows valid on that date: the client's own before those for all, then the latest
  /// valid_from.
  CataloguePrice find(const Query& query) const;

 private:
  struct Row {
    std::int64_t id;
    Decimal price;
    ClientId client;
    Date from, until;
    Currency currency;
    std::uint32_t next;  ///< 1 + place of another of the same list and product
  };
  std::unordered_map<std::string, std::uint32_t> names_;
  std::unordered_map<std::uint64_t, std::uint32_t> first_;  ///< by list and product
  std::vector<Row> rows_;
};

/// The dates of a row of the catalogue, where empty means unbounded.
/// @throws Error{corrupt} when one is no date.
Date valid_from(std::string_view text);
Date valid_until(std::string_view text);
/// The currency of a row, where empty means the tenant's. @throws Error{corrupt}.
Currency currency_of(std::string_view code, Currency base);

}  // namespace billctl
