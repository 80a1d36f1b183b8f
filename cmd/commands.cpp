#include "commands.hpp"

namespace billctl::cmd {

const std::vector<const Command*>& all_commands() {
  static const std::vector<const Command*> kAll = {
      // set up
      &init_command(),
      &config_show_command(),
      &config_check_command(),
      &import_command(),
      &import_all_command(),
      &migrate_command(),
      // pipeline
      &sync_command(),
      &sync_status_command(),
      &sync_resolve_command(),
      // the rest
      &version_command(),
      &completion_command(),
  };
  return kAll;
}

}  // namespace billctl::cmd
