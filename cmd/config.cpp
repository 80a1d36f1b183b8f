#include "commands.hpp"
#include "invocation.hpp"

namespace billctl::cmd {
namespace {

Outcome show(Invocation& invocation) {
  const Config& config = invocation.config();
  const bool origin = invocation.has("--origin");
  Outcome outcome;
  outcome.body = Json::object({{"config", Json::text_or_null(invocation.config_path())},
                               {"settings", settings_json(config.settings)}});
  outcome.rows = "settings";
  outcome.text = [&config, origin] { return settings_text(config.settings, origin); };
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
  outcome.text = [path] { return path + ": no mistake\n"; };
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
