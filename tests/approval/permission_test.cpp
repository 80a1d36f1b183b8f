#include "approval/permission.hpp"

#include <doctest/doctest.h>

#include "outcome/error.hpp"

using namespace billctl;

namespace {

RoleSettings house() {
  RoleSettings roles;
  roles.configured = true;
  roles.admin = {"anna"};
  roles.biller = {"bo"};
  roles.finance = {"fia"};
  roles.management = {"max"};
  roles.restricted_admin = {"ria"};
  return roles;
}

}  // namespace

TEST_CASE("X32 without a roles table everybody may all and with one nobody unknown may anything") {
  CHECK(may(RoleSettings{}, "", "numbering set"));
  CHECK(may(RoleSettings{}, "admin", "issue"));
  CHECK_FALSE(may(house(), "", "issue"));
  CHECK_FALSE(may(house(), "", "approve"));
  CHECK_FALSE(may(house(), "", "invoice list"));
  CHECK_FALSE(may(house(), "", "entry add", Own::yes));
}

TEST_CASE("S1-5 a biller may all but what moves numbers and periods and the ledger itself") {
  for (const char* verb : {"compile", "generate", "issue", "invoice void", "import", "work list",
                           "entry edit", "approve", "invoice show", "backup"}) {
    CHECK(may(house(), "bo", verb));
    CHECK(may(house(), "anna", verb));
  }
  for (const char* verb : {"numbering set", "period close", "period reopen", "migrate", "restore",
                           "restore confirm"}) {
    CHECK_FALSE(may(house(), "bo", verb));
    CHECK(may(house(), "anna", verb));
  }
}

TEST_CASE("finance and management approve and close periods and read all") {
  for (const char* member : {"fia", "max"}) {
    for (const char* verb : {"approve", "period close", "period reopen", "period list", "verify",
                             "invoice list", "invoice show", "report tax", "log", "explain"}) {
      CHECK(may(house(), member, verb));
    }
    for (const char* verb : {"issue", "generate", "invoice hold", "numbering set", "import"})
      CHECK_FALSE(may(house(), member, verb));
  }
}

TEST_CASE("S0-2 a restricted admin may run every work verb and read all but change nothing else") {
  for (const char* verb :
       {"work list", "work summary", "work unconfirmed", "work confirm", "invoice show"})
    CHECK(may(house(), "ria", verb));
  for (const char* verb : {"issue", "entry confirm", "comment set", "period close", "invoice edit"})
    CHECK_FALSE(may(house(), "ria", verb));
  CHECK_FALSE(may(house(), "pam", "work list"));
}

TEST_CASE("S4-4 a member has his own entries and a manager his own invoices") {
  CHECK(may(house(), "pam", "entry add", Own::yes));
  CHECK_FALSE(may(house(), "pam", "entry add", Own::no));
  CHECK(may(house(), "pam", "entry edit", Own::yes));
  CHECK(may(house(), "pam", "entry stop", Own::yes));
  for (const char* verb : {"entry confirm", "entry split", "entry merge", "entry unmerge",
                           "entry archive", "entry unarchive", "entry delete", "comment set"})
    CHECK_FALSE(may(house(), "pam", verb, Own::yes));
  CHECK(may(house(), "pam", kManagersEdit, Own::yes));
  CHECK_FALSE(may(house(), "pam", kManagersEdit, Own::no));
  CHECK_FALSE(may(house(), "pam", "invoice edit", Own::yes));
}

TEST_CASE("S4-2 opening an invoice needs a right to view all its projects") {
  CHECK(may(house(), "pam", "invoice show", Own::yes));
  CHECK_FALSE(may(house(), "pam", "invoice show", Own::no));
  CHECK(may(house(), "fia", "invoice show", Own::no));
}

TEST_CASE("a refusal names the verb and the actor and who may") {
  try {
    require_permission(house(), "bo", "numbering set");
    FAIL("nothing was refused");
  } catch (const Error& error) {
    CHECK(error.code() == Reason::not_permitted);
    CHECK(error.message() == "numbering set: not permitted to bo");
    CHECK(error.hint().find("admin") != std::string::npos);
  }
}
