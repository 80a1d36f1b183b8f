#include "render/ubl_document.hpp"

#include <doctest/doctest.h>

#include "outcome/error.hpp"
#include "text/base64.hpp"

using namespace billctl;

namespace {

Line hours(std::int64_t number, const char* quantity, const char* price,
           std::int64_t amount_minor) {
  Line line;
  line.line = line.position = number;
  line.kind = "time";
  line.description = "Work " + std::to_string(number);
  line.quantity = Decimal::parse(quantity);
  line.unit = "hour";
  line.unit_price = Decimal::parse(price);
  line.amount_minor = amount_minor;
  line.tax = "vat";
  return line;
}

Line words(std::int64_t number, const char* text, std::int64_t task = 0) {
  Line line;
  line.line = line.position = number;
  line.kind = "text";
  line.description = text;
  line.task = TaskId{task};
  return line;
}

TaxRow tax(TaxCategory category, const char* rate, std::int64_t base, std::int64_t amount,
           const Currency currency) {
  TaxRow row{{"vat", category, *Decimal::parse(rate)},
             {base, currency},
             {amount, currency},
             false,
             false,
             "",
             ""};
  if (needs_reason(category)) row.reason = "Because";
  return row;
}

/// One line of 10 x 95.00 with VAT of 25.5 %, issued, with all that Peppol asks for.
PrintedDocument complete() {
  PrintedDocument printed;
  printed.seller.name = "Example Oy";
  printed.seller.address = {"Katu 1", "", "Helsinki", "00100", "", "FI"};
  printed.seller.vat_id = "FI12345671";
  printed.seller.endpoint = "003712345671";
  printed.seller.endpoint_scheme = "0216";
  printed.buyer.name = "Acme";
  printed.buyer.address.country = "FI";
  printed.buyer.endpoint = "003723456786";
  printed.buyer.endpoint_scheme = "0216";
  printed.buyer.buyer_reference = "Ref";
  Invoice& invoice = printed.document.invoice;
  invoice.state = InvoiceState::issued;
  invoice.number = "INV00001";
  invoice.draft_number = "DRAFT00007";
  invoice.currency = Currency::of("EUR").value();
  invoice.invoice_on = Date::parse("2026-11-01");
  invoice.due_on = Date::parse("2026-11-15");
  invoice.period = Period::month(2026, 10);
  invoice.amounts = {95000, 95000, 24225, 119225, 0, 119225};
  printed.document.lines = {hours(1, "10", "95", 95000)};
  printed.document.taxes = {tax(TaxCategory::standard, "25.5", 95000, 24225, invoice.currency)};
  return printed;
}

bool has(const std::string& text, const std::string& piece) {
  return text.find(piece) != std::string::npos;
}

std::string refusal(const PrintedDocument& printed) {
  try {
    ubl_document(printed);
  } catch (const Error& error) {
    return std::string(word(error.code())) + ": " + error.message();
  }
  return "";
}

}  // namespace

TEST_CASE("an invoice with all that Peppol asks for says so") {
  const UblDocument ubl = ubl_document(complete());
  CHECK(ubl.gaps.empty());
  CHECK(has(ubl.xml, "#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0<"));
  CHECK(has(ubl.xml, "<cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0<"));
  CHECK(has(ubl.xml, "<cbc:InvoicedQuantity unitCode=\"HUR\">10<"));
  CHECK(has(ubl.xml, "<cbc:PriceAmount currencyID=\"EUR\">95.00<"));
  CHECK(has(ubl.xml, "<cbc:DueDate>2026-11-15<"));
  CHECK_FALSE(has(ubl.xml, "DRAFT"));
  CHECK_FALSE(has(ubl.xml, "TEST"));
  CHECK(ubl.xml == ubl_document(complete()).xml);
}

TEST_CASE("an invoice that Peppol would refuse is written by EN 16931 alone") {
  PrintedDocument printed = complete();
  printed.buyer.endpoint_scheme.clear();
  printed.buyer.buyer_reference.clear();
  const UblDocument ubl = ubl_document(printed);
  REQUIRE(ubl.gaps.size() == 2);
  CHECK(ubl.gaps.back().detail == "BT-49: the buyer's endpoint has no scheme");
  CHECK(has(ubl.xml, "<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>"));
  CHECK_FALSE(has(ubl.xml, "ProfileID"));
  CHECK_FALSE(has(ubl.xml, "003723456786"));
}

TEST_CASE("what EN 16931 has no place for is refused with every business term") {
  PrintedDocument printed = complete();
  printed.buyer.address.country.clear();
  printed.document.lines[0].unit = "sack";
  CHECK(refusal(printed) ==
        "einvoice_incomplete: invoice INV00001: BT-55: the buyer has no country; "
        "BT-130: line 1 has the unit \"sack\", which is no code of Rec 20");
}

TEST_CASE("a draft is no e-invoice") {
  PrintedDocument printed = complete();
  printed.document.invoice.state = InvoiceState::draft;
  printed.document.invoice.number.clear();
  CHECK(refusal(printed) ==
        "wrong_state: invoice DRAFT00007: not issued, and an e-invoice has a number");
}

TEST_CASE("a credit note has its own root and positive amounts and the invoice that it corrects") {
  PrintedDocument printed = complete();
  Invoice& invoice = printed.document.invoice;
  invoice.type = InvoiceType::credit_note;
  invoice.corrects = InvoiceId{1};
  invoice.amounts = {-95000, -95000, -24225, -119225, -20000, -99225};
  printed.document.lines = {hours(1, "-10", "95", -95001)};
  printed.document.lines[0].allowance_minor = -1;
  printed.document.taxes = {tax(TaxCategory::standard, "25.5", -95001, -24225, invoice.currency)};
  printed.corrects = "INV00000";
  printed.corrects_on = Date::parse("2026-10-01");
  const std::string xml = ubl_document(printed).xml;
  CHECK(
      has(xml, "<CreditNote xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2\""));
  CHECK(has(xml, "<cbc:CreditNoteTypeCode>381<"));
  CHECK(has(xml, "<cbc:CreditedQuantity unitCode=\"HUR\">10<"));
  CHECK(has(xml, "<cbc:ChargeIndicator>true<"));
  CHECK(has(xml, "<cbc:PrepaidAmount currencyID=\"EUR\">200.00<"));
  CHECK(has(xml, "<cbc:PayableAmount currencyID=\"EUR\">992.25<"));
  CHECK(has(xml,
            "<cac:InvoiceDocumentReference>\n      <cbc:ID>INV00000</cbc:ID>\n      "
            "<cbc:IssueDate>2026-10-01</cbc:IssueDate>"));
  CHECK_FALSE(has(xml, "DueDate"));
  CHECK_FALSE(has(xml, ">-"));
}

TEST_CASE("no price is negative: its sign goes to the quantity") {
  PrintedDocument printed = complete();
  printed.document.lines = {hours(1, "10", "-95", -95000)};
  printed.document.taxes[0].base = -printed.document.taxes[0].base;
  printed.document.taxes[0].amount = -printed.document.taxes[0].amount;
  const std::string xml = ubl_document(printed).xml;
  CHECK(has(xml, "<cbc:InvoicedQuantity unitCode=\"HUR\">-10<"));
  CHECK(has(xml, "<cbc:PriceAmount currencyID=\"EUR\">95.00<"));
}

TEST_CASE("lines of text become the note of the line that they stand with") {
  PrintedDocument printed = complete();
  auto& lines = printed.document.lines;
  lines = {words(1, "heading"), hours(2, "5", "95", 47500), words(3, "about two"),
           words(4, "about five", 9), hours(5, "5", "95", 47500)};
  lines[4].task = TaskId{9};
  const std::string xml = ubl_document(printed).xml;
  CHECK(has(xml, "<cbc:ID>2</cbc:ID>\n    <cbc:Note>heading\nabout two</cbc:Note>"));
  CHECK(has(xml, "<cbc:ID>5</cbc:ID>\n    <cbc:Note>about five</cbc:Note>"));
  CHECK_FALSE(has(xml, "<cbc:ID>3</cbc:ID>"));
}

TEST_CASE("the first line of a description names the item and the rest describes it") {
  PrintedDocument printed = complete();
  printed.document.lines[0].description = "Front page\r\ntemplate\nand menu";
  CHECK(has(ubl_document(printed).xml,
            "<cbc:Description>template\nand menu</cbc:Description>\n      "
            "<cbc:Name>Front page</cbc:Name>"));
}

TEST_CASE("category O is written without any VAT id and without a rate") {
  PrintedDocument printed = complete();
  printed.buyer.vat_id = "FI23456786";
  printed.document.invoice.amounts = {95000, 95000, 0, 95000, 0, 95000};
  printed.document.taxes = {
      tax(TaxCategory::outside_scope, "0", 95000, 0, printed.document.invoice.currency)};
  const std::string xml = ubl_document(printed).xml;
  CHECK_FALSE(has(xml, "PartyTaxScheme"));
  CHECK_FALSE(has(xml, "Percent"));
  CHECK(has(xml, "<cac:PartyIdentification>\n        <cbc:ID schemeID=\"0216\">003712345671<"));
}

TEST_CASE("two exemptions of one category are one row with both reasons") {
  PrintedDocument printed = complete();
  const Currency euro = printed.document.invoice.currency;
  printed.document.invoice.amounts = {95000, 95000, 0, 95000, 0, 95000};
  printed.document.lines = {hours(1, "5", "95", 47500), hours(2, "5", "95", 47500)};
  printed.document.lines[1].tax = "other";
  printed.document.taxes = {tax(TaxCategory::exempt, "0", 47500, 0, euro),
                            tax(TaxCategory::exempt, "0", 47500, 0, euro)};
  printed.document.taxes[0].vatex = "VATEX-EU-132";
  printed.document.taxes[1].identity.tax = "other";
  printed.document.taxes[1].reason = "Teaching";
  const std::string xml = ubl_document(printed).xml;
  CHECK(has(xml, "<cbc:TaxableAmount currencyID=\"EUR\">950.00<"));
  CHECK(has(xml, "<cbc:TaxExemptionReason>Because; VATEX-EU-132; Teaching<"));
  CHECK_FALSE(has(xml, "TaxExemptionReasonCode"));
}

TEST_CASE("lines of one tax at two rates say their own") {
  PrintedDocument printed = complete();
  const Currency euro = printed.document.invoice.currency;
  printed.document.lines = {hours(1, "5", "95", 47500), hours(2, "5", "95", 47500)};
  printed.document.lines[0].tax_rate = Decimal::parse("24");
  printed.document.lines[1].tax_rate = Decimal::parse("25.5");
  printed.document.taxes = {tax(TaxCategory::standard, "24", 47500, 11400, euro),
                            tax(TaxCategory::standard, "25.5", 47500, 12113, euro)};
  printed.document.invoice.amounts = {95000, 95000, 23513, 118513, 0, 118513};
  const std::string xml = ubl_document(printed).xml;
  CHECK(has(xml, "<cbc:ID>1</cbc:ID>"));
  CHECK(xml.find("<cbc:Percent>24<", xml.find("InvoiceLine")) <
        xml.find("<cbc:Percent>25.5<", xml.find("InvoiceLine")));
}

TEST_CASE("VAT is told in the accounting currency beside the invoice's own") {
  PrintedDocument printed = complete();
  printed.document.invoice.accounting_currency = "SEK";
  printed.document.invoice.tax_accounting_minor = 278000;
  const std::string xml = ubl_document(printed).xml;
  CHECK(has(xml, "<cbc:TaxCurrencyCode>SEK<"));
  CHECK(has(xml, "<cbc:TaxAmount currencyID=\"SEK\">2780.00</cbc:TaxAmount>\n  </cac:TaxTotal>"));
}

TEST_CASE("amounts of a currency with three digits are written with two") {
  PrintedDocument printed = complete();
  const Currency dinar = Currency::of("KWD").value();
  printed.document.invoice.currency = dinar;
  printed.document.taxes = {tax(TaxCategory::standard, "25.5", 950000, 242250, dinar)};
  printed.document.lines = {hours(1, "10", "95", 950000)};
  printed.document.invoice.amounts = {950000, 950000, 242250, 1192250, 0, 1192250};
  CHECK(has(ubl_document(printed).xml, "<cbc:PayableAmount currencyID=\"KWD\">1192.25<"));
}

TEST_CASE("the note holds what people read and is never taken for a code of its subject") {
  PrintedDocument printed = complete();
  printed.test = true;
  printed.document.invoice.title = "Support";
  printed.document.invoice.notes_at_issue = "see #12a# and\x01 on";
  CHECK(has(ubl_document(printed).xml,
            "<cbc:Note>#AAI#TEST\nSupport\nsee #12a# and\xEF\xBF\xBD on</cbc:Note>"));
}

TEST_CASE("the work behind an invoice goes along as a table") {
  PrintedDocument printed = complete();
  CHECK_FALSE(has(ubl_document(printed).xml, "Attachment"));
  AnnexRow row;
  row.on = Date::parse("2026-10-05").value();
  row.work = "dev";
  row.description = "=1+1";
  row.quantity = Decimal::parse("2").value();
  row.unit = "hour";
  printed.annex = {row};
  CHECK(has(ubl_document(printed).xml,
            "<cbc:EmbeddedDocumentBinaryObject mimeCode=\"text/csv\" "
            "filename=\"INV00001-work.csv\">" +
                base64("date,work,description,quantity,unit,source\r\n"
                       "2026-10-05,dev,'=1+1,2,hour,\r\n") +
                "<"));
  printed.annex[0].member = "Maija";
  CHECK(
      has(ubl_document(printed).xml, base64("date,member,work,description,quantity,unit,source\r\n"
                                            "2026-10-05,Maija,dev,'=1+1,2,hour,\r\n")));
}

TEST_CASE("terms are told in the language of the client") {
  PrintedDocument printed = complete();
  printed.terms.emplace();
  printed.terms->text = "14 days net";
  printed.terms->discount = {7, Decimal::parse("2.5").value()};
  printed.terms->late_interest = Decimal::parse("8");
  printed.seller.terms_of_sale = "https://example.test/terms";
  CHECK(has(ubl_document(printed).xml, "<cbc:Note>14 days net. Cash discount: "));
  CHECK(has(ubl_document(printed).xml, "<cbc:Note>Terms of sale: https://example.test/terms<"));
  printed.language = "fi";
  CHECK(has(ubl_document(printed).xml, "Kassa-alennus: "));
}

TEST_CASE("the period of a line stands inside the invoice's or not at all") {
  PrintedDocument printed = complete();
  Line& line = printed.document.lines[0];
  line.first_on = Date::parse("2026-10-05");
  line.last_on = Date::parse("2026-10-07");
  CHECK(has(ubl_document(printed).xml, "<cbc:StartDate>2026-10-05<"));
  line.last_on = Date::parse("2026-11-01");
  CHECK_FALSE(has(ubl_document(printed).xml, "<cbc:StartDate>2026-10-05<"));
}
