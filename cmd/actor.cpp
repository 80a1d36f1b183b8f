#include "actor.hpp"

#include <pwd.h>
#include <unistd.h>

#include "ledger/books_table.hpp"
#include "text/nearest.hpp"

namespace billctl::cmd {
namespace {

constexpr const char* kAdmin = "admin";

std::string member_of_os_user(const Books& books, const std::string& user) {
  for (const Member& member : books.members.all()) {
    if (!member.os_user.empty() && member.os_user == user) return member.code;
  }
  return "";
}

/// Somebody has to bring in the first members: until then the codes in [roles] are taken as they
/// stand, and who names none is the first administrator of the table.
Actor founder(const RoleSettings& roles, const std::string& as, const std::string& user) {
  if (!as.empty()) return {as, user};
  return {roles.admin.empty() ? "" : roles.admin.front(), user};
}

}  // namespace

std::string os_user() {
  const passwd* entry = getpwuid(geteuid());
  return entry != nullptr ? entry->pw_name : std::to_string(geteuid());
}

Actor resolve_actor(Ledger& ledger, TenantId tenant, const RoleSettings& roles,
                    const std::string& as) {
  const std::string user = os_user();
  if (as.empty() && !roles.configured) return {kAdmin, user};
  const Books books = read_books(ledger, tenant, BooksPart::as_needed);
  if (roles.configured && books.members.all().empty()) return founder(roles, as, user);
  if (as.empty()) return {member_of_os_user(books, user), user};
  const Member* member = books.members.find(as);
  const bool built_in = !roles.configured && as == kAdmin;
  if (member == nullptr && !built_in) {
    throw Error(Reason::not_found, "no member \"" + as + "\" to act as",
                did_you_mean(as, books.members.codes()));
  }
  const bool oneself = member != nullptr && member->os_user == user;
  if (roles.configured && !oneself && !roles.allows(user, as)) {
    throw Error(Reason::not_permitted, "the OS user " + user + " may not act as " + as,
                "name it in [roles] may_act_as");
  }
  return {as, user};
}

}  // namespace billctl::cmd
