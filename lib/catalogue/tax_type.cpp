#include "catalogue/tax_type.hpp"

#include "outcome/words.hpp"

namespace billctl {
namespace {

constexpr auto kTaxedKinds =
    std::to_array<std::string_view>({"time", "expense", "goods", "milestone"});
constexpr auto kTaxDates = std::to_array<std::string_view>({"invoice_date", "work_date"});
constexpr auto kCategories =
    std::to_array<TaxCategory>({TaxCategory::standard, TaxCategory::zero_rated, TaxCategory::exempt,
                                TaxCategory::reverse_charge, TaxCategory::intra_community,
                                TaxCategory::export_outside, TaxCategory::outside_scope});

}  // namespace

std::string_view word(TaxedKind kind) {
  return word_of(kTaxedKinds, kind);
}
std::optional<TaxedKind> taxed_kind_of(std::string_view word) {
  return find_word<TaxedKind>(kTaxedKinds, word);
}
std::vector<std::string> taxed_kind_words() {
  return word_list(kTaxedKinds);
}

std::string_view word(TaxDate by) {
  return word_of(kTaxDates, by);
}
std::optional<TaxDate> tax_date_of(std::string_view word) {
  return find_word<TaxDate>(kTaxDates, word);
}
std::vector<std::string> tax_date_words() {
  return word_list(kTaxDates);
}

std::vector<std::string> tax_category_words() {
  std::vector<std::string> words;
  for (TaxCategory category : kCategories) words.emplace_back(word(category));
  return words;
}

std::optional<Decimal> TaxType::rate_on(Date date) const {
  std::optional<Decimal> valid;
  for (const RateFrom& row : rates) {
    if (row.from <= date) valid = row.rate;
  }
  return valid;
}

std::string TaxType::reason_in(std::string_view language) const {
  for (std::string_view wanted : {language, std::string_view(""), std::string_view("en")}) {
    const auto found = reason.find(std::string(wanted));
    if (found != reason.end()) return found->second;
  }
  return reason.empty() ? "" : reason.begin()->second;
}

}  // namespace billctl
