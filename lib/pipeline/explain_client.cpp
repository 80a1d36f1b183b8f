#include "pipeline/explain_client.hpp"

#include <map>

#include "ledger/books_table.hpp"
#include "ledger/hours_funnel.hpp"
#include "money/wide.hpp"
#include "pipeline/explain.hpp"
#include "pipeline/report_json.hpp"
#include "text/nearest.hpp"

namespace billctl {
namespace {

constexpr const char* kNotCompiled = "not_compiled";

/// Seconds by stage, each with what has come further, and the rest by code.
struct Sums {
  std::int64_t recorded = 0, compiled = 0, drafted = 0, issued = 0;
  std::map<std::pair<FunnelStep::Stage, std::string>, FunnelStep> rest;

  void add(const FunnelStep& step) {
    recorded = checked_add(recorded, step.seconds, "recorded time");
    if (step.stage >= FunnelStep::Stage::compiled) compiled += step.seconds;
    if (step.stage >= FunnelStep::Stage::drafted) drafted += step.seconds;
    if (step.stage >= FunnelStep::Stage::issued) {
      issued += step.seconds;
      return;
    }
    FunnelStep& sum =
        rest.try_emplace({step.stage, step.code}, FunnelStep{step.stage, step.code, 0, 0})
            .first->second;
    sum.entries += step.entries;
    sum.seconds += step.seconds;
  }
};

Sums sums_of(Session& session, ClientId client, const Period& period) {
  Sums sums;
  for (const FunnelStep& step : hours_funnel(session.ledger, session.tenant.id, client, period))
    sums.add(step);
  Explainer explainer(session);
  for (const WaitingEntry& each :
       waiting_hours(session.ledger, session.tenant.id, client, period)) {
    const auto reason = explainer.reason(each.entry);
    sums.add({FunnelStep::Stage::recorded, reason ? std::string(word(*reason)) : kNotCompiled, 1,
              each.seconds});
  }
  return sums;
}

}  // namespace

Json explain_client(Session& session, const std::string& client, const Period& period) {
  require_reading(session, "explain");
  Sums sums;
  session.ledger.read([&] {
    const Books books = read_books(session.ledger, session.tenant.id);
    const Client* found = books.clients.find(client);
    if (found == nullptr) {
      throw Error(Reason::not_found, "no client \"" + client + "\"",
                  did_you_mean(client, books.clients.codes()));
    }
    sums = sums_of(session, found->id, period);
  });
  Json differences = Json::array();
  for (const auto& [key, step] : sums.rest) {
    differences.push(
        Json::object({{"code", step.code}, {"entries", step.entries}, {"seconds", step.seconds}}));
  }
  return Json::object({{"client", client},
                       {"period", period_json(period)},
                       {"recorded_seconds", sums.recorded},
                       {"compiled_seconds", sums.compiled},
                       {"drafted_seconds", sums.drafted},
                       {"issued_seconds", sums.issued},
                       {"differences", std::move(differences)}});
}

}  // namespace billctl
