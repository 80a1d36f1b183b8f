#include "pipeline/filters_kept.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "pipeline/new_name.hpp"
#include "text/nearest.hpp"

namespace billctl {
namespace {

/// Options that say the same thing in other words: one of them takes the place of all.
std::string_view thing_of(std::string_view option) {
  if (option == "--selection") return "--client";
  if (option == "--since" || option == "--until") return "--period";
  return option;
}

bool is_plain(const std::string& word) {
  return !word.empty() && std::ranges::all_of(word, [](unsigned char c) {
    return std::isalnum(c) != 0 ||
           std::string_view("-_./:,%+=@").find(static_cast<char>(c)) != std::string_view::npos;
  });
}

/// As a shell takes it.
std::string quoted(const std::string& word) {
  if (is_plain(word)) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

Json options_json(const FilterOptions& options) {
  Json json = Json::object();
  for (const auto& [option, values] : options) {
    Json list = Json::array();
    for (const std::string& value : values) list.push(value);
    json.set(option.substr(2), std::move(list));
  }
  return json;
}

Json filter_json(const SavedFilter& filter) {
  return Json::object({{"filter", filter.name},
                       {"options", options_json(filter.options)},
                       {"command_line", command_line(filter.options)},
                       {"saved_at", filter.saved_at.to_text()},
                       {"saved_by", Json::text_or_null(filter.saved_by)}});
}

}  // namespace

SavedFilter saved_filter(const Session& session, const std::string& name) {
  SavedFilters filters(session.ledger, session.tenant.id);
  if (auto found = filters.find(name)) return std::move(*found);
  const std::string near = did_you_mean(name, filters.names());
  throw Error(Reason::not_found, "no saved filter \"" + name + "\"",
              near.empty() ? "see them with `billctl filter list`" : near);
}

FilterOptions merged(const FilterOptions& saved, const FilterOptions& given) {
  FilterOptions all = given;
  for (const auto& kept : saved) {
    const bool anew = std::ranges::any_of(
        given, [&](const auto& each) { return thing_of(each.first) == thing_of(kept.first); });
    if (!anew) all.push_back(kept);
  }
  return all;
}

void save_filter(const Session& session, const std::string& name, const FilterOptions& options) {
  if (name.empty()) throw Error(Reason::usage, "--save-as needs a name");
  require_new_name("filter", name);
  if (options.empty()) {
    throw Error(Reason::usage, "--save-as " + name + ": there is no filter to keep",
                "give some, e.g. --client acme --period last-month");
  }
  // --once is about the command behind it, not about this.
  Session own = session;
  own.once_key.clear();
  const Verb verb{"filter save", Json::object({{"filter", name}}), false, {}};
  perform(own, verb, [&] {
    SavedFilters(own.ledger, own.tenant.id).put({name, options, own.now, own.actor.code});
    Report report;
    report.body = filter_json({name, options, own.now, own.actor.code});
    report.subjects.push_back({"filter:" + name, "saved"});
    return report;
  });
}

std::string command_line(const FilterOptions& options) {
  std::string text;
  for (const auto& [option, values] : options) {
    for (const std::string& value : values)
      text += (text.empty() ? "" : " ") + option + " " + quoted(value);
  }
  return text;
}

Json filter_list(const Session& session) {
  require_reading(session, "filter list");
  Json rows = Json::array();
  session.ledger.read([&] {
    for (const SavedFilter& filter : SavedFilters(session.ledger, session.tenant.id).all())
      rows.push(filter_json(filter));
  });
  return Json::object({{"filters", std::move(rows)}});
}

Json filter_show(const Session& session, const std::string& name) {
  require_reading(session, "filter show");
  return filter_json(saved_filter(session, name));
}

Report filter_delete(Session& session, const std::string& name) {
  const Verb verb{"filter delete", Json::object({{"filter", name}}), false, {}};
  return perform(session, verb, [&] {
    const SavedFilter filter = saved_filter(session, name);
    SavedFilters(session.ledger, session.tenant.id).remove(filter.name);
    Report report;
    report.body = Json::object({{"filter", filter.name}, {"deleted", true}});
    report.subjects.push_back({"filter:" + filter.name, "deleted"});
    return report;
  });
}

}  // namespace billctl
