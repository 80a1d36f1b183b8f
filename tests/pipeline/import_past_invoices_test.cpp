#include <doctest/doctest.h>

#include "ledger/outbox.hpp"
#include "pipeline/importing.hpp"
#include "pipeline/list_invoices.hpp"
#include "pipeline/render_invoice.hpp"
#include "pipeline/show_invoice.hpp"
#include "pipeline/verify.hpp"

using namespace billctl;
using billctl::test::Importing;

namespace {

constexpr const char* kVat = "[tax.vat]\nrate = \"25.5\"\ncategory = \"S\"\ndefault = true\n";
const std::string kHead = "number,date,client,currency,excl_tax,tax,incl_tax,po_number\n";

class History : public Importing {
 public:
  explicit History(const std::string& toml = kVat) : Importing(toml) {
    import("clients", "code,name\nacme,Acme Oy\nbeta,Beta AB\n");
  }

  Json show(const std::string& number) {
    Session session = this->session();
    return show_invoice(session, number);
  }

  Json list() {
    Session session = this->session();
    return list_invoices(session, {})["invoices"];
  }
};

}  // namespace

TEST_CASE("a past invoice is listed and shown as issued and the same file again changes nothing") {
  History firm;
  const std::string file = kHead +
                           "2024-1,2024-05-31,acme,EUR,1000.00,240.00,1240.00,PO7\n"
                           "2024-2,2024-06-30,beta,JPY,500,0,500,\n";
  CHECK(Importing::counts(firm.import("past_invoices", file)) == "2 0 0");
  CHECK(Importing::counts(firm.import("past_invoices", file)) == "0 0 2");
  CHECK(Importing::counts(firm.import("past_invoices", "number,client\n2024-1,acme\n")) == "0 0 1");
  REQUIRE(firm.list().as_array().size() == 2);
  const Json first = firm.list().as_array().front();
  CHECK(first["number"].as_string() == "2024-1");
  CHECK(first["state"].as_string() == "issued");
  CHECK(first["amounts"]["payable"].as_string() == "1240.00");
  const Json shown = firm.show("2024-1");
  CHECK(shown["draft_number"].is_null());
  CHECK(shown["seal"].is_null());
  CHECK(shown["po_number"].as_string() == "PO7");
  CHECK(shown["buyer"]["name"].as_string() == "Acme Oy");
  CHECK(shown["lines"].as_array().front()["amount"].as_string() == "1000.00");
  CHECK(shown["summary"]["net"].as_string() == "1240.00");
  CHECK(firm.show("2024-2")["taxes"].as_array().empty());
  CHECK(verify(firm.session(), {}).exit == ExitStatus::done);
}

TEST_CASE("the tax of a past invoice keeps its amount and the rate that it had") {
  History firm(std::string(kVat) + "[tax.low]\nrate = \"14\"\ncategory = \"S\"\n");
  firm.import("past_invoices", kHead +
                                   "a,2024-05-31,acme,EUR,1000.00,240.00,1240.00,\n"
                                   "b,2024-05-31,acme,EUR,100.10,25.53,125.63,\n"
                                   "c,2024-05-31,acme,EUR,10.00,1.40,11.40,\n"
                                   "d,2024-05-31,acme,EUR,-50.00,-12.00,-62.00,\n");
  CHECK(firm.rows("SELECT v.number, t.tax, t.rate_micro, t.amount_minor, t.overridden FROM tax_row "
                  "AS t JOIN invoice AS v ON v.id = t.invoice_id ORDER BY v.id") ==
        "a|vat|24000000|24000|1 b|vat|25500000|2553|1 c|low|14000000|140|1 d|vat|24000000|-1200|1");
  CHECK(firm.rows("SELECT quantity_micro, unit_price_micro, amount_minor, tax FROM line "
                  "ORDER BY invoice_id DESC LIMIT 1") == "-1000000|50000000|-5000|vat");
  CHECK(verify(firm.session(), {}).exit == ExitStatus::done);
}

TEST_CASE("a past invoice that can not be history is refused with its place") {
  History firm;
  const auto refused = [&](const std::string& row) {
    return firm.refused("past_invoices", kHead + row + "\n");
  };
  CHECK(refused("a,2024-05-31,acme,EUR,1000.00,240.00,1240.01,") ==
        "x.csv:2:38: incl_tax is \"1240.01\", not excl_tax + tax, which is 1240.00");
  CHECK(refused("a,2024-05-31,nobody,EUR,1,0,1,") ==
        "x.csv:2:14: client is \"nobody\", none of the clients");
  CHECK(refused("a,2024-05-31,acme,EUR,0,1,1,") == "x.csv:2:25: tax is \"1\", a tax on nothing");
  CHECK(refused("a,2024-05-31,acme,EUR,1.001,0,1.001,").starts_with("x.csv:2:23: excl_tax is"));
  CHECK(refused("a,,acme,EUR,1,0,1,") == "x.csv:2:3: date is missing");
  CHECK(refused("a,2024-05-31,acme,EUR,1,0,1,\na,2024-05-31,acme,EUR,1,0,1,") ==
        "x.csv:3:1: \"a\" is there twice in this file");
  CHECK(firm.number("SELECT count(*) FROM invoice") == 0);
}

TEST_CASE("X28 a past invoice takes no number that a series could give or that is there") {
  History firm;
  const auto refused = [&](const std::string& number) {
    return firm.refused("past_invoices", kHead + number + ",2024-05-31,acme,EUR,1,0,1,\n");
  };
  CHECK(refused("INV00042") ==
        "x.csv:2:1: number is \"INV00042\", a number that the series INV{n:05} could give");
  CHECK(refused("DRAFT00001").starts_with("x.csv:2:1: number is"));
  CHECK(refused("INV42").empty());
  CHECK(firm.refused("past_invoices", kHead + "INV42,2024-05-31,acme,EUR,2,0,2,\n") ==
        "x.csv:2:27: excl_tax is \"2\", \"1.00\" in the ledger\n"
        "x.csv:2:31: incl_tax is \"2\", \"1.00\" in the ledger");
  CHECK(firm.refused("past_invoices", kHead + "INV42,2024-05-31,beta,EUR,1,0,1,\n") ==
        "x.csv:2:18: client is \"beta\", \"acme\" in the ledger");
}

TEST_CASE("past invoices come with their clients in one import and not with wrong ones") {
  Importing firm(kVat);
  firm.import_all({{"past_invoices", kHead + "a,2024-05-31,new,EUR,1.00,0,1.00,\n"},
                   {"clients", "code,name\nnew,New\n"}});
  CHECK(firm.rows("SELECT number, imported FROM invoice") == "a|1");
  const auto wrong = [&] {
    firm.import_all({{"past_invoices", kHead + "b,2024-05-31,bad,EUR,1.00,0,1.00,\n"},
                     {"clients", "code,name,currency\nbad,Bad,EUX\n"}});
  };
  CHECK(Importing::refusal(wrong) == "clients.csv:2:9: currency is \"EUX\", no currency");
}

TEST_CASE("a past invoice is frozen and nothing sends it on") {
  History firm;
  firm.import("past_invoices", kHead + "a,2024-05-31,acme,EUR,1.00,0,1.00,\n");
  CHECK(Outbox(firm.ledger(), firm.tenant()).issued_unqueued("books").empty());
  Session session = firm.session();
  session.ledger.read([&] {
    PrintRoom room(session);
    CHECK_THROWS_AS(room.invoice("a"), Error);
    CHECK(room.issued({}).empty());
  });
  CHECK_THROWS(firm.execute("UPDATE invoice SET imported = 0"));
  CHECK_THROWS(firm.execute("UPDATE invoice SET payable_minor = 1"));
  CHECK_THROWS(firm.execute("DELETE FROM invoice"));
}
