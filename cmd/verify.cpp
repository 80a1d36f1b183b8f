#include "pipeline/verify.hpp"

#include "commands.hpp"
#include "invocation.hpp"

namespace billctl::cmd {
namespace {

std::string counted(std::size_t count, const char* what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

/// One line when all holds; else a line for each thing found, then the sum.
std::string text_of(const Json& body) {
  std::string text;
  std::size_t broken = 0;
  std::size_t warned = 0;
  const Json::Array& checks = body["checks"].as_array();
  for (const Json& check : checks) {
    if (check["ok"].as_bool()) continue;
    const std::string& level = check["level"].as_string();
    ++(level == "error" ? broken : warned);
    for (const Json& found : check["found"].as_array()) {
      text += level + ": " + check["name"].as_string() + ": " + found["subject"].as_string() +
              ": " + found["message"].as_string() + "\n";
    }
  }
  text += "verify: " + counted(checks.size(), "check") + ", ";
  if (broken + warned == 0) return text + (checks.size() == 1 ? "it holds\n" : "all hold\n");
  if (broken > 0) text += std::to_string(broken) + " broken";
  if (broken > 0 && warned > 0) text += ", ";
  if (warned > 0) text += std::to_string(warned) + " with warnings";
  return text + "\n";
}

VerifyRequest request_of(Invocation& invocation) {
  VerifyRequest request;
  request.checks = invocation.arguments();
  request.quick = invocation.has("--quick");
  request.deep = invocation.has("--deep");
  request.files = invocation.has("--files");
  request.provider = invocation.has("--provider");
  request.anchor = invocation.value_or("--anchor", "");
  if (request.quick && (request.deep || !request.checks.empty()))
    throw Error(Reason::usage, "--quick is a set of checks of its own",
                "leave out --quick, or the checks and --deep");
  if (invocation.has("--anchor") && request.anchor.empty())
    throw Error(Reason::usage, "--anchor needs the name of a file");
  return request;
}

/// A ledger that is too damaged even to look up its tenant is reported as what it is.
Session& opened(Invocation& invocation) {
  try {
    return invocation.session();
  } catch (const Error& error) {
    if (error.code() != Reason::failed) throw;
    throw Error(Reason::corrupt, error.message(),
                "do not write to it; restore a backup, or ask for help with this file");
  }
}

Outcome run(Invocation& invocation) {
  const VerifyRequest request = request_of(invocation);
  Outcome outcome = outcome_of(verify(opened(invocation), request));
  outcome.rows = "checks";
  if (outcome.exit == ExitStatus::corrupt) {
    outcome.talk.push_back(
        "hint: write nothing more to this ledger; `billctl log` tells who did what, a backup from "
        "before the damage can be verified in the same way");
  }
  outcome.text = [](const Json& body) { return text_of(body); };
  return outcome;
}

}  // namespace

const Command& verify_command() {
  static const Command kCommand = {
      .name = "verify",
      .summary = "show that the ledger keeps every promise, or what breaks one",
      .example = "billctl verify\nbillctl verify chain no-gap --anchor /mnt/stick/anchor.json",
      .arguments = {{"CHECK", "by name; without one, all", false, true}},
      .options =
          {{"--quick", "", "only what costs the same however large the ledger is", {}, false},
           {"--deep", "", "read every page of the file too (integrity_check)", {}, false},
           {"--files", "", "look at the files beside the ledger too", {}, false},
           {"--provider", "", "ask the providers for what they were given too", {}, false},
           {"--anchor",
            "FILE",
            "compare the chains with their heads in FILE, of `log --heads --json`",
            {},
            false}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
