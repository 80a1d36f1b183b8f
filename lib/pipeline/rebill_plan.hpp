// RebillPlan: what `rebill-job plan -o FILE` wrote down and `run --plan FILE` carries out: the
// words of the job file, the period as it was resolved, and for each client a digest of what would
// be billed. The digest is over the client's drafts as they are before issue: lines, amounts, and
// the names of the entries behind them; no number, instant or row is in it, so the same work gives
// the same digest for ever.
//
// The file is the JSON of `rebill-job plan --json`:
//     {format, command, dry_run, tenant, made_at, job, file, content, period: {first, last},
//      previous: {first, last}, clients, outcomes: [{client, outcome, digest, lines, …}], …}
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/period.hpp"
#include "invoice/invoice.hpp"
#include "ledger/invoices.hpp"
#include "ledger/jobs.hpp"
#include "pipeline/session.hpp"

namespace billctl {

struct RebillPlan {
  std::string digest;  ///< SHA-256 of the file, by which a plan is known once it is carried out
  std::string tenant;
  std::string made_at;
  std::string file;     ///< the job file's name
  std::string content;  ///< its words
  Period period = Period::one_day(Date::from_days(0));
  std::map<std::string, std::string> clients;  ///< code -> digest

  std::vector<std::string> codes() const;
};

/// @throws Error{bad_input} naming the file for what is no plan.
RebillPlan parse_plan(std::string_view text, const std::string& file);

/// What a client's drafts of a job come to.
struct DraftedContent {
  std::int64_t invoices = 0;
  std::int64_t lines = 0;
  std::map<Currency, Amounts> amounts;
  std::vector<ClientId> payers;  ///< of each invoice
  std::string digest;
};
DraftedContent drafted_content(Invoices& invoices, const std::vector<InvoiceId>& drafts);

/// Adds each of the six. @throws Error when a sum is too large.
void add_amounts(Amounts& sum, const Amounts& more);

/// The period of the same length before it; of whole months that many months before: 2026-10 ->
/// 2026-09, 2026-Q1 -> 2025-Q4. Nothing before a period that is open at an end.
std::optional<Period> period_before(const Period& period);

}  // namespace billctl
