#include "import_report.hpp"

#include <fmt/format.h>

#include "outcome/error.hpp"
#include "output.hpp"
#include "pipeline/import_work/import_report.hpp"
#include "text/visible.hpp"

namespace billctl::cmd {
namespace {

/// The reports of the single kinds: of `import all` its kinds, else the one.
std::vector<const Json*> reports_of(const Json& body) {
  std::vector<const Json*> reports;
  const Json* kinds = body.find("kinds");
  if (kinds == nullptr) return {&body};
  for (const Json& kind : kinds->as_array()) reports.push_back(&kind);
  return reports;
}

/// 42720 -> "11:52:00".
std::string clock(const Json& seconds) {
  if (seconds.is_null()) return "";
  constexpr std::int64_t kMinute = 60;
  const std::int64_t all = seconds.as_integer();
  return fmt::format("{}:{:02}:{:02}", all / (kMinute * kMinute), all / kMinute % kMinute,
                     all % kMinute);
}

bool any(const std::vector<const Json*>& reports, const char* field) {
  for (const Json* report : reports) {
    const Json& value = (*report)[field];
    if (value.is_integer() && value.as_integer() != 0) return true;
  }
  return false;
}

void add_changes(const Json& report, std::string& text) {
  const Json* changes = report.find("changes");
  if (changes == nullptr) return;
  for (const Json& change : changes->as_array()) {
    const auto quoted = [](const Json& value) { return "\"" + cell_text(value) + "\""; };
    text += fmt::format("{} {}: {} {} -> {}\n", report["kind"].as_string(),
                        visible(change["code"].as_string()), change["field"].as_string(),
                        visible(quoted(change["from"])), visible(quoted(change["to"])));
  }
  const std::int64_t more =
      report["changes_total"].as_integer() - static_cast<std::int64_t>(changes->as_array().size());
  if (more > 0) text += fmt::format("and {} more\n", more);
}

}  // namespace

std::string import_text(const Json& body, bool dry_run) {
  const std::vector<const Json*> reports = reports_of(body);
  std::vector<std::string> fields = {"rows", "added", "changed", "unchanged"};
  for (const char* field : {"skipped", "withdrawn", "kept_local"}) {
    if (any(reports, field)) fields.emplace_back(field);
  }
  const bool timed = any(reports, "seconds");
  std::vector<std::string> heads = {"kind"};
  for (const std::string& field : fields) {
    heads.push_back(">" + (field == "kept_local" ? "kept local" : field));
  }
  if (timed) heads.insert(heads.end(), {">time", ">billable"});
  std::vector<std::vector<std::string>> rows;
  for (const Json* report : reports) {
    std::vector<std::string> row = {(*report)["kind"].as_string()};
    for (const std::string& field : fields) row.push_back(cell_text((*report)[field]));
    if (timed) {
      row.push_back(clock((*report)["seconds"]));
      row.push_back(clock((*report)["billable_seconds"]));
    }
    rows.push_back(std::move(row));
  }
  std::string text = table(heads, rows);
  for (const Json* report : reports) {
    if (dry_run) add_changes(*report, text);
    for (const Json& entry : (*report)["locked"].as_array()) {
      text += "locked: " + visible(entry.as_string()) + "\n";
    }
  }
  return text;
}

std::vector<std::string> import_warnings(const Json& body) {
  std::vector<std::string> lines;
  for (const Json* report : reports_of(body)) {
    const Json* warnings = report->find("warnings");
    if (warnings == nullptr) continue;
    for (const Json& warning : warnings->as_array()) {
      const auto number = [](const Json& value) {
        return value.is_integer() ? static_cast<int>(value.as_integer()) : 0;
      };
      const Position at{cell_text(warning["file"]), number(warning["line"]),
                        number(warning["column"])};
      lines.push_back("warning: " + to_text(Mistake{at, warning["message"].as_string(), ""}));
    }
    if (const Json* total = report->find("warnings_total")) {
      const auto more =
          total->as_integer() - static_cast<std::int64_t>(warnings->as_array().size());
      lines.push_back(fmt::format("warning: and {} more", more));
    }
  }
  return lines;
}

Json no_import(TableKind kind) {
  return ImportReport(kind).to_json(false);
}

}  // namespace billctl::cmd
