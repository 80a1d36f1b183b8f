#include "render/papers.hpp"

#include <map>

#include "money/tax.hpp"

namespace billctl::test {
namespace {

const Currency kEuro = *Currency::of("EUR");

Line line_of(const SampleLine& sample, std::int64_t number) {
  Line line;
  line.line = line.position = number;
  line.description = sample.description;
  if (sample.quantity.empty()) {
    line.kind = "text";
    return line;
  }
  line.kind = "time";
  line.quantity = Decimal::parse(sample.quantity);
  line.unit = "hour";
  line.unit_price = Decimal::parse(sample.price);
  line.amount_minor = amount(*line.quantity, *line.unit_price, kEuro, Rounding::half_away).minor();
  line.tax = sample.tax;
  return line;
}

AppliedTax tax_of_line(const std::string& code) {
  if (code == "reverse_charge") {
    return {{code, TaxCategory::reverse_charge, Decimal()}, "Reverse charge", "VATEX-EU-AE"};
  }
  return {{code, TaxCategory::standard, *Decimal::parse("25.5")}, "", ""};
}

void put_totals(Document& document) {
  std::map<std::string, AppliedTax> taxes;
  for (const Line& line : document.lines) taxes[line.tax] = tax_of_line(line.tax);
  std::vector<TaxedAmount> amounts;
  Amounts& totals = document.invoice.amounts;
  for (const Line& line : document.lines) {
    if (!line.quantity) continue;
    amounts.push_back({{&taxes[line.tax], 1}, Money(line.amount_minor, kEuro)});
    totals.lines_minor += line.amount_minor;
  }
  document.taxes = tax_rows(amounts, kEuro, Rounding::half_away);
  totals.excl_tax_minor = totals.lines_minor;
  totals.tax_minor = total_tax(document.taxes, kEuro).minor();
  totals.incl_tax_minor = totals.payable_minor = totals.excl_tax_minor + totals.tax_minor;
}

}  // namespace

PrintedDocument sample(const std::vector<SampleLine>& lines) {
  PrintedDocument printed;
  Invoice& invoice = printed.document.invoice;
  invoice.state = InvoiceState::issued;
  invoice.number = "INV00042";
  invoice.currency = kEuro;
  invoice.invoice_on = Date::of(2026, 11, 1);
  invoice.due_on = Date::of(2026, 11, 15);
  invoice.period = Period::from_to(*Date::of(2026, 10, 1), *Date::of(2026, 10, 31));
  invoice.po_number = "PO-7";
  invoice.seal = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  for (const SampleLine& each : lines) {
    printed.document.lines.push_back(
        line_of(each, static_cast<std::int64_t>(printed.document.lines.size()) + 1));
  }
  put_totals(printed.document);
  printed.seller.name = "Example Oy";
  printed.seller.address = {"Myyjänkatu 1", "", "Helsinki", "00100", "", "FI"};
  printed.seller.vat_id = "FI12345671";
  printed.seller.iban = "FI2112345600000785";
  printed.seller.bic = "NDEAFIHH";
  printed.seller.contact_name = "Billing";
  printed.buyer.name = "Acme Oy";
  printed.buyer.address = {"Katu 1", "", "Espoo", "02100", "", "FI"};
  printed.buyer.buyer_reference = "Maija";
  printed.terms = PaymentTerms{"net14", 14, "14 days net", Decimal::parse("8.5"),
                               PaymentTerms::Discount{7, *Decimal::parse("2")}};
  return printed;
}

PrintedDocument sample_credit_note() {
  PrintedDocument printed = sample({{"Design", "-10", "95"}});
  printed.document.invoice.type = InvoiceType::credit_note;
  printed.corrects = "INV00041";
  return printed;
}

std::size_t count(std::string_view text, std::string_view piece) {
  std::size_t times = 0;
  for (std::size_t at = text.find(piece); at != std::string_view::npos;
       at = text.find(piece, at + piece.size())) {
    ++times;
  }
  return times;
}

std::string tiny_png() {
  constexpr std::string_view kBytes(
      "\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x02\x00"
      "\x00\x00\x01\x08\x02\x00\x00\x00\x7b\x40\xe8\xdd\x00\x00\x00\x0d\x49\x44\x41\x54\x78"
      "\x9c\x63\x38\xc1\x00\x04\x27\x00\x05\x7f\x01\x91\xce\xfd\x57\x21\x00\x00\x00\x00\x49"
      "\x45\x4e\x44\xae\x42\x60\x82",
      70);
  return std::string(kBytes);
}

}  // namespace billctl::test
