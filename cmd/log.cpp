#include "pipeline/log.hpp"

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"

namespace billctl::cmd {
namespace {

std::string text_of(const Json& body) {
  const Json::Array& events = body["events"].as_array();
  if (events.empty()) return "";
  std::vector<std::vector<std::string>> rows;
  for (const Json& event : events) {
    rows.push_back({cell_text(event["id"]), cell_text(event["at"]), cell_text(event["actor"]),
                    cell_text(event["os_user"]), cell_text(event["verb"]),
                    event["arguments"].compact(), event["digest"].as_string().substr(0, 12)});
  }
  return table({">id", "at", "actor", "os user", "verb", "arguments", "digest"}, rows);
}

/// A chain on each line: what it is, how long, and its newest link.
std::string heads_text(const Json& heads) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& head : heads["series"].as_array()) {
    rows.push_back({cell_text(head["tenant"]),
                    "series " + cell_text(head["series"]) + " " + cell_text(head["year"]),
                    cell_text(head["documents"]), cell_text(head["seal"])});
  }
  for (const Json& head : heads["journals"].as_array()) {
    rows.push_back({cell_text(head["tenant"]), "journal", cell_text(head["events"]),
                    cell_text(head["digest"])});
  }
  return rows.empty() ? "" : table({"tenant", "chain", ">links", "head"}, rows);
}

LogRequest request_of(Invocation& invocation) {
  LogRequest request;
  if (!invocation.arguments().empty()) request.subject = invocation.arguments().front();
  request.verb = invocation.value_or("--verb", "");
  request.period = invocation.filter().period;
  request.actor = invocation.value_or("--member", "");
  request.after = invocation.integer("--after");
  request.limit = invocation.integer("--limit");
  const std::string sort = invocation.value_or("--sort", "id");
  if (sort != "id" && sort != "-id")
    throw Error(Reason::usage, "--sort \"" + sort + "\": events are sorted by id or -id");
  request.newest_first = sort == "-id";
  request.heads = invocation.has("--heads");
  return request;
}

Outcome run(Invocation& invocation) {
  Outcome outcome;
  outcome.body = log(invocation.session(), request_of(invocation)).body;
  outcome.rows = "events";
  outcome.text = [](const Json& body) {
    const Json* heads = body.find("heads");
    return heads != nullptr ? heads_text(*heads) : text_of(body);
  };
  return outcome;
}

}  // namespace

const Command& log_command() {
  static const Command kCommand = {
      .name = "log",
      .summary = "tell who did what and when",
      .example =
          "billctl log INV00042\nbillctl log --verb issue --since 2026-10-01 --json\n"
          "billctl log --heads --json >/mnt/stick/anchor.json",
      .arguments = {{"SUBJECT", "entry:ID, item:ID or an invoice; without one, all", false, false}},
      .options = {{"--verb", "VERB", "only this command, e.g. issue or 'invoice hold'", {}, false},
                  {"--member", "CODE", "only what this member did", {}, false},
                  {"--saved", "NAME", "the member and period saved under NAME", {}, false},
                  {"--save-as", "NAME", "keep member and period under NAME", {}, false},
                  {"--period", "PERIOD", "what happened in it, e.g. 2026-10", {}, false},
                  {"--since", "DATE", "from this date on", {}, false},
                  {"--until", "DATE", "up to and with this date", {}, false},
                  {"--limit", "N", "at most N events", {}, false},
                  {"--after", "ID", "the page after this event", {}, false},
                  {"--heads",
                   "",
                   "instead: where the chains end now; with --json the file for verify --anchor",
                   {},
                   false},
                  {"--sort", "FIELD", "id, or -id for the newest first", {}, false}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
