#include "pipeline/outgoing.hpp"

#include "ledger/books_table.hpp"
#include "text/json.hpp"
#include "text/sha256.hpp"

namespace billctl {
namespace {

DocumentKind kind_of(const Invoice& invoice) {
  if (is_open(invoice.state)) return DocumentKind::draft;
  return invoice.type == InvoiceType::credit_note ? DocumentKind::credit_note
                                                  : DocumentKind::invoice;
}

}  // namespace

OutgoingDocuments::OutgoingDocuments(Session& session)
    : books_(read_books(session.ledger, session.tenant.id, BooksPart::as_needed)),
      invoices_(session.ledger, session.tenant.id),
      completion_(session, books_) {}

Outgoing OutgoingDocuments::of(InvoiceId id) {
  const CompletedDocument completed = completion_.of(invoices_.document(id));
  const Invoice& invoice = completed.document.invoice;
  Outgoing outgoing;
  outgoing.kind = kind_of(invoice);
  outgoing.draft_number = invoice.draft_number;
  outgoing.canonical = canonical_bytes(completed.document, completed.names);
  const bool draft = outgoing.kind == DocumentKind::draft;
  outgoing.revision = draft ? revision_digest(completed) : invoice.seal;
  return outgoing;
}

std::string OutgoingDocuments::told_state(const Submission& submission) {
  const bool issued = submission.kind != DocumentKind::draft;
  // An issued document never changes, so only what went out as a draft can be stale.
  if (issued || same_revision(submission.revision, of(submission.invoice).revision)) {
    return std::string(word(submission.state));
  }
  return "stale";
}

std::string outgoing_payload(const Outgoing& document, const std::string& key,
                             const std::string& revision) {
  Json payload = Json::parse(document.canonical);
  payload.set("key", key);
  payload.set("kind", word(document.kind));
  payload.set("revision", revision);
  return payload.canonical();
}

Submission submission_of(const std::string& tenant_code, const std::string& provider,
                         InvoiceId invoice, const Outgoing& document, const std::string& revision) {
  Submission submission;
  submission.invoice = invoice;
  submission.provider = provider;
  submission.kind = document.kind;
  submission.revision = revision;
  submission.key = submission_key(tenant_code, document.draft_number, revision);
  submission.payload = outgoing_payload(document, submission.key, revision);
  submission.payload_digest = to_hex(sha256(submission.payload));
  return submission;
}

bool same_revision(const std::string& submitted, const std::string& now) {
  return submitted.substr(0, submitted.find("-r")) == now;
}

}  // namespace billctl
