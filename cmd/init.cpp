#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "actor.hpp"
#include "commands.hpp"
#include "config/initial_config.hpp"
#include "invocation.hpp"

namespace billctl::cmd {
namespace {

bool make_config(const std::string& path, bool test) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0 && errno == EEXIST) return false;
  const std::string text = initial_config(test);
  const bool whole = file >= 0 &&
                     write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                     fsync(file) == 0;
  if (file >= 0) close(file);
  if (!whole)
    throw Error(Reason::io, "can't write " + path, "the folder must exist and be writable");
  return true;
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

/// As everywhere the flag wins over the environment; a folder that was named wins over that too.
std::filesystem::path config_path_of(const Invocation& invocation) {
  const auto& folders = invocation.arguments();
  const std::string flag = invocation.value_or("--config", "");
  if (!folders.empty() && !flag.empty())
    throw Error(
        Reason::usage,
        "init makes one config: --config " + flag + " or " + folders.front() + "/billctl.toml",
        "leave one of them out");
  std::filesystem::path path = flag;
  if (path.empty() && folders.empty()) path = environment("BILLCTL_CONFIG");
  if (path.empty())
    path = std::filesystem::path(folders.empty() ? "." : folders.front()) / "billctl.toml";
  return path.lexically_normal();
}

void make_folder(const std::filesystem::path& folder) {
  if (folder.empty()) return;
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  if (failure)
    throw Error(Reason::io, "can't make the folder " + folder.string() + ": " + failure.message());
}

Outcome run(Invocation& invocation) {
  const bool dry = invocation.dry_run() == DryRun::yes;
  const std::string config_path = config_path_of(invocation).string();
  if (!dry) make_folder(std::filesystem::path(config_path).parent_path());
  const bool made_config = dry ? !std::filesystem::exists(config_path)
                               : make_config(config_path, invocation.has("--test"));
  // The config that is there rules: it may name another ledger, or be a real tenant's.
  Config config = made_config ? parse_config(initial_config(invocation.has("--test")), config_path)
                              : load_config(config_path);
  const std::string ledger_path = invocation.value_or("--ledger", environment("BILLCTL_LEDGER"));
  if (!ledger_path.empty()) config.ledger = ledger_path;
  const bool made_ledger =
      dry ? !std::filesystem::exists(config.ledger) : Ledger::create(config.ledger);
  if (!dry) {
    Ledger ledger = Ledger::open({config.ledger, Access::write, 30, "init"});
    Tenants tenants(ledger);
    if (!tenants.find(config.tenant.code)) {
      ledger.write(DryRun::no,
                   [&] { tenants.open(config.tenant.code, config.tenant.test, invocation.now()); });
    }
  }
  Json made = Json::array();
  Json there = Json::array();
  (made_config ? made : there).push(config_path);
  (made_ledger ? made : there).push(config.ledger);
  Outcome outcome;
  outcome.body = Json::object({{"made", made}, {"there", there}});
  outcome.text = [made, there](const Json&) {
    std::string text;
    for (const Json& path : made.as_array()) text += "made " + path.as_string() + "\n";
    for (const Json& path : there.as_array()) text += "left as it is: " + path.as_string() + "\n";
    return text;
  };
  return outcome;
}

}  // namespace

const Command& init_command() {
  static const Command kCommand = {
      .name = "init",
      .summary = "make what is missing: a commented billctl.toml and a ledger",
      .example = "billctl init --test books",
      .arguments = {{"DIR", "the folder, instead of the current one", false, false}},
      .options = {{"--test",
                   "",
                   "a test ledger: the clock may be set, nothing is delivered outside",
                   {},
                   false}},
      .filters = false,
      .opens = Opens::nothing,
      .writes = Writes::yes,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
