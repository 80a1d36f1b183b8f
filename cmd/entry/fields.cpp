#include "entry/fields.hpp"

#include <algorithm>

#include "calendar/duration.hpp"
#include "output.hpp"
#include "text/visible.hpp"

namespace billctl::cmd {
namespace {

constexpr std::int64_t kMinute = 60;

[[noreturn]] void wrong(const std::string& option, const std::string& seen,
                        const std::string& needed) {
  throw Error(Reason::usage, option + " \"" + seen + "\" is not " + needed);
}

/// Reads options, those that are to blank their column apart.
class FieldReader {
 public:
  FieldReader(Invocation& invocation, bool clears) : invocation_(invocation), clears_(clears) {}

  /// The text of an option; empty when it is not given, or takes the value away.
  std::string text(const char* option, EntryColumn column) {
    const auto given = invocation_.value(option);
    if (!given) return "";
    if (!clears_ || (!given->empty() && *given != "none")) return *given;
    cleared.push_back(column);
    return "";
  }

  /// Whether there is a value to be read.
  bool gives(const char* option, EntryColumn column) { return !text(option, column).empty(); }

  std::optional<Decimal> price(const char* option, EntryColumn column) {
    if (!gives(option, column)) return std::nullopt;
    const auto price = invocation_.decimal(option);
    if (price && price->is_negative()) wrong(option, price->to_text(), "0 or more");
    return price;
  }

  std::vector<EntryColumn> cleared;

 private:
  Invocation& invocation_;
  bool clears_;
};

/// Each line made safe for a terminal.
std::string visible_lines(const std::string& text) {
  std::string safe;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    safe += visible(text.substr(at, end - at)) + "\n";
    at = end + 1;
  }
  return safe;
}

}  // namespace

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

std::optional<std::int64_t> kilometres_option(const Invocation& invocation) {
  const auto text = invocation.value("--km");
  if (!text) return std::nullopt;
  std::string_view why;
  const auto metres = parse_kilometres(*text, why);
  if (!metres) wrong("--km", *text, "kilometres from 0 on with at most 3 fraction digits");
  return metres;
}

EntryFields entry_fields(Invocation& invocation, bool clears) {
  FieldReader reader(invocation, clears);
  EntryFields fields;
  fields.task = reader.text("--task", EntryColumn::task);
  fields.project = reader.text("--project", EntryColumn::project);
  fields.member = reader.text("--member", EntryColumn::member);
  fields.date = invocation.date("--date");
  fields.start = moment_option(invocation, "--start");
  fields.stop = moment_option(invocation, "--stop");
  fields.seconds = seconds_option(invocation, "--hours", kMinute * kMinute);
  fields.distance_metres = kilometres_option(invocation);
  if (reader.gives("--minutes", EntryColumn::transport_minutes))
    fields.transport_seconds = seconds_option(invocation, "--minutes", kMinute);
  if (reader.gives("--quantity", EntryColumn::quantity))
    fields.quantity = invocation.decimal("--quantity");
  fields.unit = reader.text("--unit", EntryColumn::unit);
  fields.unit_price = reader.price("--price", EntryColumn::unit_price);
  fields.transport_unit_price = reader.price("--travel-price", EntryColumn::transport_unit_price);
  fields.amount = reader.text("--amount", EntryColumn::amount);
  fields.product = reader.text("--product", EntryColumn::product);
  fields.job_type = reader.text("--job-type", EntryColumn::job_type);
  fields.parent = reader.text("--parent", EntryColumn::parent);
  if (const auto charge = invocation.value("--charge")) fields.charge = charge_of(*charge);
  if (const auto word = invocation.value("--to-rebill")) fields.to_rebill = *word == "on";
  fields.description = invocation.value_or("--message", invocation.value_or("--description", ""));
  if (clears && fields.description.empty() &&
      (invocation.has("--message") || invocation.has("--description")))
    reader.cleared.push_back(EntryColumn::description);
  fields.cleared = reader.cleared;
  return fields;
}

std::vector<std::string> charge_words() {
  return {kChargeWords.begin(), kChargeWords.end()};
}

ChosenEntries chosen_entries(Invocation& invocation, const char* all_option) {
  ChosenEntries choice;
  choice.names = invocation.arguments();
  choice.all = invocation.has(all_option);
  const std::string& verb = invocation.command().name;
  if (choice.names.empty() == !choice.all) {
    throw Error(Reason::usage,
                verb + " needs entries by their ids, or " + all_option + " with filters",
                "see `billctl entry list`");
  }
  for (const char* option : {"--limit", "--after", "--sort"}) {
    if (invocation.has(option))
      throw Error(Reason::usage, std::string(option) + " has no meaning for " + verb,
                  "it takes --client, --project, --task, --member, --kind and --period");
  }
  choice.filter = invocation.filter();
  const bool filtered = std::ranges::any_of(
      filter_options(), [&](const Option& option) { return invocation.has(option.name); });
  if (!choice.all && filtered) {
    throw Error(Reason::usage, verb + ": filters choose among all, entries are named",
                std::string("say ") + all_option + " instead of names");
  }
  return choice;
}

Outcome entry_outcome(const Report& report, const std::string& rows,
                      const std::function<std::string(const Json& body)>& text) {
  Outcome outcome = outcome_of(report);
  outcome.rows = rows;
  const auto items = [](const Json& count, const char* what) {
    const std::int64_t n = count.is_integer() ? count.as_integer() : 0;
    if (n == 0) return std::string();
    return std::to_string(n) + (n == 1 ? " pending item " : " pending items ") + what + "\n";
  };
  const std::string followed =
      items(report.body["remade"], "made anew") + items(report.body["released"], "released");
  // Descriptions and codes come from people and from files.
  outcome.text = [text, followed](const Json& body) {
    return visible_lines(text(body)) + followed;
  };
  return outcome;
}

std::string refs_text(const Json& refs) {
  std::string text;
  const auto& all = refs.as_array();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i > 0) text += i + 1 == all.size() ? " and " : ", ";
    text += cell_text(all[i]);
  }
  return text;
}

}  // namespace billctl::cmd
