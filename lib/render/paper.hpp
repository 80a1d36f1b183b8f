// Paper: an invoice as words and cells in the client's language, from which text, HTML and PDF are
// printed alike. Every text in it is safe to show: control characters of data are visible, lines
// end with a line feed. On a credit note all amounts are positive.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "calendar/date.hpp"
#include "render/logo.hpp"
#include "render/printed_document.hpp"
#include "render/wording.hpp"

namespace billctl {

/// `Due` and `2026-11-15`.
struct PaperFact {
  std::string label;
  std::string value;  ///< never empty
};

/// Who sells or who buys: the name apart, since it stands out.
struct PaperParty {
  std::string above;  ///< the business link of a buyer, or empty (S3-13)
  std::string name;
  std::vector<std::string> lines;  ///< legal name, address, ids
};

enum class PaperCell : std::uint8_t {
  description,
  quantity,
  unit,
  price,
  tax,
  amount,
  date,
  member,
  work,
  source
};
/// Whether cells of that kind are set to the right.
bool is_number(PaperCell cell);

struct PaperColumn {
  PaperCell kind;
  std::string head;
};

struct PaperTable {
  std::vector<PaperColumn> columns;
  std::vector<std::vector<std::string>> rows;  ///< as many cells as columns

  /// The row's cell of that kind; empty where there is no such column.
  std::string cell(const std::vector<std::string>& row, PaperCell kind) const;
};

struct PaperTotal {
  std::string label;
  std::string amount;
  bool strong = false;  ///< what is to be paid
};

struct Paper {
  Language language = Language::en;
  /// TEST, DRAFT, COPY, the same words in every language; and that it was voided, for the client.
  std::vector<std::string> marks;
  std::string heading;  ///< "Invoice"
  std::string number;   ///< empty on a draft
  std::string title, subtitle;
  PaperParty seller, buyer;
  std::vector<PaperFact> facts;
  PaperTable lines;
  std::vector<PaperTotal> totals;
  std::vector<std::string> tax_reasons;  ///< why a tax is not charged, by category
  std::vector<PaperFact> payment;        ///< terms, bank, contact
  std::string notes;
  std::string seal;  ///< its first 16 digits, or empty
  std::string annex_title;
  PaperTable annex;  ///< no rows: none
  Date dated = Date::from_days(0);
  std::shared_ptr<const Logo> logo;

  std::string label(Phrase which) const { return phrase(which, language); }
  /// "TEST DRAFT Invoice", "Invoice INV00042": the name of the document.
  std::string name() const;
};

Paper paper_of(const PrintedDocument& printed);

}  // namespace billctl
