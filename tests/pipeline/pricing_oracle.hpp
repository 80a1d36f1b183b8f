// PricingOracle: spec/pricing.md written down once more, slowly and straight from the tables, so
// that compile has something to be compared with. It shares no code with lib/billable.
#pragma once

#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "config/config.hpp"
#include "money/rounding.hpp"
#include "work/books.hpp"
#include "work/entry.hpp"

namespace billctl::test {

/// pricing.md read aloud: no index, no cache, one rule after the other.
class PricingOracle {
 public:
  PricingOracle(Books books, const Config& config) : books_(std::move(books)), config_(config) {}

  /// `kind product scope unit quantity price source row amount currency billed;` for each item, or
  /// the reason.
  std::string say(const Entry& entry) const {
    const Task* task = books_.tasks.find(entry.task);
    const Project* project = books_.projects.find(entry.project);
    const ClientId client_id = client_of(books_, entry.task, entry.project);
    const Client* client = books_.clients.find(client_id);
    const JobType* job = books_.job_types.find(entry.job_type);
    if (entry.kind == EntryKind::time && !entry.raw_seconds) return "not_stopped";
    if (!entry.confirmed_at) return "unconfirmed";
    if (project != nullptr && project->internal) return "internal";
    if (client == nullptr) return "no_client";
    if (task != nullptr && !task->billable) return "task_not_billable";
    if (project != nullptr && project->status != ProjectStatus::billable)
      return "project_not_billable";
    if (entry.charge == Charge::non_billable) return "entry_nonbillable";
    if (job != nullptr && !job->billable) return "worktype_off";
    bool joined = false;
    if (project != nullptr && !project->billable_kinds.empty()) {
      const std::string list = ";" + project->billable_kinds + ";";
      const auto at = list.find(";" + std::string(word(entry.kind)));
      if (at == list.npos) {
        joined = entry.kind == EntryKind::time && job != nullptr;
        if (!joined) return "kind_off";
      } else {
        const std::size_t end = list.find_first_of(":;", at + 1);
        if (list[end] == ':' && entry.work_on.to_text() < list.substr(end + 1, 10))
          return "before_from_date";
      }
    }
    std::string currency = client->currency;
    if (project != nullptr && !project->currency.empty()) currency = project->currency;
    if (currency.empty()) currency = "EUR";
    const bool travels =
        entry.kind == EntryKind::mileage && entry.transport_seconds.value_or(0) > 0;
    std::vector<std::string> kinds = {joined ? "joined" : std::string(word(entry.kind))};
    if (travels) kinds.push_back("travel_time");
    std::string text;
    std::string worst;
    for (const std::string& kind : kinds) {
      const std::string item = item_text(entry, kind, client_id, currency);
      for (const char* reason : {"unit_mismatch", "currency_mismatch", "unit_unknown"}) {
        if (item == reason && (worst.empty() || rank(item) < rank(worst))) worst = item;
      }
      text += item + "; ";
    }
    return worst.empty() ? text : worst;
  }

 private:
  static int rank(const std::string& reason) {
    return reason == "unit_mismatch" ? 0 : reason == "currency_mismatch" ? 1 : 2;
  }
  static bool timed(const std::string& kind) {
    return kind == "time" || kind == "joined" || kind == "travel_time";
  }
  static bool fits(const std::string& kind, const std::string& unit) {
    const bool time = unit == "hour" || unit == "min" || unit == "day";
    if (timed(kind)) return time;
    return kind == "mileage" ? unit == "km" : !time && unit != "km";
  }
  std::int64_t seconds_of(const std::string& unit) const {
    if (unit == "hour") return 3600;
    return unit == "min" ? 60 : config_.money.hours_per_day.micro() * 3600 / 1'000'000;
  }
  Decimal hourly(Decimal price, const std::string& unit) const {
    if (unit == "hour") return price;
    const Int128 product = Int128{price.micro()} * seconds_of(unit);
    return Decimal::from_micro(
        narrowed(round_divide(product, 3600, Rounding::half_away), "a price"));
  }

  std::pair<ProductId, std::string> product(const Entry& entry, const std::string& kind,
                                            ClientId client) const {
    if (entry.product && kind != "travel_time") return {entry.product, "entry"};
    const Task* task = books_.tasks.find(entry.task);
    const Member* member = books_.members.find(entry.member);
    TeamId team = member != nullptr ? member->team : TeamId{};
    if (task != nullptr && task->team) team = task->team;
    const std::pair<AssignmentScope, std::int64_t> scopes[] = {
        {AssignmentScope::task, entry.task.value},
        {AssignmentScope::contact, client.value},
        {AssignmentScope::membership, entry.member.value},
        {AssignmentScope::team, team.value},
        {AssignmentScope::tenant, 0}};
    const char* words[] = {"task", "contact", "membership", "team", "tenant"};
    const std::string asked = kind == "joined" ? "time" : kind;
    for (std::size_t i = 0; i < 5; ++i) {
      if (i < 4 && scopes[i].second == 0) continue;
      std::vector<ProductId> any;
      if (i == 0 && task != nullptr && task->product) any.push_back(task->product);
      for (const Assignment& one : books_.assignments) {
        if (one.scope != scopes[i].first || one.target_id != scopes[i].second) continue;
        if (one.kind == asked) return {one.product, words[i]};
        if (one.kind.empty()) any.push_back(one.product);
      }
      for (const ProductId one : any) {
        if (fits(kind, books_.products.at(one).unit)) return {one, words[i]};
      }
    }
    return {{}, "default"};
  }

  std::string item_text(const Entry& entry, const std::string& kind, ClientId client,
                        const std::string& currency) const {
    const auto [product_id, scope] = product(entry, kind, client);
    const Product* product = books_.products.find(product_id);
    const std::string code = product != nullptr      ? product->code
                             : kind == "mileage"     ? "transport"
                             : kind == "travel_time" ? "transport-time"
                                                     : "work";
    std::string unit = product != nullptr ? product->unit : kind == "mileage" ? "km" : "hour";
    if (timed(kind) || kind == "mileage") {
      if (!fits(kind, unit)) return "unit_mismatch";
    } else {
      const std::string of_product = product != nullptr ? product->unit : "";
      if (kind == "goods" && !entry.unit.empty() && !of_product.empty() && entry.unit != of_product)
        return "unit_mismatch";
      unit = !entry.unit.empty()                          ? entry.unit
             : !of_product.empty() && !entry.amount_minor ? of_product
                                                          : "pcs";
    }
    bool other = false;
    std::int64_t row = 0;
    const auto [price, source] = price_of(entry, kind, client, currency, product, unit, other, row);
    if (source == "none" && other) return "currency_mismatch";
    if (unit == "box") return "unit_unknown";
    std::int64_t billed = -1;
    Decimal quantity;
    if (timed(kind)) {
      billed = kind == "travel_time" ? *entry.transport_seconds : *entry.raw_seconds;
      if (kind == "time") billed = by_rule(billed, entry, client);
      quantity = Decimal::from_micro(narrowed(
          round_divide(Int128{billed} * 10'000, seconds_of(unit), Rounding::half_away) * 100,
          "a quantity"));
    } else if (kind == "mileage") {
      quantity = Decimal::from_micro(entry.distance_metres.value_or(0) * 1000);
    } else if (entry.amount_minor) {
      quantity = Decimal::from_integer(*entry.amount_minor < 0 ? -1 : 1);
    } else {
      quantity = rounded(entry.quantity.value_or(Decimal::from_integer(1)), 4, Rounding::half_away);
    }
    const Int128 product_micro = Int128{quantity.micro()} * price.micro();
    const auto cents =
        static_cast<std::int64_t>(round_divide(product_micro, 10'000'000'000, Rounding::half_away));
    return kind + " " + code + " " + scope + " " + unit + " " + std::to_string(quantity.micro()) +
           " " + std::to_string(price.micro()) + " " + source + " " + std::to_string(row) + " " +
           std::to_string(cents) + " " + currency + " " + std::to_string(billed);
  }

  std::int64_t by_rule(std::int64_t seconds, const Entry& entry, ClientId client) const {
    std::string name = books_.clients.at(client).time_rule;
    if (const Project* project = books_.projects.find(entry.project))
      if (!project->time_rule.empty()) name = project->time_rule;
    if (name == "tenth") return (seconds + 359) / 360 * 360;
    if (name == "quarter")
      return seconds == 0 ? 0 : std::max<std::int64_t>((seconds + 450) / 900 * 900, 1800);
    return seconds;
  }

  std::pair<Decimal, std::string> price_of(const Entry& entry, const std::string& kind,
                                           ClientId client, const std::string& currency,
                                           const Product* product, const std::string& unit,
                                           bool& other, std::int64_t& row) const {
    if (kind == "joined") return {Decimal(), "joined"};
    if (entry.charge == Charge::contractual) return {Decimal(), "contractual"};
    const bool transport = kind == "mileage" || kind == "travel_time";
    const auto same = [&](const std::string& seen) {
      if ((seen.empty() ? "EUR" : seen) == currency) return true;
      other = true;
      return false;
    };
    if (kind == "mileage" && entry.unit_price) return {*entry.unit_price, "entry"};
    if (kind == "travel_time" && entry.transport_unit_price)
      return {hourly(*entry.transport_unit_price, unit), "entry"};
    if (!transport && entry.amount_minor)
      return {Decimal::from_micro(std::abs(*entry.amount_minor) * 10'000), "entry"};
    if (!transport && entry.unit_price) return {*entry.unit_price, "entry"};
    if (transport) {
      if (product == nullptr && same(""))
        return {kind == "mileage" ? Decimal::from_integer(5) : Decimal::from_integer(1000),
                "default"};
      if (product != nullptr && product->unit_price && same(product->currency))
        return {*product->unit_price, "product"};
    }
    const Task* task = books_.tasks.find(entry.task);
    if (task != nullptr && task->unit_price) {
      const std::string of_task = task->unit.empty() ? "hour" : task->unit;
      if (of_task == unit) return {*task->unit_price, "task"};
      if (timed(kind) && fits("time", of_task)) {
        const Int128 scaled = Int128{task->unit_price->micro()} * seconds_of(unit);
        return {Decimal::from_micro(narrowed(
                    round_divide(scaled, seconds_of(of_task), Rounding::half_away), "a price")),
                "task"};
      }
    }
    if (transport) return {Decimal(), "none"};
    const std::string on = entry.work_on.to_text();
    const auto valid = [&](const std::string& from, const std::string& until) {
      return from <= on && (until.empty() || on <= until);
    };
    std::string list = books_.clients.at(client).price_list;
    if (task != nullptr && !task->price_list.empty()) list = task->price_list;
    const PriceListRow* best = nullptr;
    for (const PriceListRow& one : books_.price_list_rows) {
      if (list.empty() || one.list != list || product == nullptr || one.product != product->id ||
          (one.client && one.client != client) || !valid(one.valid_from_on, one.valid_until_on))
        continue;
      if (!same(one.currency)) continue;
      if (best == nullptr || std::pair(bool(one.client), one.valid_from_on) >
                                 std::pair(bool(best->client), best->valid_from_on))
        best = &one;
    }
    if (best != nullptr) {
      row = best->id.value;
      return {best->unit_price, "price_list"};
    }
    if (kind == "time") {
      const Rate* rate = rate_of(entry, client, valid, same);
      if (rate != nullptr) {
        row = rate->id.value;
        return {hourly(rate->unit_price, unit), "rate"};
      }
    }
    if (product != nullptr && product->unit_price && same(product->currency))
      return {*product->unit_price, "product"};
    return {Decimal(), "none"};
  }

  template <class Valid, class Same>
  const Rate* rate_of(const Entry& entry, ClientId client, const Valid& valid,
                      const Same& same) const {
    const Member* member = books_.members.find(entry.member);
    const auto shape = [](const Rate& one) {
      return std::tuple(bool(one.project), bool(one.client), bool(one.member), !one.role.empty(),
                        bool(one.job_type), one.valid_from_on);
    };
    const Rate* best = nullptr;
    for (const Rate& one : books_.rates) {
      if ((one.project && one.project != entry.project) || (one.client && one.client != client) ||
          (one.member && one.member != entry.member) ||
          (!one.role.empty() && (member == nullptr || member->role != one.role)) ||
          (one.job_type && one.job_type != entry.job_type) ||
          !valid(one.valid_from_on, one.valid_until_on) || !same(one.currency))
        continue;
      if (best == nullptr || shape(one) > shape(*best)) best = &one;
    }
    return best;
  }

  Books books_;
  const Config& config_;
};

}  // namespace billctl::test
