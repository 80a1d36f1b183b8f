// Files of TOML: what is accepted prints and reads again as the same; every mistake stands in the
// file.
#include <algorithm>

#include "config/config.hpp"
#include "config/import_map_file.hpp"
#include "config/job_file.hpp"
#include "targets.hpp"

namespace billctl::fuzz {
namespace {

void check(const Error& error, Reason code, std::string_view text) {
  must(error.code() == code, "a file is refused as what it is");
  must(!error.mistakes().empty(), "a refusal names its mistakes");
  const auto lines = 1 + std::ranges::count(text, '\n') + std::ranges::count(text, '\r');
  for (const Mistake& mistake : error.mistakes()) {
    must(mistake.at.line >= 1 && mistake.at.line <= lines, "a mistake stands in the file");
    must(mistake.at.column >= 1, "columns count from 1");
    must(!to_text(mistake).empty(), "a mistake has words");
  }
}

/// The settings as a file: what is not set is left out.
std::string as_file(const std::vector<Setting>& settings) {
  std::string text = settings_text(settings, false);
  std::string file;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = taken(rest, '\n');
    if (!line.ends_with(" = -")) file.append(line).append("\n");
  }
  return file;
}

}  // namespace

void config(std::string_view bytes) {
  try {
    const Config read = parse_config(bytes, "billctl.toml");
    const std::string file = as_file(read.settings);
    const Config again = parse_config(file, "billctl.toml");
    must(as_file(again.settings) == file, "a config prints and reads again");
  } catch (const Error& error) {
    check(error, Reason::bad_config, bytes);
  }
}

void job(std::string_view bytes) {
  try {
    const JobFile read = parse_job(bytes, "job.toml");
    const Date today = *Date::parse("2026-11-02");
    must(read.content == bytes, "a job keeps its text");
    must(!read.send || read.validate, "what is sent is issued");
    must(read.selection.empty() != read.clients.empty(), "a job says who, in one way");
    const Period period = job_period(read, today);
    must(job_date(read, period, today) >= Date::first_of_all(), "a job has a date");
    if (read.title) read.title->render(period_values(period));
  } catch (const Error& error) {
    check(error, Reason::bad_job, bytes);
  }
}

void import_map(std::string_view bytes) {
  try {
    parse_import_map(bytes, "map.toml");
  } catch (const Error& error) {
    check(error, Reason::bad_input, bytes);
  }
}

}  // namespace billctl::fuzz
