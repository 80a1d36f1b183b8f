#include "pipeline/backup.hpp"

#include <filesystem>

#include "ledger/ledger_copy.hpp"
#include "ledger/once.hpp"
#include "ledger/series.hpp"
#include "pipeline/numbering.hpp"
#include "pipeline/verify.hpp"

namespace billctl {
namespace {

std::string absolute(const std::string& path) {
  std::error_code ignored;
  const std::string whole = std::filesystem::absolute(path, ignored).string();
  return whole.empty() ? path : whole;
}

/// What a slip of the hand names is not replaced.
void refuse_stranger(const Session& session, const std::string& file) {
  if (is_same_file(file, session.ledger.path()))
    throw Error(Reason::usage, file + " is the ledger itself", "name another file");
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return;
  try {
    OpenLedger request;
    request.path = file;
    request.any_version = true;
    Ledger::open(request);
  } catch (const Error& error) {
    throw Error(Reason::usage, file + " is there and is no backup: " + error.message(),
                "name another file, or remove it");
  }
}

bool is_done(const Session& session) {
  return !session.once_key.empty() &&
         Once(session.ledger, session.tenant.id).find(session.once_key).has_value();
}

}  // namespace

void require_whole(const Session& session, const std::string& copy) {
  OpenLedger request;
  request.path = copy;
  Ledger ledger = Ledger::open(request);
  Session looking{ledger,      session.config, session.tenant, session.actor,
                  session.now, session.today,  DryRun::no,     ""};
  VerifyRequest everything;
  everything.deep = true;
  const Report report = verify(looking, everything);
  if (report.exit == ExitStatus::done) return;
  for (const Json& check : report.body["checks"].as_array()) {
    if (check["level"].as_string() != "error" || check["found"].as_array().empty()) continue;
    const Json& first = check["found"].as_array().front();
    throw Error(Reason::corrupt,
                "the copy breaks " + check["name"].as_string() + ": " +
                    first["subject"].as_string() + " " + first["message"].as_string(),
                "nothing was replaced; see everything with `billctl verify --deep`");
  }
}

Json last_numbers(Session& session) {
  Json list = Json::array();
  SeriesTable table(session.ledger, session.tenant.id);
  for (const std::string& code : issuing_series(session.config)) {
    std::optional<SeriesRow> newest;
    for (const SeriesRow& row : table.list()) {
      if (row.key.code == code && row.next > row.first) newest = row;
    }
    list.push(Json::object(
        {{"series", code},
         {"year", newest ? Json::text_or_null(newest->key.year) : Json()},
         {"last_number",
          newest ? Json(number_in(session, newest->key, newest->next - 1)) : Json()}}));
  }
  return list;
}

Report backup(Session& session, const std::string& file) {
  require_permission(session.config.roles, session.actor.code, "backup");
  // perform gives the stored report back; the copy must not be made before that.
  if (is_done(session))
    return perform(session, {"backup", Json::object()}, [] { return Report(); });
  refuse_stranger(session, file);
  LedgerCopy copy(session.ledger, file);
  require_whole(session, copy.building());
  Report report;
  report.body = Json::object({{"file", absolute(file)},
                              {"bytes", copy.bytes()},
                              {"sha256", copy.sha256()},
                              {"schema", Ledger::schema_version()},
                              {"series", last_numbers(session)}});
  if (session.dry_run == DryRun::yes) {
    report.body.set("recorded", false);
    return report;
  }
  copy.keep();
  report.body.set("recorded", true);
  try {
    const Verb verb{"backup",
                    Json::object({{"file", absolute(file)}, {"sha256", report.body["sha256"]}})};
    perform(session, verb, [&] {
      Report event = report;
      event.changes = Json::object();  // its arguments say what was made
      event.subjects.push_back({"ledger", "backed up"});
      return event;
    });
  } catch (const Error& error) {
    if (error.code() != Reason::locked) throw;
    report.body.set("recorded", false);
  }
  return report;
}

}  // namespace billctl
