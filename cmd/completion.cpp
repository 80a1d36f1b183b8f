#include "commands.hpp"
#include "help.hpp"
#include "invocation.hpp"
#include "parser.hpp"

namespace billctl::cmd {
namespace {

/// `words of a command` -> the options and next words that may follow, for the shells to look up.
std::string case_lines() {
  std::string lines;
  for (const Command* command : all_commands()) {
    std::string options;
    const auto add = [&](const std::vector<Option>& more) {
      for (const Option& option : more) options += " " + key_of(option);
    };
    add(command->options);
    if (command->filters) add(filter_options());
    add(global_options());
    lines += "    \"" + command->name + "\") words=\"" + options.substr(1) + "\" ;;\n";
  }
  return lines;
}

std::string command_words() {
  std::string words;
  for (const Command* command : all_commands()) words += "\n" + command->name;
  return words.substr(1);
}

std::string bash_script() {
  return "# bash completion of billctl: source it, or put it into /etc/bash_completion.d\n"
         "_billctl() {\n"
         "  local current=${COMP_WORDS[COMP_CWORD]} path=() word\n"
         "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do [[ $word == -* ]] || "
         "path+=(\"$word\"); done\n"
         "  local name=\"${path[*]:0:3}\" words=\n"
         "  while [ -n \"$name\" ]; do\n"
         "    case $name in\n" +
         case_lines() +
         "    esac\n"
         "    [ -n \"$words\" ] && break\n"
         "    words=$(grep \"^$name \" <<<\"$_billctl_commands\" | sed \"s/^$name //; s/ .*//\" | "
         "sort -u)\n"
         "    [ -n \"$words\" ] && break\n"
         "    [[ $name == *' '* ]] && name=${name% *} || name=\n"
         "  done\n"
         "  [ -n \"$words\" ] || words=$(cut -d' ' -f1 <<<\"$_billctl_commands\" | sort -u)\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
         "}\n"
         "_billctl_commands='" +
         command_words() + "'\ncomplete -F _billctl billctl\n";
}

std::string zsh_script() {
  return "#compdef billctl\nautoload -U bashcompinit && bashcompinit\n" + bash_script();
}

std::string fish_script() {
  std::string text = "# fish completion of billctl\ncomplete -c billctl -f\n";
  for (const Command* command : all_commands()) {
    const std::string first = command->name.substr(0, command->name.find(' '));
    const std::string rest =
        first.size() < command->name.size() ? command->name.substr(first.size() + 1) : "";
    if (rest.empty()) {
      text += "complete -c billctl -n __fish_use_subcommand -a " + first + " -d '" +
              command->summary + "'\n";
    } else {
      text += "complete -c billctl -n __fish_use_subcommand -a " + first + "\n";
      text += "complete -c billctl -n '__fish_seen_subcommand_from " + first + "' -a '" + rest +
              "' -d '" + command->summary + "'\n";
    }
  }
  return text;
}

Outcome run(Invocation& invocation) {
  const std::string shell = invocation.arguments().front();
  Outcome outcome;
  outcome.is_raw = true;
  if (shell == "bash") {
    outcome.raw = bash_script();
  } else if (shell == "zsh") {
    outcome.raw = zsh_script();
  } else if (shell == "fish") {
    outcome.raw = fish_script();
  } else {
    throw Error(Reason::usage, "no completion for \"" + shell + "\"", "bash, zsh or fish");
  }
  return outcome;
}

}  // namespace

const Command& completion_command() {
  static const Command kCommand = {
      .name = "completion",
      .summary = "print a completion script for a shell",
      .example = "billctl completion bash >/etc/bash_completion.d/billctl",
      .arguments = {{"SHELL", "bash, zsh or fish", true, false}},
      .options = {},
      .filters = false,
      .opens = Opens::nothing,
      .writes = Writes::no,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
