// Wording: what is printed on paper apart from data, in the language of the client: labels, dates,
// numbers, units. A language that is not here is printed in English.
//
//     1234.5 with 2 digits    en 1,234.50   fi, sv 1 234,50   de 1.234,50
//     2026-11-01              en, sv 2026-11-01   fi 1.11.2026   de 01.11.2026
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "calendar/date.hpp"

namespace billctl {

enum class Language : std::uint8_t { en, fi, sv, de };

/// By the first two letters of a language tag: "fi-FI" -> fi; English for all others.
Language language_of(std::string_view tag);
/// "en", "fi", "sv", "de".
std::string_view word(Language language);

enum class Phrase : std::uint8_t {
  invoice,
  credit_note,
  number,
  corrects,
  date,
  due,
  period,
  po_number,
  buyer_reference,
  vat_id,
  registration,
  description,
  quantity,
  unit,
  unit_price,
  tax,
  amount,
  allowance,
  charge,
  total_excluding,
  tax_on,  ///< tax, rate, category, base
  total_including,
  prepaid,
  payable,   ///< currency
  credited,  ///< currency
  tax_in,    ///< accounting currency, rate of exchange
  terms,
  late_interest,
  percent_a_year,  ///< percent
  discount,
  discount_within,  ///< percent, days
  iban,
  bic,
  reference,
  terms_of_sale,
  contact,
  seal,
  annex_of_invoice,
  annex_of_credit_note,
  member,
  work,
  source,
  voided,
};

/// The phrase with its blanks `{}` filled in their order.
std::string phrase(Phrase phrase, Language language,
                   std::initializer_list<std::string_view> blanks = {});

/// An exact number ("1234.50", "-0.5") as that language writes it. In Finnish and Swedish the
/// thousands are set apart by a blank that does not break.
std::string number_text(std::string_view exact, Language language);
std::string date_text(Date date, Language language);

/// A unit as people write it: hour -> fi "h", de "Std."; units without a habit stay as they are.
std::string unit_text(std::string_view unit, Language language);

}  // namespace billctl
