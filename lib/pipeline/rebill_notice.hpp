// RebillNotice: what the person to inform reads (S3-12): the result in the subject, failures first,
// in the tenant's language (English where it is none of en, fi, sv, de).
#pragma once

#include <string>

#include "calendar/period.hpp"
#include "config/config.hpp"
#include "outcome/error.hpp"
#include "text/json.hpp"

namespace billctl {

struct RebillNotice {
  std::string subject;  ///< "support 2026-10: 1 failed, 2 not validated, 1 unsent"
  std::string text;
};

/// @param body of `rebill-job run`, complete.
RebillNotice result_notice(const Config& config, const Json& body);

/// Of a job that ended with an error: nothing was billed, or a part that the same job completes.
RebillNotice failure_notice(const Config& config, const std::string& job, const Period& period,
                            const Error& error);

}  // namespace billctl
