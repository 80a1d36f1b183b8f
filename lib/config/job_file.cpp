#include "config/job_file.hpp"

#include "config/config_file.hpp"
#include "config/section.hpp"

namespace billctl {
namespace {

// Any day: whether a period is one does not depend on when it is asked.
const Date kSomeDay = Date::from_days(20000);

std::string stem_of(const std::string& file) {
  const std::size_t slash = file.rfind('/');
  std::string name = slash == std::string::npos ? file : file.substr(slash + 1);
  const std::size_t dot = name.rfind('.');
  if (dot != std::string::npos && dot > 0) name.erase(dot);
  return name;
}

template <class Enum, class Parse>
void read_option(Section& section, std::string_view key, std::optional<Enum>& into, Parse parse,
                 const std::vector<std::string>& words) {
  if (const TomlMember* member = section.take_text(key)) {
    into = parse(member->value.text);
    if (!into) section.no_such_word(key, member->value.text, member->value.at, words);
  }
  section.note(key, into ? Json(word(*into)) : Json());
}

void read_period(Section& section, JobFile& job) {
  section.missing("period", "a period such as \"last-month\" or \"2026-10\"");
  if (section.text("period", job.period)) {
    std::string why;
    if (!Period::parse(job.period, kSomeDay, &why)) {
      section.wrong("period", "a period such as \"last-month\" or \"2026-10\"", why);
    }
  }
  job.period_at = section.at("period");
}

void read_who(Section& section, JobFile& job) {
  section.text("selection", job.selection);
  section.texts("clients", job.clients);
  const bool selection = section.has("selection");
  const bool clients = section.has("clients");
  job.who_at = section.at(clients ? "clients" : "selection");
  if (selection && clients) {
    section.wrong("clients", "either selection or clients, not both");
  } else if (!clients) {
    section.missing("selection", "a named selection, or clients",
                    "add selection = \"…\" or clients = [\"…\"]");
  }
  if (selection && job.selection.empty()) section.wrong("selection", "the name of a selection");
  if (clients && job.clients.empty()) section.wrong("clients", "at least one client");
}

void read_flags(Section& section, JobFile& job) {
  section.boolean("employee_names", job.employee_names);
  section.boolean("validate", job.validate);
  section.boolean("send", job.send);
  section.boolean("mandatory_product", job.mandatory_product);
  if (job.send && !job.validate) {
    section.findings().mistake(section.at("send"),
                               "send is true without validate; only an issued invoice is sent",
                               "add validate = true, or take send out");
  }
}

void read_date(Section& section, JobFile& job) {
  std::string noted = "today";
  const TomlMember* member = section.take("date");
  if (member != nullptr) {
    const TomlValue& value = member->value;
    const bool textual = value.kind == TomlValue::Kind::text || value.kind == TomlValue::Kind::date;
    job.fixed_date = textual ? Date::parse(value.text) : std::nullopt;
    if (textual && value.text == "period-end") {
      job.date = JobFile::DateRule::period_end;
    } else if (job.fixed_date) {
      job.date = JobFile::DateRule::fixed;
    } else if (!textual || value.text != "today") {
      section.wrong("date", "\"today\", \"period-end\" or a date as \"2026-10-31\"");
    }
    noted = value.text;
  }
  section.note("date", noted);
}

void read_generate_options(Section& section, JobFile& job) {
  job.group_hours = job.employee_names ? GroupHours::entry : GroupHours::entry_anonymous;
  section.word("group_hours", job.group_hours, parse_group_hours, group_hours_words());
  read_option(section, "scope", job.scope, parse_invoice_scope, invoice_scope_words());
  read_option(section, "group_projects", job.group_projects, parse_project_grouping,
              project_grouping_words());
  read_option(section, "group_travel", job.group_travel, parse_group_travel, group_travel_words());
  read_option(section, "quote_rows", job.quote_rows, parse_quote_rows, quote_rows_words());
  read_option(section, "contractual", job.contractual, parse_contractual, contractual_words());
  read_option(section, "late", job.late, parse_late, late_words());
  read_option(section, "annex", job.annex, parse_annex, annex_words());
  read_option(section, "bill_by", job.bill_by, parse_bill_by, bill_by_words());
  section.boolean("split_by_rate", job.split_by_rate);
}

void read_job(Section& section, JobFile& job) {
  if (section.text("name", job.name) && job.name.empty()) section.wrong("name", "a name");
  section.document_template("title", job.title);
  read_period(section, job);
  read_who(section, job);
  section.words("attached_to", source_type_words(), job.attached_to);
  read_flags(section, job);
  read_generate_options(section, job);
  read_date(section, job);
  section.word("prepayments", job.prepayments, parse_prepayments, prepayments_words());
  section.email("inform", job.inform);
  section.finish();
}

}  // namespace

std::vector<std::string> source_type_words() {
  return {"ticket", "work_order", "delivery_note", "business_order", "contract"};
}

JobFile parse_job(std::string_view text, const std::string& file) {
  TomlReading reading = read_toml(text, file);
  Findings findings(file, reading.whole);
  for (Mistake& mistake : reading.mistakes) {
    findings.mistake(mistake.at, std::move(mistake.message), std::move(mistake.hint));
  }
  JobFile job;
  job.file = file;
  job.content = text;
  job.name = stem_of(file);
  if (reading.readable) {
    Section root(findings, "", &reading.root, reading.root.at);
    read_job(root, job);
  }
  job.settings = findings.settings();
  refuse_mistakes(Reason::bad_job, findings.take_mistakes());
  return job;
}

JobFile load_job(const std::string& path) {
  return parse_job(read_job_text(path), path);
}

Period job_period(const JobFile& job, Date today) {
  std::string why;
  if (const auto period = Period::parse(job.period, today, &why)) return *period;
  throw Error(Reason::bad_job,
              {{job.period_at, "period is \"" + job.period + "\"; needed a period", why}});
}

Date job_date(const JobFile& job, const Period& period, Date today) {
  switch (job.date) {
    case JobFile::DateRule::today:
      return today;
    case JobFile::DateRule::period_end:
      return period.last();
    case JobFile::DateRule::fixed:
      break;
  }
  return *job.fixed_date;
}

}  // namespace billctl
