// StoredDocuments: the bytes of documents that left the house, by invoice and format. Append-only:
// the first that was sent stays (a trigger), and `render` gives it back byte for byte.
//
//   stored.store({invoice, "pdf"}, bytes, session.now);    // inside Ledger::write, when it is sent
//   if (const auto sent = stored.stored({invoice, "pdf"})) return sent->content;
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "calendar/instant.hpp"
#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

struct StoredDocument {
  std::string content;
  std::string digest;  ///< SHA-256 of the content, 64 hex digits
  Instant at = Instant::from_seconds(0);
};

class StoredDocuments {
 public:
  /// Which document: the invoice and the format, a word of `render --to`.
  struct Key {
    InvoiceId invoice;
    std::string_view format;
  };

  StoredDocuments(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {}

  /// Keeps the bytes of a document that is being sent; the same bytes again change nothing.
  /// @throws Error{already_delivered} when other bytes were sent in that format: those are what the
  /// client has. Inside `Ledger::write`; the invoice must be issued.
  void store(Key key, std::string_view bytes, Instant at);

  /// Nothing when it was not sent in that format.
  /// @throws Error{corrupt} when the bytes are not those that were stored.
  std::optional<StoredDocument> stored(Key key);

 private:
  Ledger& ledger_;
  TenantId tenant_;
};

}  // namespace billctl
