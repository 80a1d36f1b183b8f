// WorkSurvey: what waits to be invoiced, by client and project, with the value that compile would
// give it now (S0-1, S0-7 … S0-13). Each entry is judged and priced by the code of compile itself
// (CompileRun::look), whether it was compiled yet or not, so the two can't differ.
//
//     2 h confirmed at 80.00, 1 h contractual, 3 h unconfirmed at 80.00, 2 licences at 32.00
//     -> billable 7200 s and 160.00, contractual 3600 s, unconfirmed 10800 s and 240.00,
//     products 64.00
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger/work_entries.hpp"
#include "pipeline/compile_run.hpp"
#include "pipeline/session.hpp"
#include "work/filter.hpp"

namespace billctl {

/// What an entry that is not on an invoice counts as.
enum class WorkPart {
  none,         ///< running, internal, before go-live, without a client: shown nowhere
  billable,     ///< confirmed; its value may still be 0 for want of a price
  contractual,  ///< confirmed and never charged; joined hours too (X7)
  unbillable,   ///< confirmed and not to be billed: by charge, task, project, job type or kind
  unconfirmed   ///< billable or contractual once somebody confirms it
};

/// Sums of entries. Seconds are those of kind time, as recorded. Goods are products; instalments
/// that nobody confirmed are `fixed_unconfirmed` alone (S0-9).
struct WorkFigures {
  std::int64_t entries = 0;  ///< billable, contractual and unconfirmed
  std::int64_t unconfirmed_entries = 0;
  std::int64_t unpriced = 0;  ///< of `entries`: billable, and without any price
  std::int64_t billable_seconds = 0, contractual_seconds = 0;
  std::int64_t unbillable_seconds = 0, unconfirmed_seconds = 0;
  std::int64_t value_minor = 0, products_minor = 0;
  std::int64_t unconfirmed_minor = 0, unconfirmed_products_minor = 0;
  std::optional<std::int64_t> fixed_unconfirmed_minor;  ///< none: no such instalment
};

struct WorkSession {
  EntryId entry;
  WorkPart part = WorkPart::none;
  std::int64_t value_minor = 0;
  bool unpriced = false;
  std::optional<Finding> finding;  ///< why compile can't price it, e.g. unit_mismatch
  Date work_on = Date::from_days(0);
};

struct WorkRow {
  ClientId client;
  ProjectId project;  ///< none: tasks of the client without a project
  Currency currency = Currency::none();
  WorkFigures figures;
  std::vector<WorkSession> sessions;  ///< in the order of work dates, where they are kept
};

struct WorkQuestion {
  Filter filter;
  bool unconfirmed_only = false;
  bool keep_sessions = false;
};

/// What one entry is and is worth.
struct SurveyedEntry {
  EntryId entry;
  EntryKind kind = EntryKind::time;
  WorkPart part = WorkPart::none;
  ClientId client;
  ProjectId project;
  MemberId member;
  Date work_on = Date::from_days(0);
  Currency currency = Currency::none();
  std::int64_t seconds = 0;  ///< of kind time, as recorded
  std::int64_t value_minor = 0;
  bool unpriced = false;
  std::optional<Finding> finding;
};

class WorkSurvey {
 public:
  WorkSurvey(Session& session, WorkQuestion question);

  /// Rows that hold billable, contractual or unconfirmed work, by client code, then project code;
  /// with filter.limit and no sort a page of them, after the row named by filter.after: `acme/web`,
  /// or `acme` for all of that client. Inside `Ledger::read`.
  /// @throws Error{not_found} for `after`.
  std::vector<WorkRow> rows();
  /// All sums, one for each currency, by its code. Unbillable work counts here as well.
  std::vector<WorkRow> sums();
  /// Goes through entries by row, those that the filters take.
  void each(std::vector<EntryId> entries, const std::function<void(const SurveyedEntry&)>& visit);

 private:
  using Rows = std::vector<WorkRow>;
  class Gathering;

  /// What is not on an invoice in these places, or anywhere.
  void each_open(CompileRun& run, const std::optional<std::vector<WorkPlace>>& places,
                 const std::function<void(const SurveyedEntry&)>& visit);
  Rows page();
  Rows in_order(Rows rows);
  bool is_after(const std::string& client, const std::string& project) const;
  void read_after();

  Session& session_;
  WorkQuestion question_;
  CompileRequest request_;
  std::optional<bool> settled_;
  std::string after_client_;
  std::optional<std::string> after_project_;
};

}  // namespace billctl
