#include "program.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <new>

#include "help.hpp"
#include "listing.hpp"
#include "output.hpp"
#include "parser.hpp"

namespace billctl::cmd {
namespace {

bool stands_before_dashes(const std::vector<std::string>& words, const std::string& word) {
  for (const std::string& each : words) {
    if (each == "--") return false;
    if (each == word) return true;
  }
  return false;
}

/// How an error is printed when the words could not even be parsed.
Format format_of(const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    if (words[i] == "--json" || words[i] == "--format=json") return Format::json;
    if (words[i] == "--format" && i + 1 < words.size() && words[i + 1] == "json")
      return Format::json;
  }
  return Format::table;
}

/// The place of a standard stream that was closed must not go to the next file that is opened: what
/// is printed would be written into it.
void hold_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(stream, F_GETFD) >= 0) continue;
    open("/dev/null", O_RDWR);
  }
}

int run(const std::vector<std::string>& words) {
  const Command* meant = named_command(words);
  const std::string name = meant != nullptr ? meant->name : "";
  try {
    const Parsed parsed = parse(words);
    Invocation invocation(parsed);
    if (const auto folder = invocation.value("-C"); folder && chdir(folder->c_str()) != 0) {
      throw Error(Reason::usage, "-C " + *folder + ": no such folder");
    }
    return static_cast<int>(print(invocation, parsed.command->run(invocation)));
  } catch (const Error& error) {
    return static_cast<int>(print_error(error, name, format_of(words)));
  } catch (const std::bad_alloc&) {
    return static_cast<int>(print_error(Error(Reason::failed, "out of memory; nothing was written"),
                                        name, format_of(words)));
  } catch (const std::exception& failure) {
    return static_cast<int>(
        print_error(Error(Reason::failed, failure.what()), name, format_of(words)));
  }
}

int help(const std::vector<std::string>& words) {
  const Command* command = named_command(words);
  std::string text = command != nullptr ? command_help(*command) : "";
  for (const std::string& word : words) {
    if (!text.empty() || word.empty() || word[0] == '-' || word == "help") continue;
    text = group_help(word);
  }
  if (text.empty() && !words.empty() && words.front()[0] != '-') return run(words);
  if (text.empty()) text = general_help();
  std::fputs(text.c_str(), stdout);
  return 0;
}

}  // namespace

int start(std::vector<std::string> words) {
  hold_standard_streams();
  umask(077);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGINT, [](int) { Ledger::interrupt(); });
  std::signal(SIGTERM, [](int) { Ledger::interrupt(); });
  if (words.empty()) {
    std::fputs(general_help().c_str(), stderr);
    return static_cast<int>(ExitStatus::usage);
  }
  const bool asks_help = words.front() == "help" || stands_before_dashes(words, "--help") ||
                         stands_before_dashes(words, "-h");
  if (words.front() == "help") words.erase(words.begin());
  if (asks_help) return help(words);
  if (words.front() == "--version") words.front() = "version";
  if (words.front() == "__commands") {
    std::fputs((commands_listing().pretty() + "\n").c_str(), stdout);
    return 0;
  }
  return run(words);
}

}  // namespace billctl::cmd
