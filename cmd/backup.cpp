#include "pipeline/backup.hpp"
#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"

namespace billctl::cmd {
namespace {

Outcome run(Invocation& invocation) {
  const Report report = backup(invocation.session(), invocation.arguments().front());
  Outcome outcome = outcome_of(report);
  if (!report.body["recorded"].as_bool() && invocation.dry_run() == DryRun::no) {
    outcome.talk.emplace_back(
        "the backup is there, but the journal doesn't tell it: the ledger stayed locked");
  }
  outcome.text = [](const Json& body) {
    return cell_text(body["file"]) + ": " + cell_text(body["bytes"]) + " bytes, verified, sha256 " +
           cell_text(body["sha256"]) + "\n";
  };
  return outcome;
}

}  // namespace

const Command& backup_command() {
  static const Command kCommand = {
      .name = "backup",
      .summary = "copy the ledger as of one moment to a file, verified before it gets its name",
      .example = "billctl backup /backup/ledger-$(date +%a).db",
      .arguments = {{"FILE", "where to; a backup that is there is replaced", true, false}},
      .options = {},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
