// Outgoing: a document as a provider gets it: the canonical document with its key, revision and
// kind.
#pragma once

#include <string>

#include "outcome/id.hpp"
#include "pipeline/session.hpp"
#include "sync/submission.hpp"

namespace billctl {

struct Outgoing {
  DocumentKind kind = DocumentKind::invoice;
  std::string draft_number;  ///< its first one
  std::string canonical;     ///< the sealed bytes; of a draft as it stands now
  std::string revision;      ///< the seal; of a draft the SHA-256 of its canonical bytes
};

/// The document of an invoice as it is now.
Outgoing outgoing(Session& session, InvoiceId invoice);

/// The bytes that are delivered: the canonical document with `key`, `kind` and `revision` in their
/// places, keys sorted.
std::string outgoing_payload(const Outgoing& document, const std::string& key,
                             const std::string& revision);

/// The state of a submission as people see it: its own, or `stale` when the document has changed
/// since (X13).
std::string sync_state(Session& session, const Submission& submission);

}  // namespace billctl
