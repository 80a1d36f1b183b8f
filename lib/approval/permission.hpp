// Permission: which verbs a member may run (spec/config.md, [roles]; X32, S4-2, S4-4).
//
//   admin            all
//   biller           all but numbering set, period close and reopen, migrate, restore
//   finance          approve, period, all reading; management the same
//   restricted_admin work, all reading
//   project manager  approve, reading and `invoice edit` of PO and hour/day: his own invoices
//   every member     entry add, edit, stop, list and show: his own entries
//
// Which of an invoice's approvals a member may give is a question of its own: approval/gate.hpp.
#pragma once

#include <string>
#include <string_view>

#include "approval/roles.hpp"

namespace billctl {

/// `own`: what the verb is about is the actor's own: entries of his, invoices all of whose projects
/// name him as a manager.
enum class Own { no, yes };

/// The verb as whose permission `invoice edit` asks when it changes only PO number and hour/day.
inline constexpr std::string_view kManagersEdit = "invoice edit po";

/// @param actor a member's code; empty: nobody known.
/// @param verb as in the journal: `compile`, `invoice hold`, `numbering set`.
bool may(const RoleSettings& roles, std::string_view actor, std::string_view verb,
         Own own = Own::no);

/// Whether the verb only reads, e.g. `invoice list`, `report tax`, `verify`.
bool is_reading(std::string_view verb);

/// Who may run it, in words, for the hint of a refusal: `biller, admin`.
std::string who_may(std::string_view verb);

/// @throws Error{not_permitted} unless `may`.
void require_permission(const RoleSettings& roles, std::string_view actor, std::string_view verb,
                        Own own = Own::no);

}  // namespace billctl
