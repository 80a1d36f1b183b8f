#include "pipeline/submissions.hpp"

#include <memory>

#include "calendar/duration.hpp"
#include "ledger/write_lock.hpp"
#include "pipeline/rebill.hpp"
#include "pipeline/report_json.hpp"
#include "rebill/outcome.hpp"
#include "render/whole_file.hpp"
#include "text/error_json.hpp"

namespace billctl {
namespace {

constexpr std::int64_t kDay = 86'400;
/// Cron comes once a minute at best: less is no delay.
constexpr std::int64_t kLateSeconds = 60;

/// An error after which the job may still be run as it is: it stays submitted.
bool is_passing(const Error& error) {
  switch (exit_status(error.code())) {
    case ExitStatus::io:
    case ExitStatus::outcome_unknown:
    case ExitStatus::ledger:
    case ExitStatus::locked:
    case ExitStatus::corrupt:
    case ExitStatus::interrupted:
      return true;
    default:
      return false;
  }
}

std::string note_of(const SubmittedJob& job, Instant now) {
  const std::int64_t late = now.seconds() - job.due_at.seconds();
  if (late < kLateSeconds) return "";
  return "submitted for " + job.due_at.to_text() + ", run " + duration_text(late) + " late";
}

RebillRequest request_of(const SubmittedJob& job, Instant now) {
  RebillRequest request;
  request.job = parse_job(job.content, job.file);
  request.period = job.period;
  request.clients = job.clients;
  request.note = note_of(job, now);
  return request;
}

/// One submitted job, by who holds the lock of jobs.
class SubmittedRun {
 public:
  SubmittedRun(Session& session, SubmittedJob job)
      : session_(session), one_(session), job_(std::move(job)) {
    one_.once_key.clear();
  }

  /// @throws what keeps every job from running: it waits for the next time.
  void run() {
    job_.state = SubmittedState::running;
    settle();
    try {
      Report report = rebill_locked(one_, request_of(job_, session_.now));
      job_.state = SubmittedState::done;
      job_.run = JobRunId{report.body["run"].as_integer()};
      exit_ = report.exit;
      result_ = std::move(report.body);
    } catch (const Error& error) {
      exit_ = exit_status(error.code());
      error_ = error_json(error);
      job_.message = error_["message"].as_string();
      if (is_passing(error)) {
        job_.state = SubmittedState::waiting;
        settle();
        throw;
      }
      job_.state = SubmittedState::failed;
    }
    job_.ended_at = session_.now;
    job_.exit = static_cast<std::int64_t>(exit_);
    settle();
    write_report();
  }

  ExitStatus exit() const { return exit_; }
  const Json& result() const { return result_; }
  const SubmittedJob& job() const { return job_; }
  Json told() const {
    const std::string note = note_of(job_, session_.now);
    return Json::object({{"submission", job_.id.value},
                         {"job", job_.name},
                         {"period", period_json(job_.period)},
                         {"due", job_.due_at.to_text()},
                         {"late_seconds", session_.now.seconds() - job_.due_at.seconds()},
                         {"run", result_["run"]},
                         {"exit", static_cast<int>(exit_)},
                         {"note", Json::text_or_null(note)},
                         {"error", error_}});
  }

 private:
  void settle() {
    if (session_.dry_run == DryRun::yes) return;
    session_.ledger.write(DryRun::no,
                          [&] { SubmittedJobs(session_.ledger, session_.tenant.id).settle(job_); });
  }
  void write_report() {
    if (job_.report_path.empty() || session_.dry_run == DryRun::yes) return;
    Json whole = Json::object({{"format", 1}, {"command", "rebill-job run"}});
    if (result_.is_null()) {
      whole.set("error", error_);
    } else {
      whole.set("dry_run", false);
      for (const auto& [key, value] : result_.as_object()) whole.set(key, value);
    }
    try {
      write_whole_file(job_.report_path, whole.pretty() + "\n");
    } catch (const Error& error) {
      exit_ = worse(exit_, exit_status(error.code()));
      error_ = error_json(error);
    }
  }

  Session& session_;
  Session one_;
  SubmittedJob job_;
  ExitStatus exit_ = ExitStatus::done;
  Json result_, error_;
};

std::unique_ptr<ExclusiveLock> lock_unless_dry(const Session& session, int wait,
                                               const std::string& who) {
  if (session.dry_run == DryRun::yes) return nullptr;
  return std::make_unique<ExclusiveLock>(session.ledger.path(), Exclusive::job, wait, who);
}

std::vector<SubmittedJob> due_jobs(Session& session) {
  std::vector<SubmittedJob> due;
  for (SubmittedJob& job : SubmittedJobs(session.ledger, session.tenant.id).waiting()) {
    if (job.due_at <= session.now) due.push_back(std::move(job));
  }
  return due;
}

Json next_json(Session& session) {
  for (const SubmittedJob& job : SubmittedJobs(session.ledger, session.tenant.id).waiting()) {
    if (job.due_at > session.now)
      return Json::object(
          {{"submission", job.id.value}, {"job", job.name}, {"due", job.due_at.to_text()}});
  }
  return {};
}

SubmittedJob submission_of(const Session& session, const SubmitRequest& request) {
  SubmittedJob job;
  job.name = request.job.name;
  job.file = request.job.file;
  job.content = request.job.content;
  job.period = request.period ? *request.period : job_period(request.job, session.today);
  job.clients = request.clients;
  job.report_path = request.report_path;
  job.due_at = request.at;
  job.submitted_at = session.now;
  job.actor = session.actor.code;
  return job;
}

void require_launch_window(const Session& session, Instant at) {
  const Instant last = session.now.add_seconds(kDay);
  if (at <= last) return;
  throw Error(Reason::date_out_of_window,
              "a job starts at most 24 hours ahead: asked for " + at.to_text() + ", the last is " +
                  last.to_text(),
              "submit it later, or let cron start `billctl rebill-job run`");
}

/// The same words for the same time are the same submission; other ones must not wait beside it.
bool is_same(const SubmittedJob& there, const SubmittedJob& asked) {
  return there.due_at == asked.due_at && there.content == asked.content &&
         there.clients == asked.clients && there.report_path == asked.report_path;
}

[[noreturn]] void refuse_second(const SubmittedJob& there) {
  const std::string id = std::to_string(there.id.value);
  throw Error(Reason::wrong_state,
              "job " + there.name + " of " + there.period.to_text() +
                  " is submitted already: number " + id + " for " + there.due_at.to_text(),
              "take it back with `billctl rebill-job cancel " + id + "`");
}

}  // namespace

std::optional<Instant> launch_time(std::string_view text, const Zone& zone, Instant now) {
  if (text == "now") return now;
  if (text.starts_with('+')) {
    const auto seconds = parse_duration(text.substr(1));
    if (!seconds || *seconds > 3650 * kDay) return std::nullopt;
    return now.add_seconds(*seconds);
  }
  if (const auto instant = Instant::parse(text)) return instant;
  auto local = LocalTime::parse(text);
  if (const auto second = parse_time_of_day(text)) {
    local = LocalTime{zone.date(now), *second};
    if (zone.instants(*local).second < now) local->date = local->date.add_days(1);
  }
  if (!local) return std::nullopt;
  const LocalInstants found = zone.instants(*local);
  if (found.kind != LocalInstants::Kind::unique) return std::nullopt;
  return found.first;
}

Report submit_job(Session& session, const SubmitRequest& request) {
  require_permission(session.config.roles, session.actor.code, "rebill-job submit");
  require_launch_window(session, request.at);
  SubmittedJob job = submission_of(session, request);
  require_job(session, request_of(job, session.now));
  const bool past = request.at <= session.now;
  const Verb verb{"rebill-job submit", Json::object({{"job", job.name},
                                                     {"period", job.period.to_text()},
                                                     {"at", job.due_at.to_text()}})};
  const auto lock =
      past ? lock_unless_dry(session, request.lock_wait_seconds, "rebill-job submit " + job.name)
           : nullptr;
  bool fresh = false;
  Report report = perform(session, verb, [&] {
    SubmittedJobs jobs(session.ledger, session.tenant.id);
    const auto there = jobs.waiting_for(job.name, job.period);
    if (there && !is_same(*there, job)) refuse_second(*there);
    fresh = !there;
    job.id = there ? there->id : jobs.add(job);
    Report made;
    made.body = Json::object({{"submission", submitted_json(job)},
                              {"submitted", fresh},
                              {"note", past ? Json("its time is past: run now") : Json()},
                              {"result", Json()}});
    if (fresh) made.subjects.push_back({"job:" + job.name, "submitted"});
    return made;
  });
  if (!past || session.dry_run == DryRun::yes || report.body["repeated"].is_bool()) return report;
  SubmittedRun run(session, job);
  run.run();
  report.exit = run.exit();
  report.body.set("submission", submitted_json(run.job()));
  report.body.set("result", run.result());
  if (run.result().is_null()) report.body.set("error", run.told()["error"]);
  return report;
}

Report run_due(Session& session, int lock_wait_seconds) {
  require_permission(session.config.roles, session.actor.code, "rebill-job run-due");
  Report report;
  Json runs = Json::array();
  if (!due_jobs(session).empty()) {
    const auto lock = lock_unless_dry(session, lock_wait_seconds, "rebill-job run-due");
    // Read again: who held the lock may have run them.
    for (SubmittedJob& job : due_jobs(session)) {
      SubmittedRun run(session, std::move(job));
      run.run();
      report.exit = worse(report.exit, run.exit());
      report.subjects.push_back({"job:" + run.job().name, "run"});
      runs.push(run.told());
    }
  }
  const bool ran = !runs.as_array().empty();
  report.body = Json::object(
      {{"due", runs.as_array().size()}, {"runs", std::move(runs)}, {"next", next_json(session)}});
  if (!ran && session.once_key.empty()) return report;
  return perform(session, {.name = "rebill-job run-due", .arguments = Json::object()},
                 [&] { return report; });
}

Report cancel_job(Session& session, std::int64_t id) {
  const Json arguments = Json::object({{"submission", id}});
  return perform(session, {.name = "rebill-job cancel", .arguments = arguments}, [&] {
    SubmittedJobs jobs(session.ledger, session.tenant.id);
    auto job = jobs.find(SubmittedJobId{id});
    if (!job)
      throw Error(Reason::not_found, "no submitted job " + std::to_string(id),
                  "see `billctl rebill-job list`");
    if (job->state != SubmittedState::waiting) {
      throw Error(Reason::wrong_state,
                  "submitted job " + std::to_string(id) + ": is " + std::string(word(job->state)) +
                      ", not waiting",
                  "see `billctl rebill-job list`");
    }
    job->state = SubmittedState::cancelled;
    job->ended_at = session.now;
    jobs.settle(*job);
    Report report;
    report.body = Json::object({{"submission", submitted_json(*job)}});
    report.subjects.push_back({"job:" + job->name, "cancelled"});
    return report;
  });
}

Json submitted_json(const SubmittedJob& job) {
  Json clients = Json::array();
  for (const std::string& code : job.clients) clients.push(code);
  return Json::object({{"submission", job.id.value},
                       {"job", job.name},
                       {"file", job.file},
                       {"period", period_json(job.period)},
                       {"due", job.due_at.to_text()},
                       {"state", word(job.state)},
                       {"submitted_at", job.submitted_at.to_text()},
                       {"actor", job.actor},
                       {"clients", std::move(clients)},
                       {"report", Json::text_or_null(job.report_path)},
                       {"run", job.run ? Json(job.run.value) : Json()},
                       {"ended_at", job.ended_at ? Json(job.ended_at->to_text()) : Json()},
                       {"exit", job.exit ? Json(*job.exit) : Json()},
                       {"message", Json::text_or_null(job.message)}});
}

}  // namespace billctl
