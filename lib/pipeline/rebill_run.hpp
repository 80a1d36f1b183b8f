// RebillRun: one run of a job inside one write: the passes, in their order, and what they found.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/invoices.hpp"
#include "ledger/jobs.hpp"
#include "pipeline/compile.hpp"
#include "pipeline/generate.hpp"
#include "pipeline/issuer.hpp"
#include "pipeline/rebill.hpp"
#include "rebill/outcome.hpp"
#include "work/books.hpp"

namespace billctl {

/// What a run is asked for.
struct RebillOrder {
  const JobFile& job;
  Period period;
  std::vector<ClientId> clients;     ///< of the job, by code
  const RebillPlan* plan = nullptr;  ///< to be carried out: nothing else is billed
  bool look = false;                 ///< is to be rolled back: tells what would be drafted
  std::string note;
};

class RebillRun {
 public:
  RebillRun(Session& session, RebillOrder order);

  /// Compiles, drafts, issues, and records each client's outcome. Inside `Ledger::write`. The run
  /// has not ended: `close_rebill` (rebill_close.hpp) ends it, once its mails are delivered.
  /// @throws Error{ledger_moved} naming the clients whose drafts are not those of the plan.
  Report run();
  JobRunId id() const { return run_id_; }
  /// Every issued invoice of this job and these clients, also of earlier runs.
  std::vector<InvoiceId> issued();

 private:
  void make_drafts();
  void compile_times();
  void compare_with_plan();
  Json planned_json(const ClientOutcome& outcome);
  Json outcome_json(const ClientOutcome& outcome);
  Json unbilled_json();
  Json unmailable_json(const std::vector<ClientOutcome>& outcomes);
  Json late_json();
  void draft();
  void title_drafts();
  void apply_to_drafts();
  void gather_unbilled();
  void decide(ClientOutcome& outcome, Issuer& issuer);
  void note_issued(const IssueOutcome& outcome);
  void issue_drafts(ClientOutcome& outcome, const std::vector<InvoiceId>& drafts, Issuer& issuer);
  void queue_for_sync(const std::vector<ClientOutcome>& outcomes);
  void record(const std::vector<ClientOutcome>& outcomes);
  Json body(const std::vector<ClientOutcome>& outcomes);
  Json totals_json(const std::vector<ClientOutcome>& outcomes);
  std::string name_of_invoice(InvoiceId id);

  Session& session_;
  RebillOrder order_;
  const JobFile& job_;
  const Period period_;
  const std::vector<ClientId>& clients_;
  Jobs jobs_;
  Invoices invoices_;
  Books books_;
  JobId job_id_;
  JobRunId run_id_;
  GenerateReport drafted_;
  std::map<ClientId, std::vector<UnbilledEntry>> unbilled_;
  std::map<ClientId, DraftedContent> contents_;
  std::vector<EventSubject> subjects_;
};

}  // namespace billctl
