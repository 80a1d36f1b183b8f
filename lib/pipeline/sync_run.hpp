// SyncRun: one run of `sync` on one provider: what it queues, what it pushes or looks up, and what
// it tells. The verbs around it are in sync.cpp.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "config/settings.hpp"
#include "ledger/invoices.hpp"
#include "ledger/outbox.hpp"
#include "pipeline/outgoing.hpp"
#include "pipeline/sync.hpp"
#include "sync/provider.hpp"

namespace billctl {

class SyncRun {
 public:
  SyncRun(Session& session, const SyncRequest& request, const ProviderSettings& settings);

  /// Queues what the request names, or else what is issued or stale. Inside `Ledger::write`.
  void queue();
  /// What is to be pushed or looked up now, in the order in which it was queued.
  std::vector<Submission> due();
  /// Takes in the answers that came since to what was accepted without a word of the receiver.
  void poll(Provider& provider);
  void deliver(Provider& provider, const std::vector<Submission>& due);
  void touch(const std::vector<Submission>& submissions);
  Report report();

  std::string told_state(const Submission& submission) { return documents_.told_state(submission); }
  Invoice header(InvoiceId id) { return invoices_.header(id); }
  static Json submission_json(const Submission& submission, const std::string& name,
                              const std::string& state);
  using Counts = std::map<SubmissionState, std::int64_t>;
  static Json totals_json(const std::string& provider, Counts& counts, Json list);

 private:
  bool named(InvoiceId id);
  bool takes(const Submission& submission);
  void queue_all();
  void queue_named(InvoiceId id);
  void queue_again(const Submission& rejected);
  void queue_document(InvoiceId id);
  void enqueue(InvoiceId id, const Outgoing& document, const std::string& revision);
  void deliver_batch(Provider& provider, const std::vector<Submission>& batch);
  void leave_unknown(Submission& submission);
  bool look_up(Provider& provider, Submission& submission);
  std::string settle(Submission& submission, const PushResult& result);

  Session& session_;
  const SyncRequest& request_;
  const ProviderSettings& settings_;
  Outbox outbox_;
  Invoices invoices_;
  OutgoingDocuments documents_;
  std::vector<SubmissionId> touched_;
  bool stopped_ = false;
};

}  // namespace billctl
