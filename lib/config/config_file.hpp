// The config file itself: where it is looked for, and whether it may be trusted (spec/cli.md,
// "Everywhere"). Whoever can write it can have invoices priced and sent as he likes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "outcome/error.hpp"

namespace billctl {

/// A place where a config may be.
struct ConfigPlace {
  std::string path;
  std::string origin;     ///< `--config`, `BILLCTL_CONFIG`, `./billctl.toml`, `XDG`, `/etc`
  bool required = false;  ///< named by a person: when it is not there, no other place is tried
};

/// What the command line and the environment say; empty: nothing.
struct ConfigSources {
  std::string flag;             ///< --config
  std::string environment;      ///< BILLCTL_CONFIG
  std::string xdg_config_home;  ///< XDG_CONFIG_HOME; counts only when it is absolute
  std::string home;             ///< HOME
};

/// The places in their order: the flag or else the variable alone, else ./billctl.toml, then
/// $XDG_CONFIG_HOME/billctl/billctl.toml (~/.config without it), then /etc/billctl/billctl.toml.
std::vector<ConfigPlace> config_places(const ConfigSources& sources);

/// @throws Error{bad_config} when another user than root or oneself owns the file, or its group or
/// others can write it.
void check_permissions(const std::string& path);

/// The text of a config file, at most 1 MiB, its owner and mode checked on the file that is read.
/// @throws Error{bad_config} as check_permissions, and when it cannot be read.
std::string read_config_file(const std::string& path);

/// The text of a job file; the same without the check of owner and mode.
/// @throws Error{bad_job} when it cannot be read.
std::string read_job_text(const std::string& path);

/// The text of another file of TOML, called `what` in the message.
/// @throws Error{code} when it cannot be read.
std::string read_other_text(const std::string& path, std::string_view what, Reason code);

/// Throws Error{code} with the first 100 of the mistakes and how many there are; returns for none.
void refuse_mistakes(Reason code, std::vector<Mistake> mistakes);

}  // namespace billctl
