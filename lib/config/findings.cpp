#include <algorithm>
#include <tuple>

#include "config/section.hpp"
#include "text/nearest.hpp"
#include "text/visible.hpp"

namespace billctl {
namespace {

// `tenant.zone` -> `tenant` and `zone`; the section of a key at the top is empty.
std::pair<std::string, std::string> split(const std::string& name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos) return {"", name};
  return {name.substr(0, dot), name.substr(dot + 1)};
}

bool by_place(const Mistake& a, const Mistake& b) {
  return std::tie(a.at.line, a.at.column) < std::tie(b.at.line, b.at.column);
}

}  // namespace

void Findings::mistake(const Position& at, std::string message, std::string hint) {
  mistakes_.push_back({at, std::move(message), std::move(hint)});
}

void Findings::warning(const Position& at, std::string message, std::string hint) {
  warnings_.push_back({at, std::move(message), std::move(hint)});
}

void Findings::note(std::string key, Json value, const Position& at) {
  noted_.push_back({std::move(key), std::move(value), at});
}

void Findings::unknown(const std::string& section, const TomlMember& member,
                       const std::vector<std::string>& known) {
  const bool table =
      member.value.kind == TomlValue::Kind::table ||
      (member.value.kind == TomlValue::Kind::array && !member.value.elements.empty() &&
       member.value.elements.front().kind == TomlValue::Kind::table);
  unknown_.push_back({section, member.key, member.key_at, table, known});
}

Mistake Findings::explained(const Unknown& unknown) const {
  const std::string key = visible(unknown.key);
  const std::string name = unknown.section.empty() ? key : visible(unknown.section) + '.' + key;
  if (!unknown.table && names_a_secret(unknown.key)) {
    return {unknown.at, name + ": a secret is never written here",
            "name where it is: " + key + "_env, " + key + "_file or " + key + "_command"};
  }
  Mistake mistake{unknown.at,
                  unknown.table ? "unknown section [" + name + "]" : "unknown key " + name,
                  did_you_mean(unknown.key, unknown.known)};
  if (!mistake.hint.empty()) return mistake;
  for (const NotedSetting& noted : noted_) {
    const auto [section, last] = split(noted.key);
    if (last != unknown.key) continue;
    mistake.hint = section.empty() ? key + " stands at the top, before any [section]"
                                   : key + " stands under [" + section + "]";
    break;
  }
  return mistake;
}

std::vector<Setting> Findings::settings() const {
  std::vector<Setting> settings;
  for (const NotedSetting& noted : noted_) {
    settings.push_back(
        {noted.key, noted.value,
         noted.at.line == 0 ? "default" : noted.at.file + ':' + std::to_string(noted.at.line)});
  }
  return settings;
}

std::vector<Mistake> Findings::take_mistakes() {
  for (const Unknown& unknown : unknown_) mistakes_.push_back(explained(unknown));
  unknown_.clear();
  std::stable_sort(mistakes_.begin(), mistakes_.end(), by_place);
  return std::move(mistakes_);
}

}  // namespace billctl
