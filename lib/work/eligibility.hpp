// Eligibility: is an entry billable now? One list of tests in one order; the first that fails is
// *the* reason (spec/pricing.md 1; S1-8 … S1-13, S2-5, X6, X7). The tests of its items, which come
// after these, are in billable/pricing.hpp.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "outcome/reason.hpp"
#include "work/entry.hpp"
#include "work/task.hpp"

namespace billctl {

/// Which kinds of work a project bills, each from a work date on: `time:2026-01-01;expense` (S1-9).
class BillableKinds {
 public:
  BillableKinds() { from_.fill(Date::first_of_all()); }  ///< every kind, always
  /// Empty text: every kind, always. Nothing for a text that is no such list.
  static std::optional<BillableKinds> parse(std::string_view text);
  /// The first work date that is billed; nothing when the kind is off.
  std::optional<Date> from(EntryKind kind) const {
    const Date first = from_[static_cast<std::size_t>(kind)];
    return first == kNever ? std::nullopt : std::optional(first);
  }

 private:
  static constexpr Date kNever = Date::from_days(INT32_MAX);
  std::array<Date, 8> from_{kNever, kNever, kNever, kNever, kNever, kNever, kNever, kNever};
};

/// The part of `billctl.toml` that the tests read.
struct EligibilityRules {
  bool require_confirmed = true;
  std::optional<Date> go_live;
};

/// An entry and the facts about it that the tests read.
struct Candidate {
  const Entry* entry = nullptr;
  const Entry* session = nullptr;     ///< what goods are attached to: they follow its confirmation
  bool compiled = false;              ///< asked for by name although a live item exists
  std::optional<bool> task_billable;  ///< none: it has no task
  std::optional<ProjectStatus> project_status;  ///< none: it has no project
  bool internal = false;
  bool has_client = true;
  std::optional<bool> job_type_billable;                  ///< none: it names no job type
  std::optional<Date> bills_from = Date::first_of_all();  ///< this kind; none: the kind is off
  bool in_period = true;                                  ///< of this run
  bool asked_for = true;                                  ///< by the filters of this run
  // Codes, for `seen`; may be empty elsewhere.
  std::string_view task, project, job_type, period;
};

struct Eligibility {
  std::optional<Reason> failed;  ///< none: its items can be made
  bool joined = false;           ///< hours that the project does not bill but the job type does
};

/// Runs the tests in order until one fails.
Eligibility eligibility(const Candidate& candidate, const EligibilityRules& rules);

/// One test as `explain` prints it.
struct Test {
  Reason code;
  bool passed = false;
  std::string seen;
  std::string needed;
};

/// Every test in its order, whether the ones before it passed or not.
std::vector<Test> all_tests(const Candidate& candidate, const EligibilityRules& rules);

/// Whether an entry that fails by this is parked: not what is archived, and not what this run was
/// not asked for.
bool parks(Reason reason);

}  // namespace billctl
