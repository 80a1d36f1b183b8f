// Readiness for the e-invoice: what would make the UBL invalid is told before a number is taken.
#include <doctest/doctest.h>

#include "pipeline/desk.hpp"
#include "pipeline/render_invoice.hpp"
#include "render/ubl_document.hpp"

using namespace billctl;
using namespace billctl::test;

namespace {

const std::string kComplete = R"(
[tenant]
code = "main"
test = true
currency = "EUR"
name = "Example Oy"
street = "Katu 1"
city = "Helsinki"
postal_code = "00100"
country = "FI"
vat_id = "FI12345671"
endpoint = "003712345671"
endpoint_scheme = "0216"
iban = "FI2112345600000785"
[einvoice]
require = "always"
[tax.zero]
rate = "0"
category = "Z"
[tax.exempt]
rate = "0"
category = "E"
reason = "Teaching"
[tax.inside]
rate = "0"
category = "K"
vatex = "VATEX-EU-IC"
[tax.export]
rate = "0"
category = "G"
vatex = "VATEX-EU-G"
[tax.outside]
rate = "0"
category = "O"
reason = "Outside the scope of VAT"
[tax.unreasoned]
rate = "0"
category = "G"
[tax.chatty]
rate = "10"
category = "S"
reason = "because"
[tax.free]
rate = "0"
category = "S"
[tax.invented]
rate = "0"
category = "E"
vatex = "VATEX-EU-XYZ"
[tax.mistaken]
rate = "0"
category = "E"
vatex = "VATEX-EU-AE"
[tax.city]
rate = "2"
)";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

/// A firm whose invoices lack nothing.
struct Firm {
  explicit Firm(const std::string& toml = kComplete) : desk(toml) {
    desk.firm().execute(
        "UPDATE client SET vat_id = 'FI23456786', buyer_reference = 'Ref 1', "
        "endpoint = '003723456786', endpoint_scheme = '0216'");
  }

  /// The details against the draft, ` | ` between; empty when it was issued.
  std::string against(const std::string& draft) {
    const Report report = desk.issue({draft});
    std::string details;
    for (const Json& refused : report.body["refused"].as_array()) {
      for (const Json& reason : refused["reasons"].as_array()) {
        CHECK(reason["code"] == Json("einvoice_incomplete"));
        details += (details.empty() ? "" : " | ") + reason["detail"].as_string();
      }
    }
    if (!details.empty())
      CHECK(desk.firm().ask("SELECT count(*) FROM invoice WHERE number IS NOT NULL") == "0");
    return details;
  }
  /// With one thing spoilt once the draft is made.
  std::string spoilt(const std::string& sql, const DeskDraft& draft = {}) {
    const std::string name = desk.draft(draft);
    if (!sql.empty()) desk.firm().execute(sql);
    return against(name);
  }
  std::string taxed(const std::string& tax) { return spoilt("", {.lines = {{"1", "100", tax}}}); }

  Desk desk;
};

std::string with_seller(const std::string& from, const std::string& to) {
  return Firm(replaced(kComplete, from, to)).spoilt("");
}

}  // namespace

TEST_CASE("an invoice that lacks nothing gets its number") {
  Firm firm;
  CHECK(firm.spoilt("") == "");
  CHECK(firm.desk.header("INV00001").number == "INV00001");
}

TEST_CASE("what the seller lacks for an e-invoice is told by its business term") {
  CHECK(with_seller("name = \"Example Oy\"\n", "") ==
        "BT-27: the seller has no name ([tenant] name)");
  CHECK(with_seller("endpoint = \"003712345671\"\n", "") ==
        "BT-34: the seller has no endpoint ([tenant] endpoint)");
  CHECK(with_seller("endpoint_scheme = \"0216\"\n", "") ==
        "BT-34: the seller's endpoint has no scheme ([tenant] endpoint_scheme)");
  CHECK(with_seller("\"0216\"", "\"1234\"") ==
        "BT-34: the seller's endpoint has the scheme 1234, which is none of the list ([tenant] "
        "endpoint_scheme)");
  CHECK(with_seller("country = \"FI\"\n", "") ==
        "BT-40: the seller has no country ([tenant] country)");
  CHECK(with_seller("country = \"FI\"", "country = \"QQ\"") ==
        "BT-40: QQ, the country of the seller, is no code of ISO 3166 ([tenant] country)");
  CHECK(with_seller("vat_id = \"FI12345671\"\n", "") ==
        "BT-31: the seller has no VAT id ([tenant] vat_id)");
  CHECK(with_seller("FI12345671", "FI123") == "BT-31: FI123 is no VAT id ([tenant] vat_id)");
  CHECK(with_seller("FI12345671", "QQ12345") == "BT-31: QQ12345 is no VAT id ([tenant] vat_id)");
  CHECK(with_seller("FI2112345600000785", "FI2112345600000786") ==
        "BT-84: the IBAN FI2112345600000786 has wrong check digits ([tenant] iban)");
}

TEST_CASE("what the buyer lacks for an e-invoice is told by its business term") {
  const auto buyer = [](const std::string& set) {
    return Firm().spoilt("UPDATE client SET " + set);
  };
  CHECK(buyer("name = ' '") == "BT-44: the buyer has no name");
  CHECK(buyer("endpoint = ''") == "BT-49: the buyer has no endpoint");
  CHECK(buyer("endpoint_scheme = ''") == "BT-49: the buyer's endpoint has no scheme");
  CHECK(buyer("endpoint_scheme = 'FI'") ==
        "BT-49: the buyer's endpoint has the scheme FI, which is none of the list");
  CHECK(buyer("endpoint = '4012345000008', endpoint_scheme = '0088'") ==
        "BT-49: the buyer's endpoint 4012345000008 has wrong check digits for scheme 0088");
  CHECK(buyer("endpoint = '4012345000009', endpoint_scheme = '0088'") == "");
  CHECK(buyer("endpoint = '0403170701', endpoint_scheme = '0208'") == "");
  CHECK(buyer("endpoint = '0403170702', endpoint_scheme = '0208'") ==
        "BT-49: the buyer's endpoint 0403170702 has wrong check digits for scheme 0208");
  CHECK(buyer("endpoint = '974760673', endpoint_scheme = '0192'") == "");
  CHECK(buyer("endpoint = '974760674', endpoint_scheme = '0192'") ==
        "BT-49: the buyer's endpoint 974760674 has wrong check digits for scheme 0192");
  CHECK(buyer("country = ''") == "BT-55: the buyer has no country");
  CHECK(buyer("country = 'EL'") == "BT-55: EL, the country of the buyer, is no code of ISO 3166");
  CHECK(buyer("vat_id = 'FI1'") == "BT-48: FI1 is no VAT id");
  CHECK(buyer("vat_id = '12345678'") == "BT-48: 12345678 is no VAT id");
  CHECK(buyer("buyer_reference = ''") ==
        "BT-10: there is no buyer reference and no PO number (BT-13)");
  CHECK(buyer("vat_id = ''") == "");
}

TEST_CASE("a PO number stands in for a buyer reference") {
  Firm firm;
  firm.desk.firm().execute("UPDATE client SET buyer_reference = ''");
  CHECK(firm.spoilt("UPDATE invoice SET po_number = 'PO-7'") == "");
}

TEST_CASE("the category of a tax says which VAT ids and reasons it needs") {
  CHECK(Firm().taxed("zero") == "");
  CHECK(Firm().taxed("exempt") == "");
  CHECK(Firm().taxed("inside") == "");
  CHECK(Firm().taxed("reverse_charge") == "");
  const auto nameless = [](const std::string& tax, const std::string& set) {
    Firm firm;
    firm.desk.firm().execute("UPDATE client SET vat_id = ''" + set);
    return firm.taxed(tax);
  };
  CHECK(nameless("reverse_charge", "") ==
        "BT-48: the buyer has no VAT id, which category AE needs");
  CHECK(nameless("reverse_charge", ", registration_id = '1234567-8'") == "");
  CHECK(nameless("inside", ", registration_id = '1234567-8'") ==
        "BT-48: the buyer has no VAT id, which category K needs");
  CHECK(nameless("export", "") == "");
  CHECK(Firm().taxed("unreasoned") ==
        "BT-120: category G needs an exemption reason (reason or vatex under [tax.*])");
  CHECK(Firm().taxed("chatty") ==
        "BT-120: category S takes no exemption reason (reason, vatex under [tax.*])");
  CHECK(Firm().taxed("free") == "BT-119: category S needs a rate above 0; category Z is for 0");
  CHECK(Firm().taxed("invented") == "BT-121: VATEX-EU-XYZ is no code of the VATEX list");
  CHECK(Firm().taxed("mistaken") == "BT-121: VATEX-EU-AE is not for category E");
}

TEST_CASE("category O stands alone and names the seller by other ids than VAT") {
  CHECK(Firm().taxed("outside") == "");
  CHECK(Firm().spoilt("", {.lines = {{"1", "100", "outside"}, {"1", "100", "vat"}}}) ==
        "BT-118: category O must be alone on its invoice");
  const std::string routed =
      replaced(replaced(kComplete, "\"003712345671\"", "\"FI12345671\""), "\"0216\"", "\"9930\"");
  CHECK(Firm(routed).taxed("outside") ==
        "BT-30: category O forbids the VAT id, and the seller has no registration id ([tenant] "
        "registration_id)");
  CHECK(Firm(replaced(routed, "iban", "registration_id = \"1234567-1\"\niban")).taxed("outside") ==
        "");
}

TEST_CASE("a tax that is no VAT has no place on an e-invoice") {
  CHECK(Firm().taxed("vat;city") ==
        "BT-118: tax city has no VAT category, and an e-invoice knows no other taxes");
  CHECK(Firm().taxed("city") ==
        "BT-151: line 1 needs one tax with a VAT category | "
        "BT-118: tax city has no VAT category, and an e-invoice knows no other taxes");
  CHECK(Firm().taxed("") == "BT-151: line 1 needs one tax with a VAT category");
}

TEST_CASE("lines have a unit of Rec 20 and a name and multiply") {
  const auto line = [](const std::string& set) { return Firm().spoilt("UPDATE line SET " + set); };
  CHECK(line("unit = 'sack'") ==
        "BT-130: line 1 has the unit \"sack\", which is no code of Rec 20");
  CHECK(line("unit = 'HUR'") == "");
  CHECK(line("description = ' '") == "BT-153: line 1 has no description");
  CHECK(line("amount_minor = 9999") == "BT-131: the amount of line 1 is not its quantity x price");
  CHECK(line("allowance_minor = -1, amount_minor = 9999") == "");
}

TEST_CASE("an amount to pay has a due date or a text of terms") {
  const std::string mute = kComplete + "[terms.mute]\nlate_interest = \"8\"\n";
  CHECK(Firm(mute).spoilt("", {.terms = "mute"}) ==
        "BT-9: there is no due date and no text of terms (BT-20); set days or text under "
        "[terms.*]");
  CHECK(Firm(mute).spoilt("", {.terms = "never"}) == "");
  CHECK(Firm(mute).spoilt("", {.lines = {{"0", "100"}}, .terms = "mute"}) == "");
}

TEST_CASE("a typed-in tax may be off by less than a whole unit and only of category S") {
  const auto typed = [](const std::string& tax, const std::string& minor) {
    return Firm().spoilt("UPDATE tax_row SET overridden = 1, amount_minor = " + minor,
                         {.lines = {{"1", "100", tax}}});
  };
  CHECK(typed("vat", "2649") == "");
  CHECK(typed("vat", "2650") ==
        "BT-117: the tax of 26.50 on 100.00 at 25.5 % is not what EN 16931 lets pass");
  CHECK(typed("zero", "1") == "BT-117: category Z has no tax, and it is 0.01");
}

TEST_CASE("taxes of one rate may be a yen off when each is rounded by itself") {
  const std::string twice = replaced(kComplete, "\"EUR\"", "\"JPY\"") +
                            "[tax.second]\nrate = \"25.5\"\ncategory = \"S\"\n";
  const DeskDraft draft = {.currency = "JPY", .lines = {{"1", "1001"}, {"1", "1001", "second"}}};
  CHECK(Firm(twice).spoilt("", draft) == "");  // 255.255 twice is 510, and of 2002 it is 510.51
  CHECK(Firm(twice)
            .spoilt("UPDATE tax_row SET overridden = 1, amount_minor = amount_minor + 1", draft)
            .substr(0, 6) == "BT-117");
}

TEST_CASE("amounts have two decimals and a currency of the list") {
  const auto in = [](const std::string& currency, const std::string& price) {
    Firm firm(replaced(kComplete, "\"EUR\"", "\"" + currency + "\""));
    return firm.spoilt("", {.currency = currency, .lines = {{"1", price, "zero"}}});
  };
  CHECK(in("KWD", "1.230") == "");
  CHECK(in("KWD", "1.234") ==
        "BT-5: an amount in KWD has more than 2 decimals, which is the most that EN 16931 takes");
  CHECK(in("HRK", "1") == "BT-5: HRK is not in the list of currencies of EN 16931");
}

TEST_CASE("S3-21 all that an e-invoice lacks is told at once") {
  Firm firm(replaced(kComplete, "vat_id = \"FI12345671\"\n", ""));
  firm.desk.firm().execute("UPDATE client SET country = '', buyer_reference = ''");
  CHECK(firm.spoilt("UPDATE line SET unit = 'sack'") ==
        "BT-10: there is no buyer reference and no PO number (BT-13) | "
        "BT-31: the seller has no VAT id ([tenant] vat_id) | "
        "BT-55: the buyer has no country | "
        "BT-130: line 1 has the unit \"sack\", which is no code of Rec 20");
}

TEST_CASE("what an issued e-invoice says of rates and contract stays when the books change") {
  const std::string moving = kComplete + R"(
[tax.moving]
rates = [{ from = "2020-01-01", rate = "24" }, { from = "2026-10-16", rate = "25.5" }]
by = "work_date"
category = "S"
)";
  Firm firm(moving);
  Fixture& books = firm.desk.firm();
  books.add("engagements", "code=frame client=acme contract=C-7");
  const std::string name =
      firm.desk.draft({.lines = {{"1", "100", "moving"}, {"2", "100", "moving"}}});
  books.execute("UPDATE invoice SET engagement_id = (SELECT id FROM engagement)");
  books.execute("UPDATE line SET first_on = '2026-10-20' WHERE line = 2");
  REQUIRE(firm.against(name) == "");
  CHECK(books.rows("SELECT line, tax_rate_micro FROM line ORDER BY line") ==
        "1|24000000 2|25500000");
  const auto ubl = [&] {
    Session session = firm.desk.session();
    std::string xml;
    session.ledger.read(
        [&] { xml = ubl_document(PrintRoom(session).invoice("INV00001").printed).xml; });
    return xml;
  };
  const std::string before = ubl();
  CHECK(before.find("<cbc:ID>C-7</cbc:ID>") != std::string::npos);
  books.execute("UPDATE engagement SET contract = 'C-8'");
  books.configure(replaced(moving, "2026-10-16", "2026-10-26"));
  CHECK(ubl() == before);
}

TEST_CASE("a line keeps a rate of its own only where its tax rows do not say it") {
  Firm firm;
  REQUIRE(firm.spoilt("", {.lines = {{"1", "100", "vat"}, {"1", "100", "zero"}}}) == "");
  CHECK(firm.desk.firm().ask("SELECT count(tax_rate_micro) FROM line") == "0");
}

TEST_CASE("einvoice.require says for whom the e-invoice must be ready") {
  const auto issues = [](const char* require, const char* endpoint) {
    Firm firm(replaced(kComplete, "\"always\"", "\"" + std::string(require) + "\""));
    firm.desk.firm().execute("UPDATE client SET buyer_reference = '', endpoint = '" +
                             std::string(endpoint) + "'");
    return firm.spoilt("") == "";
  };
  CHECK_FALSE(issues("always", ""));
  CHECK_FALSE(issues("endpoint", "003723456786"));
  CHECK(issues("endpoint", ""));
  CHECK(issues("never", "003723456786"));
}

TEST_CASE("a tax that is odd for the buyer's country is a warning") {
  const auto warned = [](const std::string& tax, const std::string& country,
                         const std::string& vat_id) {
    Firm firm;
    firm.desk.firm().execute("UPDATE client SET country = '" + country + "', vat_id = '" + vat_id +
                             "'");
    firm.desk.draft({.lines = {{"1", "100", tax}}});
    const Report report = firm.desk.issue({"DRAFT00001"});
    CHECK(report.exit == ExitStatus::done);
    std::string text;
    for (const Json& warning : report.body["warnings"].as_array()) {
      CHECK(warning["code"] == Json("tax_country"));
      text += warning["detail"].as_string();
    }
    return text;
  };
  CHECK(warned("vat", "FI", "FI23456786") == "");
  CHECK(warned("inside", "FI", "FI23456786").find("category K is for buyers in another EU") !=
        std::string::npos);
  CHECK(warned("export", "SE", "").find("category G is for buyers outside the EU") !=
        std::string::npos);
  CHECK(warned("vat", "SE", "SE556677889901").find("is it not reverse charge?") !=
        std::string::npos);
  CHECK(warned("vat", "US", "").find("category S for a buyer outside the EU, in US") !=
        std::string::npos);
  CHECK(warned("inside", "SE", "SE556677889901") == "");
}
