#include "config/job_file.hpp"

#include <doctest/doctest.h>

using namespace billctl;

namespace {

struct Broken {
  std::string text;
  std::vector<std::string> mistakes;  ///< LINE:COLUMN: message
  std::string hint;                   ///< of the first
};

const std::string kLeast = "period = \"last-month\"\nselection = \"support\"\n";

Date day(std::string_view text) {
  return *Date::parse(text);
}

}  // namespace

TEST_CASE("S3-1 a job file with a period and a selection has the defaults of the page") {
  const JobFile job = parse_job(kLeast, "jobs/support.toml");
  CHECK(job.name == "support");
  CHECK(job.selection == "support");
  CHECK(job.clients.empty());
  CHECK(job.attached_to.empty());
  CHECK_FALSE(job.title.has_value());
  CHECK_FALSE(job.employee_names);
  CHECK_FALSE(job.validate);
  CHECK_FALSE(job.send);
  CHECK_FALSE(job.mandatory_product);
  CHECK(job.group_hours == GroupHours::entry_anonymous);
  CHECK(job.date == JobFile::DateRule::today);
  CHECK(job.prepayments == Prepayments::leave);
  CHECK(job.inform.empty());
  CHECK_FALSE(job.scope.has_value());
  CHECK_FALSE(job.split_by_rate);
}

TEST_CASE("S3-3 the sample job file of the page is read as it says") {
  const JobFile job = parse_job(
      "title = \"Support {period}\"\nperiod = \"last-month\"\nselection = \"support-clients\"\n"
      "attached_to = [\"ticket\"]\nemployee_names = true\nvalidate = true\nsend = true\n"
      "mandatory_product = false\ngroup_hours = \"entry\"\ndate = \"today\"\n"
      "prepayments = \"leave\"\ninform = \"boss@example.test\"\nname = \"monthly\"\n"
      "scope = \"project\"\nlate = \"include\"\ncontractual = \"archive\"\nbill_by = \"day\"\n"
      "group_travel = \"all\"\ngroup_projects = \"none\"\nquote_rows = \"import\"\n"
      "annex = \"entries\"\nsplit_by_rate = true\n",
      "support.toml");
  CHECK(job.name == "monthly");
  CHECK(job.title->text() == "Support {period}");
  CHECK(job.attached_to == std::vector<std::string>{"ticket"});
  CHECK(job.employee_names);
  CHECK(job.validate);
  CHECK(job.send);
  CHECK(job.group_hours == GroupHours::entry);
  CHECK(job.inform == "boss@example.test");
  CHECK(job.scope == InvoiceScope::project);
  CHECK(job.late == LateMode::include);
  CHECK(job.contractual == ContractualMode::archive);
  CHECK(job.bill_by == BillBy::day);
  CHECK(job.group_travel == GroupTravel::all);
  CHECK(job.group_projects == ProjectGrouping::none);
  CHECK(job.quote_rows == QuoteRows::import);
  CHECK(job.annex == Annex::entries);
  CHECK(job.split_by_rate);
}

TEST_CASE("S3-6 hours stand by entry and without names unless employee names are asked for") {
  CHECK(parse_job(kLeast + "employee_names = true\n", "j.toml").group_hours == GroupHours::entry);
  CHECK(parse_job(kLeast + "group_hours = \"all-one\"\n", "j.toml").group_hours ==
        GroupHours::lump_sum);
}

TEST_CASE("a job's period is resolved on the day it is asked for and its date follows") {
  const JobFile job = parse_job(kLeast + "date = \"period-end\"\n", "j.toml");
  const Period period = job_period(job, day("2026-11-03"));
  CHECK(period.to_text() == "2026-10-01..2026-10-31");
  CHECK(job_date(job, period, day("2026-11-03")) == day("2026-10-31"));
  const JobFile today = parse_job(kLeast, "j.toml");
  CHECK(job_date(today, period, day("2026-11-03")) == day("2026-11-03"));
  const JobFile fixed = parse_job(kLeast + "date = \"2026-11-15\"\n", "j.toml");
  CHECK(job_date(fixed, period, day("2026-11-03")) == day("2026-11-15"));
}

TEST_CASE("X17 send without validate is an error in the job file at its line") {
  try {
    static_cast<void>(parse_job(kLeast + "send = true\n", "jobs/support.toml"));
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(error.code() == Reason::bad_job);
    CHECK(error.message() ==
          "jobs/support.toml:3:8: send is true without validate; only an issued invoice is sent");
    CHECK(error.hint() == "add validate = true, or take send out");
  }
}

TEST_CASE("each mistake of a job file is named at its place") {
  const std::vector<Broken> cases = {
      {"selection = \"s\"\n",
       {"1:1: period is missing; needed a period such as \"last-month\" or \"2026-10\""},
       ""},
      {"period = \"2026-10\"\n",
       {"1:1: selection is missing; needed a named selection, or clients"},
       "add selection = \"…\" or clients = [\"…\"]"},
      {"period = \"2026-10\"\nselection = \"s\"\nclients = [\"a\"]\n",
       {"3:11: clients is a list; needed either selection or clients, not both"},
       ""},
      {"period = \"2026-10\"\nclients = []\n",
       {"2:11: clients is a list; needed at least one client"},
       ""},
      {kLeast + "attached_to = [\"tickets\"]\n",
       {"3:16: attached_to is \"tickets\"; needed one of ticket, work_order, delivery_note, "
        "business_order, contract"},
       "did you mean \"ticket\"?"},
      {kLeast + "employe_names = true\n",
       {"3:1: unknown key employe_names"},
       "did you mean \"employee_names\"?"},
      {kLeast + "title = \"{clinet}\"\n",
       {"3:10: title: unknown field {clinet}"},
       "did you mean \"client\"?"},
      {kLeast + "date = \"tomorrow\"\n",
       {"3:8: date is \"tomorrow\"; needed \"today\", \"period-end\" or a date as \"2026-10-31\""},
       ""},
      {kLeast + "prepayments = \"use\"\n",
       {"3:15: prepayments is \"use\"; needed one of leave, apply"},
       ""},
      {kLeast + "inform = \"boss, bo@x.test\"\n",
       {"3:10: inform is \"boss, bo@x.test\"; needed one e-mail address"},
       ""},
      {kLeast + "inform = \"bo@x.test\\r\\nBcc: e@y.test\"\n",
       {"3:10: inform is \"bo@x.test\\x0d\\x0aBcc: e@y.test\"; needed a text of one line without "
        "control characters"},
       ""},
      {kLeast + "token = \"hunter2\"\n",
       {"3:1: token: a secret is never written here"},
       "name where it is: token_env, token_file or token_command"},
      {"period = last-month\nselection = \"s\"\nvalidate = \"yes\"\n",
       {"1:10: last-month is no TOML value", "3:12: validate is \"yes\"; needed true or false"},
       "text needs quotes: period = \"last-month\""},
  };
  for (const Broken& broken : cases) {
    CAPTURE(broken.text);
    try {
      static_cast<void>(parse_job(broken.text, "j.toml"));
      FAIL_CHECK("accepted");
    } catch (const Error& error) {
      REQUIRE(error.mistakes().size() == broken.mistakes.size());
      for (std::size_t i = 0; i < broken.mistakes.size(); ++i) {
        CHECK(to_text(error.mistakes()[i]) == "j.toml:" + broken.mistakes[i]);
      }
      CHECK(error.hint() == broken.hint);
    }
  }
}

TEST_CASE("a period that is none is refused with the reason") {
  CHECK_THROWS_AS(parse_job("period = \"2026-13\"\nselection = \"s\"\n", "j.toml"), Error);
}

TEST_CASE("a job file that is not there is refused by name") {
  try {
    static_cast<void>(load_job("/nonexistent/job.toml"));
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(error.code() == Reason::bad_job);
    CHECK(error.message() == "job file /nonexistent/job.toml: No such file or directory");
  }
}
