#include "listing.hpp"

#include "approval/permission.hpp"
#include "command.hpp"
#include "outcome/exit_status.hpp"
#include "outcome/reason.hpp"

namespace billctl::cmd {
namespace {

Json texts(const std::vector<std::string>& all) {
  Json list = Json::array();
  for (const std::string& each : all) list.push(each);
  return list;
}

Json options_listing(const std::vector<Option>& options) {
  Json list = Json::array();
  for (const Option& option : options) {
    list.push(Json::object({{"name", option.name},
                            {"value", Json::text_or_null(option.value)},
                            {"words", texts(option.words)}}));
  }
  return list;
}

/// Which offices may run it, whoever's what it is about is.
Json roles_listing(const std::string& verb) {
  RoleSettings house;
  house.configured = true;
  house.admin = {"admin"};
  house.biller = {"biller"};
  house.finance = {"finance"};
  house.management = {"management"};
  house.restricted_admin = {"restricted_admin"};
  Json list = Json::array();
  for (const char* office : {"admin", "biller", "finance", "management", "restricted_admin"})
    if (may(house, office, verb)) list.push(office);
  return list;
}

Json command_listing(const Command& command) {
  Json arguments = Json::array();
  for (const Argument& argument : command.arguments) arguments.push(argument.name);
  return Json::object({{"name", command.name},
                       {"summary", command.summary},
                       {"example", command.example},
                       {"arguments", std::move(arguments)},
                       {"options", options_listing(command.options)},
                       {"filters", command.filters},
                       {"writes", command.writes == Writes::yes},
                       {"opens", command.opens == Opens::ledger   ? "ledger"
                                 : command.opens == Opens::config ? "config"
                                                                  : "nothing"},
                       {"may", roles_listing(command.name)}});
}

Json reasons_listing() {
  Json list = Json::array();
  const auto add = [&](Reason reason) {
    list.push(
        Json::object({{"code", word(reason)}, {"exit", static_cast<int>(exit_status(reason))}}));
  };
#define BILLCTL_ADD(name) add(Reason::name);
  BILLCTL_REASONS(BILLCTL_ADD)
#undef BILLCTL_ADD
  return list;
}

}  // namespace

Json commands_listing() {
  Json commands = Json::array();
  for (const Command* command : all_commands()) commands.push(command_listing(*command));
  return Json::object({{"commands", std::move(commands)},
                       {"options", options_listing(global_options())},
                       {"filters", options_listing(filter_options())},
                       {"reasons", reasons_listing()}});
}

}  // namespace billctl::cmd
