// Seal: SHA-256 over the previous seal of the series and the canonical bytes of a document, so that
// neither a document nor their order can be changed unseen (S3-7, X33; design/documents.md, "The
// seal"). `verify` and anybody with `invoice show --json` computes the same.
//
// Canonical bytes are the JSON of what issue freezes, keys sorted, UTF-8, no blanks:
//   {"amounts":{…},"ar_period":"2026-10","buyer":{…},"client":"acme",…,"type":"invoice"}
#pragma once

#include <string>
#include <string_view>

#include "invoice/document.hpp"

namespace billctl {

/// What of a document stands in other tables.
struct SealedNames {
  std::string client;    ///< its code
  std::string corrects;  ///< the number of what a credit note corrects; empty: nothing
};

/// Of an issued document its notes as they stood at issue; of a draft, as they stand. `seller` and
/// `buyer` of the invoice must be canonical JSON.
std::string canonical_bytes(const Document& document, const SealedNames& names);

/// The same with no line in it: all of a document but its lines, to compare two of them.
std::string canonical_frame(const Document& document, const SealedNames& names);

/// What issue freezes of a document that its seal does not cover, one JSON object: how it was made,
/// its terms, contract and tax in the accounting currency, why a tax is not charged, and of each
/// line its work, days and rate. The SHA-256 of it stands in the issue record, 64 hex digits.
std::string unsealed_digest(const Document& document);

/// 64 hex digits. @param previous the seal before it in its series, empty for the first.
std::string seal_of(std::string_view previous, std::string_view canonical);

}  // namespace billctl
