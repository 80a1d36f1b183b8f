// Which invoice, with what on it: scopes, who decides an option, and the draft's own fields.
#include <doctest/doctest.h>

#include "pipeline/drafting_firm.hpp"

using namespace billctl;
using namespace billctl::test;
using Texts = std::vector<std::string>;

namespace {

/// Acme with two engagements: e-one (PO-1, project one) and e-two (PO-2, project two), and project
/// free without one; an hour on each.
class EngagedFirm : public DraftingFirm {
 public:
  explicit EngagedFirm(const std::string& one = "", const std::string& two = "",
                       const std::string& toml = "")
      : DraftingFirm(toml) {
    add("engagements", "code=e-one client=acme po_number=PO-1 " + one);
    add("engagements", "code=e-two client=acme po_number=PO-2 " + two);
    add("projects", "code=one client=acme engagement=e-one");
    add("projects", "code=two client=acme engagement=e-two");
    add("projects", "code=free client=acme");
    for (const std::string project : {"one", "two", "free"}) {
      add("tasks", "code=on-" + project + " project=" + project + " unit_price=80");
      add("entries",
          "id=of-" + project + " task=on-" + project + " member=anna job_type=coding seconds=3600");
    }
  }

  Texts scoped(InvoiceScope scope) {
    GenerateRequest request = october();
    request.choices.scope = scope;
    generate(request);
    Texts drafts;
    for (int i = 1; i <= number("SELECT count(*) FROM invoice"); ++i) {
      const Invoice invoice = draft("DRAFT0000" + std::to_string(i));
      std::string text = invoice.po_number + ":";
      for (const std::string& share : shares(invoice.draft_number))
        text += " " + share.substr(0, share.find(' '));
      drafts.push_back(text);
    }
    return drafts;
  }
};

}  // namespace

TEST_CASE("X29 a client's work goes on one invoice or one for each PO or engagement or project") {
  CHECK(EngagedFirm().scoped(InvoiceScope::client) == Texts{": of-free of-one of-two"});
  CHECK(EngagedFirm().scoped(InvoiceScope::po) ==
        Texts{": of-free", "PO-1: of-one", "PO-2: of-two"});
  CHECK(EngagedFirm().scoped(InvoiceScope::engagement) ==
        Texts{": of-free", "PO-1: of-one", "PO-2: of-two"});
  CHECK(EngagedFirm().scoped(InvoiceScope::project) ==
        Texts{": of-free", "PO-1: of-one", "PO-2: of-two"});
}

TEST_CASE("S4-19 engagements with one PO share an invoice and a project's own PO comes first") {
  EngagedFirm firm;
  firm.change("engagements", "e-two", "po_number=PO-1");
  firm.change("projects", "free", "po_number=PO-9");
  CHECK(firm.scoped(InvoiceScope::po) == Texts{"PO-1: of-one of-two", "PO-9: of-free"});
}

TEST_CASE("the scope is the engagement's and else the client's and else the config's") {
  EngagedFirm firm("invoice_scope=engagement", "", "[invoice]\nscope = \"project\"\n");
  firm.change("clients", "acme", "invoice_scope=client");
  firm.generate();
  // of-one by its engagement; the others by their client.
  CHECK(firm.number("SELECT count(*) FROM invoice") == 2);
  CHECK(firm.rows("SELECT scope FROM invoice ORDER BY id") == "client engagement");
}

TEST_CASE("X29 another bill-to or currency is another invoice") {
  DraftingFirm firm;
  firm.add("projects", "code=paid client=acme bill_to=beta");
  firm.add("projects", "code=dollars client=acme currency=USD");
  firm.add("tasks", "code=paid-dev project=paid unit_price=10");
  firm.add("tasks", "code=dollar-dev project=dollars unit_price=20");
  for (const std::string task : {"dev", "paid-dev", "dollar-dev"})
    firm.add("entries", "id=of-" + task + " task=" + task + " seconds=3600");
  CHECK(firm.drafted(firm.generate()) ==
        Texts{"DRAFT00001 acme 80.00", "DRAFT00002 acme 20.00", "DRAFT00003 acme 10.00"});
  CHECK(firm.draft("DRAFT00002").currency == *Currency::of("USD"));
  CHECK(firm.draft("DRAFT00003").bill_to == firm.client("beta"));
}

TEST_CASE("S4-18 the invoice is in the currency of the engagement") {
  EngagedFirm firm;
  firm.change("engagements", "e-one", "currency=USD");
  firm.change("projects", "one", "currency=USD");
  firm.generate();
  CHECK(firm.rows("SELECT currency FROM invoice ORDER BY id") == "EUR USD");
}

TEST_CASE("each item is grouped as its own engagement and else its client says") {
  EngagedFirm firm("group_hours=employee", "group_hours=lump-sum");
  firm.change("clients", "acme", "group_projects=none");
  firm.generate();
  CHECK(firm.lines() == Texts{"Work, 1 hour | 1 pcs x 80.00 = 80.00",
                              "coding | 1 hour x 80.00 = 80.00",
                              "Anna Ek | 1 hour x 80.00 = 80.00"});
  CHECK(firm.draft().group_hours.empty());
  CHECK(firm.draft().group_projects == "none");
}

TEST_CASE("a flag decides over engagement and client and config") {
  EngagedFirm firm("group_hours=employee annex=entries", "group_hours=lump-sum");
  GenerateRequest request = october();
  request.choices.hours = GroupHours::total_hours;
  request.choices.projects = ProjectGrouping::none;
  request.choices.annex = Annex::entries_anonymous;
  firm.generate(request);
  CHECK(firm.lines() == Texts{"Hours | 3 hour x 80.00 = 240.00"});
  CHECK(firm.draft().group_hours == "total-hours");
  CHECK(firm.draft().annex == "entries-anonymous");
}

TEST_CASE("S4-17 cost centre and terms are the engagements' when they agree") {
  EngagedFirm same("cost_centre=K1 terms=net30", "cost_centre=K1 terms=net30");
  same.generate();
  CHECK(same.draft().cost_centre == "K1");
  CHECK(same.draft().terms == "net30");
  EngagedFirm other("cost_centre=K1 terms=net30", "cost_centre=K2 terms=net7");
  other.change("clients", "acme", "payment_terms=net60");
  other.generate();
  CHECK(other.draft().cost_centre == "");
  CHECK(other.draft().terms == "net60");
  DraftingFirm none;
  none.add("entries", "id=e1 task=dev seconds=3600");
  none.generate();
  CHECK(none.draft().terms == "net14");
}

TEST_CASE("S4-12 the name of a draft follows its scope") {
  EngagedFirm firm("", "",
                   "[invoice]\nscope = \"engagement\"\nname = \"{client}/{engagement}/{po}\"\n");
  firm.generate();
  CHECK(firm.rows("SELECT replace(name, ' ', '_') FROM invoice ORDER BY id") ==
        "Acme_Oy// Acme_Oy/e-one/PO-1 Acme_Oy/e-two/PO-2");
}

TEST_CASE("the rounding mode of an invoice is its client's and stays its own") {
  DraftingFirm firm;
  firm.change("clients", "acme", "rounding_mode=entry");
  for (const std::string id : {"e1", "e2"})
    firm.add("entries", "id=" + id + " task=dev job_type=coding seconds=900 unit_price=27.50");
  firm.generate();
  CHECK(firm.lines() == Texts{"Website: coding | 0.5 hour x 27.50 + 0.01 = 13.76"});
  CHECK(firm.draft().rounding_mode == RoundingMode::entry);
  firm.change("clients", "acme", "rounding_mode=line");
  CHECK(firm.draft().rounding_mode == RoundingMode::entry);
}

TEST_CASE("G2 G3 G4 G5 quantities and amounts as the ledger keeps them") {
  const auto drafted = [](const std::string& toml, const std::vector<int>& minutes,
                          const std::string& price) {
    DraftingFirm firm(toml);
    for (const int& each : minutes) {
      firm.add("entries", "id=m" + std::to_string(each) + "-" + std::to_string(minutes.size()) +
                              std::to_string(&each - minutes.data()) + " task=dev seconds=" +
                              std::to_string(each * 60) + " unit_price=" + price);
    }
    firm.generate();
    return firm.rows("SELECT quantity_micro, amount_minor FROM line");
  };
  const std::string two = "[money]\nquantity_decimals = 2\n";
  CHECK(drafted("", {15, 15}, "27.50") == "500000|1375");
  CHECK(drafted("[money]\nmode = \"entry\"\n", {15, 15}, "27.50") == "500000|1376");
  CHECK(drafted("", {50}, "100") == "833300|8333");
  CHECK(drafted(two, {50}, "100") == "830000|8300");
  CHECK(drafted("", {25}, "34.34") == "416700|1431");
  CHECK(drafted(two, {25}, "34.34") == "420000|1442");
  CHECK(drafted("", {15, 50, 225, 75, 35}, "10") == "6666700|6667");
  CHECK(drafted(two, {15, 50, 225, 75, 35}, "10") == "6670000|6670");
}

TEST_CASE("S4-22 G7 days are billed when the engagement or client or config says so") {
  const auto total = [](const std::string& engagement, const std::string& client,
                        const std::string& config, std::optional<BillBy> flag) {
    DraftingFirm firm("[invoice]\nbill_by = \"" + config + "\"\n");
    firm.add("engagements", "code=eng client=acme " + engagement);
    firm.change("projects", "web", "engagement=eng");
    firm.change("clients", "acme", client);
    firm.add("entries", "id=e1 task=dev member=anna seconds=18000 unit_price=100");
    GenerateRequest request = october();
    request.choices.bill_by = flag;
    firm.generate(request);
    return firm.draft().amounts.excl_tax_minor;
  };
  CHECK(total("", "bill_by=", "hour", {}) == 50000);
  CHECK(total("", "bill_by=", "day", {}) == 80000);
  CHECK(total("", "bill_by=hour", "day", {}) == 50000);
  CHECK(total("bill_by=day", "bill_by=hour", "hour", {}) == 80000);
  CHECK(total("bill_by=day", "bill_by=hour", "hour", BillBy::hour) == 50000);
}

TEST_CASE("S4-25 S4-24 day billing is an adjustment and not part of the starting amount") {
  DraftingFirm firm("[invoice]\nbill_by = \"day\"\n");
  firm.add("entries", "id=e1 task=dev member=anna job_type=coding seconds=18000 unit_price=100");
  firm.add("entries", "id=m1 kind=instalment project=web amount=1000.00");
  firm.generate();
  CHECK(firm.draft().summary == Summary{50000, 30000, 0, 100000});
  CHECK(firm.draft().amounts.excl_tax_minor == 180000);
  CHECK(firm.rows("SELECT kind, line, amount_minor FROM adjustment") == "daily|2|30000");
  CHECK(firm.shares() == Texts{"m1 1000.00", "e1 800.00"});
}

TEST_CASE("tax of category O beside others is split off onto an invoice of its own") {
  DraftingFirm firm(
      "[tax.vat]\nrate = \"25.5\"\ncategory = \"S\"\ndefault = true\n"
      "[tax.outside]\nrate = \"0\"\ncategory = \"O\"\nreason = \"outside the scope of VAT\"\n");
  firm.add("products", "code=fee name=Fee unit=pcs unit_price=50 tax=outside");
  firm.add("entries", "id=e1 task=dev seconds=3600");
  firm.add("entries", "id=e2 kind=goods task=dev product=fee quantity=1 unit=pcs");
  CHECK(firm.drafted(firm.generate()) == Texts{"DRAFT00001 acme 80.00", "DRAFT00002 acme 50.00"});
  CHECK(firm.rows("SELECT invoice_id, category FROM tax_row ORDER BY invoice_id") == "1|S 2|O");

  firm.add("entries", "id=e3 task=dev seconds=3600");
  firm.add("entries", "id=e4 kind=goods task=dev product=fee quantity=1 unit=pcs");
  GenerateRequest request = october();
  request.into = Into::named;
  request.target = "DRAFT00002";
  const GenerateReport report = firm.generate(request);
  CHECK(firm.drafted(report) == Texts{"DRAFT00002 acme 100.00 joined"});
  CHECK(firm.left(report) == Texts{"e3 category_o"});
  CHECK(report.exit() == ExitStatus::partly);
}

TEST_CASE("X28 draft numbers start anew with the year that their format names") {
  DraftingFirm firm("[numbering]\ndraft = { format = \"D{year}-{n:02}\", first = 5 }\n");
  firm.add("entries", "id=e1 task=dev seconds=3600");
  CHECK(firm.drafted(firm.generate()) == Texts{"D2026-05 acme 80.00"});
  firm.set_clock("2027-01-02T06:00:00Z");
  firm.add("entries", "id=e2 task=dev seconds=3600");
  CHECK(firm.drafted(firm.generate()) == Texts{"D2027-01 acme 80.00"});
}
