#include "help.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace billctl::cmd {
namespace {

std::string left_of(const Option& option) {
  std::string names = option.name;
  if (const auto comma = names.find(','); comma != std::string::npos) names.replace(comma, 1, ", ");
  if (names[1] == '-') names = "    " + names;
  return option.value.empty() ? names : names + " " + option.value;
}

std::string option_lines(const std::vector<Option>& options) {
  std::string text;
  for (const Option& option : options) {
    std::string help = option.help;
    if (!option.words.empty()) help += fmt::format(": {}", fmt::join(option.words, ", "));
    const std::string left = left_of(option);
    constexpr std::size_t kColumn = 26;
    if (left.size() < kColumn) {
      text += fmt::format("  {:<26}{}\n", left, help);
    } else {
      text += fmt::format("  {}\n  {:<26}{}\n", left, "", help);
    }
  }
  return text;
}

std::string usage_line(const Command& command) {
  std::string line = "billctl " + command.name;
  if (!command.options.empty() || command.filters) line += " [OPTION…]";
  for (const Argument& argument : command.arguments) {
    const std::string name = argument.name + (argument.many ? "…" : "");
    line += argument.needed ? " " + name : " [" + name + "]";
  }
  return line;
}

std::string lines_of(const std::vector<const Command*>& commands) {
  std::string text;
  for (const Command* command : commands)
    text += fmt::format("  {:<26}{}\n", command->name, command->summary);
  return text;
}

}  // namespace

std::string general_help() {
  return "billctl: batch invoicing, from recorded work to sealed and delivered invoices\n\n"
         "usage: billctl [OPTION…] COMMAND …\n\ncommands:\n" +
         lines_of(all_commands()) + "\noptions of every command:\n" +
         option_lines(global_options()) +
         "\n`billctl COMMAND --help` tells a command's own options; see also billctl(1), "
         "billctl-workflow(7)\n";
}

std::string group_help(const std::string& word) {
  std::vector<const Command*> group;
  for (const Command* command : all_commands()) {
    if (command->name.rfind(word + " ", 0) == 0) group.push_back(command);
  }
  return group.empty() ? ""
                       : "usage: billctl " + word + " COMMAND …\n\ncommands:\n" + lines_of(group);
}

std::string command_help(const Command& command) {
  std::string text = "usage: " + usage_line(command) + "\n\n" + command.summary + "\n";
  if (!command.arguments.empty()) {
    text += "\narguments:\n";
    for (const Argument& argument : command.arguments) {
      text += fmt::format("  {:<26}{}\n", argument.name, argument.help);
    }
  }
  if (!command.options.empty()) text += "\noptions:\n" + option_lines(command.options);
  if (command.filters) text += "\nfilters:\n" + option_lines(filter_options());
  text += "\noptions of every command:\n" + option_lines(global_options());
  text += "\nexample:\n";
  std::size_t from = 0;
  while (from < command.example.size()) {
    const auto to = std::min(command.example.find('\n', from), command.example.size());
    text += "  " + command.example.substr(from, to - from) + "\n";
    from = to + 1;
  }
  return text;
}

}  // namespace billctl::cmd
