#include "ledger/submitted_jobs.hpp"

#include "ledger/connection.hpp"
#include "outcome/words.hpp"
#include "text/json.hpp"

namespace billctl {
namespace {

#define BILLCTL_COLUMNS                                                                     \
  "SELECT id, name, file, content, period_first_on, period_last_on, clients, report_path, " \
  "due_at, submitted_at, actor, state, job_run_id, ended_at, exit, message FROM job_submission "

constexpr const char* kFind = BILLCTL_COLUMNS "WHERE tenant_id = :tenant AND id = :id";
constexpr const char* kWaitingFor = BILLCTL_COLUMNS
    "WHERE tenant_id = :tenant AND name = :name AND period_first_on = :first "
    "AND period_last_on = :last AND state IN ('waiting', 'running')";
constexpr const char* kWaiting = BILLCTL_COLUMNS
    "WHERE tenant_id = :tenant AND state IN ('waiting', 'running') ORDER BY due_at, id LIMIT "
    ":limit";
constexpr const char* kList =
    BILLCTL_COLUMNS "WHERE tenant_id = :tenant ORDER BY id DESC LIMIT :limit";
constexpr const char* kAdd =
    "INSERT INTO job_submission (tenant_id, name, file, content, period_first_on, "
    "period_last_on, clients, report_path, due_at, submitted_at, actor) VALUES (:tenant, :name, "
    ":file, :content, :first, :last, :clients, :report, :due, :at, :actor)";
constexpr const char* kSettle =
    "UPDATE job_submission SET state = :state, job_run_id = :run, ended_at = :ended, "
    "exit = :exit, message = :message WHERE id = :id";

#undef BILLCTL_COLUMNS

Date date_of(std::string_view text) {
  const auto date = Date::parse(text);
  if (!date)
    throw Error(Reason::corrupt, "a submitted job's period is no date", "run `billctl verify`");
  return *date;
}

SubmittedState state_of(std::string_view text) {
  const auto state = find_word<SubmittedState>(kSubmittedStateWords, text);
  if (!state)
    throw Error(Reason::corrupt, "a submitted job's state is none", "run `billctl verify`");
  return *state;
}

SubmittedJob job_of(const Query& query) {
  SubmittedJob job;
  job.id = query.id<SubmittedJobId>(0);
  job.name = query.string(1);
  job.file = query.string(2);
  job.content = query.string(3);
  job.period = Period::from_to(date_of(query.text(4)), date_of(query.text(5)));
  const Json clients = Json::parse(query.text(6));
  for (const Json& code : clients.as_array()) job.clients.push_back(code.as_string());
  job.report_path = query.string(7);
  job.due_at = Instant::from_seconds(query.integer(8));
  job.submitted_at = Instant::from_seconds(query.integer(9));
  job.actor = query.string(10);
  job.state = state_of(query.text(11));
  job.run = query.id<JobRunId>(12);
  if (const auto at = query.integer_or_null(13)) job.ended_at = Instant::from_seconds(*at);
  job.exit = query.integer_or_null(14);
  job.message = query.string(15);
  return job;
}

}  // namespace

std::string_view word(SubmittedState state) {
  return word_of(kSubmittedStateWords, state);
}

std::optional<SubmittedJob> SubmittedJobs::find(SubmittedJobId id) {
  Query query(ledger_, kFind);
  query.bind(":tenant", tenant_).bind(":id", id);
  if (!query.step()) return std::nullopt;
  return job_of(query);
}

std::optional<SubmittedJob> SubmittedJobs::waiting_for(std::string_view name,
                                                       const Period& period) {
  Query query(ledger_, kWaitingFor);
  query.bind(":tenant", tenant_)
      .bind(":name", name)
      .bind(":first", period.first().to_text())
      .bind(":last", period.last().to_text());
  if (!query.step()) return std::nullopt;
  return job_of(query);
}

std::vector<SubmittedJob> SubmittedJobs::read(const char* sql, std::int64_t limit) {
  Query query(ledger_, sql);
  query.bind(":tenant", tenant_).bind(":limit", limit);
  std::vector<SubmittedJob> jobs;
  while (query.step()) jobs.push_back(job_of(query));
  return jobs;
}

std::vector<SubmittedJob> SubmittedJobs::waiting() {
  return read(kWaiting, -1);
}

std::vector<SubmittedJob> SubmittedJobs::list(std::optional<std::int64_t> limit) {
  return read(kList, limit.value_or(-1));
}

SubmittedJobId SubmittedJobs::add(const SubmittedJob& job) {
  Json clients = Json::array();
  for (const std::string& code : job.clients) clients.push(code);
  Query(ledger_, kAdd)
      .bind(":tenant", tenant_)
      .bind(":name", job.name)
      .bind(":file", job.file)
      .bind(":content", job.content)
      .bind(":first", job.period.first().to_text())
      .bind(":last", job.period.last().to_text())
      .bind(":clients", clients.compact())
      .bind(":report", job.report_path)
      .bind(":due", job.due_at.seconds())
      .bind(":at", job.submitted_at.seconds())
      .bind(":actor", job.actor)
      .run();
  return SubmittedJobId{ledger_.connection().last_id()};
}

void SubmittedJobs::settle(const SubmittedJob& job) {
  std::optional<std::int64_t> ended;
  if (job.ended_at) ended = job.ended_at->seconds();
  Query(ledger_, kSettle)
      .bind(":id", job.id)
      .bind(":state", word(job.state))
      .bind_or_null(":run", job.run)
      .bind(":ended", ended)
      .bind(":exit", job.exit)
      .bind(":message", job.message)
      .run();
}

}  // namespace billctl
