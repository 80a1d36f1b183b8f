// Outbox: the submissions of a tenant. What was queued never changes (a trigger); only its state,
// attempts and what the provider said move.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.hpp"
#include "outcome/id.hpp"
#include "sync/submission.hpp"

namespace billctl {

class Outbox {
 public:
  Outbox(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {}

  /// The newest submission of an invoice to a provider; nothing when there was none.
  std::optional<Submission> current(InvoiceId invoice, std::string_view provider);
  /// The current submissions of an invoice to all providers, by provider.
  std::vector<Submission> of_invoice(InvoiceId invoice);
  /// Every current submission to a provider, in the order in which they were queued; without
  /// payload.
  std::vector<Submission> list(std::string_view provider);
  /// Every submission to a provider, those that a later one took the place of too.
  std::vector<SubmissionId> all(std::string_view provider);
  /// The keys of all submissions in the ledger, of whatever tenant and provider.
  std::set<std::string, std::less<>> every_key();
  /// Issued invoices without a current submission of the issued document, in the order of their
  /// ids.
  std::vector<InvoiceId> issued_unqueued(std::string_view provider);
  /// Open invoices that were submitted as drafts, which may have changed since.
  std::vector<InvoiceId> submitted_drafts(std::string_view provider);
  /// Those that wait to be pushed or looked up; `due` decides for deferred ones. Without payload.
  std::vector<Submission> waiting(std::string_view provider);
  Submission read(SubmissionId id);

  // Inside `Ledger::write`.
  /// Queues a document; the invoice's earlier submission to that provider is superseded.
  SubmissionId queue(const Submission& submission, Instant at);
  /// Marks an attempt as begun: state sending, attempts + 1.
  void begin_attempt(SubmissionId id, Instant at);
  /// Marks the running attempt as ended and the submission as being in this state.
  void end_attempt(const Submission& after, std::string_view outcome, Instant at);
  /// Sets state, remote id, message and next try without an attempt.
  void set_state(const Submission& after, Instant at);

 private:
  Ledger& ledger_;
  TenantId tenant_;
};

}  // namespace billctl
