// A task with a quantity of its own is billed by that quantity (S2-2): when it is done it has one
// goods entry, `task:CODE`, confirmed, with no member, on the day it became done.
#pragma once

#include <string>
#include <string_view>

#include "outcome/id.hpp"
#include "pipeline/session.hpp"

namespace billctl {

/// Makes, corrects or withdraws the entry of a task that was written, unless that entry is drafted
/// or further: then it stays as it is. Inside `perform`.
void follow_task_quantity(Session& session, TaskId task);

/// The ref of that entry: `task:dev`.
std::string task_entry_ref(std::string_view task_code);

/// Whether work on a task of that source type is marked to be rebilled when nothing else is said:
/// all without a source, and tickets while [rebill] ticket_time_to_rebill holds (S3-28).
bool is_marked_to_rebill(const Session& session, std::string_view source_type);

/// How the refs of such entries begin; no import brings one.
constexpr std::string_view kTaskEntryPrefix = "task:";

}  // namespace billctl
