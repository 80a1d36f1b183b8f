// Invocation: one call of a command: its options and arguments, and what it opens: config, ledger,
// session, books, each when first asked for.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "calendar/zone.hpp"
#include "command.hpp"
#include "config/config.hpp"
#include "ledger/ledger.hpp"
#include "ledger/saved_filters.hpp"
#include "pipeline/session.hpp"
#include "work/books.hpp"
#include "work/filter.hpp"

namespace billctl::cmd {

enum class Format { table, json, csv };

/// Options by their long name (`--client`; `-C` and `-m` where there is no long one), as given.
struct Parsed {
  const Command* command = nullptr;
  std::map<std::string, std::vector<std::string>> options;
  std::vector<std::string> arguments;
};

class Invocation {
 public:
  explicit Invocation(Parsed parsed);
  ~Invocation();
  Invocation(const Invocation&) = delete;
  Invocation& operator=(const Invocation&) = delete;

  bool has(const std::string& option) const { return parsed_.options.count(option) > 0; }
  std::optional<std::string> value(const std::string& option) const;
  std::string value_or(const std::string& option, const std::string& otherwise) const;
  std::vector<std::string> values(const std::string& option) const;
  const std::vector<std::string>& arguments() const { return parsed_.arguments; }
  const Command& command() const { return *parsed_.command; }

  // @throws Error{usage} naming the option when its value is not of that kind.
  std::optional<Decimal> decimal(const std::string& option) const;
  std::optional<std::int64_t> integer(const std::string& option) const;
  std::optional<Date> date(const std::string& option);

  Format format() const;
  bool quiet() const { return has("--quiet"); }
  bool verbose() const { return has("--verbose"); }
  DryRun dry_run() const { return has("--dry-run") ? DryRun::yes : DryRun::no; }

  /// Asks on a terminal. Elsewhere --yes must have been given.
  /// @throws Error{needs_yes}, or {interrupted} when the answer is no.
  void confirm(const std::string& question);
  /// For the verbs of cron, which never ask off a terminal and need no --yes there.
  void confirm_on_terminal(const std::string& question);

  const Config& config();
  const std::string& config_path();  ///< empty: none was found, the defaults hold
  /// Which ledger, and how this command opens it: --ledger, else BILLCTL_LEDGER, else the config's.
  OpenLedger ledger_request();
  int lock_wait_seconds() const;  ///< --lock-wait, else BILLCTL_LOCK_WAIT, else 30
  Ledger& ledger();
  /// For restore: another file in its place, until `close_ledger`.
  void use_ledger(Ledger other);
  void close_ledger();
  Session& session();
  const Books& books();  ///< each record as it was when first asked for
  const Zone& zone();    ///< the tenant's
  Instant now();
  Date today();

  /// The filters given, with those of --saved; --save-as keeps them.
  /// @throws Error{not_found} for a code that nobody has, with the nearest.
  Filter filter();
  /// Whether this call may write: by its command, or to keep a filter.
  bool writes() const { return command().writes == Writes::yes || has("--save-as"); }
  /// Says once on stderr what a period that was asked for has come to, with its days.
  void echo_period(const Period& period);
  /// What is said on stderr beside what the command says.
  const std::vector<std::string>& talk() const { return talk_; }

 private:
  struct Opened;
  FilterOptions filter_options_given() const;
  void take_saved_filter();
  void keep_filter();

  Parsed parsed_;
  bool saved_taken_ = false, saved_kept_ = false;
  std::vector<std::string> talk_;
  std::unique_ptr<Opened> opened_;
};

/// What a verb of lib/pipeline reported as the outcome of its command, still without a text.
Outcome outcome_of(Report report);

}  // namespace billctl::cmd
