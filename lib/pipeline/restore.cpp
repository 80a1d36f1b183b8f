#include "pipeline/restore.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "ledger/series.hpp"
#include "ledger/tenants.hpp"
#include "pipeline/backup.hpp"
#include "pipeline/doubt_deliveries.hpp"
#include "pipeline/numbering.hpp"

namespace billctl {
namespace {

constexpr const char* kSetting = "restored";

bool is_there(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

/// Works its log into the ledger that is set aside, so that it is one file; a damaged one keeps its
/// bytes.
void close_log(OpenLedger ledger) {
  try {
    ledger.access = Access::write;
    Ledger::open(ledger);
  } catch (const Error&) {
    return;
  }
}

struct Confirmed {
  SeriesPlace place;
  std::int64_t next = 1;  ///< by the ledger
};

/// `issued=INV00042`. @throws Error{usage}.
std::pair<std::string, std::string> split(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
    throw Error(Reason::usage, "--last \"" + text + "\" is no SERIES=NUMBER",
                "write --last issued=INV00042, or issued=none");
  }
  return {text.substr(0, equals), text.substr(equals + 1)};
}

std::vector<Confirmed> read_confirmed(Session& session, const std::vector<std::string>& last) {
  std::vector<Confirmed> all;
  SeriesTable table(session.ledger, session.tenant.id);
  for (const std::string& text : last) {
    const auto [series, number] = split(text);
    const SeriesPlace place = series_place(session, series, number);
    const auto same = [&, &code = series](const Confirmed& one) {
      return one.place.key.code == code;
    };
    if (std::ranges::any_of(all, same))
      throw Error(Reason::usage, "--last names series " + series + " twice");
    const std::int64_t next = table.next(place.key, place.first);
    if (place.sequence + 1 < next && !(number == "none" && next == place.first)) {
      throw Error(Reason::wrong_state,
                  "series " + series + ": the ledger has given out " +
                      number_in(session, place.key, next - 1) + ", which is after " + number,
                  "name the last number that went out, of the restored ledger or later");
    }
    all.push_back({place, next});
  }
  for (const std::string& series : issuing_series(session.config)) {
    const auto same = [&, &code = series](const Confirmed& one) {
      return one.place.key.code == code;
    };
    if (std::ranges::none_of(all, same)) {
      throw Error(Reason::usage, "--last " + series + "=NUMBER is missing",
                  "name the last number of " + series + " that went out, or none");
    }
  }
  return all;
}

Json confirm_series(Session& session, const Confirmed& confirmed) {
  const auto& [place, next] = confirmed;
  Json lost;
  if (place.sequence >= next) {
    SeriesTable(session.ledger, session.tenant.id)
        .jump(place.key, place.first, place.sequence + 1, session.now, session.actor.code);
    lost = Json::object({{"from", number_in(session, place.key, next)},
                         {"to", number_in(session, place.key, place.sequence)}});
  }
  const std::int64_t last = std::max(place.sequence, next - 1);
  return Json::object(
      {{"series", place.key.code},
       {"year", Json::text_or_null(place.key.year)},
       {"last_number", last >= place.first ? Json(number_in(session, place.key, last)) : Json()},
       {"lost", std::move(lost)}});
}

Json unknown_json(const DoubtedDeliveries& doubted) {
  return Json::object({{"send", doubted.mails}, {"sync", doubted.documents}});
}

}  // namespace

Restoring::Restoring(const OpenLedger& ledger, const std::string& file)
    : ledger_(ledger), file_(file), copy_(ledger.path + ".restoring") {
  if (is_same_file(file, ledger.path))
    throw Error(Reason::usage, file + " is the ledger itself", "name a backup of it");
  lock_ = std::make_unique<WriteLock>(ledger.path, ledger.lock_wait_seconds, "restore");
  remove_copy();  // of a restore that was cut off: its log would be worked into this one's copy
  OpenLedger source;
  source.path = file;
  source.any_version = true;
  try {
    Ledger backup = Ledger::open(source);
    const FileAccess access = access_of(is_there(ledger.path) ? ledger.path : file);
    LedgerCopy(backup, copy_, access).keep();
  } catch (const Error& error) {
    if (error.code() != Reason::corrupt && error.code() != Reason::no_ledger) throw;
    throw Error(Reason::bad_input, file + " is no backup: " + error.message(),
                "name a file that `billctl backup` made");
  }
  try {
    migrated_ = Ledger::migrate(request());
  } catch (...) {
    remove_copy();
    throw;
  }
}

Restoring::~Restoring() {
  remove_copy();
}

void Restoring::remove_copy() const {
  for (const char* tail : {"", "-wal", "-shm", ".lock"}) unlink((copy_ + tail).c_str());
}

OpenLedger Restoring::request() const {
  OpenLedger request = ledger_;
  request.path = copy_;
  request.access = Access::write;
  request.holder = "restore";
  return request;
}

Report Restoring::mark(Session& session) {
  require_permission(session.config.roles, session.actor.code, "restore");
  require_whole(session, copy_);
  Session writing = session;
  writing.dry_run = DryRun::no;  // the copy is not the ledger yet
  const Verb verb{"restore", Json::object({{"file", file_}})};
  Report report = perform(writing, verb, [&] {
    Tenants tenants(writing.ledger);
    const Json note = Json::object({{"at", writing.now.to_text()}, {"file", file_}});
    for (const Tenant& tenant : tenants.all())
      tenants.set_setting(tenant.id, kSetting, note.compact());
    Report event;
    event.subjects.push_back({"ledger", "restored"});
    return event;
  });
  report.body = Json::object({{"ledger", ledger_.path},
                              {"file", file_},
                              {"set_aside", Json::text_or_null(aside(session.now))},
                              {"migrated", migrated_},
                              {"series", last_numbers(session)}});
  return report;
}

/// `ledger.db.before-restore-20261122T120000Z`; empty when there is no ledger to set aside.
std::string Restoring::aside(Instant now) const {
  if (!is_there(ledger_.path) && !is_there(ledger_.path + "-wal")) return "";
  std::string stamp = now.to_text();
  std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
  const std::string name = ledger_.path + ".before-restore-" + stamp;
  std::string free = name;
  for (int i = 2; is_there(free); ++i) free = name + "-" + std::to_string(i);
  return free;
}

std::string Restoring::put_in_place(Instant now) {
  if (is_there(ledger_.path)) close_log(ledger_);
  std::string set_aside = aside(now);
  replace_ledger(copy_, ledger_.path, set_aside);
  return set_aside;
}

bool waits_for_confirm(const Session& session) {
  return !Tenants(session.ledger).setting(session.tenant.id, kSetting).empty();
}

void require_confirmed(const Session& session) {
  const std::string note = Tenants(session.ledger).setting(session.tenant.id, kSetting);
  if (note.empty()) return;
  const auto told = Json::parse(note);
  throw Error(
      Reason::restored,
      "the ledger was restored from " + told["file"].as_string() + " on " + told["at"].as_string() +
          ", what was issued and delivered since is unknown to it",
      "tell it the last number that went out: billctl restore confirm --last issued=NUMBER");
}

Report restore_confirm(Session& session, const std::vector<std::string>& last) {
  Json arguments = Json::array();
  for (const std::string& each : last) {
    split(each);  // what can't be read is told before there is nothing to confirm
    arguments.push(each);
  }
  const Verb verb{"restore confirm", Json::object({{"last", std::move(arguments)}})};
  return perform(session, verb, [&] {
    Report report;
    Tenants tenants(session.ledger);
    if (tenants.setting(session.tenant.id, kSetting).empty()) {
      report.body = Json::object(
          {{"confirmed", false}, {"series", Json::array()}, {"unknown", unknown_json({})}});
      return report;
    }
    Json list = Json::array();
    for (const Confirmed& confirmed : read_confirmed(session, last))
      list.push(confirm_series(session, confirmed));
    tenants.set_setting(session.tenant.id, kSetting, "");
    report.body = Json::object({{"confirmed", true},
                                {"series", std::move(list)},
                                {"unknown", unknown_json(doubt_deliveries(session))}});
    report.subjects.push_back({"ledger", "restore confirmed"});
    return report;
  });
}

}  // namespace billctl
