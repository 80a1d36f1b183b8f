#include "pipeline/entry_verbs/confirm_entries.hpp"

#include <fmt/format.h>

#include <map>

#include "pipeline/entry_verbs/entry_fields.hpp"

namespace billctl {
namespace {

bool is_unconfirmed(const ListedEntry& listed) {
  const bool free = listed.state == EntryState::unconfirmed ||
                    listed.state == EntryState::running || listed.state == EntryState::pending;
  return free && !listed.row.confirmed_at;
}

class Confirmation {
 public:
  Confirmation(EntryChanges& changes, const ConfirmRequest& request)
      : changes_(changes), request_(request), actor_(acting_member(changes.session())) {}

  Report run() {
    for (const EntryRow& row : chosen(changes_, request_.entries, is_unconfirmed)) confirm(row);
    changes_.follow();
    return changes_.report(Json::object({{"confirmed", std::move(confirmed_)},
                                         {"unchanged", std::move(unchanged_)},
                                         {"left", std::move(left_)},
                                         {"notes", notes()}}));
  }

 private:
  void confirm(const EntryRow& row) {
    if (row.confirmed_at) return void(unchanged_.push(row.ref));
    if (changes_.is_running(row)) return leave_running(row);
    changes_.require_unlocked(row);
    const Session& session = changes_.session();
    EntryRow after = row;
    after.confirmed_at = session.now.seconds();
    after.confirmed_by = session.actor.code;
    const bool own = !row.member || row.member == actor_;
    const std::string member = changes_.code_of(row.member);
    std::string what = own ? "confirmed" : "confirmed for " + member;
    if (!own) ++others_[member];
    if (!request_.note.empty()) what += ": " + request_.note;
    changes_.write(row, after, what);
    confirmed_.push(Json::object({{"entry", row.ref},
                                  {"member", Json::text_or_null(member)},
                                  {"confirmed_by", session.actor.code},
                                  {"confirmed_at", session.now.to_text()},
                                  {"own", own}}));
  }

  void leave_running(const EntryRow& row) {
    if (!request_.entries.all) {
      throw Error(Reason::not_stopped, fmt::format("entry {} is running", row.ref),
                  fmt::format("stop it first with `billctl entry stop {}`", row.ref));
    }
    left_.push(Json::object(
        {{"entry", row.ref}, {"code", word(Reason::not_stopped)}, {"detail", "it is running"}}));
  }

  /// One for each member for whom another confirmed (S0-12).
  Json notes() const {
    Json notes = Json::array();
    for (const auto& [member, count] : others_) {
      notes.push(Json::object(
          {{"member", member},
           {"entries", count},
           {"note", fmt::format("{} of {} confirmed by {}; members had better confirm their own",
                                count == 1 ? "1 entry" : std::to_string(count) + " entries", member,
                                changes_.session().actor.code)}}));
    }
    return notes;
  }

  EntryChanges& changes_;
  const ConfirmRequest& request_;
  MemberId actor_;
  std::map<std::string, std::int64_t> others_;
  Json confirmed_ = Json::array(), unchanged_ = Json::array(), left_ = Json::array();
};

}  // namespace

Report confirm_entries(Session& session, const ConfirmRequest& request) {
  Json arguments = request.entries.arguments();
  if (!request.note.empty()) arguments.set("note", request.note);
  const Verb verb{request.verb, arguments, true, {}};
  return perform(session, verb, [&] {
    EntryChanges changes(session);
    return Confirmation(changes, request).run();
  });
}

}  // namespace billctl
