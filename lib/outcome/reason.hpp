// Reason codes: the one closed set of words with which billctl says why something was not done.
//
// A reason is data: a finding about one entry, item, invoice or client, carried in a Report.
// Details stand beside a code, never inside it. Source of the list: spec/cli.md, "Reason codes".
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace billctl {

// clang-format off
#define BILLCTL_REASONS(X) \
  /* entries */ \
  X(already_compiled) X(archived) X(not_stopped) X(unconfirmed) X(internal) X(no_client) \
  X(task_not_billable) X(project_not_billable) X(entry_nonbillable) X(worktype_off) X(kind_off) \
  X(before_from_date) X(before_go_live) X(outside_period) X(filtered) X(late) X(unit_mismatch) \
  X(currency_mismatch) X(unit_unknown) X(no_product) \
  /* drafts */ \
  X(several_rates) X(category_o) X(bound_exceeded) X(on_hold) \
  /* issuing */ \
  X(missing_address) X(no_lines) X(unpriced) X(default_price) X(approval_missing) X(tax_stale) \
  X(tax_invalid) X(einvoice_incomplete) X(no_exchange_rate) X(period_closed) X(date_order) \
  X(date_out_of_window) X(number_taken) X(already_issued) X(already_delivered) X(changed) \
  /* sending */ \
  X(no_email) X(unknown) X(rejected) \
  /* jobs */ \
  X(no_billable_time) X(no_product_line) X(already_done) X(feature_off) X(ledger_moved) \
  /* anyone */ \
  X(not_permitted) X(fixed_clock) X(restored) X(network_fs) X(running) \
  /* rules */ \
  X(wrong_state) X(entry_locked) X(rate_fixed) X(same_person) X(wrong_target) X(not_mergeable) \
  X(over_balance) X(prepay_fixed) X(no_contract_line) X(over_invoice) X(override_off) \
  X(number_in_series) X(too_many_taxes) X(not_found) \
  /* errors */ \
  X(failed) X(usage) X(needs_yes) X(bad_config) X(bad_job) X(bad_input) X(io) X(outcome_unknown) \
  X(empty) X(no_ledger) X(ledger_old) X(ledger_new) X(locked) X(corrupt) X(interrupted) \
  /* warnings only */ \
  X(tax_country) X(overlap) X(seconds_differ) X(kept_local) X(still_linked) X(unallocated) \
  X(recognised_revenue)
// clang-format on

enum class Reason {
#define BILLCTL_ENUMERATOR(name) name,
  BILLCTL_REASONS(BILLCTL_ENUMERATOR)
#undef BILLCTL_ENUMERATOR
};

/// The word as scripts see it, e.g. `task_not_billable`.
std::string_view word(Reason reason);

/// The reason of that word, or nothing when there is no such word.
std::optional<Reason> reason_of(std::string_view word);

/// A reason with what was seen beside it; how one record is refused without refusing the rest.
struct Finding {
  Reason code;
  std::string detail;
  bool operator==(const Finding&) const = default;
};

}  // namespace billctl
