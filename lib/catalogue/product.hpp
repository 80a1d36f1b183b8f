// Product, its prices, and which product serves whom.
#pragma once

#include <optional>
#include <string>

#include "money/decimal.hpp"
#include "outcome/id.hpp"

namespace billctl {

/// The default products that are made on first use, once for each tenant (S2-22 … S2-25).
enum class DefaultProduct { none, work, transport, transport_time };

struct Product {
  ProductId id;
  std::string code;
  std::string name;
  std::string unit;
  std::string description;
  std::optional<Decimal> unit_price;  ///< of an auto-created one: none, the config's counts
  std::string currency;               ///< empty: the tenant's
  std::string tax;
  DefaultProduct auto_created = DefaultProduct::none;
};

/// A price of a list; `client` set: negotiated with that client (S3-18). Dates are YYYY-MM-DD,
/// inclusive, empty = unbounded; they compare as text.
struct PriceListRow {
  PriceListRowId id;
  std::string list;
  ProductId product;
  Decimal unit_price;
  std::string currency;
  std::string valid_from_on, valid_until_on;
  ClientId client;
};

/// A row of the rate card: an hourly price for the entries that every named selector fits.
struct Rate {
  RateId id;
  Decimal unit_price;
  std::string currency;
  ProjectId project;
  ClientId client;
  MemberId member;
  std::string role;
  JobTypeId job_type;
  std::string valid_from_on, valid_until_on;
};

struct JobType {
  JobTypeId id;
  std::string code;
  std::string name;
  bool billable = true;
};

enum class AssignmentScope { task, contact, membership, team, tenant };

struct Assignment {
  AssignmentId id;
  AssignmentScope scope = AssignmentScope::tenant;
  std::int64_t target_id = 0;  ///< row of the task, client, member or team; 0 for the tenant
  ProductId product;
  std::string kind;  ///< an item kind, or empty: every kind that its unit fits
};

}  // namespace billctl
