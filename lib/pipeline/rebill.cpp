#include "pipeline/rebill.hpp"

#include <algorithm>

#include "ledger/books_table.hpp"
#include "ledger/jobs.hpp"
#include "pipeline/rebill_run.hpp"
#include "text/nearest.hpp"

namespace billctl {
namespace {

[[noreturn]] void bad_job(const JobFile& job, const std::string& message, const std::string& hint) {
  throw Error(Reason::bad_job, {Mistake{{job.file, 0, 0}, message, hint}});
}

/// What a job may ask for and this program has no way to do is refused before any work.
void refuse_unbuilt(const JobFile& job) {
  if (job.send)
    bad_job(job, "send = true: this billctl cannot send mail yet",
            "set send = false and deliver with `billctl sync`");
}

ClientId client_named(const JobFile& job, const Books& books, const std::string& code) {
  const Client* client = books.clients.find(code);
  if (client == nullptr) {
    bad_job(job, "there is no client \"" + code + "\"", did_you_mean(code, books.clients.codes()));
  }
  return client->id;
}

std::vector<ClientId> clients_of(Session& session, const RebillRequest& request,
                                 const Books& books) {
  const JobFile& job = request.job;
  std::vector<ClientId> clients;
  if (!job.selection.empty()) {
    clients = read_selection(session.ledger, session.tenant.id, job.selection);
    if (clients.empty()) {
      bad_job(job, "there is no selection \"" + job.selection + "\"",
              did_you_mean(job.selection, selection_names(session.ledger, session.tenant.id)));
    }
  }
  for (const std::string& code : job.clients) clients.push_back(client_named(job, books, code));
  std::sort(clients.begin(), clients.end(), [&](ClientId a, ClientId b) {
    return books.clients.at(a).code < books.clients.at(b).code;
  });
  clients.erase(std::unique(clients.begin(), clients.end()), clients.end());
  if (request.clients.empty()) return clients;
  std::vector<ClientId> only;
  for (const std::string& code : request.clients) only.push_back(client_named(job, books, code));
  std::erase_if(clients,
                [&](ClientId id) { return std::find(only.begin(), only.end(), id) == only.end(); });
  return clients;
}

}  // namespace

Report rebill(Session& session, const RebillRequest& request) {
  if (!session.config.rebill.enabled) {
    throw Error(Reason::feature_off, "re-invoicing of time is off",
                "set [rebill] enabled = true in the config");
  }
  const JobFile& job = request.job;
  refuse_unbuilt(job);
  const Period period = request.period ? *request.period : job_period(job, session.today);
  Verb verb{
      "rebill-job run",
      Json::object({{"job", job.name}, {"period", period.to_text()}, {"validate", job.validate}})};
  verb.bulk = true;
  return perform(session, verb, [&] {
    const Books books = read_books(session.ledger, session.tenant.id);
    RebillRun run(session, job, period, clients_of(session, request, books));
    return run.run();
  });
}

Report rebill_runs(Session& session, std::optional<std::int64_t> limit) {
  require_reading(session, "rebill-job list");
  Jobs jobs(session.ledger, session.tenant.id);
  Json list = Json::array();
  for (const JobRun& run : jobs.runs(limit)) {
    const Json report = run.report.empty() ? Json() : Json::parse(run.report);
    list.push(
        Json::object({{"run", run.id.value},
                      {"job", run.name},
                      {"period", Json::object({{"first", run.period.first().to_text()},
                                               {"last", run.period.last().to_text()}})},
                      {"started", run.started_at.to_text()},
                      {"finished", run.finished_at ? Json(run.finished_at->to_text()) : Json()},
                      {"actor", run.actor},
                      {"exit", run.exit},
                      {"clients", report["clients"]},
                      {"totals", report["totals"]}}));
  }
  Report report;
  report.body = Json::object({{"runs", std::move(list)}});
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
