// Runs of jobs: the outcomes are a partition of the selection as it was, and what was created is
// there (X14).
#include <map>

#include "ledger/audit_run.hpp"
#include "text/json.hpp"

namespace billctl {
namespace {

#define BILLCTL_RUN "'job ' || j.name || ' ' || j.period_first_on || '..' || j.period_last_on"

constexpr const char* kForeignOutcome =
    "SELECT " BILLCTL_RUN
    ", 'client ' || coalesce(c.code, '?') || ' has an outcome and is of another tenant' "
    "FROM job_client AS o JOIN job_run AS r ON r.id = o.job_run_id JOIN job AS j ON j.id = "
    "r.job_id LEFT JOIN client AS c ON c.id = o.client_id WHERE c.tenant_id IS NOT j.tenant_id "
    "ORDER BY o.job_run_id, o.client_id";
// A draft that was deleted since is no loss: its row is gone, and the number of its row for ever.
// What is unsent may have been issued by an earlier run.
constexpr const char* kForeignInvoice =
    "SELECT " BILLCTL_RUN
    ", 'run ' || f.job_run_id || ' names ' || coalesce(v.number, v.draft_number) || ' as ' || "
    "  f.fact || CASE WHEN v.job_id IS NOT j.id THEN ', which no run of it made' "
    "    ELSE ', whose client has no such outcome' END "
    "FROM job_fact AS f JOIN job_run AS r ON r.id = f.job_run_id JOIN job AS j ON j.id = r.job_id "
    "JOIN invoice AS v ON v.id = f.row_id "
    "WHERE f.fact <> 'unbilled' AND (v.job_id IS NOT j.id "
    "  OR f.fact <> 'unsent' AND NOT EXISTS (SELECT 1 FROM job_client AS o WHERE o.job_run_id = "
    "r.id "
    "    AND o.client_id = v.client_id AND o.outcome <> 'skipped')) "
    "ORDER BY f.job_run_id, f.row_id";
constexpr const char* kRuns = "SELECT r.id, j.tenant_id, " BILLCTL_RUN
                              ", r.report FROM job_run AS r JOIN job AS j ON j.id = r.job_id "
                              "WHERE r.finished_at IS NOT NULL ORDER BY r.id";
constexpr const char* kOutcomes =
    "SELECT c.code, o.outcome FROM job_client AS o JOIN client AS c ON c.id = o.client_id "
    "WHERE o.job_run_id = :run ORDER BY c.code";
constexpr const char* kName =
    "SELECT n.invoice_id, EXISTS (SELECT 1 FROM job_fact AS f WHERE f.job_run_id = :run "
    "  AND f.row_id = n.invoice_id AND (f.fact = 'created' OR f.fact = 'not_validated')) "
    "FROM invoice_name AS n WHERE n.tenant_id = :tenant AND n.name = :name";
constexpr const char* kDeleted =
    "SELECT 1 FROM event_subject WHERE tenant_id = :tenant AND subject = :subject "
    "AND what = 'deleted' LIMIT 1";

#undef BILLCTL_RUN

/// One finished run: what it reported against what stands in the tables.
class RunCheck {
 public:
  RunCheck(AuditRun& run, const Query& row)
      : run_(run),
        id_(row.integer(0)),
        tenant_(row.integer(1)),
        subject_(AuditRun::text_of(row, 2)),
        report_(Json::parse(row.text(3), subject_)) {}

  void partition() {
    std::map<std::string, std::string> stored;
    Query query(run_.ledger(), kOutcomes);
    query.bind(":run", id_);
    while (query.step()) stored[query.string(0)] = query.string(1);
    std::map<std::string, std::string> reported;
    for (const Json& outcome : report_["outcomes"].as_array()) {
      const std::string& client = outcome["client"].as_string();
      const bool first = reported.emplace(client, outcome["outcome"].as_string()).second;
      if (!first) error("client " + client + " has two outcomes");
      created(outcome);
    }
    const auto clients = static_cast<std::size_t>(report_["clients"].as_integer());
    if (reported.size() != clients) {
      error("selected " + std::to_string(clients) + " clients, " + std::to_string(reported.size()) +
            " have an outcome");
    }
    for (const auto& [client, outcome] : reported) compare(client, outcome, stored[client]);
    for (const auto& [client, outcome] : stored) {
      if (reported.count(client) == 0) compare(client, "", outcome);
    }
  }

 private:
  void error(const std::string& message) {
    run_.error(subject_, "run " + std::to_string(id_) + ": " + message);
  }
  void compare(const std::string& client, const std::string& reported, const std::string& stored) {
    if (reported == stored) return;
    const auto told = [](const std::string& outcome) { return outcome.empty() ? "none" : outcome; };
    error("client " + client + " has the outcome " + told(stored) + ", the report says " +
          told(reported));
  }
  void created(const Json& outcome) {
    const bool is_created = outcome["outcome"].as_string() == "created";
    const std::string& client = outcome["client"].as_string();
    if (is_created && outcome["invoices"].as_array().empty())
      error("client " + client + " is created for and has no invoice");
    for (const Json& name : outcome["invoices"].as_array()) {
      if (!is_there(name.as_string()))
        error("client " + client + " has no " + name.as_string() + ", which it made");
    }
  }
  /// Whether that invoice is recorded as of this run, or was deleted as a draft.
  bool is_there(const std::string& name) {
    Query query(run_.ledger(), kName);
    query.bind(":run", id_).bind(":tenant", tenant_).bind(":name", name);
    if (query.step()) return query.boolean(1);
    Query deleted(run_.ledger(), kDeleted);
    return deleted.bind(":tenant", tenant_).bind(":subject", "invoice:" + name).step();
  }

  AuditRun& run_;
  std::int64_t id_;
  std::int64_t tenant_;
  std::string subject_;
  Json report_;
};

}  // namespace

void audit_job(AuditRun& run) {
  run.rows(kForeignOutcome);
  run.rows(kForeignInvoice);
  Query runs(run.ledger(), kRuns);
  while (runs.step()) {
    try {
      RunCheck(run, runs).partition();
    } catch (const Error& error) {
      if (says_nothing(error)) throw;
      run.error(AuditRun::text_of(runs, 2),
                "run " + std::to_string(runs.integer(0)) + " has a report that can't be read");
    }
  }
}

}  // namespace billctl
