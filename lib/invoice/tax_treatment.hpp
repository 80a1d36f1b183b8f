// Tax treatment: the taxes of an item, and so of its line (pricing.md 7). A line has one treatment;
// where a tax goes by the work date, its rate of that date is part of it.
//
//     client's `tax`, else the product's, else the tenant's defaults, of these what applies to the
//     item's kind: time of a client with `reverse_charge` -> reverse_charge at 0 % AE
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "billable/item.hpp"
#include "calendar/date.hpp"
#include "catalogue/tax_type.hpp"
#include "money/tax.hpp"
#include "outcome/reason.hpp"

namespace billctl {

struct TaxTreatment {
  std::string codes;  ///< as Line::tax stores them, `;` between; empty: untaxed
  std::vector<AppliedTax> taxes;
  bool outside_scope = false;      ///< category O: alone on its invoice
  std::optional<Finding> failure;  ///< why its client can't be drafted, e.g. an unknown tax
  bool operator==(const TaxTreatment&) const = default;
};

/// A tax that a person put on a whole draft, or took off it.
struct PickedTax {
  std::string tax;
  bool on_it = true;
};

/// The codes with what was picked: a tax stands only on lines that it applies to, so
/// {"vat", TaxedKind::time} with city on and vat off is "city".
std::string with_picked(std::string_view codes, TaxedKind kind, std::span<const PickedTax> picked,
                        std::span<const TaxType> types);

/// What the taxes make of an item's kind: time, joined and travel_time are time; mileage,
/// allowance, expense and bill are expense; goods and quote are goods; instalment is milestone.
TaxedKind taxed_kind(ItemKind kind);

/// The taxes of a line that exists, by the codes it stores.
/// @param rate_on the invoice date, or today while there is none.
/// @param work_on of the line's items; none for a typed line, which goes by `rate_on`.
/// @param language of the buyer, for exemption reasons.
TaxTreatment treatment_of(std::string_view codes, std::span<const TaxType> types, Date rate_on,
                          std::optional<Date> work_on, std::string_view language);

/// The treatments of one run, each once, named by a small number.
class TaxTreatments {
 public:
  TaxTreatments(std::span<const TaxType> types, Date rate_on) : types_(types), rate_on_(rate_on) {}

  struct Taxed {
    std::string_view client_tax, product_tax;  ///< `;` between, empty: none named
    std::string_view language;
    ItemKind kind = ItemKind::time;
    Date work_on = Date::from_days(0);
  };
  std::uint32_t of(const Taxed& item);
  /// Of the item with what was picked for its draft.
  std::uint32_t of(const Taxed& item, std::span<const PickedTax> picked);
  const TaxTreatment& at(std::uint32_t number) const { return treatments_[number]; }

 private:
  /// The named taxes that apply to a kind, before rates.
  struct Named {
    std::vector<std::string> codes;
    bool by_work_date = false;
    std::optional<std::uint32_t> number;  ///< once known, when no rate goes by the work date
  };
  Named& named(const Taxed& item);
  std::uint32_t add(TaxTreatment treatment);

  std::span<const TaxType> types_;
  Date rate_on_;
  /// Looked up without a copy of the texts.
  struct Before {
    using is_transparent = void;
    using Key = std::tuple<std::string_view, std::string_view, TaxedKind>;
    bool operator()(const Key& a, const Key& b) const { return a < b; }
  };
  std::map<std::tuple<std::string, std::string, TaxedKind>, Named, Before> named_;
  std::map<std::pair<const Named*, Date>, std::uint32_t> by_date_;
  std::deque<TaxTreatment> treatments_;  ///< never moved: `at` stays valid
};

}  // namespace billctl
