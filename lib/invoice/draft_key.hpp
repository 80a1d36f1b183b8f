// Draft key: on which invoice an item goes (spec/generate.md, X29). Client, bill-to and currency,
// and by scope nothing more, the PO, the engagement or the project; items without one share an
// invoice of their own. Category O of the taxes stands alone.
//
// Packed into 16 bytes that sort as drafts are numbered: by client code, bill-to, currency, scope.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "invoice/options.hpp"
#include "money/currency.hpp"
#include "outcome/id.hpp"
#include "work/books.hpp"

namespace billctl {

struct DraftKey {
  std::uint64_t who = 0;   ///< client and bill-to
  std::uint64_t what = 0;  ///< currency, scope and what it names, category O
  auto operator<=>(const DraftKey&) const = default;
};

/// A key in plain words.
struct InvoiceKey {
  ClientId client, bill_to;
  Currency currency = Currency::none();
  InvoiceScope scope = InvoiceScope::client;
  EngagementId engagement;  ///< with scope engagement
  ProjectId project;        ///< with scope project
  std::string po_number;    ///< with scope po
  bool outside_scope = false;
  bool operator==(const InvoiceKey&) const = default;
};

/// What of an item decides its invoice.
struct KeyedBy {
  ClientId client;
  ProjectId project;
  EngagementId engagement;
  Currency currency = Currency::none();
  InvoiceScope scope = InvoiceScope::client;
  bool outside_scope = false;
};

/// The project's bill_to, else the engagement's, else the client itself.
ClientId bill_to_of(const Books& books, const KeyedBy& item);
/// The project's PO, else the engagement's, else none.
const std::string& po_number_of(const Books& books, ProjectId project, EngagementId engagement);

class DraftKeys {
 public:
  /// The books must stay as long as this does.
  explicit DraftKeys(const Books& books);

  DraftKey key(const KeyedBy& item);
  InvoiceKey in_words(DraftKey key) const;

 private:
  /// Places of rows in the order of their codes, from 1; 0 is none.
  struct Ranks {
    std::vector<std::uint32_t> by_row;
    std::vector<std::int64_t> rows;
  };
  template <class Record>
  static Ranks ranked(const Register<Record>& records);
  std::uint64_t rank_in_scope(const KeyedBy& item);
  void rank_po_numbers();

  const Books& books_;
  Ranks clients_;
  Ranks engagements_, projects_;         // made when a scope first asks for them
  std::vector<std::string> po_numbers_;  // sorted
};

}  // namespace billctl
