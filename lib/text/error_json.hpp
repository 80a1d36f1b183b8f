// An error as JSON, the form that spec/cli.md pins for a refusal: {code, message, hint, exit, file,
// line, column}, and every mistake of an input that has several.
#pragma once

#include "outcome/error.hpp"
#include "text/json.hpp"

namespace billctl {

Json error_json(const Error& error);

/// The whole answer of a refused command: {format, command, error}.
/// @param command empty: its words could not be read.
Json refusal_json(const std::string& command, const Error& error);

}  // namespace billctl
