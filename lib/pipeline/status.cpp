#include "pipeline/status.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "approval/gate.hpp"
#include "calendar/duration.hpp"
#include "ledger/books_table.hpp"
#include "ledger/events.hpp"
#include "ledger/invoices.hpp"
#include "ledger/jobs.hpp"
#include "ledger/mails.hpp"
#include "ledger/outbox.hpp"
#include "ledger/submitted_jobs.hpp"
#include "ledger/waiting_entries.hpp"
#include "pipeline/approval_facts.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/report_json.hpp"
#include "pipeline/restore.hpp"
#include "pipeline/send.hpp"

namespace billctl {
namespace {

/// Cron may be some minutes behind.
constexpr std::int64_t kOverdueSeconds = 15 * 60;
/// When mail servers give a letter up and tell its sender (RFC 5321, 4.5.4.1); here it is tried on.
constexpr std::int64_t kStuckSeconds = 5 * 86'400;

struct Row {
  std::string what;
  std::vector<std::string> whom;
  std::int64_t count = 0;
  std::vector<std::string> names;
  std::string detail;
  bool person = false;
};

Json names_json(const std::vector<std::string>& names) {
  Json list = Json::array();
  for (const std::string& name : names) list.push(name);
  return list;
}

class StatusRun {
 public:
  StatusRun(Session& session, const StatusRequest& request)
      : session_(session),
        request_(request),
        books_(read_books(session.ledger, session.tenant.id, BooksPart::without_tasks)) {}

  Report run() {
    restored();
    entries();
    items();
    drafts();
    mails();
    documents();
    submitted();
    last_jobs();
    ages();
    return report();
  }

 private:
  std::vector<std::string> billers() const {
    const RoleSettings& roles = session_.config.roles;
    if (!roles.configured) return {"admin"};
    return roles.biller.empty() ? roles.admin : roles.biller;
  }

  /// Until then nothing is issued or delivered.
  void restored() {
    const RoleSettings& roles = session_.config.roles;
    if (waits_for_confirm(session_))
      add({"restore confirm",
           roles.configured ? roles.admin : std::vector<std::string>{"admin"},
           1,
           {},
           "the last number that went out",
           true});
  }

  void add(Row row) {
    if (row.count > 0) rows_.push_back(std::move(row));
  }
  void problem(const std::string& what, const std::string& detail) {
    problems_.push(Json::object({{"what", what}, {"detail", detail}}));
  }

  std::string member_code(MemberId id) const {
    const Member* member = books_.members.find(id);
    return member != nullptr ? member->code : "";
  }

  void entries_of(const char* what, const std::vector<MembersEntries>& found) {
    for (const MembersEntries& each : found) {
      const std::string code = member_code(each.member);
      std::vector<std::string> whom = billers();
      if (!code.empty()) whom = {code};
      add({what, std::move(whom), each.entries, {}, "", false});
    }
  }

  void entries() {
    WaitingEntries waiting(session_.ledger, session_.tenant.id);
    if (session_.config.compile.require_confirmed) {
      const auto unconfirmed = waiting.unconfirmed();
      for (const MembersEntries& each : unconfirmed) {
        unconfirmed_entries_ += each.entries;
        unconfirmed_seconds_ += each.seconds;
      }
      entries_of("confirm", unconfirmed);
    }
    entries_of("stop", waiting.running());
    uncompiled_ = waiting.uncompiled();
    add({"compile", billers(), uncompiled_, {}, "", false});
    std::int64_t unfit = 0;
    std::string detail;
    for (const auto& [reason, count] : waiting.unfit()) {
      unfit += count;
      detail += (detail.empty() ? "" : ", ") + std::to_string(count) + " " + reason;
    }
    add({"assign", billers(), unfit, {}, detail, true});
  }

  void items() {
    std::int64_t count = 0;
    for (const PendingSum& sum : WaitingEntries(session_.ledger, session_.tenant.id).pending()) {
      count += sum.items;
      pending_.push(Json::object({{"currency", sum.currency.code()},
                                  {"items", sum.items},
                                  {"clients", sum.clients},
                                  {"amount", money_json(sum.amount_minor, sum.currency)}}));
    }
    add({"generate", billers(), count, {}, "", false});
  }

  /// Drafts that lack an approval, by role and by who may give it.
  void approvals_of(const Invoice& draft) {
    const ApprovalFacts facts = approval_facts(session_, books_, draft);
    for (const ApprovalStatus& each :
         approval_status(session_.config.approvals, session_.config.roles, facts)) {
      if (!each.required || each.given) continue;
      Row& row = approvals_[{std::string(word(each.role)), each.may}];
      row.what = "approve";
      row.detail = word(each.role);
      row.whom = each.may;
      row.person = true;
      ++row.count;
      row.names.push_back(name_of(draft));
    }
  }

  void drafts() {
    Invoices invoices(session_.ledger, session_.tenant.id);
    Row ready{"issue", billers(), 0, {}, "", false};
    Row held{"unhold", billers(), 0, {}, "", false};
    for (const InvoiceId id : invoices.open()) {
      const Invoice draft = invoices.header(id);
      const std::string_view state = told_state(session_, books_, draft);
      if (state == "draft") approvals_of(draft);
      Row* row = state == "ready" ? &ready : state == "held" ? &held : nullptr;
      if (row == nullptr) continue;
      ++row->count;
      row->names.push_back(name_of(draft));
    }
    for (auto& [who, row] : approvals_) add(std::move(row));
    add(std::move(ready));
    add(std::move(held));
  }

  void mails() {
    if (!session_.config.mail) return;
    Mails mails(session_.ledger, session_.tenant.id);
    Invoices invoices(session_.ledger, session_.tenant.id);
    std::map<std::string, Row> rows;
    rows["address"] = {"address", billers(), 0, {}, "no_email", true};
    rows["send"] = {"send", billers(), 0, {}, "", false};
    rows["stuck"] = {"send", billers(), 0, {}, "deferred for days", true};
    rows["unknown"] = {"send resolve", billers(), 0, {}, "unknown", true};
    rows["rejected"] = {"send again", billers(), 0, {}, "rejected", true};
    for (const InvoiceId id : mails.unsent()) {
      const Invoice invoice = invoices.header(id);
      const Client& client = books_.clients.at(invoice.bill_to);
      const auto mail = mails.current(id);
      const bool open =
          mail && (mail->state == MailState::unknown || mail->state == MailState::sending);
      if (!open && client.delivery != "mail") continue;
      std::string which = open ? "unknown" : "send";
      if (mail && mail->state == MailState::rejected) which = "rejected";
      if (mail && mail->state == MailState::deferred && age(mail->queued_at) > kStuckSeconds)
        which = "stuck";
      if (which != "unknown" && unmailable(client)) which = "address";
      if (rows[which].person) unsendable_.insert(id);
      ++rows[which].count;
      rows[which].names.push_back(name_of(invoice));
    }
    for (const char* which : {"address", "send", "stuck", "unknown", "rejected"})
      add(std::move(rows[which]));
  }

  void documents() {
    Outbox outbox(session_.ledger, session_.tenant.id);
    Invoices invoices(session_.ledger, session_.tenant.id);
    for (const ProviderSettings& provider : session_.config.providers) {
      Row queued{"sync", billers(), 0, {}, provider.code, false};
      Row stuck{"sync", billers(), 0, {}, provider.code + ": deferred for days", true};
      Row unknown{"sync resolve", billers(), 0, {}, provider.code + ": unknown", true};
      Row rejected{"sync again", billers(), 0, {}, provider.code + ": rejected", true};
      for (const Submission& each : outbox.list(provider.code)) {
        if (each.state == SubmissionState::accepted) continue;
        const bool is_late =
            each.state == SubmissionState::deferred && age(each.queued_at) > kStuckSeconds;
        Row& row = each.state == SubmissionState::unknown    ? unknown
                   : each.state == SubmissionState::rejected ? rejected
                   : is_late                                 ? stuck
                                                             : queued;
        ++row.count;
        row.names.push_back(name_of(invoices.header(each.invoice)));
      }
      for (const InvoiceId id : outbox.issued_unqueued(provider.code)) {
        ++queued.count;
        queued.names.push_back(name_of(invoices.header(id)));
      }
      for (Row* row : {&queued, &stuck, &unknown, &rejected}) add(std::move(*row));
    }
  }

  bool was_run_since(const SubmittedJob& job) {
    const auto last = Jobs(session_.ledger, session_.tenant.id).last_run_of(job.name, job.period);
    return last && job.ended_at && *job.ended_at <= *last;
  }

  void submitted() {
    SubmittedJobs jobs(session_.ledger, session_.tenant.id);
    Row waiting{"run-due", billers(), 0, {}, "", false};
    Row failed{"submit again", billers(), 0, {}, "", true};
    std::set<std::pair<std::string, std::string>> newer;
    for (const SubmittedJob& job : jobs.list({})) {
      const bool is_newest = newer.emplace(job.name, job.period.to_text()).second;
      if (job.state == SubmittedState::waiting || job.state == SubmittedState::running) {
        ++waiting.count;
        waiting.names.push_back(job.name);
        const std::int64_t late = session_.now.seconds() - job.due_at.seconds();
        if (late > kOverdueSeconds)
          problem("run-due", "job " + job.name + " was due " + duration_text(late) + " ago");
      } else if (job.state == SubmittedState::failed && is_newest && !was_run_since(job)) {
        ++failed.count;
        failed.names.push_back(job.name);
        failed.detail = job.message;
      }
    }
    add(std::move(waiting));
    add(std::move(failed));
  }

  std::int64_t age(Instant at) const { return session_.now.seconds() - at.seconds(); }

  /// The newest run, and of each job its newest, which must have ended well.
  void last_jobs() {
    for (const JobRun& run : Jobs(session_.ledger, session_.tenant.id).newest_runs()) {
      if (last_job_.is_null()) {
        job_age_ = age(run.started_at);
        last_job_ = run_json(run);
      }
      judge(run);
    }
  }

  Json run_json(const JobRun& run) const {
    return Json::object({{"run", run.id.value},
                         {"job", run.name},
                         {"period", period_json(run.period)},
                         {"started", run.started_at.to_text()},
                         {"finished", run.finished_at ? Json(run.finished_at->to_text()) : Json()},
                         {"exit", run.exit},
                         {"age_seconds", age(run.started_at)}});
  }

  /// What a person has put right since, by whatever command, is no alarm any more.
  bool has_left(const JobRun& run) {
    Jobs jobs(session_.ledger, session_.tenant.id);
    return jobs.has_left(run.id) ||
           std::ranges::any_of(jobs.facts(run.id, "unsent"), [&](std::int64_t invoice) {
             return unsendable_.contains(InvoiceId{invoice});
           });
  }

  void judge(const JobRun& run) {
    const std::string which = "run " + std::to_string(run.id.value) + " of job " + run.name;
    if (!run.finished_at) {
      problem("job", which + " has not ended: start it again");
    } else if (run.exit == static_cast<int>(ExitStatus::partly) && has_left(run)) {
      problem("job", which + " ended with 3: see `billctl rebill-job show " +
                         std::to_string(run.id.value) + "`");
    }
  }

  std::optional<std::int64_t> age_of(const std::string& what) {
    if (what == "job") return job_age_;
    EventFilter filter;
    filter.verb = what;
    filter.newest_first = true;
    filter.limit = 1;
    const auto events = Events(session_.ledger, session_.tenant.id).list(filter);
    if (events.empty()) return std::nullopt;
    return age(events.front().at);
  }

  void ages() {
    for (const MaxAge& most : request_.max_ages) {
      const auto seen = age_of(most.what);
      last_.push(Json::object({{"what", most.what},
                               {"age_seconds", seen ? Json(*seen) : Json()},
                               {"max_age_seconds", most.seconds}}));
      if (!seen) {
        problem(most.what, "never run, needed every " + duration_text(most.seconds));
      } else if (*seen > most.seconds) {
        problem(most.what, "last run " + duration_text(*seen) + " ago, needed every " +
                               duration_text(most.seconds));
      }
    }
  }

  Report report() {
    Json waiting = Json::array();
    for (const Row& row : rows_) {
      waiting.push(Json::object({{"what", row.what},
                                 {"for", names_json(row.whom)},
                                 {"count", row.count},
                                 {"names", names_json(row.names)},
                                 {"detail", Json::text_or_null(row.detail)},
                                 {"person", row.person}}));
      if (row.person)
        problem(row.what,
                std::to_string(row.count) + (row.detail.empty() ? "" : " (" + row.detail + ")"));
    }
    Report report;
    const bool ok = problems_.as_array().empty();
    report.body = Json::object({{"now", session_.now.to_text()},
                                {"ok", ok},
                                {"problems", std::move(problems_)},
                                {"waiting", std::move(waiting)},
                                {"unconfirmed", Json::object({{"entries", unconfirmed_entries_},
                                                              {"seconds", unconfirmed_seconds_}})},
                                {"uncompiled", uncompiled_},
                                {"pending", std::move(pending_)},
                                {"last_job", std::move(last_job_)},
                                {"last", std::move(last_)}});
    if (request_.check && !ok) report.exit = ExitStatus::partly;
    return report;
  }

  Session& session_;
  const StatusRequest& request_;
  const Books books_;
  std::vector<Row> rows_;
  std::map<std::pair<std::string, std::vector<std::string>>, Row> approvals_;
  Json problems_ = Json::array();
  Json pending_ = Json::array();
  Json last_ = Json::array();
  Json last_job_;
  std::optional<std::int64_t> job_age_;
  std::set<InvoiceId> unsendable_;  ///< as long as no person helps
  std::int64_t unconfirmed_entries_ = 0;
  std::int64_t unconfirmed_seconds_ = 0;
  std::int64_t uncompiled_ = 0;
};

}  // namespace

std::vector<std::string> max_age_words() {
  return {"job", "backup", "compile", "sync", "send"};
}

Report status(Session& session, const StatusRequest& request) {
  require_reading(session, "status");
  Report report;
  session.ledger.read([&] { report = StatusRun(session, request).run(); });
  return report;
}

}  // namespace billctl
