// RebillRun: one run of a job inside one write: the passes, in their order, and what they found.
#pragma once

#include <map>
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

class RebillRun {
 public:
  /// @param clients of the job, by code.
  RebillRun(Session& session, const JobFile& job, const Period& period,
            std::vector<ClientId> clients);

  /// Compiles, drafts, issues, and records each client's outcome. Inside `Ledger::write`.
  Report run();

 private:
  void compile_times();
  void draft();
  void title_drafts();
  void apply_to_drafts();
  void gather_unbilled();
  void decide(ClientOutcome& outcome, Issuer& issuer);
  void issue_drafts(ClientOutcome& outcome, const std::vector<InvoiceId>& drafts, Issuer& issuer);
  void queue_for_sync(const std::vector<ClientOutcome>& outcomes);
  void record(const std::vector<ClientOutcome>& outcomes);
  Json body(const std::vector<ClientOutcome>& outcomes);
  Json totals_json(const std::vector<ClientOutcome>& outcomes);
  std::string name_of_invoice(InvoiceId id);

  Session& session_;
  const JobFile& job_;
  Period period_;
  std::vector<ClientId> clients_;
  Jobs jobs_;
  Invoices invoices_;
  Books books_;
  JobId job_id_;
  JobRunId run_id_;
  GenerateReport drafted_;
  std::map<ClientId, std::vector<UnbilledEntry>> unbilled_;
};

}  // namespace billctl
