// Issue: drafts become final invoices: dated, numbered, sealed, immutable (S3-7). Each is issued by
// itself in one transaction; what is refused keeps its draft and takes no number.
#pragma once

#include <string>
#include <vector>

#include "pipeline/issuer.hpp"
#include "pipeline/session.hpp"
#include "work/filter.hpp"

namespace billctl {

struct IssueRequest {
  std::vector<std::string> invoices;  ///< by any name
  bool all_ready = false;             ///< instead: every ready one that the filter leaves
  Filter filter;
  IssueManner manner;
  Signer signer;  ///< of invoice.sign_cmd; empty: no signature
};

/// The verb. The body is the pinned JSON of spec/cli.md, issue: {issued, refused, warnings}.
/// @param arguments what the command was asked for, for the journal.
/// @throws Error{usage} when a number is given for several invoices or can't be one.
Report issue_invoices(Session& session, const IssueRequest& request, const Json& arguments);

/// How many invoices the request is about, for the question before it.
std::size_t count_to_issue(Session& session, const IssueRequest& request);

}  // namespace billctl
