#include "approval/permission.hpp"

#include <algorithm>
#include <array>

#include "outcome/error.hpp"

namespace billctl {
namespace {

using namespace std::string_view_literals;

constexpr std::array kReadingNouns = {"report"sv,  "explain"sv, "status"sv,     "verify"sv,
                                      "log"sv,     "export"sv,  "render"sv,     "help"sv,
                                      "version"sv, "config"sv,  "completion"sv, "filter"sv};
constexpr std::array kReadingWords = {"list"sv,  "show"sv, "history"sv,
                                      "check"sv, "plan"sv, "status"sv};
// Verbs whose last word reads as one of those and that write all the same, or that are no business
// of who may read all.
constexpr std::array kAdminOnly = {"numbering set"sv, "migrate"sv, "restore"sv,
                                   "restore confirm"sv};
constexpr std::array kPeriod = {"period close"sv, "period reopen"sv};
constexpr std::array kEntriesOfOnesOwn = {"entry add"sv, "entry edit"sv, "entry stop"sv,
                                          "entry list"sv, "entry show"sv};

// S0-2: a restricted admin may all of `work *`, where this one writes.
constexpr std::string_view kReviewersConfirm = "work confirm";

template <std::size_t N>
bool is_among(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string_view first_word(std::string_view verb) {
  return verb.substr(0, verb.find(' '));
}

std::string_view last_word(std::string_view verb) {
  const auto blank = verb.rfind(' ');
  return blank == std::string_view::npos ? verb : verb.substr(blank + 1);
}

// A member's own rights: what every member has, and what a project manager has on invoices of his.
bool may_with_own(std::string_view verb) {
  if (is_among(verb, kEntriesOfOnesOwn) || verb == kManagersEdit) return true;
  return is_reading(verb) && (first_word(verb) == "invoice" || first_word(verb) == "render");
}

}  // namespace

bool is_reading(std::string_view verb) {
  if (first_word(verb) == "work") return verb != kReviewersConfirm;
  return is_among(first_word(verb), kReadingNouns) || is_among(last_word(verb), kReadingWords);
}

bool may(const RoleSettings& roles, std::string_view actor, std::string_view verb, Own own) {
  if (!roles.configured || holds(roles.admin, actor)) return true;
  if (is_among(verb, kAdminOnly)) return false;
  const bool finance = holds(roles.finance, actor) || holds(roles.management, actor);
  if (is_among(verb, kPeriod)) return finance;
  if (holds(roles.biller, actor)) return true;
  // Each invoice is judged by itself: deputies and project managers approve too.
  if (verb == "approve") return !actor.empty();
  if ((finance || holds(roles.restricted_admin, actor)) && is_reading(verb)) return true;
  if (verb == kReviewersConfirm && holds(roles.restricted_admin, actor)) return true;
  return own == Own::yes && !actor.empty() && may_with_own(verb);
}

std::string who_may(std::string_view verb) {
  if (is_among(verb, kAdminOnly)) return "admin";
  if (is_among(verb, kPeriod)) return "finance, management, admin";
  if (verb == "approve") return "project manager, finance, management, biller, admin";
  if (is_reading(verb)) return "finance, management, restricted_admin, biller, admin";
  return verb == kReviewersConfirm ? "restricted_admin, biller, admin" : "biller, admin";
}

void require_permission(const RoleSettings& roles, std::string_view actor, std::string_view verb,
                        Own own) {
  if (may(roles, actor, verb, own)) return;
  const std::string who = actor.empty() ? "an OS user who is no member" : std::string(actor);
  throw Error(Reason::not_permitted, std::string(verb) + ": not permitted to " + who,
              "it needs one of the roles " + who_may(verb) + "; see --as and [roles]");
}

}  // namespace billctl
