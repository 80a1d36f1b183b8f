// Rate card: hourly prices by project, client, member, role and job type. Of the rows that fit an
// entry the one that names the more particular thing counts: (project, client, member, role,
// job_type) named or not, the first difference decides; then the latest valid_from (pricing.md 5).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "calendar/date.hpp"
#include "catalogue/price_list.hpp"
#include "catalogue/product.hpp"
#include "money/currency.hpp"
#include "outcome/id.hpp"

namespace billctl {

class RateCard {
 public:
  /// The number of a role, for quick asking; 0 for the empty one.
  std::uint32_t role(std::string_view name);

  /// @param base the tenant's currency, which an empty one of the row means.
  void add(const Rate& rate, Currency base);

  struct Query {
    ProjectId project;
    ClientId client;
    MemberId member;
    std::uint32_t role = 0;
    JobTypeId job_type;
    Date on;
    Currency currency;
  };
  /// The price per hour.
  CataloguePrice find(const Query& query) const;

 private:
  /// What a row names; 0 where it names nothing.
  struct Key {
    ProjectId project;
    ClientId client;
    MemberId member;
    std::uint32_t role = 0;
    JobTypeId job_type;
    bool operator==(const Key&) const = default;
  };
  static unsigned shape_of(const Key& key);
  struct Hash {
    std::size_t operator()(const Key& key) const noexcept;
  };
  struct Row {
    std::int64_t id;
    Decimal price;
    Date from, until;
    Currency currency;
    std::uint32_t next;
  };

  std::unordered_map<std::string, std::uint32_t> roles_;
  std::unordered_map<Key, std::uint32_t, Hash> first_;
  std::vector<Row> rows_;
  std::vector<unsigned> shapes_;  ///< which of the five are named, most particular first
};

}  // namespace billctl
