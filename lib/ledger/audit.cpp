#include "ledger/audit.hpp"

#include <array>

#include "ledger/audit_run.hpp"
#include "ledger/opening.hpp"

namespace billctl {
namespace {

struct AuditCheck {
  std::string_view name;
  void (*run)(AuditRun&);
};

/// In the order of design/reliability.md; `queue` and `charged-once` (X3) are ours beside it.
constexpr std::array kChecks = {
    AuditCheck{"once", audit_once},
    AuditCheck{"billed-has-item", audit_billed_has_item},
    AuditCheck{"import-once", audit_import_once},
    AuditCheck{"item-place", audit_item_place},
    AuditCheck{"queue", audit_queue},
    AuditCheck{"drafted-on-draft", audit_drafted_on_draft},
    AuditCheck{"line-sum", audit_line_sum},
    AuditCheck{"report-price", audit_report_price},
    AuditCheck{"line-net", audit_line_net},
    AuditCheck{"totals", audit_totals},
    AuditCheck{"tax", audit_tax},
    AuditCheck{"starting-amount", audit_starting_amount},
    AuditCheck{"release", audit_release},
    AuditCheck{"charged-once", audit_charged_once},
    AuditCheck{"draft-delete", audit_draft_delete},
    AuditCheck{"no-gap", audit_no_gap},
    AuditCheck{"date-order", audit_date_order},
    AuditCheck{"issued-complete", audit_issued_complete},
    AuditCheck{"immutable", audit_immutable},
    AuditCheck{"chain", audit_chain},
    AuditCheck{"approvals", audit_approvals},
    AuditCheck{"outbox-total", audit_outbox_total},
    AuditCheck{"outbox-once", audit_outbox_once},
    AuditCheck{"outbox-states", audit_outbox_states},
    AuditCheck{"mail-once", audit_mail_once},
    AuditCheck{"credit", audit_credit},
    AuditCheck{"prepay", audit_prepay},
    AuditCheck{"job", audit_job},
    AuditCheck{"currency", audit_currency},
    AuditCheck{"conservation", audit_conservation},
    AuditCheck{"file", audit_file},
    AuditCheck{"time", audit_time},
};

void run_check(AuditRun& run, std::string_view name) {
  for (const AuditCheck& check : kChecks) {
    if (check.name == name) check.run(run);
  }
}

}  // namespace

std::vector<Violation> AuditRun::take() {
  if (total_ > kViolationsMax) {
    const std::size_t more = total_ - kViolationsMax;
    found_.push_back({"ledger", "and " + std::to_string(more) + " more", false});
  }
  return std::move(found_);
}

std::string amount_text(std::int64_t minor, std::string_view currency) {
  const auto known = Currency::of(currency);
  if (!known) return std::to_string(minor) + " minor units";
  return Money(minor, *known).to_text() + " " + std::string(currency);
}

std::vector<std::string> audit_names() {
  std::vector<std::string> names;
  for (const AuditCheck& check : kChecks) names.emplace_back(check.name);
  return names;
}

std::vector<std::string> quick_audit_names() {
  return {"immutable", "file", "no-gap", "chain"};
}

void keep_audited_pages(Ledger& ledger) {
  set_and_read_back(ledger.connection(), "cache_size", -65'536);
}

std::vector<Violation> run_audit(Ledger& ledger, std::string_view name, const AuditFacts& facts) {
  AuditRun run(ledger, facts);
  try {
    run_check(run, name);
  } catch (const Error& error) {
    // A table that is gone, a page of garbage, a sum that overflows: all are damage here.
    if (says_nothing(error)) throw;
    if (error.code() == Reason::ledger_old) {
      run.warning("ledger", "schema " + std::to_string(ledger.version()) +
                                " can't answer this: run `billctl migrate`");
    } else {
      run.error("ledger", "can't be read: " + error.message());
    }
  }
  return run.take();
}

void quick_check(Ledger& ledger) {
  AuditFacts facts;
  facts.depth = AuditDepth::quick;
  // An older schema may lack what the other checks ask for; all that may be done is to migrate it.
  const bool old = ledger.version() < Ledger::schema_version();
  const std::vector<std::string> names =
      old ? std::vector<std::string>{"immutable"} : quick_audit_names();
  ledger.read([&] {
    for (const std::string& name : names) {
      AuditRun run(ledger, facts);
      run_check(run, name);
      for (const Violation& found : run.take()) {
        if (found.warning) continue;
        throw Error(Reason::corrupt,
                    "ledger " + ledger.path() + " breaks " + name + ": " + found.subject + ": " +
                        found.message,
                    "nothing was written; `billctl verify` tells all that is broken");
      }
    }
  });
}

}  // namespace billctl
