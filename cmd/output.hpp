// Output: how an Outcome or an Error reaches stdout and stderr. Data on stdout, talk on stderr;
// what is on stdout never depends on a terminal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "command.hpp"
#include "invocation.hpp"
#include "outcome/error.hpp"

namespace billctl::cmd {

/// Prints the outcome as --format says. @returns the exit code: the outcome's, or what the printing
/// made of it (empty with --fail-if-empty, io when stdout is full).
ExitStatus print(Invocation& invocation, Outcome outcome);

/// Prints `billctl: MESSAGE` and `hint: HINT`, and with JSON the error object on stdout.
ExitStatus print_error(const Error& error, const std::string& command, Format format);

/// A table for people: columns as wide as their widest cell; cells made safe for a terminal. A
/// column whose head begins with `>` is set to the right.
std::string table(const std::vector<std::string>& heads,
                  const std::vector<std::vector<std::string>>& rows);

/// The fields of one thing, a line each, without those that are empty.
std::string fields_text(const Json& object);

/// The text of a scalar of a report: a string as it is, null as nothing.
std::string cell_text(const Json& value);

/// Text of data as content of a page: escaped, and visible line by line.
std::string page_text(std::string_view text);

}  // namespace billctl::cmd
