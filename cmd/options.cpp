#include "command.hpp"

namespace billctl::cmd {

const std::vector<Option>& global_options() {
  static const std::vector<Option> kAll = {
      {"-C", "DIR", "work as if started in DIR", {}, false},
      {"--config", "FILE", "the config, instead of ./billctl.toml", {}, false},
      {"--ledger", "FILE", "the ledger, instead of the config's", {}, false},
      {"--as", "MEMBER", "act as this member", {}, false},
      {"--now", "INSTANT", "the clock, for tests (writing needs a test ledger)", {}, false},
      {"--format", "FORMAT", "how to print", {"table", "json", "csv"}, false},
      {"--json", "", "short for --format json", {}, false},
      {"-n,--dry-run", "", "do the work, report it, and roll it back", {}, false},
      {"-y,--yes", "", "answer every question with yes", {}, false},
      {"--once", "KEY", "do this once under KEY; again only prints the report", {}, false},
      {"--fail-if-empty", "", "exit 9 when nothing is found", {}, false},
      {"--lock-wait", "TIME", "how long to wait for a locked ledger (30s)", {}, false},
      {"--color", "WHEN", "when to use colour", {"auto", "always", "never"}, false},
      {"-q,--quiet", "", "print nothing but data and failures", {}, false},
      {"-v,--verbose", "", "say more", {}, false},
      {"-h,--help", "", "show this help", {}, false},
  };
  return kAll;
}

const std::vector<Option>& filter_options() {
  static const std::vector<Option> kAll = {
      {"--client", "CODE", "only these clients", {}, true},
      {"--not-client", "CODE", "all but these clients", {}, true},
      {"--selection", "NAME", "only the clients of this selection", {}, false},
      {"--project", "CODE", "only these projects", {}, true},
      {"--task", "CODE", "only these tasks", {}, true},
      {"--member", "CODE", "only these members", {}, true},
      {"--kind", "KIND", "only these kinds", {}, true},
      {"--state", "STATE", "only these states", {}, true},
      {"--period", "PERIOD", "2026-10, 2026-Q4, 2026-W44, last-month, FIRST..LAST", {}, false},
      {"--since", "DATE", "from this date on", {}, false},
      {"--until", "DATE", "up to and with this date", {}, false},
      {"--saved",
       "NAME",
       "the filters saved under NAME; those given here stand in their place",
       {},
       false},
      {"--save-as", "NAME", "keep these filters under NAME", {}, false},
      {"--limit", "N", "at most N rows", {}, false},
      {"--after", "ID", "the page after this row", {}, false},
      {"--sort", "FIELD", "sort by FIELD, -FIELD downwards", {}, false},
  };
  return kAll;
}

const Option& from_job_option() {
  static const Option kOption = {
      "--from-job", "RUN:FACT", "what a run of a job made, e.g. 3:not_validated", {}, false};
  return kOption;
}

}  // namespace billctl::cmd
