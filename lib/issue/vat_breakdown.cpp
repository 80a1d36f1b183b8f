#include "issue/vat_breakdown.hpp"

#include <algorithm>
#include <set>
#include <string_view>

namespace billctl {
namespace {

std::string in_capitals(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

void append_once(std::string& list, const std::string& text) {
  if (text.empty() || list.find(text) != std::string::npos) return;
  list += (list.empty() ? "" : "; ") + text;
}

/// The exemption reasons of the tax rows that make one row.
void put_reasons(VatRow& row, const std::vector<const TaxRow*>& parts) {
  row.vatex = in_capitals(parts.front()->vatex);
  const bool alike = std::ranges::all_of(
      parts, [&](const TaxRow* part) { return in_capitals(part->vatex) == row.vatex; });
  if (!alike) row.vatex.clear();
  for (const TaxRow* part : parts) {
    append_once(row.reason, part->reason);
    if (!alike) append_once(row.reason, in_capitals(part->vatex));
  }
}

bool lists(const std::string& codes, const std::string& code) {
  return (";" + codes + ";").find(";" + code + ";") != std::string::npos;
}

}  // namespace

std::vector<VatRow> vat_breakdown(const Document& document) {
  std::vector<const TaxRow*> sorted;
  for (const TaxRow& row : document.taxes)
    if (row.identity.category) sorted.push_back(&row);
  const auto same = [](const TaxRow* a, const TaxRow* b) {
    return a->identity.category == b->identity.category && a->identity.rate == b->identity.rate;
  };
  std::ranges::stable_sort(sorted, [](const TaxRow* a, const TaxRow* b) {
    return std::pair(*a->identity.category, a->identity.rate) <
           std::pair(*b->identity.category, b->identity.rate);
  });
  std::vector<VatRow> rows;
  for (std::size_t i = 0; i < sorted.size();) {
    std::vector<const TaxRow*> parts = {sorted[i]};
    while (++i < sorted.size() && same(sorted[i], parts.front())) parts.push_back(sorted[i]);
    const TaxRow& first = *parts.front();
    const Money zero = Money::zero(first.base.currency());
    VatRow row{*first.identity.category, first.identity.rate, zero, zero, "", ""};
    for (const TaxRow* part : parts) {
      row.base += part->base;
      row.amount += part->amount;
    }
    put_reasons(row, parts);
    rows.push_back(std::move(row));
  }
  return rows;
}

bool has_category(const Document& document, TaxCategory category) {
  return std::ranges::any_of(document.taxes,
                             [&](const TaxRow& row) { return row.identity.category == category; });
}

bool has_tax_of_several_rates(const std::vector<TaxRow>& rows) {
  std::set<std::string_view> taxes;
  return std::ranges::any_of(
      rows, [&](const TaxRow& row) { return !taxes.insert(row.identity.tax).second; });
}

const TaxRow* vat_of(const Line& line, const Document& document) {
  const TaxRow* found = nullptr;
  for (const TaxRow& row : document.taxes) {
    if (!row.identity.category || !lists(line.tax, row.identity.tax)) continue;
    if (line.tax_rate && row.identity.rate != *line.tax_rate) continue;
    if (found != nullptr) return nullptr;
    found = &row;
  }
  return found;
}

}  // namespace billctl
