#include <cstdlib>

#include "commands.hpp"
#include "invocation.hpp"

namespace billctl::cmd {
namespace {

/// The settings of the file, with a ledger that the command line or the environment names instead.
std::vector<Setting> settings_in_effect(Invocation& invocation) {
  std::vector<Setting> settings = invocation.config().settings;
  const char* variable = std::getenv("BILLCTL_LEDGER");
  const std::string named = variable != nullptr ? variable : "";
  for (Setting& setting : settings) {
    if (setting.key != "ledger") continue;
    if (invocation.has("--ledger")) {
      setting = {"ledger", invocation.value_or("--ledger", ""), "--ledger"};
    } else if (!named.empty()) {
      setting = {"ledger", named, "BILLCTL_LEDGER"};
    }
  }
  return settings;
}

Outcome show(Invocation& invocation) {
  const Config& config = invocation.config();
  const std::vector<Setting> settings = settings_in_effect(invocation);
  const bool origin = invocation.has("--origin");
  Outcome outcome;
  outcome.body = Json::object({{"config", Json::text_or_null(invocation.config_path())},
                               {"settings", settings_json(settings)}});
  outcome.rows = "settings";
  outcome.text = [settings, origin](const Json&) { return settings_text(settings, origin); };
  for (const Mistake& warning : config.warnings)
    outcome.talk.push_back("warning: " + to_text(warning));
  return outcome;
}

Outcome check(Invocation& invocation) {
  const Config& config = invocation.config();
  const std::string path = invocation.config_path();
  if (path.empty())
    throw Error(Reason::bad_config, "no config was found", "make one with `billctl init`");
  Json warnings = Json::array();
  Outcome outcome;
  for (const Mistake& warning : config.warnings) {
    warnings.push(Json::object({{"file", warning.at.file},
                                {"line", warning.at.line},
                                {"column", warning.at.column},
                                {"message", warning.message}}));
    outcome.talk.push_back("warning: " + to_text(warning));
  }
  outcome.body = Json::object({{"config", path}, {"ok", true}, {"warnings", std::move(warnings)}});
  outcome.text = [path](const Json&) { return path + ": no mistake\n"; };
  return outcome;
}

}  // namespace

const Command& config_show_command() {
  static const Command kCommand = {
      .name = "config show",
      .summary = "show every setting in effect",
      .example = "billctl config show --origin",
      .arguments = {},
      .options = {{"--origin", "", "say where each value came from", {}, false}},
      .filters = false,
      .opens = Opens::config,
      .writes = Writes::no,
      .run = show,
  };
  return kCommand;
}

const Command& config_check_command() {
  static const Command kCommand = {
      .name = "config check",
      .summary = "tell every mistake in the config at once",
      .example = "billctl config check --config billctl.toml",
      .arguments = {},
      .options = {},
      .filters = false,
      .opens = Opens::config,
      .writes = Writes::no,
      .run = check,
  };
  return kCommand;
}

}  // namespace billctl::cmd
