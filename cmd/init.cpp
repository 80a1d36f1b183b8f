#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

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

Outcome run(Invocation& invocation) {
  const std::string folder = invocation.arguments().empty() ? "." : invocation.arguments().front();
  const bool dry = invocation.dry_run() == DryRun::yes;
  std::error_code failure;
  if (!dry) std::filesystem::create_directories(folder, failure);
  if (failure)
    throw Error(Reason::io, "can't make the folder " + folder + ": " + failure.message());
  const std::string config_path =
      (std::filesystem::path(folder) / "billctl.toml").lexically_normal().string();
  const bool made_config = dry ? !std::filesystem::exists(config_path)
                               : make_config(config_path, invocation.has("--test"));
  // The config that is there rules: it may name another ledger, or be a real tenant's.
  const Config config = made_config
                            ? parse_config(initial_config(invocation.has("--test")), config_path)
                            : load_config(config_path);
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
