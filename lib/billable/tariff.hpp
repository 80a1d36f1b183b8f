// Tariff: what compile looks up of tasks, projects, clients, members and the catalogue, held small
// and found by row in constant time. A million entries are priced from it; for a short queue it
// holds only what those entries name.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "catalogue/assignment.hpp"
#include "catalogue/price_list.hpp"
#include "catalogue/product.hpp"
#include "catalogue/rate_card.hpp"
#include "money/currency.hpp"
#include "money/decimal.hpp"
#include "money/rounding.hpp"
#include "money/time_unit.hpp"
#include "outcome/id.hpp"
#include "work/eligibility.hpp"
#include "work/entry.hpp"
#include "work/task.hpp"

namespace billctl {

/// Terms of one kind of record, by its row.
template <class IdType, class Terms>
class TermsById {
 public:
  /// Makes room for all of them, so that nothing is moved and doubled while they come.
  void reserve(std::size_t count) {
    all_.reserve(count);
    places_.reserve(count + 1);
  }
  void add(IdType id, Terms terms) {
    const auto row = static_cast<std::size_t>(id.value);
    if (row >= places_.size()) places_.resize(row + 1 + row / 2, 0);
    all_.push_back(std::move(terms));
    places_[row] = static_cast<std::uint32_t>(all_.size());
  }
  /// nullptr for no id and for a row that is not there.
  const Terms* find(IdType id) const {
    const auto row = static_cast<std::size_t>(id.value);
    if (id.value <= 0 || row >= places_.size() || places_[row] == 0) return nullptr;
    return &all_[places_[row] - 1];
  }
  const std::vector<Terms>& all() const { return all_; }

 private:
  std::vector<Terms> all_;
  std::vector<std::uint32_t> places_;  ///< by row: 1 + place in all_, 0 = none
};

/// A unit by number; 0 is none.
using UnitNumber = std::uint16_t;

/// The units named anywhere, each with what it is worth knowing of it.
class Units {
 public:
  static constexpr UnitNumber kHour = 1, kKm = 4, kPcs = 5;

  Units();
  UnitNumber number(std::string_view word);  ///< 0 for the empty word
  const std::string& text(UnitNumber unit) const { return all_[unit].text; }
  bool known(UnitNumber unit) const { return all_[unit].known; }  ///< ours or a Rec 20 code
  std::optional<TimeUnit> time(UnitNumber unit) const { return all_[unit].time; }

 private:
  struct Unit {
    std::string text;
    bool known;
    std::optional<TimeUnit> time;
  };
  std::vector<Unit> all_;
  std::unordered_map<std::string, UnitNumber> numbers_;
};

/// A time rule by its name in [time_rules].
struct NamedTimeRule {
  std::string name;
  std::optional<TimeRule> rule;  ///< none: somebody names it and the config has no such rule
};

/// The settings that prices hang on: [compile], [money], [time_rules] and the tenant's currency.
struct PricingRules {
  Currency base = Currency::none();
  bool negotiated_prices = true;
  int quantity_decimals = 4;
  Rounding rounding = Rounding::half_away;
  Decimal hours_per_day = Decimal::from_integer(8);
  Decimal transport_km_price = Decimal::from_integer(5);
  Decimal transport_hour_price = Decimal::from_integer(1000);
  /// A price that nobody wrote is a `default_price` (S2-23, S2-27).
  bool transport_km_price_written = false;
  bool transport_hour_price_written = false;
  std::vector<NamedTimeRule> time_rules;
  std::string time_rule;           ///< the tenant's; empty: none
  bool mandatory_product = false;  ///< of a job: `no_product` instead of a default (X15)
  EligibilityRules eligibility;
};

struct TaskTerms {
  ClientId client;
  ProjectId project;
  TeamId team;
  ProductId product;
  std::optional<Decimal> unit_price;
  std::uint32_t price_list = 0;
  UnitNumber unit = Units::kHour;  ///< of unit_price and of its own quantity
  bool billable = true;
  bool done = false;
};

struct ProjectTerms {
  ClientId client;
  EngagementId engagement;
  BillableKinds kinds;
  Currency currency = Currency::none();  ///< its engagement's, or else its own; none: the client's
  std::uint16_t time_rule = 0;           ///< a place in Tariff::time_rules
  ProjectStatus status = ProjectStatus::billable;
  bool internal = false;
};

struct ClientTerms {
  Currency currency = Currency::none();  ///< none: the tenant's
  std::uint32_t price_list = 0;
  std::uint16_t time_rule = 0;
};

struct MemberTerms {
  TeamId team;
  std::uint32_t role = 0;
};

struct JobTypeTerms {
  bool billable = true;
};

struct ProductTerms {
  std::string code;
  std::optional<Decimal> unit_price;
  Currency currency = Currency::none();
  UnitNumber unit = 0;
  DefaultProduct auto_created = DefaultProduct::none;
};

struct Tariff {
  explicit Tariff(PricingRules rules);

  PricingRules rules;
  Units units;
  TermsById<TaskId, TaskTerms> tasks;
  TermsById<ProjectId, ProjectTerms> projects;
  TermsById<ClientId, ClientTerms> clients;
  TermsById<MemberId, MemberTerms> members;
  TermsById<ProductId, ProductTerms> products;
  TermsById<JobTypeId, JobTypeTerms> job_types;
  PriceLists price_lists;
  RateCard rates;
  Assignments assignments;
  std::array<ProductId, 4> defaults;      ///< by DefaultProduct; none until first used
  std::vector<NamedTimeRule> time_rules;  ///< the first is no rule
  std::uint16_t tenant_time_rule = 0;

  /// The place of a rule in time_rules; 0 for the empty name.
  std::uint16_t time_rule(std::string_view name);
  /// Whether anybody's rule counts days.
  bool has_day_rules() const { return day_rules_; }

  // How records become terms.
  void add(TaskId id, const Task& task);
  void add(ProjectId id, const Project& project, std::string_view engagement_currency);
  void add(ProductId id, const Product& product);
  void add_client(ClientId id, std::string_view currency, std::string_view price_list,
                  std::string_view rule);

 private:
  bool day_rules_ = false;
};

/// What an entry hangs on, looked up once.
struct EntryTerms {
  const TaskTerms* task = nullptr;
  const ProjectTerms* project = nullptr;
  const ClientTerms* client = nullptr;
  const MemberTerms* member = nullptr;
  ProjectId project_id;  ///< the task's, or else its own
  ClientId client_id;    ///< the task's, or else the project's
  Currency currency = Currency::none();
};

/// The time rule of an entry: its project's, else its client's, else the tenant's (pricing.md 6).
/// The first of Tariff::time_rules when there is none.
/// @throws Error{bad_config} when one is named that the config does not have.
const NamedTimeRule& time_rule_of(const Tariff& tariff, const EntryTerms& terms);

EntryTerms terms_of(const Tariff& tariff, const Entry& entry);

/// The facts that the tests of eligibility read, as of the tariff; of the run it knows nothing.
Candidate candidate_of(const Tariff& tariff, const Entry& entry, const EntryTerms& terms);

}  // namespace billctl
