#include "ledger/outbox.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {

constexpr const char* kCurrent =
    "SELECT id, invoice_id, provider, kind, key, revision, payload_digest, state, remote_id, "
    "attempts, "
    "next_try_at, message, queued_at FROM submission "
    "WHERE invoice_id = :invoice AND provider = :provider AND superseded = 0 AND tenant_id = "
    ":tenant";
constexpr const char* kOfInvoice =
    "SELECT id, invoice_id, provider, kind, key, revision, payload_digest, state, remote_id, "
    "attempts, "
    "next_try_at, message, queued_at FROM submission "
    "WHERE invoice_id = :invoice AND superseded = 0 AND tenant_id = :tenant ORDER BY provider";
constexpr const char* kList =
    "SELECT id, invoice_id, provider, kind, key, revision, payload_digest, state, remote_id, "
    "attempts, "
    "next_try_at, message, queued_at FROM submission "
    "WHERE tenant_id = :tenant AND provider = :provider AND superseded = 0 ORDER BY id";
constexpr const char* kAll =
    "SELECT id FROM submission WHERE tenant_id = :tenant AND provider = :provider ORDER BY id";
constexpr const char* kEveryKey = "SELECT key FROM submission";
constexpr const char* kWaiting =
    "SELECT id, invoice_id, provider, kind, key, revision, payload_digest, state, remote_id, "
    "attempts, "
    "next_try_at, message, queued_at FROM submission "
    "WHERE tenant_id = :tenant AND provider = :provider "
    "AND state IN ('queued', 'sending', 'deferred', 'unknown') AND superseded = 0 ORDER BY id";
constexpr const char* kRead =
    "SELECT id, invoice_id, provider, kind, key, revision, payload_digest, state, remote_id, "
    "attempts, "
    "next_try_at, message, queued_at, payload FROM submission WHERE id = :id";
constexpr const char* kIssuedUnqueued =
    "SELECT i.id FROM invoice AS i WHERE i.tenant_id = :tenant AND i.state IN ('issued', 'voided') "
    "AND i.imported = 0 AND NOT EXISTS (SELECT 1 FROM submission AS s WHERE s.invoice_id = i.id "
    "  AND s.provider = :provider AND s.superseded = 0 AND s.kind <> 'draft') ORDER BY i.id";
constexpr const char* kSubmittedDrafts =
    "SELECT i.id FROM submission AS s JOIN invoice AS i ON i.id = s.invoice_id "
    "WHERE s.tenant_id = :tenant AND s.provider = :provider AND s.superseded = 0 AND s.kind = "
    "'draft' "
    "AND i.state IN ('draft', 'held') ORDER BY i.id";
constexpr const char* kSupersede =
    "UPDATE submission SET superseded = 1 "
    "WHERE invoice_id = :invoice AND provider = :provider AND superseded = 0";
constexpr const char* kInsert =
    "INSERT INTO submission (tenant_id, invoice_id, provider, kind, key, revision, payload, "
    "payload_digest, state, queued_at) VALUES (:tenant, :invoice, :provider, :kind, :key, "
    ":revision, "
    ":payload, :digest, 'queued', :at)";
constexpr const char* kBegin =
    "UPDATE submission SET state = 'sending', attempts = attempts + 1 WHERE id = :id";
constexpr const char* kInsertAttempt =
    "INSERT INTO attempt (submission_id, number, started_at) "
    "SELECT id, attempts, :at FROM submission WHERE id = :id";
constexpr const char* kEndAttempt =
    "UPDATE attempt SET ended_at = :at, outcome = :outcome, message = :message "
    "WHERE submission_id = :id AND number = (SELECT attempts FROM submission WHERE id = :id)";
constexpr const char* kSetState =
    "UPDATE submission SET state = :state, remote_id = :remote, message = :message, "
    "next_try_at = :next, done_at = :done WHERE id = :id";

DocumentKind kind_of(std::string_view word) {
  if (word == "draft") return DocumentKind::draft;
  return word == "credit_note" ? DocumentKind::credit_note : DocumentKind::invoice;
}

Submission submission_of(const Query& query) {
  Submission submission;
  submission.id = query.id<SubmissionId>(0);
  submission.invoice = query.id<InvoiceId>(1);
  submission.provider = query.string(2);
  submission.kind = kind_of(query.text(3));
  submission.key = query.string(4);
  submission.revision = query.string(5);
  submission.payload_digest = query.string(6);
  const auto state = submission_state_of(query.text(7));
  if (!state)
    throw Error(Reason::corrupt, "a submission is in no known state", "run `billctl verify`");
  submission.state = *state;
  submission.remote_id = query.string(8);
  submission.attempts = query.integer(9);
  if (const auto at = query.integer_or_null(10))
    submission.next_try_at = Instant::from_seconds(*at);
  submission.message = query.string(11);
  submission.queued_at = Instant::from_seconds(query.integer(12));
  return submission;
}

std::vector<Submission> all_of(Query& query) {
  std::vector<Submission> submissions;
  while (query.step()) submissions.push_back(submission_of(query));
  return submissions;
}

}  // namespace

std::optional<Submission> Outbox::current(InvoiceId invoice, std::string_view provider) {
  Query query(ledger_, kCurrent);
  query.bind(":invoice", invoice).bind(":provider", provider).bind(":tenant", tenant_);
  if (!query.step()) return std::nullopt;
  return submission_of(query);
}

std::vector<Submission> Outbox::of_invoice(InvoiceId invoice) {
  Query query(ledger_, kOfInvoice);
  query.bind(":invoice", invoice).bind(":tenant", tenant_);
  return all_of(query);
}

std::vector<Submission> Outbox::list(std::string_view provider) {
  Query query(ledger_, kList);
  query.bind(":provider", provider).bind(":tenant", tenant_);
  return all_of(query);
}

std::vector<SubmissionId> Outbox::all(std::string_view provider) {
  Query query(ledger_, kAll);
  query.bind(":provider", provider).bind(":tenant", tenant_);
  std::vector<SubmissionId> ids;
  while (query.step()) ids.push_back(query.id<SubmissionId>(0));
  return ids;
}

std::set<std::string, std::less<>> Outbox::every_key() {
  Query query(ledger_, kEveryKey);
  std::set<std::string, std::less<>> keys;
  while (query.step()) keys.insert(query.string(0));
  return keys;
}

std::vector<Submission> Outbox::waiting(std::string_view provider) {
  Query query(ledger_, kWaiting);
  query.bind(":provider", provider).bind(":tenant", tenant_);
  return all_of(query);
}

std::vector<InvoiceId> Outbox::issued_unqueued(std::string_view provider) {
  Query query(ledger_, kIssuedUnqueued);
  query.bind(":provider", provider).bind(":tenant", tenant_);
  std::vector<InvoiceId> ids;
  while (query.step()) ids.push_back(query.id<InvoiceId>(0));
  return ids;
}

std::vector<InvoiceId> Outbox::submitted_drafts(std::string_view provider) {
  Query query(ledger_, kSubmittedDrafts);
  query.bind(":provider", provider).bind(":tenant", tenant_);
  std::vector<InvoiceId> ids;
  while (query.step()) ids.push_back(query.id<InvoiceId>(0));
  return ids;
}

Submission Outbox::read(SubmissionId id) {
  Query query(ledger_, kRead);
  query.bind(":id", id);
  expect(query.step(), "a submission that was listed is there");
  Submission submission = submission_of(query);
  submission.payload = std::string(query.blob(13));
  return submission;
}

SubmissionId Outbox::queue(const Submission& submission, Instant at) {
  Query(ledger_, kSupersede)
      .bind(":invoice", submission.invoice)
      .bind(":provider", submission.provider)
      .run();
  Query(ledger_, kInsert)
      .bind(":tenant", tenant_)
      .bind(":invoice", submission.invoice)
      .bind(":provider", submission.provider)
      .bind(":kind", word(submission.kind))
      .bind(":key", submission.key)
      .bind(":revision", submission.revision)
      .bind_blob(":payload", submission.payload)
      .bind(":digest", submission.payload_digest)
      .bind(":at", at.seconds())
      .run();
  return SubmissionId{ledger_.connection().last_id()};
}

void Outbox::begin_attempt(SubmissionId id, Instant at) {
  Query(ledger_, kBegin).bind(":id", id).run();
  Query(ledger_, kInsertAttempt).bind(":id", id).bind(":at", at.seconds()).run();
}

void Outbox::end_attempt(const Submission& after, std::string_view outcome, Instant at) {
  Query(ledger_, kEndAttempt)
      .bind(":id", after.id)
      .bind(":at", at.seconds())
      .bind(":outcome", outcome)
      .bind(":message", after.message)
      .run();
  set_state(after, at);
}

void Outbox::set_state(const Submission& after, Instant at) {
  Query query(ledger_, kSetState);
  query.bind(":id", after.id)
      .bind(":state", word(after.state))
      .bind(":remote", after.remote_id)
      .bind(":message", after.message);
  if (after.next_try_at) {
    query.bind(":next", after.next_try_at->seconds());
  } else {
    query.bind_null(":next");
  }
  const bool done =
      after.state == SubmissionState::accepted || after.state == SubmissionState::rejected;
  if (done) {
    query.bind(":done", at.seconds());
  } else {
    query.bind_null(":done");
  }
  query.run();
}

}  // namespace billctl
