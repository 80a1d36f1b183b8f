#include "work/eligibility.hpp"

namespace billctl {
namespace {

using Rules = EligibilityRules;

bool is_timed(const Entry& entry) {
  return entry.raw_seconds.has_value() || (entry.started_at && entry.stopped_at);
}

const std::optional<Instant>& confirmation(const Candidate& it) {
  return it.session != nullptr ? it.session->confirmed_at : it.entry->confirmed_at;
}

/// Joined hours: the project does not bill time, but the job type is billable (S1-7).
bool joins(const Candidate& it) {
  return it.entry->kind == EntryKind::time && it.job_type_billable.value_or(false);
}

std::string named(std::string_view noun, std::string_view code) {
  return std::string(noun) + (code.empty() ? "" : " " + std::string(code));
}

std::string kind_word(const Candidate& it) {
  return std::string(word(it.entry->kind));
}

std::string archived_seen(const Candidate& it) {
  if (it.entry->withdrawn_at) return "withdrawn from its source";
  if (!it.entry->archived_at) return "not archived";
  if (!it.entry->invoiced_as.empty()) return "invoiced as " + it.entry->invoiced_as;
  return "archived " + it.entry->archived_at->to_text();
}

std::string stopped_seen(const Candidate& it) {
  const Entry& entry = *it.entry;
  if (entry.raw_seconds) return std::to_string(*entry.raw_seconds) + " s";
  if (entry.stopped_at) return "stopped " + entry.stopped_at->to_text();
  return entry.kind == EntryKind::time ? "no stop and no seconds" : "kind " + kind_word(it);
}

std::string confirmed_seen(const Candidate& it) {
  const std::string who = it.session != nullptr ? "its session " : "";
  const auto& at = confirmation(it);
  return who + (at ? "confirmed " + at->to_text() : "not confirmed");
}

std::string_view status_word(ProjectStatus status) {
  if (status == ProjectStatus::billable) return "billable";
  return status == ProjectStatus::closed ? "closed" : "not_billable";
}

std::string status_seen(const Candidate& it) {
  if (!it.project_status) return "no project";
  return named("project", it.project) + " is " + std::string(status_word(*it.project_status));
}

std::string flag_seen(std::string_view noun, std::string_view code, std::optional<bool> billable) {
  if (!billable) return "no " + std::string(noun);
  return named(noun, code) + (*billable ? " is billable" : " is not billable");
}

std::string kind_seen(const Candidate& it) {
  if (!it.project_status) return "no project";
  const std::string bills = it.bills_from ? " bills " : " does not bill ";
  const std::string seen = named("project", it.project) + bills + kind_word(it);
  if (it.bills_from || !joins(it)) return seen;
  return seen + "; " + named("job type", it.job_type) + " is billable: joined";
}

std::string from_date_needed(const Candidate& it) {
  if (!it.bills_from || *it.bills_from == Date::first_of_all()) return "any work date";
  return "a work date from " + it.bills_from->to_text() + " on";
}

struct Step {
  Reason code;
  bool (*passes)(const Candidate&, const Rules&);
  std::string (*seen)(const Candidate&);
  std::string (*needed)(const Candidate&, const Rules&);
};

std::string work_date(const Candidate& it) {
  return "work date " + it.entry->work_on.to_text();
}

// clang-format off
const Step kSteps[] = {
    {Reason::already_compiled,
     [](const Candidate& it, const Rules&) { return !it.compiled; },
     [](const Candidate& it) -> std::string { return it.compiled ? "a live item" : "no live item"; },
     [](const Candidate&, const Rules&) -> std::string { return "no live item"; }},
    {Reason::archived,
     [](const Candidate& it, const Rules&) { return !it.entry->archived_at && !it.entry->withdrawn_at; },
     archived_seen,
     [](const Candidate&, const Rules&) -> std::string { return "neither archived nor withdrawn"; }},
    {Reason::before_go_live,
     [](const Candidate& it, const Rules& rules) { return !rules.go_live || it.entry->work_on >= *rules.go_live; },
     work_date,
     [](const Candidate&, const Rules& rules) {
       return rules.go_live ? "a work date from " + rules.go_live->to_text() + " on (compile.go_live)"
                            : std::string("any work date"); }},
    {Reason::not_stopped,
     [](const Candidate& it, const Rules&) { return it.entry->kind != EntryKind::time || is_timed(*it.entry); },
     stopped_seen,
     [](const Candidate&, const Rules&) -> std::string { return "a stop or seconds"; }},
    {Reason::unconfirmed,
     [](const Candidate& it, const Rules& rules) { return !rules.require_confirmed || confirmation(it).has_value(); },
     confirmed_seen,
     [](const Candidate&, const Rules& rules) -> std::string {
       return rules.require_confirmed ? "confirmed" : "nothing (compile.require_confirmed = false)"; }},
    {Reason::internal,
     [](const Candidate& it, const Rules&) { return !it.internal; },
     [](const Candidate& it) {
       return it.internal ? named("project", it.project) + " is internal" : std::string("not internal"); },
     [](const Candidate&, const Rules&) -> std::string { return "a project that is not internal"; }},
    {Reason::no_client,
     [](const Candidate& it, const Rules&) { return it.has_client; },
     [](const Candidate& it) -> std::string { return it.has_client ? "a client" : "no client"; },
     [](const Candidate&, const Rules&) -> std::string { return "a client of the task or its project"; }},
    {Reason::task_not_billable,
     [](const Candidate& it, const Rules&) { return it.task_billable.value_or(true); },
     [](const Candidate& it) { return flag_seen("task", it.task, it.task_billable); },
     [](const Candidate&, const Rules&) -> std::string { return "a billable task"; }},
    {Reason::project_not_billable,
     [](const Candidate& it, const Rules&) {
       return it.project_status.value_or(ProjectStatus::billable) == ProjectStatus::billable; },
     status_seen,
     [](const Candidate&, const Rules&) -> std::string { return "status billable"; }},
    {Reason::entry_nonbillable,
     [](const Candidate& it, const Rules&) { return it.entry->charge != Charge::non_billable; },
     [](const Candidate& it) { return "charge " + std::string(word(it.entry->charge)); },
     [](const Candidate&, const Rules&) -> std::string { return "charge billable or contractual"; }},
    {Reason::worktype_off,
     [](const Candidate& it, const Rules&) { return it.job_type_billable.value_or(true); },
     [](const Candidate& it) { return flag_seen("job type", it.job_type, it.job_type_billable); },
     [](const Candidate&, const Rules&) -> std::string { return "a billable job type"; }},
    {Reason::kind_off,
     [](const Candidate& it, const Rules&) { return it.bills_from.has_value() || joins(it); },
     kind_seen,
     [](const Candidate& it, const Rules&) { return "a project that bills " + kind_word(it); }},
    {Reason::before_from_date,
     [](const Candidate& it, const Rules&) { return it.entry->work_on >= it.bills_from.value_or(Date::first_of_all()); },
     work_date,
     [](const Candidate& it, const Rules&) { return from_date_needed(it); }},
    {Reason::outside_period,
     [](const Candidate& it, const Rules&) { return it.in_period; },
     work_date,
     [](const Candidate& it, const Rules&) {
       return it.period.empty() ? std::string("any period") : "in " + std::string(it.period); }},
    {Reason::filtered,
     [](const Candidate& it, const Rules&) { return it.asked_for; },
     [](const Candidate& it) -> std::string { return it.asked_for ? "asked for" : "not asked for"; },
     [](const Candidate&, const Rules&) -> std::string { return "what the filters of the run name"; }},
};
// clang-format on

}  // namespace

std::optional<BillableKinds> BillableKinds::parse(std::string_view text) {
  BillableKinds kinds;
  if (text.empty()) return kinds;
  kinds.from_.fill(kNever);
  while (true) {
    const std::string_view part = text.substr(0, text.find(';'));
    const std::size_t colon = part.find(':');
    const auto kind = entry_kind_of(part.substr(0, colon));
    if (!kind) return std::nullopt;
    Date from = Date::first_of_all();
    if (colon != part.npos) {
      const auto date = Date::parse(part.substr(colon + 1));
      if (!date) return std::nullopt;
      from = *date;
    }
    kinds.from_[static_cast<std::size_t>(*kind)] = from;
    if (part.size() == text.size()) return kinds;
    text.remove_prefix(part.size() + 1);
  }
}

Eligibility eligibility(const Candidate& candidate, const EligibilityRules& rules) {
  for (const Step& step : kSteps) {
    if (!step.passes(candidate, rules)) return {step.code, false};
  }
  return {std::nullopt, !candidate.bills_from.has_value()};
}

std::vector<Test> all_tests(const Candidate& candidate, const EligibilityRules& rules) {
  std::vector<Test> tests;
  for (const Step& step : kSteps) {
    tests.push_back({step.code, step.passes(candidate, rules), step.seen(candidate),
                     step.needed(candidate, rules)});
  }
  return tests;
}

bool parks(Reason reason) {
  switch (reason) {
    case Reason::already_compiled:
    case Reason::archived:
    case Reason::outside_period:
    case Reason::filtered:
      return false;
    default:
      return true;
  }
}

}  // namespace billctl
