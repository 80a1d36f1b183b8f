// Jobs: the mass re-invoicing jobs of a tenant, their runs, and what each run made of each client.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "calendar/instant.hpp"
#include "calendar/period.hpp"
#include "ledger/ledger.hpp"
#include "money/currency.hpp"
#include "outcome/id.hpp"
#include "rebill/outcome.hpp"

namespace billctl {

struct JobRun {
  JobRunId id;
  JobId job;
  std::string name;
  Period period = Period::one_day(Date::from_days(0));
  Instant started_at = Instant::from_seconds(0);
  std::optional<Instant> finished_at;
  std::string actor;
  std::int64_t exit = 0;
  std::string report;  ///< JSON, as `rebill-job run --json` printed it
};

/// What a client was billed: issued documents by their period, credit notes taken off.
struct BilledBefore {
  ClientId client;
  Currency currency = Currency::none();
  std::int64_t excl_tax_minor = 0;
};

/// A fact beside the outcomes: `created`, `not_validated`, `unsent` of invoices, `unbilled` of
/// entries.
struct JobFact {
  std::string fact;
  std::int64_t row_id = 0;
  std::string code;
};

/// An entry that a job could not bill, with why: the item-level reasons of spec/pricing.md 1.7.
struct UnbilledEntry {
  EntryId entry;
  std::string ref;
  TaskId task;
  ProjectId project;
  bool to_rebill = true;
  std::string code;
  Date work_on = Date::from_days(0);
  bool operator==(const UnbilledEntry&) const = default;
};

class Jobs {
 public:
  Jobs(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {}

  std::optional<JobId> find(std::string_view name, const Period& period);
  /// Runs, newest first.
  std::vector<JobRun> runs(std::optional<std::int64_t> limit);
  std::optional<JobRun> run(JobRunId id);
  /// The newest run of each job by its name, newest first, without their reports.
  std::vector<JobRun> newest_runs();
  /// The newest run that carried out the plan of that digest; nothing when none did.
  std::optional<JobRunId> run_of_plan(std::string_view plan);
  /// The client's open invoices made by that job, in the order of their drafts.
  std::vector<InvoiceId> open_invoices(JobId job, ClientId client);
  /// Whether the client has an issued invoice of that job.
  bool has_invoice(JobId job, ClientId client);
  /// Parked entries of that period whose product, unit or currency does not fit, by row.
  std::vector<UnbilledEntry> unfit_entries(const Period& period);
  UnbilledEntry unbilled(EntryId entry, std::string_view code);
  /// The entry that an item was made of, by its name.
  std::string entry_of(ItemId item);
  /// Issued invoices whose period begins in that one, by client and currency.
  std::vector<BilledBefore> billed_in(const Period& period);
  /// The client's issued invoices made by that job, in the order of their drafts.
  std::vector<InvoiceId> issued_invoices(JobId job, ClientId client);
  /// The clients that a run was about, by row.
  std::vector<ClientId> clients(JobRunId run);
  /// Whether something of what a run could not do still waits: a draft that it could not issue is
  /// open, a client that failed has pending work of its period, or what lacked a product still
  /// does.
  bool has_left(JobRunId run);
  /// When a job of that name and period was run last; nothing when it never was.
  std::optional<Instant> last_run_of(std::string_view name, const Period& period);
  /// The rows of one fact of a run: invoices, or entries for `unbilled`.
  std::vector<std::int64_t> facts(JobRunId run, std::string_view fact);

  // Inside `Ledger::write`.
  JobId open(std::string_view name, const Period& period);
  JobRunId begin(JobId job, Instant at, std::string_view actor, std::string_view plan);
  void record(JobRunId run, const ClientOutcome& outcome, std::string_view reasons_json);
  void record(JobRunId run, const JobFact& fact);
  /// Keeps the report of a run that has not ended: its mails are still to be delivered.
  void report(JobRunId run, int exit, std::string_view report);
  void finish(JobRunId run, Instant at, int exit, std::string_view report);
  /// Forgets that fact of a run, which is about to be told anew.
  void forget(JobRunId run, std::string_view fact);

 private:
  std::vector<InvoiceId> invoices(const char* sql, JobId job, ClientId client);
  Ledger& ledger_;
  TenantId tenant_;
};

}  // namespace billctl
