#include "pipeline/restore.hpp"

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"

namespace billctl::cmd {
namespace {

Outcome restore(Invocation& invocation) {
  const std::string& file = invocation.arguments().front();
  const OpenLedger ledger = invocation.ledger_request();
  invocation.confirm("restore " + file + " in the place of " + ledger.path);
  Restoring restoring(ledger, file);
  invocation.use_ledger(Ledger::open(restoring.request()));
  Outcome outcome;
  outcome.body = restoring.mark(invocation.session()).body;
  const Instant now = invocation.now();
  invocation.close_ledger();
  if (invocation.dry_run() == DryRun::no) {
    outcome.body.set("set_aside", Json::text_or_null(restoring.put_in_place(now)));
    outcome.talk.emplace_back(
        "nothing is issued, sent or synced until the last number that went out is confirmed");
    outcome.talk.emplace_back("hint: billctl restore confirm --last issued=NUMBER");
  }
  outcome.text = [](const Json& body) {
    std::string text = cell_text(body["ledger"]) + " restored from " + cell_text(body["file"]);
    if (!body["set_aside"].is_null())
      text += ", the ledger that was there is " + cell_text(body["set_aside"]);
    text += "\n";
    for (const Json& series : body["series"].as_array()) {
      text += "series " + cell_text(series["series"]) + ": " +
              (series["last_number"].is_null() ? "no number given out"
                                               : "last " + cell_text(series["last_number"])) +
              "\n";
    }
    return text;
  };
  return outcome;
}

void tell_unknown(Outcome& outcome) {
  const Json& unknown = outcome.body["unknown"];
  if (unknown["send"].as_integer() > 0)
    outcome.talk.emplace_back(
        "hint: no mail of these goes out until somebody has asked the client, or the mail server's "
        "log: billctl send resolve INVOICE --sent, or --absent");
  if (unknown["sync"].as_integer() > 0)
    outcome.talk.emplace_back("hint: `billctl sync` asks the provider before it hands one over");
}

Outcome confirm(Invocation& invocation) {
  Outcome outcome = outcome_of(restore_confirm(invocation.session(), invocation.values("--last")));
  outcome.text = [](const Json& body) {
    if (!body["confirmed"].as_bool()) return std::string("nothing to confirm\n");
    std::string text;
    for (const Json& series : body["series"].as_array()) {
      text += "series " + cell_text(series["series"]) + " goes on after " +
              (series["last_number"].is_null() ? "no number" : cell_text(series["last_number"]));
      if (!series["lost"].is_null())
        text += ", not in this ledger: " + cell_text(series["lost"]["from"]) + " to " +
                cell_text(series["lost"]["to"]);
      text += "\n";
    }
    const Json& unknown = body["unknown"];
    return text +
           "unknown, since they may have gone out after the backup: " + cell_text(unknown["send"]) +
           " to mail, " + cell_text(unknown["sync"]) + " to sync\n";
  };
  tell_unknown(outcome);
  return outcome;
}

}  // namespace

const Command& restore_command() {
  static const Command kCommand = {
      .name = "restore",
      .summary = "put a backup in the place of the ledger, which is set aside",
      .example = "billctl restore /backup/ledger-Sun.db --yes",
      .arguments = {{"FILE", "what `billctl backup` made", true, false}},
      .options = {},
      .filters = false,
      .opens = Opens::config,
      .writes = Writes::yes,
      .run = restore,
  };
  return kCommand;
}

const Command& restore_confirm_command() {
  static const Command kCommand = {
      .name = "restore confirm",
      .summary = "say which number went out last before a restore, so that none is given twice",
      .example = "billctl restore confirm --last issued=INV00042",
      .arguments = {},
      .options = {{"--last", "SERIES=NUMBER", "of each series: issued, credit; or none", {}, true}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = confirm,
  };
  return kCommand;
}

}  // namespace billctl::cmd
