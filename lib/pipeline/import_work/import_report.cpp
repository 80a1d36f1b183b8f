#include "pipeline/import_work/import_report.hpp"

#include <utility>

namespace billctl {
namespace {

Json number_or_null(int value) {
  return value > 0 ? Json(value) : Json();
}

Json to_json(const ImportReport::Warning& warning) {
  return Json::object({{"file", Json::text_or_null(warning.at.file)},
                       {"line", number_or_null(warning.at.line)},
                       {"column", number_or_null(warning.at.column)},
                       {"code", word(warning.code)},
                       {"message", warning.message}});
}

Json to_json(const ImportReport::Change& change) {
  return Json::object({{"code", change.code},
                       {"field", change.field},
                       {"from", Json::text_or_null(change.from)},
                       {"to", Json::text_or_null(change.to)}});
}

}  // namespace

void ImportReport::warn(Reason code, Position at, std::string message) {
  ++warnings_total;
  if (warnings.size() < kKept) warnings.push_back({code, std::move(at), std::move(message)});
}

void ImportReport::note(std::string_view code, std::string_view field, std::string from,
                        std::string to) {
  ++changes_total;
  if (changes.size() >= kKept) return;
  changes.push_back({std::string(code), std::string(field), std::move(from), std::move(to)});
}

Json ImportReport::counts() const {
  const bool timed = kind == TableKind::entries;
  return Json::object({{"kind", word(kind)},
                       {"rows", rows},
                       {"added", added},
                       {"changed", changed},
                       {"unchanged", unchanged},
                       {"skipped", skipped},
                       {"withdrawn", withdrawn},
                       {"kept_local", kept_local},
                       {"locked", Json::array()},
                       {"seconds", timed ? Json(seconds) : Json()},
                       {"billable_seconds", timed ? Json(billable_seconds) : Json()}});
}

Json ImportReport::to_json(bool with_changes) const {
  Json body = counts();
  Json refs = Json::array();
  for (const std::string& ref : locked) refs.push(ref);
  body.set("locked", std::move(refs));
  Json told = Json::array();
  for (const Warning& warning : warnings) told.push(billctl::to_json(warning));
  body.set("warnings", std::move(told));
  if (warnings_total > static_cast<std::int64_t>(warnings.size())) {
    body.set("warnings_total", warnings_total);
  }
  if (!with_changes) return body;
  Json fields = Json::array();
  for (const Change& change : changes) fields.push(billctl::to_json(change));
  body.set("changes", std::move(fields));
  body.set("changes_total", changes_total);
  return body;
}

}  // namespace billctl
