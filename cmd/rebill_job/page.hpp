// The job page (S3-26): what a run made of each client, as text and as one HTML file.
#pragma once

#include <optional>
#include <string>

#include "calendar/period.hpp"
#include "command.hpp"
#include "invocation.hpp"
#include "pipeline/session.hpp"
#include "text/json.hpp"

namespace billctl::cmd {

/// Of the body of `rebill-job run`.
std::string job_page_text(const Json& body);
std::string job_page_html(const Json& body, bool test);

/// A run's report as an answer: what a person must see is said on stderr even with -q.
Outcome job_outcome(Report report);

/// --html FILE of the commands that show a run.
void write_job_page(Invocation& invocation, const Outcome& outcome);

/// "2026-10-01..2026-10-31"
std::string period_text(const Json& period);

/// --period of the commands that take a job file; nothing without it. @throws Error{usage}.
std::optional<Period> job_period_option(Invocation& invocation);

/// The number of a run or a submission. @throws Error{usage}.
std::int64_t job_number(const std::string& text, const std::string& what);

}  // namespace billctl::cmd
