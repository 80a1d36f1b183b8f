// Outgoing: a document as a provider gets it: the canonical document with its key, revision and
// kind.
#pragma once

#include <string>

#include "ledger/invoices.hpp"
#include "outcome/id.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/session.hpp"
#include "sync/submission.hpp"
#include "work/books.hpp"

namespace billctl {

struct Outgoing {
  DocumentKind kind = DocumentKind::invoice;
  std::string draft_number;  ///< its first one
  std::string canonical;     ///< the sealed bytes; of a draft as it stands now
  std::string revision;      ///< the seal; of a draft the SHA-256 of its canonical bytes
};

/// The documents of one run.
class OutgoingDocuments {
 public:
  explicit OutgoingDocuments(Session& session);

  /// The document of an invoice as it is now.
  Outgoing of(InvoiceId invoice);
  /// The state of a submission as people see it: its own, or `stale` when the document has changed
  /// since it was queued (X13).
  std::string told_state(const Submission& submission);

 private:
  Books books_;
  Invoices invoices_;
  Completion completion_;
};

/// The bytes that are delivered: the canonical document with `key`, `kind` and `revision` in their
/// places, keys sorted.
std::string outgoing_payload(const Outgoing& document, const std::string& key,
                             const std::string& revision);

/// That document on its way to a provider, under the key that it has on any machine.
Submission submission_of(const std::string& tenant_code, const std::string& provider,
                         InvoiceId invoice, const Outgoing& document, const std::string& revision);

/// Whether a submission's revision is of this content: a rebuilt one has a count behind it.
bool same_revision(const std::string& submitted, const std::string& now);

}  // namespace billctl
