#include "pipeline/comments.hpp"

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"

namespace billctl::cmd {
namespace {

Outcome set(Invocation& invocation) {
  const bool of_client = invocation.has("--client");
  if (of_client == invocation.has("--project")) {
    throw Error(Reason::usage, "comment set needs --client or --project, one of them",
                "see `billctl client list`");
  }
  const std::string noun = of_client ? "client" : "project";
  const std::string code = invocation.value_or("--" + noun, "");
  Outcome outcome = outcome_of(set_comment(invocation.session(),
                                           of_client ? Commented::client : Commented::project, code,
                                           invocation.arguments().front()));
  outcome.text = [noun, code](const Json& body) {
    const bool same = cell_text(body["comment"]) == cell_text(body["before"]);
    return noun + " " + code + ": comment " +
           (same                                 ? "as it was"
            : cell_text(body["comment"]).empty() ? "taken away"
                                                 : "set") +
           "\n";
  };
  return outcome;
}

}  // namespace

const Command& comment_set_command() {
  static const Command kCommand = {
      .name = "comment set",
      .summary = "note something about a client or a project",
      .example =
          "billctl comment set --client acme \"wants one invoice a quarter\"\n"
          "billctl comment set --project web \"\"",
      .arguments = {{"TEXT", "the comment; nothing takes it away", true, false}},
      .options = {{"--client", "CODE", "of this client", {}, false},
                  {"--project", "CODE", "of this project", {}, false}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = set,
  };
  return kCommand;
}

}  // namespace billctl::cmd
