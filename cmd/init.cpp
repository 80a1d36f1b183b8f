#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "actor.hpp"
#include "commands.hpp"
#include "config/initial_config.hpp"
#include "invocation.hpp"
#include "render/whole_file.hpp"
#include "shared_group.hpp"
#include "text/shared_files.hpp"

namespace billctl::cmd {
namespace {

/// The group may read it; a config that others may write is refused.
bool share_config(int file, const std::optional<SharedGroup>& group) {
  return !group || (fchown(file, static_cast<uid_t>(-1), group->id) == 0 &&
                    fchmod(file, S_IRUSR | S_IWUSR | S_IRGRP) == 0);
}

/// It takes its name when it is whole: another init may read it at once.
bool make_config(const std::string& path, bool test, const std::optional<SharedGroup>& group) {
  return make_whole_file(path, initial_config(test),
                         [&](int file) { return share_config(file, group); });
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
  if (folder.empty() || make_folders(folder.string())) return;
  throw Error(Reason::io, "can't make the folder " + folder.string() + ": " + std::strerror(errno));
}

std::optional<SharedGroup> group_of(const Invocation& invocation) {
  if (!invocation.has("--shared")) return std::nullopt;
  return shared_group(invocation.value_or("--shared", ""));
}

/// As it is to be; the config that is there rules: it may name another ledger, or be a real
/// tenant's.
Config read_or_initial(const Invocation& invocation, const std::string& path) {
  Config config = std::filesystem::exists(path)
                      ? load_config(path)
                      : parse_config(initial_config(invocation.has("--test")), path);
  const std::string ledger = invocation.value_or("--ledger", environment("BILLCTL_LEDGER"));
  if (!ledger.empty()) config.ledger = ledger;
  return config;
}

void open_tenant(Invocation& invocation, const Config& config) {
  Ledger ledger =
      Ledger::open({config.ledger, Access::write, invocation.lock_wait_seconds(), "init"});
  Tenants tenants(ledger);
  if (tenants.find(config.tenant.code)) return;
  ledger.write(DryRun::no, [&] {
    if (!tenants.find(config.tenant.code))
      tenants.open(config.tenant.code, config.tenant.test, invocation.now());
  });
}

void tell_shared(Outcome& outcome, const SharedGroup& group, const std::string& ledger,
                 bool made_ledger) {
  if (!made_ledger && access_of(ledger).group != group.id) {
    outcome.talk.push_back(ledger + " was there and is not shared with the group " + group.name);
    outcome.talk.push_back("hint: its owner shares it: chgrp " + group.name + " FILES && chmod " +
                           "660 FILES, and 2770 for the folder");
    return;
  }
  outcome.talk.push_back(
      "hint: a config that another user owns is refused: the others of " + group.name +
      " need one of their own that names this ledger, or chown this one to root");
}

Outcome run(Invocation& invocation) {
  const bool dry = invocation.dry_run() == DryRun::yes;
  const std::optional<SharedGroup> group = group_of(invocation);
  const std::string config_path = config_path_of(invocation).string();
  Config config = read_or_initial(invocation, config_path);
  bool made_ledger = !Ledger::is_there(config.ledger);
  const std::string folder = folder_above(config.ledger);
  if (group && made_ledger) require_shareable(folder, *group);
  bool made_config = !std::filesystem::exists(config_path);
  if (!dry) {
    make_folder(std::filesystem::path(config_path).parent_path());
    if (group && made_ledger && std::filesystem::exists(folder)) share_folder(folder, *group);
    made_config = make_config(config_path, invocation.has("--test"), group);
    if (!made_config) config = read_or_initial(invocation, config_path);
    FileAccess access;
    if (group) access.group = group->id;
    made_ledger = Ledger::create(config.ledger, access, invocation.lock_wait_seconds());
    open_tenant(invocation, config);
  }
  Json made = Json::array();
  Json there = Json::array();
  (made_config ? made : there).push(config_path);
  (made_ledger ? made : there).push(config.ledger);
  Outcome outcome;
  outcome.body = Json::object(
      {{"made", made}, {"there", there}, {"shared", Json::text_or_null(group ? group->name : "")}});
  if (group) tell_shared(outcome, *group, config.ledger, made_ledger);
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
      .example = "billctl init --test books\nbillctl init --shared=accounts /srv/books",
      .arguments = {{"DIR", "the folder, instead of the current one", false, false}},
      .options = {{"--test",
                   "",
                   "a test ledger: the clock may be set, nothing is delivered outside",
                   {},
                   false},
                  {"--shared", "GROUP", "for all users of this OS group", {}, false}},
      .filters = false,
      .opens = Opens::nothing,
      .writes = Writes::yes,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
