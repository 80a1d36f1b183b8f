#include "intake/foreign/naming.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "text/json.hpp"
#include "text/nearest.hpp"
#include "text/visible.hpp"

namespace billctl {
namespace {

constexpr std::array<NameKind, 4> kKinds = {NameKind::client, NameKind::project, NameKind::task,
                                            NameKind::member};
constexpr std::array<std::string_view, 4> kWords = {"client", "project", "task", "member"};
constexpr std::array<std::string_view, 4> kTables = {"clients", "projects", "tasks", "members"};

/// No record's code: the parent of what stands below an unknown name, so that only the map finds
/// it.
constexpr const char* kNobody = "\n";

std::size_t place(NameKind kind) {
  return static_cast<std::size_t>(kind);
}

std::string tag_at(const std::vector<std::string>& tags, std::optional<int> position) {
  if (!position || *position < 1) return "";
  const auto at = static_cast<std::size_t>(*position - 1);
  return at < tags.size() ? tags[at] : "";
}

/// The key of the map: `Acme Oy/Website/Development`; a row without a client begins at its project.
std::string path_of(std::initializer_list<std::string_view> names) {
  std::string path;
  for (const std::string_view name : names) {
    if (path.empty()) {
      path = name;
    } else {
      path += '/';
      path += name;
    }
  }
  return path;
}

}  // namespace

void Naming::add(NameKind kind, KnownRecord record) {
  Records& into = records_[place(kind)];
  const std::size_t at = into.all.size();
  into.by_code.emplace(record.code, at);
  into.by_name.emplace(record.name, at);
  if (kind == NameKind::member && !record.parent.empty()) into.by_email.emplace(record.parent, at);
  into.all.push_back(std::move(record));
}

bool Naming::has_code(NameKind kind, std::string_view code) const {
  return records(kind).by_code.contains(std::string(code));
}

const CodesByName& Naming::map_of(NameKind kind) const {
  switch (kind) {
    case NameKind::client:
      return map_.clients;
    case NameKind::project:
      return map_.projects;
    case NameKind::task:
      return map_.tasks;
    case NameKind::member:
      break;
  }
  return map_.members;
}

void Naming::check_map(Mistakes& mistakes) const {
  for (const NameKind kind : kKinds) {
    for (const auto& [name, mapped] : map_of(kind)) {
      if (has_code(kind, mapped.code)) continue;
      std::vector<std::string> codes;
      for (const KnownRecord& record : records(kind).all) codes.push_back(record.code);
      mistakes.add(mapped.at,
                   fmt::format("{} has the code {}, there is no such {}", shown(name),
                               shown(mapped.code), kWords[place(kind)]),
                   did_you_mean(mapped.code, codes));
    }
  }
}

WorkNames Naming::names_of(const ForeignEntry& entry) const {
  WorkNames names{entry.client, entry.project,         entry.task,    entry.member,
                  entry.email,  entry.client_left_out, entry.billable};
  const std::vector<std::string>& non_billable = map_.tags.non_billable;
  const auto is_non_billable = [&](const std::string& tag) {
    return std::ranges::find(non_billable, tag) != non_billable.end();
  };
  if (std::ranges::any_of(entry.tags, is_non_billable)) names.billable = false;
  if (!entry.named_by_tags) return names;
  std::vector<std::string> tags = entry.tags;
  std::erase_if(tags, is_non_billable);
  names.client = tag_at(tags, map_.tags.client);
  names.project = tag_at(tags, map_.tags.project);
  names.task = tag_at(tags, map_.tags.task);
  names.client_left_out = !map_.tags.client;
  return names;
}

WorkCodes Naming::resolve(const WorkNames& names, const Position& at) {
  WorkCodes codes;
  const auto named = [&](NameKind kind, const std::string& path, const std::string& name,
                         const std::optional<std::string>& parent) {
    if (name.empty()) return std::optional<std::string>();
    auto code = look_up(kind, path, name, parent, at);
    if (!code) codes.unknown = true;
    return code;
  };
  codes.client = named(NameKind::client, names.client, names.client, std::nullopt);
  std::optional<std::string> parent = codes.client.value_or(names.client.empty() ? "" : kNobody);
  if (names.client_left_out) parent.reset();
  codes.project =
      named(NameKind::project, path_of({names.client, names.project}), names.project, parent);
  parent = codes.project.value_or(names.project.empty() ? "" : kNobody);
  codes.task =
      named(NameKind::task, path_of({names.client, names.project, names.task}), names.task, parent);
  codes.member = member_by_email(names);
  if (codes.member) return codes;
  const std::string& person = names.member.empty() ? names.email : names.member;
  codes.member = named(NameKind::member, person, person, std::nullopt);
  return codes;
}

std::optional<std::string> Naming::member_by_email(const WorkNames& names) const {
  const Records& members = records(NameKind::member);
  const auto found = members.by_email.find(names.email);
  if (found == members.by_email.end() || map_.members.contains(names.member)) return std::nullopt;
  return members.all[found->second].code;
}

std::optional<std::string> Naming::look_up(NameKind kind, const std::string& path,
                                           const std::string& name,
                                           const std::optional<std::string>& parent,
                                           const Position& at) {
  auto code = find(kind, path, name, parent);
  if (code) return code;
  if (unknown_places_.emplace(std::pair(kind, path), unknown_.size()).second) {
    unknown_.push_back({kind, path, name, at});
  }
  return std::nullopt;
}

std::optional<std::string> Naming::find(NameKind kind, const std::string& path,
                                        const std::string& name,
                                        const std::optional<std::string>& parent) const {
  const CodesByName& map = map_of(kind);
  const auto mapped = map.find(path);
  if (mapped != map.end()) return mapped->second.code;
  const Records& known = records(kind);
  const bool has_parent = kind == NameKind::project || kind == NameKind::task;
  const auto fits = [&](const KnownRecord& record) {
    return !has_parent || !parent || record.parent == *parent;
  };
  const auto by_code = known.by_code.find(name);
  if (by_code != known.by_code.end() && fits(known.all[by_code->second])) return name;
  std::optional<std::string> found;
  const auto [first, past] = known.by_name.equal_range(name);
  for (auto at = first; at != past; ++at) {
    const KnownRecord& record = known.all[at->second];
    if (!fits(record)) continue;
    if (found) return std::nullopt;  // two of that name: only the map can say which
    found = record.code;
  }
  return found;
}

std::string Naming::nearest_of(const UnknownName& unknown) const {
  std::vector<std::string> words;
  for (const KnownRecord& record : records(unknown.kind).all) {
    words.push_back(record.name);
    words.push_back(record.code);
  }
  const std::string near = nearest(unknown.name, words);
  if (near.empty()) return "";
  for (const KnownRecord& record : records(unknown.kind).all) {
    if (record.name == near || record.code == near) return record.code;
  }
  return "";
}

std::string Naming::make_map() const {
  std::string text =
      "# Names that are not known here: fill in our codes, then import with --map.\n";
  for (const NameKind kind : kKinds) {
    std::vector<const UnknownName*> names;
    for (const UnknownName& unknown : unknown_) {
      if (unknown.kind == kind) names.push_back(&unknown);
    }
    if (names.empty()) continue;
    std::ranges::sort(names, {}, &UnknownName::path);
    text += fmt::format("\n[{}]\n", kTables[place(kind)]);
    for (const UnknownName* unknown : names) {
      text += json_quoted(unknown->path) + " = \"\"";
      const std::string near = nearest_of(*unknown);
      if (!near.empty()) text += "  # nearest: " + visible(near);
      text += '\n';
    }
  }
  return text;
}

}  // namespace billctl
