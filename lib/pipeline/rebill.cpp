#include "pipeline/rebill.hpp"

#include <algorithm>

#include "ledger/books_table.hpp"
#include "ledger/jobs.hpp"
#include "ledger/write_lock.hpp"
#include "pipeline/filter_words.hpp"
#include "pipeline/rebill_close.hpp"
#include "pipeline/rebill_run.hpp"
#include "pipeline/report_json.hpp"
#include "pipeline/send.hpp"
#include "pipeline/submissions.hpp"
#include "text/nearest.hpp"
#include "work/filter_test.hpp"

namespace billctl {
namespace {

std::vector<ClientId> selected(Session& session, const JobFile& job) {
  std::vector<ClientId> clients = read_selection(session.ledger, session.tenant.id, job.selection);
  if (!clients.empty()) return clients;
  throw Error(
      Reason::bad_job,
      {Mistake{job.who_at, "there is no selection \"" + job.selection + "\"",
               did_you_mean(job.selection, selection_names(session.ledger, session.tenant.id))}});
}

std::vector<ClientId> named(const JobFile& job, const Books& books) {
  std::vector<ClientId> clients;
  std::vector<Mistake> mistakes;
  for (const std::string& code : job.clients) {
    if (const Client* client = books.clients.find(code)) {
      clients.push_back(client->id);
    } else {
      mistakes.push_back({job.who_at, "there is no client \"" + code + "\"",
                          did_you_mean(code, books.clients.codes())});
    }
  }
  if (!mistakes.empty()) throw Error(Reason::bad_job, std::move(mistakes));
  return clients;
}

std::vector<ClientId> clients_of(Session& session, const RebillRequest& request, const JobFile& job,
                                 const Books& books) {
  std::vector<ClientId> clients =
      job.selection.empty() ? named(job, books) : selected(session, job);
  std::sort(clients.begin(), clients.end(), [&](ClientId a, ClientId b) {
    return books.clients.at(a).code < books.clients.at(b).code;
  });
  clients.erase(std::unique(clients.begin(), clients.end()), clients.end());
  if (request.clients.empty()) return clients;
  std::vector<ClientId> only;
  for (const std::string& code : request.clients) {
    const Client* client = books.clients.find(code);
    if (client == nullptr)
      throw Error(Reason::not_found, "no client \"" + code + "\"",
                  did_you_mean(code, books.clients.codes()));
    only.push_back(client->id);
    if (std::find(clients.begin(), clients.end(), only.back()) == clients.end())
      throw Error(Reason::not_found, "client " + code + " is none of job " + job.name,
                  "name one of its own, or add it to the selection");
  }
  std::erase_if(clients,
                [&](ClientId id) { return std::find(only.begin(), only.end(), id) == only.end(); });
  return clients;
}

/// The job of a plan is the one whose words are in it.
JobFile job_of(const RebillRequest& request) {
  if (!request.plan) return request.job;
  JobFile job = parse_job(request.plan->content, request.plan->file);
  job.selection.clear();
  job.clients = request.plan->codes();
  return job;
}

Period period_of(const RebillRequest& request, const JobFile& job, Date today) {
  if (request.plan) return request.plan->period;
  return request.period ? *request.period : job_period(job, today);
}

void require_feature(const Session& session) {
  if (session.config.rebill.enabled) return;
  throw Error(Reason::feature_off, "re-invoicing of time is off",
              "set [rebill] enabled = true in the config");
}

void require_same_tenant(const Session& session, const RebillPlan& plan) {
  if (plan.tenant == session.tenant.code) return;
  throw Error(Reason::wrong_target,
              "the plan is of tenant " + plan.tenant + ", this ledger's is " + session.tenant.code,
              "name the plan's config with --config");
}

/// {created, not_validated, failed, skipped}: how many clients of each.
Json outcome_counts(const Json& report) {
  std::map<std::string, std::int64_t> counts;
  if (report["outcomes"].is_array()) {
    for (const Json& each : report["outcomes"].as_array()) ++counts[each["outcome"].as_string()];
  }
  Json json = Json::object();
  for (const JobOutcome outcome :
       {JobOutcome::created, JobOutcome::not_validated, JobOutcome::failed, JobOutcome::skipped})
    json.set(word(outcome), counts[std::string(word(outcome))]);
  return json;
}

/// What was billed last, by client: issued documents of the period before.
using Billed = std::map<std::string, Json>;
Billed billed_before(const std::optional<Period>& before, const Books& books, Jobs& jobs) {
  Billed billed;
  if (!before) return billed;
  for (const BilledBefore& each : jobs.billed_in(*before))
    billed[books.clients.at(each.client).code].push(
        Json::object({{"currency", each.currency.code()},
                      {"excl_tax", money_json(each.excl_tax_minor, each.currency)}}));
  return billed;
}

void put_period_before(Json& body, const std::optional<Period>& before, const Billed& billed) {
  body.set("previous", before ? period_json(*before) : Json());
  for (Json& outcome : body.find("outcomes")->as_array()) {
    const auto found = billed.find(outcome["client"].as_string());
    outcome.set("previous", found == billed.end() ? Json::array() : found->second);
  }
}

Json words_json(const std::vector<std::string>& words) {
  Json list = Json::array();
  for (const std::string& word : words) list.push(word);
  return list;
}

/// Which runs and submissions a listing is asked for.
class RunFilter {
 public:
  RunFilter(const Filter& filter, Jobs& jobs, const Books& books)
      : filter_(filter), test_(filter), jobs_(jobs), books_(books) {}

  bool takes(const JobRun& run) const {
    if (!in_period(run.period)) return false;
    return !by_client() || std::ranges::any_of(jobs_.clients(run.id), [&](ClientId client) {
      return test_.takes_client(client);
    });
  }

  /// A job of all its clients may be about any.
  bool takes(const SubmittedJob& job) const {
    if (!in_period(job.period)) return false;
    return !by_client() || job.clients.empty() ||
           std::ranges::any_of(job.clients, [&](const std::string& code) {
             const Client* client = books_.clients.find(code);
             return client != nullptr && test_.takes_client(client->id);
           });
  }

 private:
  bool by_client() const { return filter_.by_client || !filter_.not_clients.empty(); }
  bool in_period(const Period& period) const {
    return !filter_.period || filter_.period->overlaps(period);
  }

  const Filter& filter_;
  FilterTest test_;
  Jobs& jobs_;
  const Books& books_;
};

JobRun run_named(Jobs& jobs, const std::string& name) {
  const auto number = Decimal::parse(name);
  constexpr std::int64_t kOne = 1'000'000;
  std::optional<JobRun> run;
  if (number && number->micro() % kOne == 0) run = jobs.run(JobRunId{number->micro() / kOne});
  if (!run)
    throw Error(Reason::not_found, "no run " + name + " of a job", "see `billctl rebill-job list`");
  return *run;
}

Json run_row(const JobRun& run) {
  const Json report = run.report.empty() ? Json() : Json::parse(run.report);
  return Json::object(
      {{"run", run.id.value},
       {"job", run.name},
       {"period", period_json(run.period)},
       {"started", run.started_at.to_text()},
       {"finished", run.finished_at ? Json(run.finished_at->to_text()) : Json()},
       {"actor", run.actor},
       {"exit", run.exit},
       {"clients", report["clients"]},
       {"outcomes", outcome_counts(report)},
       {"unsent", report["unsent"].is_array() ? report["unsent"].as_array().size() : 0},
       {"totals", report["totals"]}});
}

}  // namespace

Report rebill(Session& session, const RebillRequest& request) {
  require_permission(session.config.roles, session.actor.code, "rebill-job run");
  require_feature(session);
  if (session.dry_run == DryRun::yes) return rebill_locked(session, request);
  const ExclusiveLock lock(session.ledger.path(), Exclusive::job, request.lock_wait_seconds,
                           "rebill-job " + (request.plan ? request.plan->file : request.job.name));
  return rebill_locked(session, request);
}

void require_job(Session& session, const RebillRequest& request) {
  require_feature(session);
  if (request.job.send) require_mail(session);
  session.ledger.read([&] {
    const Books books = read_books(session.ledger, session.tenant.id);
    clients_of(session, request, request.job, books);
  });
}

Report rebill_locked(Session& session, const RebillRequest& request) {
  require_feature(session);
  if (request.plan) require_same_tenant(session, *request.plan);
  const JobFile job = job_of(request);
  const Period period = period_of(request, job, session.today);
  RebillClose close(session, job, period);
  if (auto repeated = close.repeated()) return *std::move(repeated);
  return close.guard([&] {
    Verb verb{"rebill-job run", Json::object({{"job", job.name},
                                              {"period", period.to_text()},
                                              {"validate", job.validate},
                                              {"send", job.send}})};
    if (!request.clients.empty()) verb.arguments.set("clients", words_json(request.clients));
    verb.bulk = true;
    std::vector<InvoiceId> issued;
    JobRunId id;
    bool ran = false;
    Report report = perform(close.first_half(), verb, [&] {
      ran = true;
      const Books books = read_books(session.ledger, session.tenant.id);
      RebillRun run(session, {job, period, clients_of(session, request, job, books),
                              request.plan ? &*request.plan : nullptr, false, request.note});
      Report made = run.run();
      id = run.id();
      issued = run.issued();
      if (session.dry_run == DryRun::yes) close.foretell(made, issued);
      if (!close.goes_on()) close.end(id, made);
      return made;
    });
    return ran && close.goes_on() ? close.deliver(id, issued, std::move(report)) : report;
  });
}

Report plan_rebill(Session& session, const RebillRequest& request) {
  require_reading(session, "rebill-job plan");
  require_feature(session);
  const JobFile& job = request.job;
  const Period period = period_of(request, job, session.today);
  Report report;
  session.ledger.write_bulk(DryRun::yes, [&] {
    const Books books = read_books(session.ledger, session.tenant.id);
    Jobs jobs(session.ledger, session.tenant.id);
    // Before the run, whose own invoices may reach back into that period.
    const auto before = period_before(period);
    const Billed billed = billed_before(before, books, jobs);
    RebillRun run(session,
                  {job, period, clients_of(session, request, job, books), nullptr, true, ""});
    report = run.run();
    put_period_before(report.body, before, billed);
  });
  report.exit = ExitStatus::done;
  report.body.set("tenant", session.tenant.code);
  report.body.set("made_at", session.now.to_text());
  report.body.set("file", job.file);
  report.body.set("content", job.content);
  return report;
}

Report rebill_runs(Session& session, const Filter& filter) {
  require_reading(session, "rebill-job list");
  refuse_words(filter.kinds, "--kind", "rebill-job list");
  refuse_words(filter.states, "--state", "rebill-job list");
  if (!filter.projects.empty() || !filter.tasks.empty() || !filter.members.empty())
    throw Error(Reason::usage, "a run of a job is about clients",
                "rebill-job list takes --client, --not-client, --selection and --period");
  Jobs jobs(session.ledger, session.tenant.id);
  const Books books = read_books(session.ledger, session.tenant.id, BooksPart::as_needed);
  const RunFilter wanted(filter, jobs, books);
  // Sorted rows are paged in their own order.
  const bool paged = filter.sort.empty();
  std::optional<JobRun> after;
  if (paged && !filter.after.empty()) after = run_named(jobs, filter.after);
  Json list = Json::array();
  for (const JobRun& run : jobs.runs(std::nullopt)) {
    if (paged && filter.limit && std::ssize(list.as_array()) >= *filter.limit) break;
    if ((!after || run.id < after->id) && wanted.takes(run)) list.push(run_row(run));
  }
  Json submitted = Json::array();
  for (const SubmittedJob& job :
       SubmittedJobs(session.ledger, session.tenant.id).list(std::nullopt)) {
    if (filter.limit && std::ssize(submitted.as_array()) >= *filter.limit) break;
    if (wanted.takes(job)) submitted.push(submitted_json(job));
  }
  Report report;
  report.body = Json::object({{"runs", std::move(list)}, {"submitted", std::move(submitted)}});
  return report;
}

Report rebill_run_report(Session& session, std::int64_t id) {
  require_reading(session, "rebill-job show");
  Jobs jobs(session.ledger, session.tenant.id);
  const auto run = jobs.run(JobRunId{id});
  if (!run)
    throw Error(Reason::not_found, "no run " + std::to_string(id) + " of a job",
                "see `billctl rebill-job list`");
  Report report;
  report.body = Json::parse(run->report);
  return report;
}

}  // namespace billctl
