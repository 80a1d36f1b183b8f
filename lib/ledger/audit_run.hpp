// AuditRun: what one check sees and where it puts what it finds. For the .cpp files of the audit.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/audit.hpp"
#include "ledger/connection.hpp"
#include "money/money.hpp"

namespace billctl {

/// Whether a check that failed with it knows no more of the ledger than before: what the disk did
/// not give, what another holds, and who was interrupted.
inline bool says_nothing(const Error& error) {
  return error.code() == Reason::io || error.code() == Reason::locked ||
         error.code() == Reason::interrupted;
}

class AuditRun {
 public:
  AuditRun(Ledger& ledger, const AuditFacts& facts) : ledger_(ledger), facts_(facts) {}

  Ledger& ledger() { return ledger_; }
  const AuditFacts& facts() const { return facts_; }

  void error(std::string subject, std::string message) {
    add({std::move(subject), std::move(message), false});
  }
  void warning(std::string subject, std::string message) {
    add({std::move(subject), std::move(message), true});
  }
  /// Each row of the query, subject and message, is an error. NULL in either is told as `?`.
  void rows(const char* sql) {
    Query query(ledger_, sql);
    while (query.step()) error(text_of(query, 0), text_of(query, 1));
  }
  /// What was found, errors and warnings in the order of their finding.
  std::vector<Violation> take();

  static std::string text_of(const Query& query, int column) {
    return query.is_null(column) ? "?" : query.string(column);
  }

 private:
  void add(Violation violation) {
    if (++total_ <= kViolationsMax) found_.push_back(std::move(violation));
  }
  Ledger& ledger_;
  const AuditFacts& facts_;
  std::vector<Violation> found_;
  std::size_t total_ = 0;
};

/// "12.50 EUR"; for a currency that is none, the bare minor units.
std::string amount_text(std::int64_t minor, std::string_view currency);

// Each check, by the file it stands in.
// audit_work.cpp: entries and their items
void audit_once(AuditRun& run);
void audit_billed_has_item(AuditRun& run);
void audit_import_once(AuditRun& run);
void audit_conservation(AuditRun& run);
void audit_queue(AuditRun& run);
// audit_time.cpp
void audit_time(AuditRun& run);
// audit_material.cpp: items on invoices
void audit_item_place(AuditRun& run);
void audit_drafted_on_draft(AuditRun& run);
void audit_release(AuditRun& run);
void audit_charged_once(AuditRun& run);
void audit_draft_delete(AuditRun& run);
void audit_currency(AuditRun& run);
// audit_lines.cpp, audit_totals.cpp: amounts
void audit_line_sum(AuditRun& run);
void audit_report_price(AuditRun& run);
void audit_line_net(AuditRun& run);
void audit_totals(AuditRun& run);
void audit_tax(AuditRun& run);
void audit_starting_amount(AuditRun& run);
// audit_numbers.cpp
void audit_no_gap(AuditRun& run);
void audit_date_order(AuditRun& run);
void audit_issued_complete(AuditRun& run);
// audit_chain.cpp, audit_seals.cpp
void audit_seals(AuditRun& run);
void audit_chain(AuditRun& run);
// audit_heads.cpp: what a quick audit asks of no-gap and chain
void audit_counters(AuditRun& run);
void audit_heads(AuditRun& run);
// audit_approvals.cpp
void audit_approvals(AuditRun& run);
// audit_money.cpp
void audit_credit(AuditRun& run);
void audit_prepay(AuditRun& run);
// audit_jobs.cpp, audit_outbox.cpp: what goes out
void audit_outbox_total(AuditRun& run);
void audit_outbox_once(AuditRun& run);
void audit_outbox_states(AuditRun& run);
void audit_job(AuditRun& run);
// audit_mail.cpp; the last three are asked by the checks of the outbox
void audit_mail_once(AuditRun& run);
void audit_mail_documents(AuditRun& run);
void audit_mail_bytes(AuditRun& run);
void audit_mail_states(AuditRun& run);
// audit_file.cpp
void audit_file(AuditRun& run);
void audit_immutable(AuditRun& run);

}  // namespace billctl
