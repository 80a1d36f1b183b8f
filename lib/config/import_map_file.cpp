#include "config/import_map_file.hpp"

#include <fmt/format.h>

#include "config/config_file.hpp"
#include "config/section.hpp"

namespace billctl {
namespace {

void read_codes(Section section, CodesByName& into) {
  for (const TomlMember& member : section.members()) {
    const TomlValue& value = member.value;
    if (value.kind != TomlValue::Kind::text || value.text.empty()) {
      section.findings().mistake(
          value.at,
          fmt::format("{} is {}; needed one of our codes in quotes", seen(member.key), seen(value)),
          value.kind == TomlValue::Kind::text ? "fill it in, or take the line out and use --create"
                                              : "");
      continue;
    }
    into.emplace(member.key, MappedCode{value.text, value.at});
  }
}

void read_tags(Section section, TagRoles& tags) {
  constexpr int kPositionMax = 100;
  section.whole_number("client", tags.client, 1, kPositionMax);
  section.whole_number("project", tags.project, 1, kPositionMax);
  section.whole_number("task", tags.task, 1, kPositionMax);
  section.texts("non_billable", tags.non_billable);
  section.finish();
}

}  // namespace

ImportMap parse_import_map(std::string_view text, const std::string& file) {
  const TomlReading reading = read_toml(text, file);
  Findings findings(file, reading.whole);
  for (const Mistake& mistake : reading.mistakes) {
    findings.mistake(mistake.at, mistake.message, mistake.hint);
  }
  ImportMap map;
  if (reading.readable) {
    Section root(findings, "", &reading.root, reading.root.at);
    read_codes(root.table("clients"), map.clients);
    read_codes(root.table("projects"), map.projects);
    read_codes(root.table("tasks"), map.tasks);
    read_codes(root.table("members"), map.members);
    read_tags(root.table("tags"), map.tags);
    root.finish();
  }
  refuse_mistakes(Reason::bad_input, findings.take_mistakes());
  return map;
}

ImportMap load_import_map(const std::string& path) {
  return parse_import_map(read_other_text(path, "map", Reason::bad_input), path);
}

}  // namespace billctl
