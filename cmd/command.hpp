// Command: one verb of the command line as data, so that the parser, the help, the completion and
// the test that compares options with man pages all read the same table.
//
// Each command is a file of its own (or a few of one noun) that defines a `const Command&` function
// and is named in commands.cpp. `run` turns options into a Request, calls lib/pipeline and returns
// the Outcome; it prints nothing.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "outcome/exit_status.hpp"
#include "text/json.hpp"

namespace billctl::cmd {

struct Option {
  std::string name;                ///< `--group-hours`, or `-m,--message`
  std::string value;               ///< MODE; empty: a flag
  std::string help;                ///< lower case, no full stop
  std::vector<std::string> words;  ///< the values allowed; empty: any
  bool many = false;               ///< may be given again, or as a,b
  /// Set where the value may be left out: the word behind the option is its value if this says so,
  /// else the value is `otherwise`.
  bool (*is_value)(const std::string& word) = nullptr;
  std::string otherwise = {};
};

struct Argument {
  std::string name;  ///< INVOICE
  std::string help;
  bool needed = true;
  bool many = false;
};

enum class Opens { nothing, config, ledger };
/// `rolled_back`: it does the work to tell what would come of it, and nothing of it stays.
enum class Writes { no, yes, rolled_back };

class Invocation;

/// What a command gives back. `body` is the pinned JSON without its envelope.
struct Outcome {
  Json body = Json::object();
  ExitStatus exit = ExitStatus::done;
  /// For people, made of `body` and asked for only with --format table.
  std::function<std::string(const Json& body)> text;
  std::string rows;  ///< the member of `body` that is its list, for csv and --fail-if-empty
  bool found_nothing = false;         ///< for --fail-if-empty, where no list of the body says it
  std::vector<std::string> failures;  ///< said on stderr even with -q: what was refused and why
  std::vector<std::string> talk;      ///< said on stderr unless -q: warnings, hints
  bool coloured = false;              ///< `text` paints, and made safe itself what it shows of data
  std::string raw;  ///< printed as it is, whatever the format (render, completion)
  bool is_raw = false;
};

struct Command {
  std::string name;     ///< `invoice show`
  std::string summary;  ///< one line, lower case, no full stop
  std::string example;  ///< a line or more of shell, shown by --help
  std::vector<Argument> arguments;
  std::vector<Option> options;
  bool filters = false;  ///< takes the filters of every listing
  Opens opens = Opens::ledger;
  Writes writes = Writes::no;
  std::function<Outcome(Invocation&)> run;
};

/// Every command, in the order of the help.
const std::vector<const Command*>& all_commands();

/// The options that every command takes, and those of every listing.
const std::vector<Option>& global_options();
const std::vector<Option>& filter_options();
/// --from-job, of the listings that it restricts (S3-22 … S3-25).
const Option& from_job_option();

}  // namespace billctl::cmd
