#include "billable/tariff.hpp"

#include "catalogue/unit.hpp"
#include "outcome/error.hpp"

namespace billctl {

Units::Units() {
  all_.push_back({"", false, std::nullopt});
  for (const std::string_view word : {"hour", "min", "day", "km", "pcs"}) number(word);
}

UnitNumber Units::number(std::string_view word) {
  if (word.empty()) return 0;
  const auto [found, added] =
      numbers_.emplace(std::string(word), static_cast<UnitNumber>(all_.size()));
  if (added) {
    expect(all_.size() < 65'535, "there are fewer than 65535 units");
    all_.push_back({std::string(word), is_known_unit(word), time_unit_of(word)});
  }
  return found->second;
}

Tariff::Tariff(PricingRules of_run) : rules(std::move(of_run)) {
  time_rules.push_back({});
  for (const NamedTimeRule& rule : rules.time_rules) time_rules.push_back(rule);
  tenant_time_rule = time_rule(rules.time_rule);
}

std::uint16_t Tariff::time_rule(std::string_view name) {
  if (name.empty()) return 0;
  for (std::size_t i = 1; i < time_rules.size(); ++i) {
    if (time_rules[i].name != name) continue;
    const auto& rule = time_rules[i].rule;
    day_rules_ = day_rules_ || (rule && rule->per == TimeRule::Per::day);
    return static_cast<std::uint16_t>(i);
  }
  time_rules.push_back({std::string(name), std::nullopt});
  return static_cast<std::uint16_t>(time_rules.size() - 1);
}

void Tariff::add_client(ClientId id, std::string_view currency, std::string_view price_list,
                        std::string_view rule) {
  ClientTerms terms;
  terms.currency = currency_of(currency, Currency::none());
  terms.price_list = price_lists.list(price_list);
  terms.time_rule = time_rule(rule);
  clients.add(id, terms);
}

void Tariff::add(TaskId id, const Task& task) {
  TaskTerms terms;
  terms.client = task.client;
  terms.project = task.project;
  terms.team = task.team;
  terms.product = task.product;
  terms.unit_price = task.unit_price;
  terms.price_list = price_lists.list(task.price_list);
  terms.unit = task.unit.empty() ? Units::kHour : units.number(task.unit);
  terms.billable = task.billable;
  terms.done = task.status == TaskStatus::done;
  tasks.add(id, terms);
}

void Tariff::add(ProjectId id, const Project& project, std::string_view engagement_currency) {
  ProjectTerms terms;
  terms.client = project.client;
  terms.engagement = project.engagement;
  const auto kinds = BillableKinds::parse(project.billable_kinds);
  if (!kinds) {
    throw Error(Reason::corrupt,
                "project " + project.code + ": \"" + project.billable_kinds +
                    "\" is no list of billable kinds",
                "run `billctl verify`");
  }
  terms.kinds = *kinds;
  terms.currency = currency_of(project.currency, Currency::none());
  terms.currency = currency_of(engagement_currency, terms.currency);
  terms.time_rule = time_rule(project.time_rule);
  terms.status = project.status;
  terms.internal = project.internal;
  projects.add(id, terms);
}

void Tariff::add(ProductId id, const Product& product) {
  ProductTerms terms;
  terms.code = product.code;
  terms.unit_price = product.unit_price;
  terms.currency = currency_of(product.currency, rules.base);
  terms.unit = units.number(product.unit);
  terms.auto_created = product.auto_created;
  if (product.auto_created != DefaultProduct::none)
    defaults[static_cast<std::size_t>(product.auto_created)] = id;
  products.add(id, std::move(terms));
}

const NamedTimeRule& time_rule_of(const Tariff& tariff, const EntryTerms& terms) {
  std::uint16_t place = tariff.tenant_time_rule;
  if (terms.client != nullptr && terms.client->time_rule != 0) place = terms.client->time_rule;
  if (terms.project != nullptr && terms.project->time_rule != 0) place = terms.project->time_rule;
  const NamedTimeRule& named = tariff.time_rules[place];
  if (place != 0 && !named.rule) {
    throw Error(Reason::bad_config, "there is no time rule \"" + named.name + "\" in the config",
                "a client or project names it: add [time_rules." + named.name + "]");
  }
  return named;
}

EntryTerms terms_of(const Tariff& tariff, const Entry& entry) {
  EntryTerms terms;
  terms.task = tariff.tasks.find(entry.task);
  terms.project_id =
      terms.task != nullptr && terms.task->project ? terms.task->project : entry.project;
  terms.project = tariff.projects.find(terms.project_id);
  if (terms.project != nullptr) terms.client_id = terms.project->client;
  if (terms.task != nullptr && terms.task->client) terms.client_id = terms.task->client;
  terms.client = tariff.clients.find(terms.client_id);
  terms.member = tariff.members.find(entry.member);
  terms.currency = tariff.rules.base;
  if (terms.client != nullptr && terms.client->currency != Currency::none())
    terms.currency = terms.client->currency;
  if (terms.project != nullptr && terms.project->currency != Currency::none())
    terms.currency = terms.project->currency;
  return terms;
}

Candidate candidate_of(const Tariff& tariff, const Entry& entry, const EntryTerms& terms) {
  Candidate candidate;
  candidate.entry = &entry;
  if (terms.task != nullptr) candidate.task_billable = terms.task->billable;
  if (terms.project != nullptr) {
    candidate.project_status = terms.project->status;
    candidate.internal = terms.project->internal;
    candidate.bills_from = terms.project->kinds.from(entry.kind);
  }
  candidate.has_client = terms.client != nullptr;
  if (const JobTypeTerms* job_type = tariff.job_types.find(entry.job_type))
    candidate.job_type_billable = job_type->billable;
  return candidate;
}

}  // namespace billctl
