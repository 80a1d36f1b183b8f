// Compile: makes the billable items of entries (spec/pricing.md). An entry that can be billed now
// gets its items, one that cannot is parked with the first test that failed; what was parked, and
// items that are still pending, come back to the queue when anything they hang on has changed. So a
// run costs what is new, and a second run makes nothing (S2-8).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "billable/item.hpp"
#include "pipeline/session.hpp"
#include "work/filter.hpp"

namespace billctl {

struct CompileRequest {
  Filter filter;  ///< what it does not take stays in the queue (outside_period, filtered)
  std::vector<EntryId> entries;    ///< asked for by name; empty: all that wait
  bool done_tasks_only = false;    ///< also set by the config (X31); others are `filtered`
  bool mandatory_product = false;  ///< a job's: an item of scope `default` is `no_product` (X15)
  bool strict = false;             ///< exit 3 when this run parks or leaves unpriced
  bool keep_findings = false;      ///< fill `findings`, for callers that tell them entry by entry
};

struct EntryFinding {
  EntryId entry;
  Finding finding;
};

/// A pending item that was made anew.
struct RemadeItem {
  ItemId item;
  Decimal from_price, to_price;
  std::int64_t from_minor = 0, to_minor = 0;
  Currency from_currency = Currency::none();
  Currency currency = Currency::none();
};

struct CompileResult {
  std::int64_t considered = 0, compiled = 0, skipped = 0;  ///< entries; considered = the other two
  std::int64_t items = 0;                                  ///< made
  std::int64_t remade = 0;                       ///< pending items that follow a change, made anew
  std::int64_t released = 0;                     ///< pending items whose entry no longer passes
  std::int64_t unpriced = 0, default_price = 0;  ///< of the items made or made anew
  std::int64_t parked = 0;                       ///< entries parked by this run
  std::map<Reason, std::int64_t> skipped_by_reason;
  std::vector<std::pair<Reason, ItemId>> warnings;  ///< the first hundred unpriced, default_price
  std::vector<EntryFinding> findings;               ///< with keep_findings
  std::vector<RemadeItem> changes;                  ///< with keep_findings
};

/// The verb: everything in one transaction. The body is the pinned JSON of spec/cli.md, compile.
Report compile(Session& session, const CompileRequest& request);

/// The same inside a `perform` of another verb (rebill).
CompileResult compile_entries(Session& session, const CompileRequest& request);

/// What generate does first, inside its own `perform`: pending items that its filter takes are made
/// anew where something changed, and entries asked for by name that were never compiled are
/// compiled. Nothing else in the queue is looked at.
CompileResult follow_changes(Session& session, const CompileRequest& request);

}  // namespace billctl
