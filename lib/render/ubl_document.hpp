// UBL: an issued invoice or credit note as UBL 2.1 by EN 16931, and by Peppol BIS Billing 3.0 where
// it has all that Peppol asks for. Every number is the stored one; a credit note is positive, as on
// paper, and its root is CreditNote.
#pragma once

#include <string>
#include <vector>

#include "outcome/reason.hpp"
#include "render/printed_document.hpp"

namespace billctl {

struct UblDocument {
  std::string xml;
  /// What Peppol misses; then the document says EN 16931 alone (BT-24). Empty: nothing.
  std::vector<Finding> gaps;
};

/// Same document, same bytes.
/// @throws Error{wrong_state} for a draft: it has no number; {einvoice_incomplete} with every rule
/// of EN 16931 that it would break, each with its business term.
UblDocument ubl_document(const PrintedDocument& printed);

}  // namespace billctl
