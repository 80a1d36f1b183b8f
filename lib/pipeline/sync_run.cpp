#include "pipeline/sync_run.hpp"

#include <algorithm>

namespace billctl {
SyncRun::SyncRun(Session& session, const SyncRequest& request, const ProviderSettings& settings)
    : session_(session),
      request_(request),
      settings_(settings),
      outbox_(session.ledger, session.tenant.id),
      invoices_(session.ledger, session.tenant.id),
      documents_(session) {}

void SyncRun::queue() {
  if (request_.invoices.empty()) {
    queue_all();
  } else {
    for (const std::string& name : request_.invoices) queue_named(invoices_.named(name));
  }
}

/// What is to be pushed or looked up now, in the order in which it was queued.
std::vector<Submission> SyncRun::due() {
  std::vector<Submission> due;
  for (Submission& submission : outbox_.list(settings_.code)) {
    if (takes(submission)) due.push_back(std::move(submission));
  }
  return due;
}

/// Answers that came since to what was accepted without a word of the receiver.
void SyncRun::poll(Provider& provider) {
  for (Submission& submission : outbox_.list(settings_.code)) {
    const bool open = submission.state == SubmissionState::accepted && submission.remote_id.empty();
    if (!open || !named(submission.invoice)) continue;
    const auto said = provider.poll(submission);
    if (!said || (said->outcome == PushOutcome::accepted && said->remote_id.empty())) continue;
    settle(submission, *said);
    session_.ledger.write(DryRun::no, [&] { outbox_.set_state(submission, session_.now); });
    touched_.push_back(submission.id);
  }
}

void SyncRun::deliver(Provider& provider, const std::vector<Submission>& due) {
  const std::size_t batch_max = provider.caps().batch_max;
  for (std::size_t from = 0; from < due.size() && !stopped_; from += batch_max) {
    const std::size_t to = std::min(from + batch_max, due.size());
    deliver_batch(provider, {due.begin() + static_cast<std::ptrdiff_t>(from),
                             due.begin() + static_cast<std::ptrdiff_t>(to)});
  }
}

Report SyncRun::report() {
  Counts counts;
  Json list = Json::array();
  Report report;
  std::sort(touched_.begin(), touched_.end());
  touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
  for (const SubmissionId id : touched_) {
    const Submission submission = outbox_.read(id);
    ++counts[submission.state];
    const std::string name = name_of(invoices_.header(submission.invoice));
    list.push(submission_json(submission, name, std::string(word(submission.state))));
    report.subjects.push_back({"invoice:" + name, "sync " + std::string(word(submission.state))});
  }
  report.body = totals_json(settings_.code, counts, std::move(list));
  const bool person = counts[SubmissionState::rejected] > 0 || counts[SubmissionState::unknown] > 0;
  if (person) {
    report.exit = ExitStatus::partly;
  } else if (counts[SubmissionState::deferred] > 0) {
    report.exit = ExitStatus::outside;
  }
  return report;
}

Json SyncRun::submission_json(const Submission& submission, const std::string& name,
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

Json SyncRun::totals_json(const std::string& provider, Counts& counts, Json list) {
  using enum SubmissionState;
  return Json::object({{"provider", provider},
                       {"queued", counts[queued] + counts[sending]},
                       {"accepted", counts[accepted]},
                       {"deferred", counts[deferred]},
                       {"unknown", counts[unknown]},
                       {"rejected", counts[rejected]},
                       {"invoices", std::move(list)}});
}

void SyncRun::touch(const std::vector<Submission>& submissions) {
  for (const Submission& submission : submissions) touched_.push_back(submission.id);
}

bool SyncRun::named(InvoiceId id) {
  if (request_.invoices.empty()) return true;
  return std::any_of(request_.invoices.begin(), request_.invoices.end(),
                     [&](const std::string& name) { return invoices_.named(name) == id; });
}

bool SyncRun::takes(const Submission& submission) {
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

void SyncRun::queue_all() {
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
void SyncRun::queue_named(InvoiceId id) {
  if (const Invoice invoice = invoices_.header(id); invoice.imported) {
    throw Error(Reason::wrong_state,
                "invoice " + invoice.number + " was issued by another program and is not synced");
  }
  const auto current = outbox_.current(id, settings_.code);
  if (!current) return queue_document(id);
  if (current->state == SubmissionState::rejected && request_.rebuild) return queue_again(*current);
  if (request_.failed) return;
  const Outgoing now = documents_.of(id);
  if (!same_revision(current->revision, now.revision)) enqueue(id, now, now.revision);
}

/// A rebuilt document is a new one to the provider: its revision counts up, so its key is new.
void SyncRun::queue_again(const Submission& rejected) {
  const Outgoing now = documents_.of(rejected.invoice);
  const auto dash = rejected.revision.find("-r");
  const int count =
      dash == std::string::npos ? 1 : std::stoi(rejected.revision.substr(dash + 2)) + 1;
  enqueue(rejected.invoice, now, now.revision + "-r" + std::to_string(count));
}

void SyncRun::queue_document(InvoiceId id) {
  const Outgoing now = documents_.of(id);
  enqueue(id, now, now.revision);
}

void SyncRun::enqueue(InvoiceId id, const Outgoing& document, const std::string& revision) {
  const Submission submission =
      submission_of(session_.tenant.code, settings_.code, id, document, revision);
  touched_.push_back(outbox_.queue(submission, session_.now));
}

void SyncRun::deliver_batch(Provider& provider, const std::vector<Submission>& batch) {
  const bool can_find = provider.caps().can_find;
  std::vector<Submission> ready;
  for (const Submission& submission : batch) {
    Submission whole = outbox_.read(submission.id);
    const bool lost =
        whole.state == SubmissionState::unknown || whole.state == SubmissionState::sending;
    if (lost && !can_find) {
      leave_unknown(whole);
      continue;
    }
    if (lost && look_up(provider, whole)) continue;
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
bool SyncRun::look_up(Provider& provider, Submission& submission) {
  const auto found = provider.find(submission);
  if (!found) return false;
  settle(submission, *found);
  session_.ledger.write(DryRun::no, [&] { outbox_.set_state(submission, session_.now); });
  touched_.push_back(submission.id);
  return true;
}

/// Where nobody can be asked a person has to look.
void SyncRun::leave_unknown(Submission& submission) {
  if (submission.state != SubmissionState::unknown) {
    settle(submission, {PushOutcome::unknown, "", "cut short, and it can't be asked for", {}});
    session_.ledger.write(DryRun::no, [&] { outbox_.set_state(submission, session_.now); });
  }
  touched_.push_back(submission.id);
}

/// Puts the submission into the state that the answer means. @returns the answer's word.
std::string SyncRun::settle(Submission& submission, const PushResult& result) {
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

}  // namespace billctl
