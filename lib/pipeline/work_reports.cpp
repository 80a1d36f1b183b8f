#include "pipeline/work_reports.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "ledger/books_table.hpp"
#include "ledger/hours_funnel.hpp"
#include "ledger/unbilled.hpp"
#include "money/money.hpp"
#include "pipeline/filter_words.hpp"
#include "pipeline/report_json.hpp"
#include "work/filter_test.hpp"

namespace billctl {
namespace {

void add(std::int64_t& sum, std::int64_t more) {
  sum = checked_add(sum, more, "a sum of a report");
}

/// What people read of a currency that the ledger has.
Currency currency_of(const std::string& code) {
  const auto currency = Currency::of(code);
  if (!currency)
    throw Error(Reason::corrupt, "an item has a currency that is none", "run `billctl verify`");
  return *currency;
}

Date as_of(const Session& session, const ReportRequest& request) {
  return request.as_of.value_or(session.today);
}

/// Visits what the filter takes of the unbilled work up to that day.
void each_wanted(Session& session, const ReportRequest& request,
                 const std::function<void(const UnbilledSum&)>& visit) {
  constexpr std::array<std::string_view, 2> kUnbilled = {"pending", "drafted"};
  check_words(request.filter.states, kUnbilled, "--state");
  check_words(request.filter.kinds, kItemKindWords, "--kind");
  const FilterTest test(request.filter);
  // Without a day everything counts, work with a later date too.
  const Date last = request.as_of.value_or(Date::last_of_all());
  each_unbilled(session.ledger, session.tenant.id, last, [&](const UnbilledSum& sum) {
    if (!test.takes({sum.client, sum.project, sum.task, sum.member}) ||
        !test.takes_kind(std::string_view(sum.kind)) || !test.in_period(sum.work_on) ||
        !test.takes_state(sum.drafted ? "drafted" : "pending"))
      return;
    visit(sum);
  });
}

struct Wip {
  std::int64_t seconds = 0, pending_minor = 0, drafted_minor = 0;
  void add(const UnbilledSum& sum) {
    billctl::add(seconds, sum.seconds);
    billctl::add(sum.drafted ? drafted_minor : pending_minor, sum.amount_minor);
  }
  void put(Json& row, Currency currency) const {
    row.set("pending", money_json(pending_minor, currency));
    row.set("drafted", money_json(drafted_minor, currency));
    row.set("unbilled",
            money_json(checked_add(pending_minor, drafted_minor, "a sum of a report"), currency));
  }
};

constexpr std::array kBuckets = {"days_0_30", "days_31_60", "days_61_90", "over_90"};

struct Aged {
  std::optional<Date> oldest;
  std::array<std::int64_t, kBuckets.size()> minor{};

  void add(const UnbilledSum& sum, Date today) {
    const int days = today.days() - sum.work_on.days();
    const std::size_t bucket = days <= 30 ? 0 : days <= 60 ? 1 : days <= 90 ? 2 : 3;
    billctl::add(minor.at(bucket), sum.amount_minor);
    if (!oldest || sum.work_on < *oldest) oldest = sum.work_on;
  }
  void put(Json& row, Currency currency) const {
    std::int64_t all = 0;
    for (std::size_t i = 0; i < kBuckets.size(); ++i) {
      row.set(kBuckets.at(i), money_json(minor.at(i), currency));
      billctl::add(all, minor.at(i));
    }
    row.set("unbilled", money_json(all, currency));
  }
};

struct Hours {
  std::int64_t entries = 0, recorded = 0, compiled = 0, drafted = 0, issued = 0;
  void add(const FunnelStep& step) {
    billctl::add(entries, step.entries);
    billctl::add(recorded, step.seconds);
    if (step.stage >= FunnelStep::Stage::compiled) billctl::add(compiled, step.seconds);
    if (step.stage >= FunnelStep::Stage::drafted) billctl::add(drafted, step.seconds);
    if (step.stage >= FunnelStep::Stage::issued) billctl::add(issued, step.seconds);
  }
  void put(Json& row) const {
    row.set("entries", entries);
    row.set("recorded_seconds", recorded);
    row.set("compiled_seconds", compiled);
    row.set("drafted_seconds", drafted);
    row.set("issued_seconds", issued);
  }
};

Json body_of(Date day, Json rows, Json totals) {
  return Json::object(
      {{"as_of", date_json(day)}, {"rows", std::move(rows)}, {"totals", std::move(totals)}});
}

template <class Sum>
Json totals_json(const std::map<Currency, Sum>& totals) {
  Json all = Json::array();
  for (const auto& [currency, sum] : totals) {
    Json row = Json::object({{"currency", currency.code()}});
    sum.put(row, currency);
    all.push(std::move(row));
  }
  return all;
}

Books books_of(Session& session) {
  return read_books(session.ledger, session.tenant.id, BooksPart::without_tasks);
}

}  // namespace

Json report_wip(Session& session, const ReportRequest& request) {
  require_reading(session, "report wip");
  Json body;
  session.ledger.read([&] {
    const Books books = books_of(session);
    std::map<std::tuple<std::string, std::string, Currency>, Wip> rows;
    std::map<Currency, Wip> totals;
    each_wanted(session, request, [&](const UnbilledSum& sum) {
      const Project* project = books.projects.find(sum.project);
      const Currency currency = currency_of(sum.currency);
      rows[{books.clients.at(sum.client).code, project != nullptr ? project->code : "", currency}]
          .add(sum);
      totals[currency].add(sum);
    });
    Json list = Json::array();
    for (const auto& [key, sum] : rows) {
      const auto& [client, project, currency] = key;
      Json row = Json::object({{"client", client},
                               {"project", Json::text_or_null(project)},
                               {"currency", currency.code()},
                               {"seconds", sum.seconds}});
      sum.put(row, currency);
      list.push(std::move(row));
    }
    body = body_of(as_of(session, request), std::move(list), totals_json(totals));
  });
  return body;
}

Json report_aged_unbilled(Session& session, const ReportRequest& request) {
  require_reading(session, "report aged-unbilled");
  Json body;
  session.ledger.read([&] {
    const Books books = books_of(session);
    const Date today = as_of(session, request);
    std::map<std::pair<std::string, Currency>, Aged> rows;
    std::map<Currency, Aged> totals;
    each_wanted(session, request, [&](const UnbilledSum& sum) {
      const Currency currency = currency_of(sum.currency);
      rows[{books.clients.at(sum.client).code, currency}].add(sum, today);
      totals[currency].add(sum, today);
    });
    Json list = Json::array();
    for (const auto& [key, sum] : rows) {
      const auto& [client, currency] = key;
      Json row = Json::object(
          {{"client", client}, {"currency", currency.code()}, {"oldest", date_json(sum.oldest)}});
      sum.put(row, currency);
      list.push(std::move(row));
    }
    body = body_of(today, std::move(list), totals_json(totals));
  });
  return body;
}

Json report_funnel(Session& session, const ReportRequest& request) {
  require_reading(session, "report funnel");
  const Filter& filter = request.filter;
  refuse_words(filter.kinds, "--kind", "report funnel");
  refuse_words(filter.states, "--state", "report funnel");
  if (!filter.projects.empty() || !filter.tasks.empty() || !filter.members.empty())
    throw Error(Reason::usage, "report funnel counts the hours of whole clients",
                "it takes --client, --not-client, --selection and --period");
  const Date last = request.as_of.value_or(Date::last_of_all());
  const Period all = Period::from_to(Date::first_of_all(), last);
  Period period = request.filter.period.value_or(all);
  if (last < period.first())
    throw Error(Reason::usage, "--as-of " + last.to_text() + " is before the period");
  if (last < period.last()) period = Period::from_to(period.first(), last);
  Json body;
  session.ledger.read([&] {
    const Books books = books_of(session);
    const FilterTest test(request.filter);
    std::map<std::string, Hours> rows;
    Hours total;
    std::map<std::pair<FunnelStep::Stage, std::string>, Hours> rest;
    each_funnel_step(session.ledger, session.tenant.id, period,
                     [&](ClientId id, const FunnelStep& step) {
                       if (!test.takes({id, {}, {}, {}})) return;
                       const Client* client = books.clients.find(id);
                       rows[client != nullptr ? client->code : ""].add(step);
                       total.add(step);
                       if (!step.code.empty()) rest[{step.stage, step.code}].add(step);
                     });
    Json list = Json::array();
    for (const auto& [client, hours] : rows) {
      Json row = Json::object({{"client", Json::text_or_null(client)}});
      hours.put(row);
      list.push(std::move(row));
    }
    Json differences = Json::array();
    for (const auto& [key, hours] : rest) {
      differences.push(Json::object(
          {{"code", key.second}, {"entries", hours.entries}, {"seconds", hours.recorded}}));
    }
    Json sum = Json::object();
    total.put(sum);
    body = body_of(as_of(session, request), std::move(list), Json::array({std::move(sum)}));
    body.set("differences", std::move(differences));
  });
  return body;
}

}  // namespace billctl
