#include "pipeline/sync.hpp"

#include <algorithm>

#include "ledger/invoices.hpp"
#include "ledger/outbox.hpp"
#include "pipeline/outgoing.hpp"
#include "provider/file_provider.hpp"
#include "text/nearest.hpp"
#include "text/sha256.hpp"

namespace billctl {
namespace {

const ProviderSettings& chosen_provider(const Config& config, const std::string& code) {
  if (config.providers.empty()) {
    throw Error(Reason::bad_config, "no provider to sync to",
                "add [providers.books] with kind = \"file\" and path = \"outbox\" to the config");
  }
  std::vector<std::string> codes;
  for (const ProviderSettings& provider : config.providers) codes.push_back(provider.code);
  if (code.empty() && codes.size() > 1) {
    throw Error(Reason::usage, "several providers are configured",
                "name one with --provider " + codes.front());
  }
  const ProviderSettings* found = config.find_provider(code.empty() ? codes.front() : code);
  if (found == nullptr) {
    throw Error(Reason::not_found, "no provider \"" + code + "\"", did_you_mean(code, codes));
  }
  return *found;
}

std::unique_ptr<Provider> open_provider(const ProviderSettings& settings) {
  if (settings.kind == ProviderKind::file) return file_provider(settings.path);
  throw Error(Reason::bad_config,
              "provider " + settings.code + " is of kind " + std::string(word(settings.kind)) +
                  ", which this billctl cannot reach",
              "use kind = \"file\"");
}

/// One run of sync on one provider.
class Run {
 public:
  Run(Session& session, const SyncRequest& request, const ProviderSettings& settings)
      : session_(session),
        request_(request),
        settings_(settings),
        outbox_(session.ledger, session.tenant.id),
        invoices_(session.ledger, session.tenant.id) {}

  void queue() {
    if (request_.invoices.empty()) {
      queue_all();
    } else {
      for (const std::string& name : request_.invoices) queue_named(invoices_.named(name));
    }
  }

  /// What is to be pushed or looked up now, in the order in which it was queued.
  std::vector<Submission> due() {
    std::vector<Submission> due;
    for (Submission& submission : outbox_.list(settings_.code)) {
      if (takes(submission)) due.push_back(std::move(submission));
    }
    return due;
  }

  /// Answers that came since to what was accepted without a word of the receiver.
  void poll(Provider& provider) {
    for (Submission& submission : outbox_.list(settings_.code)) {
      const bool open =
          submission.state == SubmissionState::accepted && submission.remote_id.empty();
      if (!open || !named(submission.invoice)) continue;
      const auto said = provider.poll(submission);
      if (!said || (said->outcome == PushOutcome::accepted && said->remote_id.empty())) continue;
      settle(submission, *said);
      session_.ledger.write(DryRun::no, [&] { outbox_.set_state(submission, session_.now); });
      touched_.push_back(submission.id);
    }
  }

  void deliver(Provider& provider, const std::vector<Submission>& due) {
    const std::size_t batch_max = provider.caps().batch_max;
    for (std::size_t from = 0; from < due.size() && !stopped_; from += batch_max) {
      const std::size_t to = std::min(from + batch_max, due.size());
      deliver_batch(provider, {due.begin() + static_cast<std::ptrdiff_t>(from),
                               due.begin() + static_cast<std::ptrdiff_t>(to)});
    }
  }

  Report report() {
    std::map<SubmissionState, std::int64_t> counts;
    Json list = Json::array();
    Report report;
    std::sort(touched_.begin(), touched_.end());
    touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
    for (const SubmissionId id : touched_) {
      const Submission submission = outbox_.read(id);
      ++counts[submission.state];
      const std::string name = name_of(submission.invoice);
      list.push(submission_json(submission, name, std::string(word(submission.state))));
      report.subjects.push_back({"invoice:" + name, "sync " + std::string(word(submission.state))});
    }
    report.body = totals_json(settings_.code, counts, std::move(list));
    const bool person =
        counts[SubmissionState::rejected] > 0 || counts[SubmissionState::unknown] > 0;
    if (person) {
      report.exit = ExitStatus::partly;
    } else if (counts[SubmissionState::deferred] > 0) {
      report.exit = ExitStatus::outside;
    }
    return report;
  }

  static Json submission_json(const Submission& submission, const std::string& name,
                              const std::string& state) {
    return Json::object(
        {{"invoice", name},
         {"state", state},
         {"remote_id", Json::text_or_null(submission.remote_id)},
         {"attempts", submission.attempts},
         {"next_try", submission.next_try_at ? Json(submission.next_try_at->to_text()) : Json()},
         {"message", Json::text_or_null(submission.message)},
         {"key", submission.key}});
  }

  static Json totals_json(const std::string& provider,
                          std::map<SubmissionState, std::int64_t>& counts, Json list) {
    using enum SubmissionState;
    return Json::object({{"provider", provider},
                         {"queued", counts[queued] + counts[sending]},
                         {"accepted", counts[accepted]},
                         {"deferred", counts[deferred]},
                         {"unknown", counts[unknown]},
                         {"rejected", counts[rejected]},
                         {"invoices", std::move(list)}});
  }

  std::string name_of(InvoiceId id) {
    const Invoice header = invoices_.header(id);
    return header.number.empty() ? header.draft_number : header.number;
  }

  void touch(const std::vector<Submission>& submissions) {
    for (const Submission& submission : submissions) touched_.push_back(submission.id);
  }

 private:
  bool named(InvoiceId id) {
    if (request_.invoices.empty()) return true;
    return std::any_of(request_.invoices.begin(), request_.invoices.end(),
                       [&](const std::string& name) { return invoices_.named(name) == id; });
  }

  bool takes(const Submission& submission) {
    using enum SubmissionState;
    if (!named(submission.invoice)) return false;
    const bool asked = !request_.invoices.empty() || request_.failed;
    switch (submission.state) {
      case queued:
      case sending:
        return !request_.failed;
      case unknown:
        return true;
      case deferred:
        return asked || !submission.next_try_at || *submission.next_try_at <= session_.now;
      case rejected:
        return request_.failed;
      case accepted:
        return false;
    }
    return false;
  }

  void queue_all() {
    if (request_.rebuild) {
      for (const Submission& submission : outbox_.list(settings_.code)) {
        if (submission.state == SubmissionState::rejected) queue_again(submission);
      }
    }
    if (request_.failed) return;
    for (const InvoiceId id : outbox_.issued_unqueued(settings_.code)) queue_document(id);
    for (const InvoiceId id : outbox_.submitted_drafts(settings_.code)) queue_named(id);
  }

  /// Queues an invoice unless its current submission is of its present content.
  void queue_named(InvoiceId id) {
    const auto current = outbox_.current(id, settings_.code);
    if (!current) return queue_document(id);
    if (current->state == SubmissionState::rejected && request_.rebuild)
      return queue_again(*current);
    if (request_.failed) return;
    const Outgoing now = outgoing(session_, id);
    if (!same_revision(current->revision, now.revision)) enqueue(id, now, now.revision);
  }

  /// A rebuilt document is a new one to the provider: its revision counts up, so its key is new.
  void queue_again(const Submission& rejected) {
    const Outgoing now = outgoing(session_, rejected.invoice);
    const auto dash = rejected.revision.find("-r");
    const int count =
        dash == std::string::npos ? 1 : std::stoi(rejected.revision.substr(dash + 2)) + 1;
    enqueue(rejected.invoice, now, now.revision + "-r" + std::to_string(count));
  }

  static bool same_revision(const std::string& queued, const std::string& now) {
    return queued.substr(0, queued.find("-r")) == now;
  }

  void queue_document(InvoiceId id) {
    const Outgoing now = outgoing(session_, id);
    enqueue(id, now, now.revision);
  }

  void enqueue(InvoiceId id, const Outgoing& document, const std::string& revision) {
    Submission submission;
    submission.invoice = id;
    submission.provider = settings_.code;
    submission.kind = document.kind;
    submission.revision = revision;
    submission.key = submission_key(session_.tenant.code, document.draft_number, revision);
    submission.payload = outgoing_payload(document, submission.key, revision);
    submission.payload_digest = to_hex(sha256(submission.payload));
    touched_.push_back(outbox_.queue(submission, session_.now));
  }

  void deliver_batch(Provider& provider, std::vector<Submission> batch) {
    const bool can_find = provider.caps().can_find;
    std::vector<Submission> ready;
    for (const Submission& submission : batch) {
      Submission whole = outbox_.read(submission.id);
      const bool lost =
          whole.state == SubmissionState::unknown || whole.state == SubmissionState::sending;
      if (lost && can_find && look_up(provider, whole)) continue;
      ready.push_back(std::move(whole));
    }
    if (ready.empty()) return;
    session_.ledger.write(DryRun::no, [&] {
      for (Submission& submission : ready) {
        outbox_.begin_attempt(submission.id, session_.now);
        ++submission.attempts;
      }
    });
    const std::vector<PushResult> results = provider.push(ready);
    session_.ledger.write(DryRun::no, [&] {
      for (std::size_t i = 0; i < ready.size(); ++i) {
        const std::string outcome = settle(ready[i], results[i]);
        outbox_.end_attempt(ready[i], outcome, session_.now);
      }
    });
    touch(ready);
  }

  /// A document whose fate is unknown is asked for before it is pushed again. @returns whether that
  /// settled it.
  bool look_up(Provider& provider, Submission& submission) {
    const auto found = provider.find(submission);
    if (!found) return false;
    settle(submission, *found);
    session_.ledger.write(DryRun::no, [&] { outbox_.set_state(submission, session_.now); });
    touched_.push_back(submission.id);
    return true;
  }

  /// Puts the submission into the state that the answer means. @returns the answer's word.
  std::string settle(Submission& submission, const PushResult& result) {
    submission.message = result.message;
    submission.next_try_at.reset();
    if (!result.remote_id.empty()) submission.remote_id = result.remote_id;
    const auto later = [&] {
      submission.state = SubmissionState::deferred;
      submission.next_try_at =
          next_try(session_.now, submission.attempts, result.retry_after_seconds);
    };
    switch (result.outcome) {
      case PushOutcome::accepted:
        submission.state = SubmissionState::accepted;
        return "accepted";
      case PushOutcome::duplicate:
        submission.state = SubmissionState::accepted;
        return "duplicate";
      case PushOutcome::rejected:
        submission.state = SubmissionState::rejected;
        return "rejected";
      case PushOutcome::conflict:
        submission.state = SubmissionState::rejected;
        return "conflict";
      case PushOutcome::deferred:
        later();
        return "deferred";
      case PushOutcome::rate_limited:
        later();
        return "rate_limited";
      case PushOutcome::auth_failed:
        stopped_ = true;
        later();
        return "auth_failed";
      case PushOutcome::unknown:
        submission.state = SubmissionState::unknown;
        return "unknown";
    }
    return "unknown";
  }

  Session& session_;
  const SyncRequest& request_;
  const ProviderSettings& settings_;
  Outbox outbox_;
  Invoices invoices_;
  std::vector<SubmissionId> touched_;
  bool stopped_ = false;
};

Json arguments_of(const SyncRequest& request, const std::string& provider) {
  Json names = Json::array();
  for (const std::string& name : request.invoices) names.push(name);
  return Json::object({{"provider", provider},
                       {"invoices", std::move(names)},
                       {"failed", request.failed},
                       {"rebuild", request.rebuild}});
}

}  // namespace

Report sync(Session& session, const SyncRequest& request) {
  const ProviderSettings& settings = chosen_provider(session.config, request.provider);
  require_permission(session.config.roles, session.actor.code, "sync");
  Run run(session, request, settings);
  const Verb verb{"sync", arguments_of(request, settings.code)};
  if (session.dry_run == DryRun::yes) {
    return perform(session, verb, [&] {
      run.queue();
      run.touch(run.due());
      return run.report();
    });
  }
  const std::unique_ptr<Provider> provider = open_provider(settings);
  session.ledger.write(DryRun::no, [&] { run.queue(); });
  run.poll(*provider);
  run.deliver(*provider, run.due());
  return perform(session, verb, [&] { return run.report(); });
}

Report sync_status(Session& session, const SyncRequest& request) {
  require_reading(session, "sync status");
  const ProviderSettings& settings = chosen_provider(session.config, request.provider);
  Report report;
  session.ledger.read([&] {
    Outbox outbox(session.ledger, session.tenant.id);
    Invoices invoices(session.ledger, session.tenant.id);
    std::vector<InvoiceId> only;
    for (const std::string& name : request.invoices) only.push_back(invoices.named(name));
    std::map<SubmissionState, std::int64_t> counts;
    Json list = Json::array();
    Run run(session, request, settings);
    for (const Submission& submission : outbox.list(settings.code)) {
      if (!only.empty() && std::find(only.begin(), only.end(), submission.invoice) == only.end())
        continue;
      using enum SubmissionState;
      const bool failed = submission.state == deferred || submission.state == unknown ||
                          submission.state == rejected;
      if (request.failed && !failed) continue;
      ++counts[submission.state];
      const std::string state = sync_state(session, submission);
      list.push(Run::submission_json(submission, run.name_of(submission.invoice), state));
    }
    report.body = Run::totals_json(settings.code, counts, std::move(list));
  });
  return report;
}

Report sync_resolve(Session& session, const ResolveRequest& request) {
  if (request.absent == !request.accepted.empty()) {
    throw Error(Reason::usage, "sync resolve needs one answer: --accepted ID or --absent");
  }
  const ProviderSettings& settings = chosen_provider(session.config, request.provider);
  const Verb verb{"sync resolve", Json::object({{"invoice", request.invoice},
                                                {"provider", settings.code},
                                                {"accepted", Json::text_or_null(request.accepted)},
                                                {"absent", request.absent}})};
  return perform(session, verb, [&] {
    Outbox outbox(session.ledger, session.tenant.id);
    Invoices invoices(session.ledger, session.tenant.id);
    const InvoiceId id = invoices.named(request.invoice);
    auto submission = outbox.current(id, settings.code);
    if (!submission || (submission->state != SubmissionState::unknown &&
                        submission->state != SubmissionState::sending)) {
      const std::string state = submission ? std::string(word(submission->state)) : "none";
      throw Error(Reason::wrong_state,
                  "invoice " + request.invoice + ": its sync state is " + state + ", not unknown",
                  "see `billctl sync status " + request.invoice + "`");
    }
    submission->state = request.absent ? SubmissionState::queued : SubmissionState::accepted;
    submission->remote_id = request.accepted;
    submission->message.clear();
    submission->next_try_at.reset();
    outbox.set_state(*submission, session.now);
    std::map<SubmissionState, std::int64_t> counts;
    ++counts[submission->state];
    SyncRequest none;
    Run run(session, none, settings);
    const std::string name = run.name_of(id);
    Report report;
    report.body = Run::totals_json(settings.code, counts,
                                   Json::array({Run::submission_json(
                                       *submission, name, std::string(word(submission->state)))}));
    report.subjects = {{"invoice:" + name, "sync " + std::string(word(submission->state))}};
    return report;
  });
}

}  // namespace billctl
