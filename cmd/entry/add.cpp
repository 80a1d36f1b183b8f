#include "calendar/duration.hpp"
#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "pipeline/add_entry.hpp"

namespace billctl::cmd {
namespace {

[[noreturn]] void wrong(const std::string& option, const std::string& seen,
                        const std::string& needed) {
  throw Error(Reason::usage, option + " \"" + seen + "\" is not " + needed);
}

std::optional<Moment> moment_option(const Invocation& invocation, const char* option) {
  const auto text = invocation.value(option);
  if (!text) return std::nullopt;
  std::string_view why;
  const auto moment = parse_moment(*text, why);
  if (!moment)
    wrong(option, *text,
          "a time as 2026-10-01T09:00Z or, in the tenant's zone, "
          "2026-10-01 09:00");
  return moment;
}

/// A number of units of so many seconds, in whole seconds: 1.25 hours, 90 minutes.
std::optional<std::int64_t> seconds_option(const Invocation& invocation, const char* option,
                                           std::int64_t unit_seconds) {
  const auto text = invocation.value(option);
  if (!text) return std::nullopt;
  if (const auto seconds = parse_duration(*text)) return seconds;
  std::string_view why;
  const auto units = parse_price(*text, why);
  constexpr std::int64_t kUnitsMax = 1'000'000;
  if (!units || units->micro() / Decimal::kOne > kUnitsMax) {
    wrong(option, *text, "a number from 0 on, or a time as 1h30m");
  }
  const std::int64_t micro_seconds = units->micro() * unit_seconds;
  if (micro_seconds % Decimal::kOne != 0) wrong(option, *text, "a number of whole seconds");
  return micro_seconds / Decimal::kOne;
}

std::optional<Decimal> price_option(const Invocation& invocation) {
  const auto price = invocation.decimal("--price");
  if (price && price->is_negative()) wrong("--price", price->to_text(), "0 or more");
  return price;
}

std::optional<std::int64_t> kilometres_option(const Invocation& invocation) {
  const auto text = invocation.value("--km");
  if (!text) return std::nullopt;
  std::string_view why;
  const auto metres = parse_kilometres(*text, why);
  if (!metres) wrong("--km", *text, "kilometres from 0 on with at most 3 fraction digits");
  return metres;
}

Outcome run(Invocation& invocation) {
  constexpr std::int64_t kMinute = 60;
  NewEntry entry;
  entry.id = invocation.value_or("--id", "");
  if (const auto kind = invocation.value("--kind")) entry.kind = entry_kind_of(*kind);
  entry.task = invocation.value_or("--task", "");
  entry.project = invocation.value_or("--project", "");
  entry.member = invocation.value_or("--member", "");
  entry.date = invocation.date("--date");
  entry.start = moment_option(invocation, "--start");
  entry.stop = moment_option(invocation, "--stop");
  entry.seconds = seconds_option(invocation, "--hours", kMinute * kMinute);
  entry.distance_metres = kilometres_option(invocation);
  entry.transport_seconds = seconds_option(invocation, "--minutes", kMinute);
  entry.quantity = invocation.decimal("--quantity");
  entry.unit = invocation.value_or("--unit", "");
  entry.unit_price = price_option(invocation);
  entry.amount = invocation.value_or("--amount", "");
  entry.product = invocation.value_or("--product", "");
  entry.job_type = invocation.value_or("--job-type", "");
  entry.parent = invocation.value_or("--parent", "");
  if (const auto charge = invocation.value("--charge")) entry.charge = charge_of(*charge);
  entry.description = invocation.value_or("--message", "");
  const Report report = add_entry(invocation.session(), entry);
  Outcome outcome;
  outcome.body = report.body;
  outcome.exit = report.exit;
  const Json& body = outcome.body;
  outcome.text = [](const Json& made) { return "entry " + cell_text(made["entry"]) + " added\n"; };
  outcome.talk.push_back("hint: not confirmed yet: an import of entries that names " +
                         cell_text(body["entry"]) + " with confirmed_at confirms it");
  return outcome;
}

std::vector<std::string> kind_words() {
  return {kEntryKindWords.begin(), kEntryKindWords.end()};
}

std::vector<std::string> charge_words() {
  return {kChargeWords.begin(), kChargeWords.end()};
}

}  // namespace

const Command& entry_add_command() {
  static const Command kCommand = {
      .name = "entry add",
      .summary = "record work by hand",
      .example =
          "billctl entry add --task dev --hours 1.5 -m \"login fixed\"\n"
          "billctl entry add --project web --km 42.5 --date 2026-10-06",
      .arguments = {},
      .options =
          {{"--task", "CODE", "what it is recorded on", {}, false},
           {"--project", "CODE", "the same, where there is no task", {}, false},
           {"--member", "CODE", "who worked, instead of you", {}, false},
           {"--kind", "KIND", "time unless --km, --quantity or --amount say otherwise",
            kind_words(), false},
           {"--date", "DATE", "of the work; today unless there is a start", {}, false},
           {"--start", "INSTANT", "when it began", {}, false},
           {"--stop", "INSTANT", "when it ended; without it and --hours it runs", {}, false},
           {"--hours", "HOURS", "1.5 or 1h30m", {}, false},
           {"--km", "KM", "kilometres of a journey", {}, false},
           {"--minutes", "MINUTES", "that the journey took, where they are billed", {}, false},
           {"--quantity", "N", "of goods", {}, false},
           {"--unit", "UNIT", "of the quantity", {}, false},
           {"--amount", "AMOUNT", "before tax, in the currency of the work", {}, false},
           {"--price", "PRICE", "for each unit, instead of the one found", {}, false},
           {"--product", "CODE", "instead of the one found", {}, false},
           {"--job-type", "CODE", "the type of work", {}, false},
           {"--charge", "CHARGE", "whether it is charged", charge_words(), false},
           {"--parent", "ENTRY", "the session that goods belong to", {}, false},
           {"--id", "ID", "its id, instead of the next free one", {}, false},
           {"-m,--message", "TEXT", "what was done", {}, false}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
