#include "parser.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "text/nearest.hpp"
#include "text/utf8.hpp"
#include "text/visible.hpp"

namespace billctl::cmd {
namespace {

std::vector<std::string> split(const std::string& text, char by) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  for (std::size_t to = 0; to != std::string::npos; from = to + 1) {
    to = text.find(by, from);
    parts.push_back(text.substr(from, to - from));
  }
  return parts;
}

bool is_option_with_value(const std::string& word) {
  for (const Option& option : global_options()) {
    if (option.value.empty()) continue;
    const auto names = split(option.name, ',');
    if (std::find(names.begin(), names.end(), word) != names.end()) return true;
  }
  return false;
}

/// The bare words at the front, past global options: what may name a command.
std::vector<std::string> bare_words(const std::vector<std::string>& words) {
  std::vector<std::string> bare;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--") break;
    if (is_option_with_value(words[i])) {
      ++i;
    } else if (words[i].empty() || words[i][0] != '-') {
      bare.push_back(words[i]);
    } else if (!bare.empty()) {
      break;
    }
  }
  return bare;
}

std::vector<std::string> next_words(const std::string& prefix) {
  std::vector<std::string> next;
  for (const Command* command : all_commands()) {
    const std::string& name = command->name;
    if (!prefix.empty() && name.rfind(prefix + " ", 0) != 0) continue;
    const std::string rest = prefix.empty() ? name : name.substr(prefix.size() + 1);
    const std::string word = rest.substr(0, rest.find(' '));
    if (std::find(next.begin(), next.end(), word) == next.end()) next.push_back(word);
  }
  return next;
}

std::string list_of(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

[[noreturn]] void no_command(const std::string& prefix, const std::string& seen) {
  const auto known = next_words(prefix);
  const std::string place = prefix.empty() ? "billctl" : "billctl " + prefix;
  if (seen.empty()) {
    throw Error(Reason::usage, place + " needs a command: " + list_of(known),
                "see `" + place + " --help`");
  }
  const std::string hint = did_you_mean(seen, known);
  throw Error(Reason::usage, "\"" + seen + "\" is no command of " + place,
              hint.empty() ? "see `" + place + " --help`" : hint);
}

struct Found {
  const Command* command = nullptr;
  std::size_t words = 0;
};

Found find_command(const std::vector<std::string>& bare) {
  Found best;
  for (const Command* command : all_commands()) {
    const auto path = split(command->name, ' ');
    if (path.size() <= best.words || path.size() > bare.size()) continue;
    if (std::equal(path.begin(), path.end(), bare.begin())) best = {command, path.size()};
  }
  return best;
}

const Command& require_command(const std::vector<std::string>& bare) {
  if (bare.empty()) no_command("", "");
  const Found found = find_command(bare);
  if (found.command != nullptr) return *found.command;
  const auto first = next_words("");
  if (std::find(first.begin(), first.end(), bare[0]) == first.end()) no_command("", bare[0]);
  std::string prefix = bare[0];
  std::size_t at = 1;
  while (at < bare.size()) {
    const auto next = next_words(prefix);
    if (std::find(next.begin(), next.end(), bare[at]) == next.end()) break;
    prefix += " " + bare[at++];
  }
  no_command(prefix, at < bare.size() ? bare[at] : "");
}

std::vector<const Option*> options_of(const Command& command) {
  std::vector<const Option*> all;
  for (const Option& option : command.options) all.push_back(&option);
  const auto own = [&](const Option& option) {
    return std::any_of(all.begin(), all.end(),
                       [&](const Option* o) { return key_of(*o) == key_of(option); });
  };
  const auto add = [&](const std::vector<Option>& more) {
    for (const Option& option : more) {
      if (!own(option)) all.push_back(&option);
    }
  };
  if (command.filters) add(filter_options());
  add(global_options());
  return all;
}

/// `--create FILE` becomes `--create=EVERYTHING FILE`, `--create tasks FILE` `--create=tasks FILE`.
std::vector<std::string> with_left_out_values(const std::vector<std::string>& words,
                                              const std::vector<const Option*>& options) {
  std::vector<std::string> said;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto option = std::find_if(options.begin(), options.end(), [&](const Option* each) {
      return each->is_value != nullptr && each->name == words[i];
    });
    if (words[i] == "--" || option == options.end()) {
      said.push_back(words[i]);
      if (words[i] != "--") continue;
      said.insert(said.end(), words.begin() + static_cast<std::ptrdiff_t>(i) + 1, words.end());
      break;
    }
    const bool has_value = i + 1 < words.size() && (*option)->is_value(words[i + 1]);
    said.push_back(words[i] + "=" + (has_value ? words[i + 1] : (*option)->otherwise));
    if (has_value) ++i;
  }
  return said;
}

void check_words(const Option& option, const std::vector<std::string>& values) {
  if (option.words.empty()) return;
  for (const std::string& value : values) {
    if (std::find(option.words.begin(), option.words.end(), value) != option.words.end()) continue;
    const std::string near = did_you_mean(value, option.words);
    throw Error(Reason::usage,
                key_of(option) + " \"" + value + "\" is none of " + list_of(option.words), near);
  }
}

[[noreturn]] void usage_mistake(const Command& command, const CLI::ParseError& mistake,
                                CLI::App& app) {
  const std::string help = "see `billctl " + command.name + " --help`";
  for (const std::string& word : app.remaining(true)) {
    if (word.empty() || word[0] != '-' || word.size() < 2) {
      throw Error(Reason::usage, "billctl " + command.name + " takes no \"" + word + "\"", help);
    }
    std::vector<std::string> known;
    for (const Option* option : options_of(command)) {
      for (const auto& name : split(option->name, ',')) known.push_back(name);
    }
    const std::string near = did_you_mean(word.substr(0, word.find('=')), known);
    throw Error(Reason::usage, "billctl " + command.name + " has no option " + word,
                near.empty() ? help : near);
  }
  const std::string said = mistake.what();
  if (said.find("required TEXT missing") != std::string::npos) {
    throw Error(Reason::usage, said.substr(0, said.find(':')) + " needs a value", help);
  }
  throw Error(Reason::usage, said, help);
}

/// Words are kept in the ledger and told in JSON: both are UTF-8.
void refuse_broken(const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    const std::size_t at = invalid_utf8(word);
    if (at == std::string::npos) continue;
    throw Error(Reason::usage,
                "\"" + visible(word) + "\" is no UTF-8 at byte " + std::to_string(at + 1),
                "use a terminal in UTF-8, as with LANG=C.UTF-8");
  }
}

}  // namespace

std::string key_of(const Option& option) {
  for (const std::string& name : split(option.name, ',')) {
    if (name.rfind("--", 0) == 0) return name;
  }
  return option.name;
}

const Command* named_command(const std::vector<std::string>& words) {
  return find_command(bare_words(words)).command;
}

Parsed parse(const std::vector<std::string>& words) {
  refuse_broken(words);
  const Command& command = require_command(bare_words(words));
  CLI::App app;
  app.set_help_flag("");
  CLI::App* level = &app;
  for (const std::string& word : split(command.name, ' '))
    level = level->add_subcommand(word)->fallthrough();
  level->set_help_flag("");

  Parsed parsed;
  parsed.command = &command;
  const auto options = options_of(command);
  std::vector<std::vector<std::string>> values(options.size());
  std::vector<CLI::Option*> given(options.size());
  const std::size_t globals_from = options.size() - global_options().size();
  for (std::size_t i = 0; i < options.size(); ++i) {
    CLI::App& at = i >= globals_from ? app : *level;
    if (options[i]->value.empty()) {
      given[i] = at.add_flag(options[i]->name);
    } else {
      given[i] = at.add_option(options[i]->name, values[i])
                     ->expected(1)
                     ->allow_extra_args(false)
                     ->take_all();
      if (options[i]->many) given[i]->delimiter(',');
    }
  }
  std::vector<std::vector<std::string>> positionals(command.arguments.size());
  for (std::size_t i = 0; i < positionals.size(); ++i) {
    const Argument& argument = command.arguments[i];
    constexpr int kMany = 1'000'000;
    level->add_option(argument.name, positionals[i])
        ->expected(1, argument.many ? kMany : 1)
        ->allow_extra_args(argument.many)
        ->required(argument.needed);
  }
  std::vector<std::string> reversed = with_left_out_values(words, options);
  std::reverse(reversed.begin(), reversed.end());
  try {
    app.parse(reversed);
  } catch (const CLI::ParseError& mistake) {
    usage_mistake(command, mistake, app);
  }
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (given[i]->count() == 0) continue;
    if (!options[i]->many && !options[i]->value.empty() && values[i].size() > 1) {
      throw Error(Reason::usage, key_of(*options[i]) + " is given twice");
    }
    check_words(*options[i], values[i]);
    parsed.options[key_of(*options[i])] = values[i];
  }
  for (const auto& given_words : positionals) {
    parsed.arguments.insert(parsed.arguments.end(), given_words.begin(), given_words.end());
  }
  return parsed;
}

}  // namespace billctl::cmd
