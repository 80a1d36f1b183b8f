#include <algorithm>
#include <array>
#include <charconv>

#include "invocation.hpp"
#include "ledger/books_table.hpp"
#include "ledger/jobs.hpp"
#include "pipeline/filters_kept.hpp"
#include "text/nearest.hpp"

namespace billctl::cmd {
namespace {

template <class Record>
auto resolve(const Register<Record>& records, const std::vector<std::string>& codes,
             const std::string& noun) {
  std::vector<typename Register<Record>::IdType> ids;
  for (const std::string& code : codes) {
    const Record* record = records.find(code);
    if (record == nullptr) {
      throw Error(Reason::not_found, "no " + noun + " \"" + code + "\"",
                  did_you_mean(code, records.codes()));
    }
    ids.push_back(record->id);
  }
  return ids;
}

Period period_of(Invocation& invocation, const std::string& text) {
  std::string why;
  const auto period = Period::parse(text, invocation.today(), &why);
  if (!period) {
    throw Error(Reason::usage,
                why.ends_with("is no period") ? "--period " + why
                                              : "--period \"" + text + "\" is no period: " + why,
                "write 2026-10, 2026-Q4, 2026-W44, last-month or 2026-10-01..2026-10-15");
  }
  return *period;
}

std::optional<Period> period_filter(Invocation& invocation) {
  const auto since = invocation.date("--since");
  const auto until = invocation.date("--until");
  if (const auto text = invocation.value("--period")) {
    if (since || until)
      throw Error(Reason::usage, "--period stands instead of --since and --until");
    return period_of(invocation, *text);
  }
  if (!since && !until) return std::nullopt;
  const Date first = since.value_or(Date::first_of_all());
  const Date last = until.value_or(Date::last_of_all());
  if (last < first) {
    throw Error(Reason::usage,
                "--until " + last.to_text() + " is before --since " + first.to_text());
  }
  return Period::from_to(first, last);
}

/// S3-22 … S3-25: `3:created` is what run 3 made of its clients.
void put_from_job(Invocation& invocation, const std::string& text, Filter& filter) {
  constexpr std::array kFacts = {"created", "not_validated", "unsent", "unbilled"};
  const std::size_t colon = std::min(text.find(':'), text.size());
  const std::string fact = text.substr(std::min(colon + 1, text.size()));
  JobRunId id;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + colon, id.value);
  if (failure != std::errc{} || end != text.data() + colon ||
      std::ranges::find(kFacts, fact) == kFacts.end()) {
    throw Error(Reason::usage, "--from-job \"" + text + "\" is no RUN:FACT",
                "write 3:created, 3:not_validated, 3:unsent or 3:unbilled; the runs are in "
                "`billctl rebill-job list`");
  }
  Jobs jobs(invocation.ledger(), invocation.session().tenant.id);
  if (!jobs.run(id)) {
    throw Error(Reason::not_found, "no run " + std::to_string(id.value) + " of a job",
                "see `billctl rebill-job list`");
  }
  if (fact == "unbilled") {
    filter.entries.emplace();
    for (const std::int64_t row : jobs.facts(id, fact)) filter.entries->push_back(EntryId{row});
    return;
  }
  filter.invoices.emplace();
  for (const std::int64_t row : jobs.facts(id, fact)) filter.invoices->push_back(InvoiceId{row});
}

/// A page, its order and its names are no part of what a filter takes.
bool is_kept(const Option& option) {
  return option.name != "--limit" && option.name != "--after" && option.name != "--sort" &&
         option.name != "--saved" && option.name != "--save-as";
}

/// Whether a command has that filter: all of them, or some of its own.
bool takes(const Command& command, const std::string& option) {
  return command.filters || std::ranges::any_of(command.options, [&](const Option& own) {
           return own.name == option;
         });
}

}  // namespace

FilterOptions Invocation::filter_options_given() const {
  FilterOptions given;
  const auto put = [&](const Option& option) {
    const bool known =
        std::ranges::any_of(given, [&](const auto& each) { return each.first == option.name; });
    if (has(option.name) && is_kept(option) && !known)
      given.emplace_back(option.name, values(option.name));
  };
  for (const Option& option : filter_options()) put(option);
  return given;
}

void Invocation::take_saved_filter() {
  const auto name = value("--saved");
  if (!name || saved_taken_) return;
  saved_taken_ = true;
  const SavedFilter saved = saved_filter(session(), *name);
  const FilterOptions all = merged(saved.options, filter_options_given());
  for (const auto& [option, values_now] : all) {
    if (!takes(command(), option)) {
      throw Error(Reason::usage,
                  "--saved " + saved.name + ": " + command().name + " has no " + option,
                  "see `billctl filter show " + saved.name + "`");
    }
    parsed_.options[option] = values_now;
  }
  talk_.push_back("filter " + saved.name + ": " + command_line(all));
}

void Invocation::keep_filter() {
  const auto name = value("--save-as");
  if (!name || saved_kept_) return;
  saved_kept_ = true;
  save_filter(session(), *name, filter_options_given());
  if (dry_run() == DryRun::no) talk_.push_back("filter " + *name + " saved");
}

void Invocation::echo_period(const Period& period) {
  const std::string line = "period " + period.to_text_with_days();
  if (std::ranges::find(talk_, line) == talk_.end()) talk_.push_back(line);
}

Filter Invocation::filter() {
  take_saved_filter();
  Filter filter;
  const auto any = [&](const char* option) { return has(option); };
  if (any("--client") || any("--not-client")) {
    filter.clients = resolve(books().clients, values("--client"), "client");
    filter.not_clients = resolve(books().clients, values("--not-client"), "client");
    filter.by_client = any("--client");
  }
  if (const auto name = value("--selection")) {
    const auto members = read_selection(ledger(), session().tenant.id, *name);
    if (members.empty()) {
      throw Error(Reason::not_found, "no selection \"" + *name + "\"",
                  did_you_mean(*name, selection_names(ledger(), session().tenant.id)));
    }
    if (any("--client")) {
      std::erase_if(filter.clients, [&](ClientId client) {
        return std::ranges::find(members, client) == members.end();
      });
    } else {
      filter.clients = members;
    }
    filter.by_client = true;
  }
  if (any("--project")) filter.projects = resolve(books().projects, values("--project"), "project");
  if (any("--task")) filter.tasks = resolve(books().tasks, values("--task"), "task");
  if (any("--member")) filter.members = resolve(books().members, values("--member"), "member");
  filter.kinds = values("--kind");
  filter.states = values("--state");
  filter.period = period_filter(*this);
  if (filter.period) echo_period(*filter.period);
  if (const auto name = value("--from-job")) put_from_job(*this, *name, filter);
  filter.limit = integer("--limit");
  filter.after = value_or("--after", "");
  filter.sort = value_or("--sort", "");
  keep_filter();
  return filter;
}

}  // namespace billctl::cmd
