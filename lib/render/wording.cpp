#include "render/wording.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace billctl {
namespace {

using Words = std::array<std::string_view, 4>;  // by Language

constexpr std::array<Words, 43> kPhrases = {{
    {"Invoice", "Lasku", "Faktura", "Rechnung"},
    {"Credit note", "Hyvityslasku", "Kreditfaktura", "Rechnungskorrektur"},
    {"Number", "Laskun numero", "Fakturanummer", "Rechnungsnummer"},
    {"Corrects", "Hyvittää laskua", "Avser faktura", "Zu Rechnung"},
    {"Date", "Päiväys", "Datum", "Datum"},
    {"Due", "Eräpäivä", "Förfaller", "Fällig am"},
    {"Period", "Laskutuskausi", "Period", "Leistungszeit"},
    {"Order number", "Tilausnumero", "Ordernummer", "Bestellnummer"},
    {"Your reference", "Viitteenne", "Er referens", "Ihr Zeichen"},
    {"VAT id", "ALV-tunnus", "Momsnummer", "USt-IdNr."},
    {"Registration", "Y-tunnus", "Org.nr", "Registernummer"},
    {"Description", "Kuvaus", "Beskrivning", "Beschreibung"},
    {"Quantity", "Määrä", "Antal", "Menge"},
    {"Unit", "Yks.", "Enhet", "Einh."},
    {"Unit price", "À-hinta", "À-pris", "Preis"},
    {"Tax", "Vero", "Moms", "Steuer"},
    {"Amount", "Summa", "Belopp", "Betrag"},
    {"allowance", "alennus", "avdrag", "Abschlag"},
    {"charge", "lisä", "tillägg", "Zuschlag"},
    {"Total excluding tax", "Veroton yhteensä", "Summa exkl. moms", "Summe netto"},
    {"{} {} %{} on {}", "{} {} %{}, peruste {}", "{} {} %{} på {}", "{} {} %{} auf {}"},
    {"Total including tax", "Verollinen yhteensä", "Summa inkl. moms", "Summe brutto"},
    {"Prepaid", "Maksettu ennakkoon", "Förskott", "Anzahlung"},
    {"Payable {}", "Maksettavaa {}", "Att betala {}", "Zahlbetrag {}"},
    {"Credited {}", "Hyvitetään {}", "Krediteras {}", "Gutgeschrieben {}"},
    {"Tax in {} at {}", "Vero valuutassa {} kurssilla {}", "Moms i {} till kursen {}",
     "Steuer in {} zum Kurs {}"},
    {"Terms", "Maksuehto", "Betalningsvillkor", "Zahlungsziel"},
    {"Late interest", "Viivästyskorko", "Dröjsmålsränta", "Verzugszinsen"},
    {"{} % a year", "{} % vuodessa", "{} % per år", "{} % pro Jahr"},
    {"Cash discount", "Kassa-alennus", "Kassarabatt", "Skonto"},
    {"{} % when paid within {} days", "{} %, kun maksetaan {} päivän kuluessa",
     "{} % vid betalning inom {} dagar", "{} % bei Zahlung innerhalb von {} Tagen"},
    {"IBAN", "IBAN", "IBAN", "IBAN"},
    {"BIC", "BIC", "BIC", "BIC"},
    {"Reference", "Viite", "Referens", "Verwendungszweck"},
    {"Terms of sale", "Myyntiehdot", "Försäljningsvillkor", "Verkaufsbedingungen"},
    {"Contact", "Yhteystiedot", "Kontakt", "Kontakt"},
    {"Seal", "Sinetti", "Sigill", "Siegel"},
    {"Work behind this invoice", "Laskun perusteena oleva työ", "Arbete bakom fakturan",
     "Leistungen zu dieser Rechnung"},
    {"Work behind this credit note", "Hyvityslaskun perusteena oleva työ",
     "Arbete bakom kreditfakturan", "Leistungen zu dieser Rechnungskorrektur"},
    {"Who", "Tekijä", "Utförd av", "Person"},
    {"Work", "Työ", "Arbete", "Leistung"},
    {"Source", "Lähde", "Källa", "Quelle"},
    {"VOIDED", "MITÄTÖITY", "MAKULERAD", "STORNIERT"},
}};
static_assert(kPhrases.size() == static_cast<std::size_t>(Phrase::voided) + 1);

constexpr std::array<std::pair<std::string_view, Words>, 6> kUnits = {{
    {"hour", {"hour", "h", "tim", "Std."}},
    {"min", {"min", "min", "min", "Min."}},
    {"day", {"day", "pv", "dag", "Tag"}},
    {"pcs", {"pcs", "kpl", "st", "Stk."}},
    {"month", {"month", "kk", "mån", "Monat"}},
    {"week", {"week", "vk", "vecka", "Woche"}},
}};

struct Marks {
  std::string_view thousands;
  std::string_view decimal;
};
// U+00A0, which keeps a number on one line.
constexpr std::array<Marks, 4> kMarks = {
    {{",", "."}, {"\u00A0", ","}, {"\u00A0", ","}, {".", ","}}};

std::size_t at(Language language) {
  return static_cast<std::size_t>(language);
}

std::string two_digits(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

Language language_of(std::string_view tag) {
  constexpr std::array<Language, 4> kAll = {Language::en, Language::fi, Language::sv, Language::de};
  if (tag.size() < 2 || (tag.size() > 2 && tag[2] != '-' && tag[2] != '_')) return Language::en;
  const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  const std::array<char, 2> letters = {small(tag[0]), small(tag[1])};
  for (const Language language : kAll) {
    if (word(language) == std::string_view(letters.data(), 2)) return language;
  }
  return Language::en;
}

std::string_view word(Language language) {
  constexpr std::array<std::string_view, 4> kWords = {"en", "fi", "sv", "de"};
  return kWords[at(language)];
}

std::string phrase(Phrase phrase, Language language,
                   std::initializer_list<std::string_view> blanks) {
  std::string_view rest = kPhrases[static_cast<std::size_t>(phrase)][at(language)];
  std::string text;
  for (const std::string_view blank : blanks) {
    const std::size_t hole = rest.find("{}");
    if (hole == std::string_view::npos) break;
    text.append(rest.substr(0, hole)).append(blank);
    rest.remove_prefix(hole + 2);
  }
  return text.append(rest);
}

std::string number_text(std::string_view exact, Language language) {
  const Marks& marks = kMarks[at(language)];
  const bool negative = !exact.empty() && exact.front() == '-';
  if (negative) exact.remove_prefix(1);
  const std::size_t point = std::min(exact.find('.'), exact.size());
  std::string text = negative ? "-" : "";
  for (std::size_t i = 0; i < point; ++i) {
    if (i > 0 && (point - i) % 3 == 0) text += marks.thousands;
    text += exact[i];
  }
  if (point < exact.size()) text.append(marks.decimal).append(exact.substr(point + 1));
  return text;
}

// English readers write 03/04 for two different days; the ISO form is read alike by all of them.
std::string date_text(Date date, Language language) {
  const Date::Fields fields = date.fields();
  if (language == Language::fi) {
    return std::to_string(fields.day) + '.' + std::to_string(fields.month) + '.' +
           std::to_string(fields.year);
  }
  if (language == Language::de)
    return two_digits(fields.day) + '.' + two_digits(fields.month) + '.' +
           std::to_string(fields.year);
  return date.to_text();
}

std::string unit_text(std::string_view unit, Language language) {
  for (const auto& [ours, words] : kUnits) {
    if (ours == unit) return std::string(words[at(language)]);
  }
  return std::string(unit);
}

}  // namespace billctl
