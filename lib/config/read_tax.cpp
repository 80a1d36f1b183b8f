// [tax.*]: S4-31 to S4-33, pricing.md 7.
#include <algorithm>

#include "config/sections.hpp"

namespace billctl {
namespace {

void read_rate_row(Section section, std::vector<TaxType::RateFrom>& rates) {
  std::optional<Date> from;
  Decimal rate;
  section.missing("from", "a date as \"2026-10-01\"");
  section.missing("rate", "a percentage");
  section.date("from", from);
  section.decimal("rate", rate, percentage());
  section.finish();
  if (!from) return;
  const bool twice = std::any_of(rates.begin(), rates.end(),
                                 [&](const TaxType::RateFrom& row) { return row.from == *from; });
  if (twice) section.wrong("from", "each date once");
  rates.push_back({*from, rate});
}

void read_rates(Section& section, TaxType& tax) {
  if (section.has("rate") && section.has("rates")) {
    section.wrong("rates", "either rate or rates, not both");
  }
  if (!section.has("rates")) section.missing("rate", "a percentage, or rates by date");
  std::optional<Decimal> rate;
  if (section.decimal("rate", rate, percentage())) {
    tax.rates.push_back({Date::first_of_all(), *rate});
  }
  const TomlMember* rows = section.take("rates");
  if (rows == nullptr) {
    section.note("rates", Json());
    return;
  }
  if (rows->value.kind != TomlValue::Kind::array || rows->value.elements.empty()) {
    section.wrong("rates", "a list of rates by date",
                  "for example rates = [{ from = \"2024-09-01\", rate = \"25.5\" }]");
    return;
  }
  for (const TomlValue& row : rows->value.elements) {
    if (row.kind == TomlValue::Kind::table) {
      read_rate_row(Section(section.findings(), section.name("rates"), &row, row.at).unnoted(),
                    tax.rates);
    } else {
      section.findings().mistake(row.at, section.name("rates") + " holds " + seen(row) +
                                             "; needed { from = \"…\", rate = \"…\" }");
    }
  }
  std::stable_sort(tax.rates.begin(), tax.rates.end(),
                   [](const auto& a, const auto& b) { return a.from < b.from; });
  Json noted = Json::array();
  for (const TaxType::RateFrom& row : tax.rates) {
    noted.push(Json::object({{"from", row.from.to_text()}, {"rate", row.rate.to_text()}}));
  }
  section.note("rates", std::move(noted));
}

void read_category(Section& section, TaxType& tax) {
  if (const TomlMember* member = section.take_text("category")) {
    tax.category = tax_category_of(member->value.text);
    if (!tax.category)
      section.no_such_word("category", member->value.text, member->value.at, tax_category_words());
  }
  section.note("category", tax.category ? Json(word(*tax.category)) : Json());
  if (!tax.category || *tax.category == TaxCategory::standard) return;
  const bool charged = std::any_of(tax.rates.begin(), tax.rates.end(),
                                   [](const auto& row) { return !row.rate.is_zero(); });
  if (charged) {
    section.findings().mistake(
        section.at(section.has("rate") ? "rate" : "rates"),
        section.path() + " of category " + std::string(word(*tax.category)) + " needs rate \"0\"",
        "a tax that is charged has category S");
  }
}

void read_applies_to(Section& section, TaxType& tax) {
  const std::vector<std::string> words = taxed_kind_words();
  std::array<bool, 4> applies{};
  const bool there = section.list("applies_to", [&](const std::string& text, const Position& at) {
    if (const auto kind = taxed_kind_of(text)) {
      applies[static_cast<std::size_t>(*kind)] = true;
    } else {
      section.no_such_word("applies_to", text, at, words);
      applies.fill(true);
    }
  });
  if (there) {
    tax.applies_to = applies;
    if (std::none_of(applies.begin(), applies.end(), [](bool applied) { return applied; })) {
      section.wrong("applies_to", "at least one of time, expense, goods, milestone");
    }
  }
  Json list = Json::array();
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (tax.applies_to[i]) list.push(words[i]);
  }
  section.note("applies_to", std::move(list));
}

// One text, or a text for each language.
void read_reason(Section& section, TaxType& tax) {
  const TomlMember* member = section.take("reason");
  Json noted;
  if (member != nullptr && member->value.kind == TomlValue::Kind::table) {
    noted = Json::object();
    for (const TomlMember& language : member->value.members) {
      if (language.value.kind == TomlValue::Kind::text) {
        tax.reason[language.key] = language.value.text;
        noted.set(language.key, language.value.text);
      } else {
        section.findings().mistake(language.value.at, section.name("reason") + '.' + language.key +
                                                          " is " + seen(language.value) +
                                                          "; needed a text");
      }
    }
  } else if (member != nullptr && section.take_text("reason") != nullptr) {
    tax.reason[""] = member->value.text;
    noted = member->value.text;
  }
  section.note("reason", std::move(noted));
}

// Of the taxes an item has by default, at most one carries a category (pricing.md 7); and an
// invoice has at most three (S4-31).
void check_defaults(Section& section, const std::vector<TaxType>& taxes,
                    const std::vector<Position>& default_at) {
  std::size_t defaults = 0;
  std::array<const TaxType*, 4> with_category{};
  const std::vector<std::string> kinds = taxed_kind_words();
  for (std::size_t i = 0; i < taxes.size(); ++i) {
    const TaxType& tax = taxes[i];
    if (!tax.is_default) continue;
    if (++defaults == kTaxTypesMax + 1) {
      section.findings().mistake(default_at[i], "tax." + tax.code +
                                                    " is a fourth default; an invoice has at most "
                                                    "three taxes");
    }
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
      if (!tax.category || !tax.applies_to[kind]) continue;
      if (with_category[kind] != nullptr) {
        section.findings().mistake(default_at[i],
                                   "tax." + tax.code + " and tax." + with_category[kind]->code +
                                       " both are defaults with a category for " + kinds[kind],
                                   "of the taxes of one item at most one has a category");
        break;
      }
      with_category[kind] = &tax;
    }
  }
}

}  // namespace

void read_taxes(Section section, std::vector<TaxType>& taxes) {
  std::vector<Position> default_at;
  for (auto& [code, tax_section] : section.named_tables()) {
    TaxType tax;
    tax.code = code;
    read_rates(tax_section, tax);
    tax_section.word("by", tax.by, tax_date_of, tax_date_words());
    read_category(tax_section, tax);
    read_applies_to(tax_section, tax);
    tax_section.boolean("default", tax.is_default);
    read_reason(tax_section, tax);
    tax_section.text("vatex", tax.vatex);
    default_at.push_back(tax_section.at("default"));
    tax_section.finish();
    taxes.push_back(std::move(tax));
  }
  check_defaults(section, taxes, default_at);
  section.finish();
}

}  // namespace billctl
