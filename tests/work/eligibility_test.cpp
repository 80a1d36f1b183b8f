#include "work/eligibility.hpp"

#include <doctest/doctest.h>

#include <functional>

using namespace billctl;

namespace {

Date on(const char* text) {
  return Date::parse(text).value();
}

/// An entry that passes every test, and what is changed of it.
struct Sample {
  Entry entry;
  Entry session;
  Candidate candidate;
  EligibilityRules rules;

  Sample() {
    entry.raw_seconds = 3600;
    entry.work_on = on("2026-10-05");
    entry.confirmed_at = Instant::from_seconds(1);
    candidate.entry = &entry;
    candidate.task_billable = true;
    candidate.project_status = ProjectStatus::billable;
    candidate.job_type_billable = true;
    rules.go_live = on("2026-10-01");
  }
  std::string reason() const {
    const auto failed = eligibility(candidate, rules).failed;
    return failed ? std::string(word(*failed)) : "";
  }
};

struct Case {
  const char* reason;
  std::function<void(Sample&)> spoil;
};

// In the order of spec/pricing.md 1.
const std::vector<Case> kCases = {
    {"already_compiled", [](Sample& s) { s.candidate.compiled = true; }},
    {"archived", [](Sample& s) { s.entry.archived_at = Instant::from_seconds(1); }},
    {"before_go_live", [](Sample& s) { s.entry.work_on = on("2026-09-30"); }},
    {"not_stopped",
     [](Sample& s) {
       s.entry.raw_seconds.reset();
       s.entry.started_at = Instant::from_seconds(1);
     }},
    {"unconfirmed", [](Sample& s) { s.entry.confirmed_at.reset(); }},
    {"internal", [](Sample& s) { s.candidate.internal = true; }},
    {"no_client", [](Sample& s) { s.candidate.has_client = false; }},
    {"task_not_billable", [](Sample& s) { s.candidate.task_billable = false; }},
    {"project_not_billable", [](Sample& s) { s.candidate.project_status = ProjectStatus::closed; }},
    {"entry_nonbillable", [](Sample& s) { s.entry.charge = Charge::non_billable; }},
    {"worktype_off", [](Sample& s) { s.candidate.job_type_billable = false; }},
    {"kind_off",
     [](Sample& s) {
       s.candidate.bills_from.reset();
       s.candidate.job_type_billable.reset();
     }},
    {"before_from_date", [](Sample& s) { s.candidate.bills_from = on("2026-10-06"); }},
    {"outside_period", [](Sample& s) { s.candidate.in_period = false; }},
    {"filtered", [](Sample& s) { s.candidate.asked_for = false; }},
};

}  // namespace

TEST_CASE("S2-5 each failing test alone excludes an entry and names itself") {
  CHECK(Sample().reason().empty());
  for (const Case& one : kCases) {
    INFO(one.reason);
    Sample sample;
    one.spoil(sample);
    CHECK(sample.reason() == one.reason);
  }
}

TEST_CASE("S1-13 the first test that fails is the reason and the list shows every one") {
  for (std::size_t i = 0; i < kCases.size(); ++i) {
    Sample sample;
    for (std::size_t j = kCases.size(); j-- > i;) {
      // A job type that is off and no job type at all exclude each other.
      if (std::string(kCases[j].reason) == "kind_off" && i < 11)
        sample.candidate.bills_from.reset();
      else
        kCases[j].spoil(sample);
    }
    CHECK(sample.reason() == kCases[i].reason);
    const auto tests = all_tests(sample.candidate, sample.rules);
    REQUIRE(tests.size() == kCases.size());
    for (std::size_t j = 0; j < tests.size(); ++j) {
      CHECK(word(tests[j].code) == kCases[j].reason);
      if (j < i) CHECK(tests[j].passed);
      CHECK_FALSE(tests[j].seen.empty());
      CHECK_FALSE(tests[j].needed.empty());
    }
  }
}

TEST_CASE("S1-7 hours of a billable job type join when the project does not bill time") {
  Sample sample;
  sample.candidate.bills_from.reset();
  CHECK(eligibility(sample.candidate, sample.rules).joined);
  sample.entry.charge = Charge::contractual;
  CHECK(eligibility(sample.candidate, sample.rules).joined);
  sample.entry.confirmed_at.reset();
  CHECK(sample.reason() == "unconfirmed");

  Sample mileage;
  mileage.entry.kind = EntryKind::mileage;
  mileage.candidate.bills_from.reset();
  CHECK(mileage.reason() == "kind_off");
}

TEST_CASE("S1-9 work before the from-date of its kind waits and never joins") {
  Sample sample;
  sample.candidate.bills_from = on("2026-10-06");
  CHECK(sample.reason() == "before_from_date");
  CHECK_FALSE(eligibility(sample.candidate, sample.rules).joined);
  sample.entry.work_on = on("2026-10-06");
  CHECK(sample.reason().empty());
}

TEST_CASE("X6 confirmation is asked for unless the config says otherwise") {
  Sample sample;
  sample.entry.confirmed_at.reset();
  CHECK(sample.reason() == "unconfirmed");
  sample.rules.require_confirmed = false;
  CHECK(sample.reason().empty());
}

TEST_CASE("goods attached to a session follow its confirmation and not its charge") {
  Sample sample;
  sample.entry.kind = EntryKind::goods;
  sample.candidate.session = &sample.session;
  CHECK(sample.reason() == "unconfirmed");
  sample.session.confirmed_at = Instant::from_seconds(1);
  sample.session.charge = Charge::non_billable;
  sample.entry.confirmed_at.reset();
  CHECK(sample.reason().empty());
}

TEST_CASE("S1-9 the list of billable kinds gives each kind its first work date") {
  CHECK(BillableKinds().from(EntryKind::bill) == Date::first_of_all());
  CHECK(BillableKinds::parse("")->from(EntryKind::time) == Date::first_of_all());
  const auto kinds = BillableKinds::parse("time:2026-01-01;expense");
  CHECK(kinds->from(EntryKind::time) == on("2026-01-01"));
  CHECK(kinds->from(EntryKind::expense) == Date::first_of_all());
  CHECK_FALSE(kinds->from(EntryKind::mileage));
  CHECK_FALSE(BillableKinds::parse("hours"));
  CHECK_FALSE(BillableKinds::parse("time:2026"));
  CHECK_FALSE(BillableKinds::parse("time;"));
}
