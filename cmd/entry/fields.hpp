// Fields: the options by which `entry add` and `entry edit` say what an entry is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "invocation.hpp"
#include "pipeline/entry_verbs/chosen_entries.hpp"
#include "pipeline/entry_verbs/entry_fields.hpp"

namespace billctl::cmd {

/// An instant, or a local time. @throws Error{usage}, as all of these.
std::optional<Moment> moment_option(const Invocation& invocation, const char* option);
/// A number of units of so many seconds, in whole seconds: 1.25 hours, 90 minutes, 1h30m.
std::optional<std::int64_t> seconds_option(const Invocation& invocation, const char* option,
                                           std::int64_t unit_seconds);
/// In metres.
std::optional<std::int64_t> kilometres_option(const Invocation& invocation);

/// What the options say. Where an entry is edited, `none` or nothing takes a value away.
EntryFields entry_fields(Invocation& invocation, bool clears);

std::vector<std::string> charge_words();

/// The entries named, or with that option all that the filters take; exactly one of the two.
ChosenEntries chosen_entries(Invocation& invocation, const char* all_option);

/// The outcome of a verb on entries; `remade` and `released` items are told behind its text.
Outcome entry_outcome(const Report& report, const std::string& rows,
                      const std::function<std::string(const Json& body)>& text);

/// "e1, e2 and e3" of a list of refs.
std::string refs_text(const Json& refs);

}  // namespace billctl::cmd
