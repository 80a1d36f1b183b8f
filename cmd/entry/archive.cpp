#include "commands.hpp"
#include "entry/fields.hpp"
#include "output.hpp"
#include "pipeline/entry_verbs/archive_entries.hpp"
#include "pipeline/entry_verbs/delete_entries.hpp"

namespace billctl::cmd {
namespace {

std::string counted(const Json& list, const char* what) {
  const std::size_t count = list.as_array().size();
  return std::to_string(count) + (count == 1 ? " entry " : " entries ") + what + "\n";
}

Outcome archive(Invocation& invocation) {
  ArchiveRequest request;
  request.contractual_only = invocation.has("--all-contractual");
  if (request.contractual_only && invocation.has("--all-unbilled"))
    throw Error(Reason::usage, "--all-contractual is a part of --all-unbilled: say one of them");
  request.entries =
      chosen_entries(invocation, request.contractual_only ? "--all-contractual" : "--all-unbilled");
  request.invoiced_as = invocation.value_or("--invoiced-as", "");
  if (invocation.has("--invoiced-as") && request.invoiced_as.empty())
    throw Error(Reason::usage, "--invoiced-as is empty, it needs the number of an invoice");
  Outcome outcome = entry_outcome(archive_entries(invocation.session(), request), "archived",
                                  [](const Json& body) {
                                    std::string text = counted(body["archived"], "archived");
                                    if (!body["unchanged"].as_array().empty())
                                      text += counted(body["unchanged"], "archived already");
                                    return text;
                                  });
  return outcome;
}

Outcome unarchive(Invocation& invocation) {
  return entry_outcome(
      unarchive_entries(invocation.session(), invocation.arguments()), "unarchived",
      [](const Json& body) { return counted(body["unarchived"], "brought back"); });
}

std::string question_of(const std::vector<std::string>& names) {
  if (names.size() == 1) return "delete entry " + names.front();
  return "delete " + std::to_string(names.size()) + " entries";
}

Outcome remove(Invocation& invocation) {
  const auto& names = invocation.arguments();
  invocation.confirm(question_of(names));
  return entry_outcome(delete_entries(invocation.session(), names), "deleted",
                       [](const Json& body) { return counted(body["deleted"], "deleted"); });
}

}  // namespace

const Command& entry_archive_command() {
  static const Command kCommand = {
      .name = "entry archive",
      .summary = "settle work without an invoice of ours",
      .example =
          "billctl entry archive e17 e18 --invoiced-as 2025-117\n"
          "billctl entry archive --all-contractual --client acme --until 2026-09-30",
      .arguments = {{"ENTRY", "its id", false, true}},
      .options = {{"--all-unbilled", "", "all that is not drafted and the filters take", {}, false},
                  {"--all-contractual", "", "the same, contractual work only", {}, false},
                  {"--invoiced-as", "NUMBER", "the invoice of another program", {}, false}},
      .filters = true,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = archive,
  };
  return kCommand;
}

const Command& entry_unarchive_command() {
  static const Command kCommand = {
      .name = "entry unarchive",
      .summary = "bring archived work back, to be billed",
      .example = "billctl entry unarchive e17",
      .arguments = {{"ENTRY", "its id", true, true}},
      .options = {},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = unarchive,
  };
  return kCommand;
}

const Command& entry_delete_command() {
  static const Command kCommand = {
      .name = "entry delete",
      .summary = "delete recorded work for good",
      .example = "billctl entry delete e17 --yes",
      .arguments = {{"ENTRY", "its id", true, true}},
      .options = {},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = remove,
  };
  return kCommand;
}

}  // namespace billctl::cmd
