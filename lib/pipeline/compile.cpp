#include "pipeline/compile.hpp"

#include "ledger/entry_queue.hpp"
#include "ledger/item_list.hpp"
#include "pipeline/compile_run.hpp"

namespace billctl {
namespace {

Json counts_json(const std::map<Reason, std::int64_t>& counts) {
  Json json = Json::object();
  for (const auto& [reason, count] : counts) json.set(word(reason), count);
  return json;
}

Json totals_json(Session& session, const CompileResult& result) {
  EntryQueue queue(session.ledger, session.tenant.id);
  return Json::object({
      {"entries", Json::object({{"considered", result.considered},
                                {"compiled", result.compiled},
                                {"skipped", result.skipped}})},
      {"items", result.items},
      {"remade", result.remade},
      {"released", result.released},
      {"unpriced", result.unpriced},
      {"default_price", result.default_price},
      {"skipped_by_reason", counts_json(result.skipped_by_reason)},
      {"parked", counts_json(queue.parked())},
  });
}

/// The first hundred items that nobody priced, by name (S2-27).
Json warnings_json(Session& session, const CompileResult& result) {
  ItemList list(session.ledger, session.tenant.id);
  Json warnings = Json::array();
  for (const auto& [reason, id] : result.warnings) {
    const auto listed = list.find(id);
    if (!listed) continue;
    warnings.push(Json::object({{"code", word(reason)},
                                {"item", id.value},
                                {"entry", listed->entry_ref},
                                {"kind", word(listed->item.kind)}}));
  }
  return warnings;
}

Json list_json(const std::vector<std::string>& words) {
  Json list = Json::array();
  for (const std::string& one : words) list.push(one);
  return list;
}

Json arguments_json(const CompileRequest& request) {
  Json json = Json::object();
  if (request.filter.period) json.set("period", request.filter.period->to_text());
  if (!request.filter.kinds.empty()) json.set("kinds", list_json(request.filter.kinds));
  if (!request.entries.empty()) json.set("entries", request.entries.size());
  if (request.done_tasks_only) json.set("done_tasks_only", true);
  if (request.strict) json.set("strict", true);
  return json;
}

}  // namespace

CompileResult compile_entries(Session& session, const CompileRequest& request) {
  return CompileRun(session, request, CompileRun::Mode::compile).run();
}

CompileResult follow_changes(Session& session, const CompileRequest& request) {
  return CompileRun(session, request, CompileRun::Mode::follow).run();
}

Report compile(Session& session, const CompileRequest& request) {
  const Verb verb{"compile", arguments_json(request), true};
  return perform(session, verb, [&] {
    const CompileResult result = compile_entries(session, request);
    Report report;
    report.body = totals_json(session, result);
    report.changes = report.body;
    report.body.set("warnings", warnings_json(session, result));
    report.subjects.push_back({"compile", std::to_string(result.compiled) + " entries, " +
                                              std::to_string(result.items) + " items"});
    if (request.strict && (result.parked > 0 || result.unpriced > 0))
      report.exit = ExitStatus::partly;
    return report;
  });
}

}  // namespace billctl
