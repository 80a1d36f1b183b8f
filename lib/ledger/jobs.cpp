#include "ledger/jobs.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {

constexpr const char* kFind =
    "SELECT id FROM job WHERE tenant_id = :tenant AND name = :name "
    "AND period_first_on = :first AND period_last_on = :last";
constexpr const char* kInsert =
    "INSERT INTO job (tenant_id, name, period_first_on, period_last_on) "
    "VALUES (:tenant, :name, :first, :last)";
constexpr const char* kRuns =
    "SELECT r.id, r.job_id, j.name, j.period_first_on, j.period_last_on, r.started_at, "
    "r.finished_at, "
    "r.actor, r.exit, r.report FROM job_run AS r JOIN job AS j ON j.id = r.job_id "
    "WHERE j.tenant_id = :tenant AND (:run = 0 OR r.id = :run) ORDER BY r.id DESC LIMIT :limit";
constexpr const char* kNewestRuns =
    "SELECT r.id, r.job_id, j.name, j.period_first_on, j.period_last_on, r.started_at, "
    "r.finished_at, r.actor, r.exit, '' FROM job_run AS r JOIN job AS j ON j.id = r.job_id "
    "WHERE r.id IN (SELECT max(s.id) FROM job_run AS s JOIN job AS k ON k.id = s.job_id "
    "  WHERE k.tenant_id = :tenant GROUP BY k.name) ORDER BY r.id DESC";
constexpr const char* kOpenInvoices =
    "SELECT id FROM invoice WHERE job_id = :job AND client_id = :client "
    "AND state IN ('draft', 'held') ORDER BY id";
constexpr const char* kIssuedInvoices =
    "SELECT id FROM invoice WHERE job_id = :job AND client_id = :client AND state = 'issued' "
    "ORDER BY id";
constexpr const char* kRunOfPlan = "SELECT max(id) FROM job_run WHERE plan = :plan AND plan <> ''";
constexpr const char* kEntryOf =
    "SELECT e.ref FROM item AS i JOIN entry AS e ON e.id = i.entry_id WHERE i.id = :item";
constexpr const char* kBilledIn =
    "SELECT client_id, currency, sum(excl_tax_minor) FROM invoice WHERE tenant_id = :tenant "
    "AND state = 'issued' AND period_first_on >= :first AND period_first_on <= :last "
    "GROUP BY client_id, currency ORDER BY client_id, currency";
constexpr const char* kHasInvoice =
    "SELECT 1 FROM invoice WHERE job_id = :job AND client_id = :client "
    "AND state IN ('issued', 'voided') LIMIT 1";
constexpr const char* kUnfit =
    "SELECT e.id, e.ref, e.task_id, e.project_id, e.to_rebill, p.reason, e.work_on FROM "
    "entry_parked AS p "
    "JOIN entry AS e ON e.id = p.entry_id WHERE p.tenant_id = :tenant AND p.reason IN "
    "('unit_mismatch', 'currency_mismatch', 'unit_unknown', 'no_product') "
    "AND e.work_on >= :first AND e.work_on <= :last ORDER BY e.id";
constexpr const char* kEntry =
    "SELECT id, ref, task_id, project_id, to_rebill, :code, work_on FROM entry WHERE id = :entry";
constexpr const char* kBegin =
    "INSERT INTO job_run (job_id, started_at, actor, plan) VALUES (:job, :at, :actor, :plan)";
constexpr const char* kRecordClient =
    "INSERT INTO job_client (job_run_id, client_id, outcome, reasons) "
    "VALUES (:run, :client, :outcome, :reasons)";
constexpr const char* kRecordFact =
    "INSERT INTO job_fact (job_run_id, fact, row_id, code) VALUES (:run, :fact, :row, :code) "
    "ON CONFLICT DO NOTHING";
constexpr const char* kFacts =
    "SELECT row_id FROM job_fact WHERE job_run_id = :run AND fact = :fact ORDER BY row_id";
constexpr const char* kClients =
    "SELECT client_id FROM job_client WHERE job_run_id = :run ORDER BY client_id";
constexpr const char* kHasOpenDraft =
    "SELECT 1 FROM job_fact AS f JOIN invoice AS v ON v.id = f.row_id WHERE f.job_run_id = :run "
    "AND f.fact = 'not_validated' AND v.state IN ('draft', 'held') LIMIT 1";
// Only of clients without an invoice: what is unbilled beside one is a fact and no failure (X14).
constexpr const char* kHasUnbilled =
    "SELECT 1 FROM job_fact AS f JOIN entry AS e ON e.id = f.row_id "
    "LEFT JOIN task AS t ON t.id = e.task_id LEFT JOIN project AS p ON p.id = e.project_id "
    "JOIN job_client AS c ON c.job_run_id = f.job_run_id "
    "AND c.client_id = coalesce(t.client_id, p.client_id) "
    "AND c.outcome IN ('failed', 'not_validated') "
    "WHERE f.job_run_id = :run AND f.fact = 'unbilled' AND e.withdrawn_at IS NULL "
    "AND e.archived_at IS NULL AND (e.id IN (SELECT entry_id FROM entry_open) "
    "  OR e.id IN (SELECT entry_id FROM entry_parked)) LIMIT 1";
// What is pending is read once, however many clients failed.
constexpr const char* kHasPending =
    "SELECT 1 FROM item_open AS o CROSS JOIN item AS i ON i.id = o.item_id "
    "JOIN job_client AS c ON c.job_run_id = :run AND c.client_id = i.client_id "
    "AND c.outcome = 'failed' JOIN job_run AS r ON r.id = c.job_run_id "
    "JOIN job AS j ON j.id = r.job_id "
    "WHERE i.work_on BETWEEN j.period_first_on AND j.period_last_on LIMIT 1";
constexpr const char* kHasFailed =
    "SELECT 1 FROM job_client WHERE job_run_id = :run AND outcome = 'failed' LIMIT 1";
constexpr const char* kLastRunOf =
    "SELECT max(r.started_at) FROM job_run AS r JOIN job AS j ON j.id = r.job_id "
    "WHERE j.tenant_id = :tenant AND j.name = :name AND j.period_first_on = :first "
    "AND j.period_last_on = :last";
constexpr const char* kReport = "UPDATE job_run SET exit = :exit, report = :report WHERE id = :run";
constexpr const char* kForget = "DELETE FROM job_fact WHERE job_run_id = :run AND fact = :fact";
constexpr const char* kFinish =
    "UPDATE job_run SET finished_at = :at, exit = :exit, report = :report WHERE id = :run";

Date date_of(std::string_view text) {
  const auto date = Date::parse(text);
  if (!date) throw Error(Reason::corrupt, "a date of a job is none", "run `billctl verify`");
  return *date;
}

JobRun run_of(const Query& query) {
  JobRun run;
  run.id = query.id<JobRunId>(0);
  run.job = query.id<JobId>(1);
  run.name = query.string(2);
  run.period = Period::from_to(date_of(query.text(3)), date_of(query.text(4)));
  run.started_at = Instant::from_seconds(query.integer(5));
  if (const auto at = query.integer_or_null(6)) run.finished_at = Instant::from_seconds(*at);
  run.actor = query.string(7);
  run.exit = query.integer_or_null(8).value_or(0);
  run.report = query.string(9);
  return run;
}

UnbilledEntry unbilled_of(const Query& query) {
  return {query.id<EntryId>(0), query.string(1), query.id<TaskId>(2),   query.id<ProjectId>(3),
          query.boolean(4),     query.string(5), date_of(query.text(6))};
}

}  // namespace

std::vector<UnbilledEntry> Jobs::unfit_entries(const Period& period) {
  Query query(ledger_, kUnfit);
  query.bind(":tenant", tenant_)
      .bind(":first", period.first().to_text())
      .bind(":last", period.last().to_text());
  std::vector<UnbilledEntry> entries;
  while (query.step()) entries.push_back(unbilled_of(query));
  return entries;
}

UnbilledEntry Jobs::unbilled(EntryId entry, std::string_view code) {
  Query query(ledger_, kEntry);
  query.bind(":entry", entry).bind(":code", code);
  expect(query.step(), "an entry that an item was made of is there");
  return unbilled_of(query);
}

std::vector<std::int64_t> Jobs::facts(JobRunId run, std::string_view fact) {
  Query query(ledger_, kFacts);
  query.bind(":run", run).bind(":fact", fact);
  std::vector<std::int64_t> rows;
  while (query.step()) rows.push_back(query.integer(0));
  return rows;
}

std::vector<ClientId> Jobs::clients(JobRunId run) {
  Query query(ledger_, kClients);
  query.bind(":run", run);
  std::vector<ClientId> clients;
  while (query.step()) clients.push_back(query.id<ClientId>(0));
  return clients;
}

bool Jobs::has_left(JobRunId run) {
  const auto finds = [&](const char* sql) {
    Query query(ledger_, sql);
    query.bind(":run", run);
    return query.step();
  };
  return finds(kHasOpenDraft) || finds(kHasUnbilled) || (finds(kHasFailed) && finds(kHasPending));
}

std::optional<Instant> Jobs::last_run_of(std::string_view name, const Period& period) {
  Query query(ledger_, kLastRunOf);
  query.bind(":tenant", tenant_)
      .bind(":name", name)
      .bind(":first", period.first().to_text())
      .bind(":last", period.last().to_text());
  if (!query.step() || query.is_null(0)) return std::nullopt;
  return Instant::from_seconds(query.integer(0));
}

std::optional<JobId> Jobs::find(std::string_view name, const Period& period) {
  Query query(ledger_, kFind);
  query.bind(":tenant", tenant_)
      .bind(":name", name)
      .bind(":first", period.first().to_text())
      .bind(":last", period.last().to_text());
  if (!query.step()) return std::nullopt;
  return query.id<JobId>(0);
}

std::vector<JobRun> Jobs::runs(std::optional<std::int64_t> limit) {
  Query query(ledger_, kRuns);
  query.bind(":tenant", tenant_).bind(":run", 0).bind(":limit", limit.value_or(-1));
  std::vector<JobRun> runs;
  while (query.step()) runs.push_back(run_of(query));
  return runs;
}

std::vector<JobRun> Jobs::newest_runs() {
  Query query(ledger_, kNewestRuns);
  query.bind(":tenant", tenant_);
  std::vector<JobRun> runs;
  while (query.step()) runs.push_back(run_of(query));
  return runs;
}

std::optional<JobRun> Jobs::run(JobRunId id) {
  Query query(ledger_, kRuns);
  query.bind(":tenant", tenant_).bind(":run", id).bind(":limit", 1);
  if (!query.step()) return std::nullopt;
  return run_of(query);
}

std::vector<InvoiceId> Jobs::open_invoices(JobId job, ClientId client) {
  return invoices(kOpenInvoices, job, client);
}

std::vector<InvoiceId> Jobs::issued_invoices(JobId job, ClientId client) {
  return invoices(kIssuedInvoices, job, client);
}

std::vector<InvoiceId> Jobs::invoices(const char* sql, JobId job, ClientId client) {
  Query query(ledger_, sql);
  query.bind(":job", job).bind(":client", client);
  std::vector<InvoiceId> ids;
  while (query.step()) ids.push_back(query.id<InvoiceId>(0));
  return ids;
}

std::optional<JobRunId> Jobs::run_of_plan(std::string_view plan) {
  Query query(ledger_, kRunOfPlan);
  query.bind(":plan", plan);
  if (!query.step() || query.is_null(0)) return std::nullopt;
  return query.id<JobRunId>(0);
}

std::string Jobs::entry_of(ItemId item) {
  Query query(ledger_, kEntryOf);
  query.bind(":item", item);
  expect(query.step(), "an item was made of an entry");
  return query.string(0);
}

std::vector<BilledBefore> Jobs::billed_in(const Period& period) {
  Query query(ledger_, kBilledIn);
  query.bind(":tenant", tenant_)
      .bind(":first", period.first().to_text())
      .bind(":last", period.last().to_text());
  std::vector<BilledBefore> billed;
  while (query.step()) {
    const auto currency = Currency::of(query.text(1));
    if (!currency)
      throw Error(Reason::corrupt, "an invoice's currency is none", "run `billctl verify`");
    billed.push_back({query.id<ClientId>(0), *currency, query.integer(2)});
  }
  return billed;
}

bool Jobs::has_invoice(JobId job, ClientId client) {
  Query query(ledger_, kHasInvoice);
  query.bind(":job", job).bind(":client", client);
  return query.step();
}

JobId Jobs::open(std::string_view name, const Period& period) {
  if (const auto there = find(name, period)) return *there;
  Query(ledger_, kInsert)
      .bind(":tenant", tenant_)
      .bind(":name", name)
      .bind(":first", period.first().to_text())
      .bind(":last", period.last().to_text())
      .run();
  return JobId{ledger_.connection().last_id()};
}

JobRunId Jobs::begin(JobId job, Instant at, std::string_view actor, std::string_view plan) {
  Query(ledger_, kBegin)
      .bind(":job", job)
      .bind(":at", at.seconds())
      .bind(":actor", actor)
      .bind(":plan", plan)
      .run();
  return JobRunId{ledger_.connection().last_id()};
}

void Jobs::record(JobRunId run, const ClientOutcome& outcome, std::string_view reasons_json) {
  Query(ledger_, kRecordClient)
      .bind(":run", run)
      .bind(":client", outcome.client)
      .bind(":outcome", word(outcome.outcome))
      .bind(":reasons", reasons_json)
      .run();
}

void Jobs::record(JobRunId run, const JobFact& fact) {
  Query(ledger_, kRecordFact)
      .bind(":run", run)
      .bind(":fact", fact.fact)
      .bind(":row", fact.row_id)
      .bind(":code", fact.code)
      .run();
}

void Jobs::report(JobRunId run, int exit, std::string_view report) {
  Query(ledger_, kReport).bind(":run", run).bind(":exit", exit).bind(":report", report).run();
}

void Jobs::forget(JobRunId run, std::string_view fact) {
  Query(ledger_, kForget).bind(":run", run).bind(":fact", fact).run();
}

void Jobs::finish(JobRunId run, Instant at, int exit, std::string_view report) {
  Query(ledger_, kFinish)
      .bind(":run", run)
      .bind(":at", at.seconds())
      .bind(":exit", exit)
      .bind(":report", report)
      .run();
}

}  // namespace billctl
