// TariffTable: fills a Tariff from the ledger: everything at once for a long queue, or only what a
// page of entries names for a short one, so that 1,000 new entries cost the same beside 10 or
// 10,000,000 old ones.
#pragma once

#include <set>
#include <span>
#include <string>

#include "billable/tariff.hpp"
#include "ledger/entry_queue.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

class TariffTable {
 public:
  TariffTable(Ledger& ledger, TenantId tenant, PricingRules rules)
      : ledger_(ledger), tenant_(tenant), tariff_(std::move(rules)) {}

  Tariff& tariff() { return tariff_; }
  const Tariff& tariff() const { return tariff_; }

  /// All of the tenant's.
  void read_all();
  /// What these entries hang on, and what those hang on, unless it is there already.
  void read_for(std::span<const QueuedEntry> entries);

 private:
  // Each reads one record, once, and what it names.
  void need(TaskId id);
  void need(ProjectId id);
  void need(ClientId id);
  void need(MemberId id);
  void need(TeamId id);
  void need(ProductId id);
  void need(JobTypeId id);
  void need_list(const std::string& list);
  void need_assignments(std::string_view scope, std::string_view target);
  void need_rates(const char* sql, std::int64_t id);
  void read_prices();
  void read_prices_of(const std::string& list, ProductId product);

  void add_client(class Query& query);
  void add_member(class Query& query);

  template <class IdType>
  bool first_time(std::set<IdType>& seen, IdType id) {
    return id && !all_ && seen.insert(id).second;
  }

  Ledger& ledger_;
  TenantId tenant_;
  Tariff tariff_;
  bool all_ = false;
  bool begun_ = false;
  std::set<TaskId> tasks_;
  std::set<ProjectId> projects_;
  std::set<ClientId> clients_;
  std::set<MemberId> members_;
  std::set<TeamId> teams_;
  std::set<ProductId> products_;
  std::set<JobTypeId> job_types_;
  std::set<std::string> lists_;
  std::set<std::pair<std::string, ProductId>> priced_;
};

}  // namespace billctl
