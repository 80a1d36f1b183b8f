#include "ledger/stored_documents.hpp"

#include "ledger/connection.hpp"
#include "text/sha256.hpp"

namespace billctl {
namespace {

constexpr const char* kStored =
    "SELECT content, digest, stored_at FROM stored_document "
    "WHERE invoice_id = :invoice AND format = :format AND tenant_id = :tenant";
constexpr const char* kStore =
    "INSERT INTO stored_document (tenant_id, invoice_id, format, digest, content, stored_at) "
    "VALUES (:tenant, :invoice, :format, :digest, :content, :at)";

}  // namespace

void StoredDocuments::store(Key key, std::string_view bytes, Instant at) {
  const std::string digest = to_hex(sha256(bytes));
  if (const auto before = stored(key)) {
    if (before->digest == digest) return;
    throw Error(Reason::already_delivered,
                "another " + std::string(key.format) + " of this invoice was sent before",
                "billctl render gives it back");
  }
  Query query(ledger_, kStore);
  query.bind(":tenant", tenant_).bind(":invoice", key.invoice).bind(":format", key.format);
  query.bind(":digest", digest).bind_blob(":content", bytes).bind(":at", at.seconds());
  query.run();
}

std::optional<StoredDocument> StoredDocuments::stored(Key key) {
  Query query(ledger_, kStored);
  query.bind(":tenant", tenant_).bind(":invoice", key.invoice).bind(":format", key.format);
  if (!query.step()) return std::nullopt;
  StoredDocument document{std::string(query.blob(0)), query.string(1),
                          Instant::from_seconds(query.integer(2))};
  if (to_hex(sha256(document.content)) != document.digest)
    throw Error(Reason::corrupt, "a document that was sent is not what was stored",
                "run `billctl verify`");
  return document;
}

}  // namespace billctl
