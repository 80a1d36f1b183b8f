#include "commands.hpp"
#include "invocation.hpp"

namespace billctl::cmd {
namespace {

Outcome run(Invocation& invocation) {
  OpenLedger request = invocation.ledger_request();
  request.access = Access::read;
  request.any_version = true;
  const int from = Ledger::open(request).version();
  const int to = Ledger::schema_version();
  if (from < to)
    invocation.confirm("migrate " + request.path + " from schema " + std::to_string(from) + " to " +
                       std::to_string(to));
  if (invocation.dry_run() == DryRun::no) Ledger::migrate(request);
  Outcome outcome;
  outcome.body = Json::object({{"ledger", request.path}, {"from", from}, {"to", to}});
  outcome.text = [=](const Json&) {
    if (from == to) return "schema " + std::to_string(to) + ": nothing to do\n";
    return "schema " + std::to_string(from) + " -> " + std::to_string(to) + "\n";
  };
  return outcome;
}

}  // namespace

const Command& migrate_command() {
  static const Command kCommand = {
      .name = "migrate",
      .summary = "take a ledger of an older billctl to this one's schema",
      .example = "billctl migrate --yes",
      .arguments = {},
      .options = {},
      .filters = false,
      .opens = Opens::config,
      .writes = Writes::yes,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
