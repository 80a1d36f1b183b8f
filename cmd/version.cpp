#include "commands.hpp"
#include "invocation.hpp"

namespace billctl::cmd {

const Command& version_command() {
  static const Command kCommand = {
      .name = "version",
      .summary = "print the versions of the program and of its ledger schema",
      .example = "billctl version --json",
      .arguments = {},
      .options = {},
      .filters = false,
      .opens = Opens::nothing,
      .writes = Writes::no,
      .run =
          [](Invocation&) {
            Outcome outcome;
            outcome.body =
                Json::object({{"program", BILLCTL_VERSION}, {"schema", Ledger::schema_version()}});
            outcome.text = [](const Json&) {
              return std::string("billctl " BILLCTL_VERSION " (schema ") +
                     std::to_string(Ledger::schema_version()) + ")\n";
            };
            return outcome;
          },
  };
  return kCommand;
}

}  // namespace billctl::cmd
