// Edited: what the commands share that change one invoice by hand: which invoice at which revision,
// and how the report is shown.
#pragma once

#include <string>

#include "command.hpp"
#include "invocation.hpp"
#include "pipeline/edit_verb.hpp"

namespace billctl::cmd {

/// `--revision N`.
const Option& revision_option();

/// The first argument and --revision.
EditTarget edit_target(Invocation& invocation);

/// The arguments and those of the options that were given, for the journal.
Json edit_arguments(const Invocation& invocation);

/// The report of an edit_invoice verb, with its warnings as talk.
Outcome edited_outcome(const Report& report);

}  // namespace billctl::cmd
