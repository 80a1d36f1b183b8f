// The words of a command line: understood, or refused as usage with words for a person.
#include "outcome/error.hpp"
#include "parser.hpp"
#include "targets.hpp"

namespace billctl::fuzz {

void argv(std::string_view bytes) {
  std::vector<std::string> words;
  while (!bytes.empty() && words.size() < 100) words.emplace_back(taken(bytes, '\n'));
  if (words.empty()) return;
  try {
    cmd::named_command(words);
    const cmd::Parsed parsed = cmd::parse(words);
    must(parsed.command != nullptr, "what was understood is a command");
    must(parsed.arguments.size() <= words.size(), "no operand comes from nowhere");
    const cmd::Invocation invocation(cmd::parse(words));
    must(invocation.format() >= cmd::Format::table, "a command has a format");
  } catch (const Error& error) {
    must(error.code() == Reason::usage, "words that are not understood are usage");
    must(!error.message().empty(), "a refusal has words");
  }
}

}  // namespace billctl::fuzz
