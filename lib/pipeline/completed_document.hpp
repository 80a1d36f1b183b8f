// CompletedDocument: an invoice with all that its document says. Of an issued one that is what was
// frozen; of a draft it is what issue would freeze today: parties from the config and the client
// file, due date from the terms, taxes at the rates of its date, totals (pricing.md 7, S4-15).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "invoice/document.hpp"
#include "invoice/terms.hpp"
#include "issue/parties.hpp"
#include "issue/seal.hpp"
#include "outcome/reason.hpp"
#include "pipeline/session.hpp"
#include "work/books.hpp"

namespace billctl {

struct CompletedDocument {
  Document document;
  Seller seller;
  Buyer buyer;
  std::optional<PaymentTerms> terms;
  SealedNames names;                ///< codes and numbers that stand in other tables
  std::optional<Date> corrects_on;  ///< the date of what a credit note corrects
  std::string buyer_code;           ///< of the client who pays
  std::vector<Finding> faults;      ///< of its taxes, such as a tax that is not in the config
};

/// The seller as the config describes him.
Seller seller_of(const Config& config);

/// Completes documents of one run.
class Completion {
 public:
  Completion(Session& session, const Books& books);

  /// As it stands: a frozen one is read from its own record alone; a draft is completed as of its
  /// date, or of today while it has none.
  CompletedDocument of(Document document);

 private:
  void from_record(CompletedDocument& completed);
  void from_books(CompletedDocument& completed);
  void put_totals(CompletedDocument& completed);

  Session& session_;
  const Books& books_;
  Seller seller_;
  std::string seller_json_;
};

/// The canonical bytes and their SHA-256: the revision digest of a draft (documents.md, "Sync").
std::string revision_digest(const CompletedDocument& completed);

/// The invoice's name now: its number, or its draft number while it has none.
std::string name_of(const Invoice& invoice);

}  // namespace billctl
