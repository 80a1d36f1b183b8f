#include "invoice/tax_treatment.hpp"

#include <algorithm>

namespace billctl {
namespace {

std::vector<std::string> split(std::string_view codes) {
  std::vector<std::string> parts;
  while (!codes.empty()) {
    const std::size_t end = std::min(codes.find(';'), codes.size());
    const std::string part(codes.substr(0, end));
    if (!part.empty() && std::ranges::find(parts, part) == parts.end()) parts.push_back(part);
    codes.remove_prefix(std::min(end + 1, codes.size()));
  }
  return parts;
}

const TaxType* find_type(std::span<const TaxType> types, std::string_view code) {
  const auto found = std::ranges::find(types, code, &TaxType::code);
  return found == types.end() ? nullptr : &*found;
}

std::vector<std::string> default_codes(std::span<const TaxType> types) {
  std::vector<std::string> codes;
  for (const TaxType& type : types)
    if (type.is_default) codes.push_back(type.code);
  return codes;
}

std::string joined(const std::vector<std::string>& codes) {
  std::string text;
  for (const std::string& code : codes) text += (text.empty() ? "" : ";") + code;
  return text;
}

std::optional<Finding> mistake_of(const TaxTreatment& treatment) {
  if (treatment.taxes.size() > kTaxTypesMax)
    return Finding{Reason::too_many_taxes, "taxes " + treatment.codes + ": at most three apply"};
  const auto categories = std::ranges::count_if(
      treatment.taxes, [](const AppliedTax& tax) { return tax.identity.category.has_value(); });
  if (categories <= 1) return std::nullopt;
  return Finding{Reason::tax_invalid,
                 "taxes " + treatment.codes + ": only one may have a VAT category"};
}

}  // namespace

TaxedKind taxed_kind(ItemKind kind) {
  switch (kind) {
    case ItemKind::time:
    case ItemKind::joined:
    case ItemKind::travel_time:
      return TaxedKind::time;
    case ItemKind::mileage:
    case ItemKind::allowance:
    case ItemKind::expense:
    case ItemKind::bill:
      return TaxedKind::expense;
    case ItemKind::goods:
    case ItemKind::quote:
      return TaxedKind::goods;
    case ItemKind::instalment:
      break;
  }
  return TaxedKind::milestone;
}

TaxTreatment treatment_of(std::string_view codes, std::span<const TaxType> types, Date rate_on,
                          std::optional<Date> work_on, std::string_view language) {
  TaxTreatment treatment;
  treatment.codes = codes;
  for (const std::string& code : split(codes)) {
    const TaxType* type = find_type(types, code);
    if (type == nullptr) {
      treatment.failure = Finding{Reason::tax_invalid, "tax " + code + " is not in the config"};
      return treatment;
    }
    const Date on = type->by == TaxDate::work_date ? work_on.value_or(rate_on) : rate_on;
    const auto rate = type->rate_on(on);
    if (!rate) {
      treatment.failure =
          Finding{Reason::tax_invalid, "tax " + code + " has no rate on " + on.to_text()};
      return treatment;
    }
    treatment.outside_scope =
        treatment.outside_scope || type->category == TaxCategory::outside_scope;
    treatment.taxes.push_back(
        {{type->code, type->category, *rate}, type->reason_in(language), type->vatex});
  }
  treatment.failure = mistake_of(treatment);
  return treatment;
}

std::string with_picked(std::string_view codes, TaxedKind kind, std::span<const PickedTax> picked,
                        std::span<const TaxType> types) {
  std::vector<std::string> all = split(codes);
  for (const PickedTax& each : picked)
    if (!each.on_it) std::erase(all, each.tax);
  for (const PickedTax& each : picked) {
    const TaxType* type = find_type(types, each.tax);
    if (!each.on_it || type == nullptr || !type->applies(kind)) continue;
    if (std::ranges::find(all, each.tax) != all.end()) continue;
    // A line has one VAT: what its product or client asks for stays unless it was taken off.
    const bool has_vat = std::ranges::any_of(all, [&](const std::string& code) {
      const TaxType* other = find_type(types, code);
      return other != nullptr && other->category.has_value();
    });
    if (!type->category || !has_vat) all.push_back(each.tax);
  }
  return joined(all);
}

TaxTreatments::Named& TaxTreatments::named(const Taxed& item) {
  const std::string_view own = item.client_tax.empty() ? item.product_tax : item.client_tax;
  const TaxedKind kind = taxed_kind(item.kind);
  const auto key = std::tuple(own, item.language, kind);
  const auto found = named_.lower_bound(key);
  if (found != named_.end() && !Before{}(key, found->first)) return found->second;
  Named named;
  for (const std::string& code : own.empty() ? default_codes(types_) : split(own)) {
    const TaxType* type = find_type(types_, code);
    if (type != nullptr && !type->applies(kind)) continue;
    named.codes.push_back(code);  // an unknown one is told by treatment_of
    named.by_work_date = named.by_work_date || (type != nullptr && type->by == TaxDate::work_date);
  }
  return named_
      .emplace_hint(found, std::tuple(std::string(own), std::string(item.language), kind),
                    std::move(named))
      ->second;
}

std::uint32_t TaxTreatments::add(TaxTreatment treatment) {
  const auto same = std::ranges::find(treatments_, treatment);
  if (same != treatments_.end()) return static_cast<std::uint32_t>(same - treatments_.begin());
  treatments_.push_back(std::move(treatment));
  return static_cast<std::uint32_t>(treatments_.size() - 1);
}

std::uint32_t TaxTreatments::of(const Taxed& item, std::span<const PickedTax> picked) {
  const std::uint32_t own = of(item);
  const std::string codes = with_picked(at(own).codes, taxed_kind(item.kind), picked, types_);
  if (codes == at(own).codes) return own;
  return add(treatment_of(codes, types_, rate_on_, item.work_on, item.language));
}

std::uint32_t TaxTreatments::of(const Taxed& item) {
  Named& taxes = named(item);
  if (taxes.number) return *taxes.number;
  const auto make = [&] {
    return add(treatment_of(joined(taxes.codes), types_, rate_on_, item.work_on, item.language));
  };
  if (!taxes.by_work_date) return *(taxes.number = make());
  const auto [found, fresh] = by_date_.try_emplace({&taxes, item.work_on}, 0);
  if (fresh) found->second = make();
  return found->second;
}

}  // namespace billctl
