#include "pipeline/drafting_firm.hpp"

#include "pipeline/compile.hpp"

namespace billctl::test {

DraftingFirm::DraftingFirm(const std::string& toml) : Fixture(toml) {
  add("members", "code=anna name='Anna Ek'");
  add("members", "code=bo name='Bo Berg'");
  add("job_types", "code=coding");
  add("job_types", "code=drawing");
  add("clients", "code=acme name='Acme Oy'");
  add("clients", "code=beta name='Beta Ab'");
  add("projects", "code=web name=Website client=acme");
  add("projects", "code=shop name=Shop client=beta");
  add("tasks", "code=dev project=web unit_price=80");
  add("tasks", "code=design project=web unit_price=95");
  add("tasks", "code=shop-dev project=shop unit_price=70");
}

void DraftingFirm::compile() {
  Session session = Fixture::session();
  ledger().write(DryRun::no, [&] { compile_entries(session, {}); });
}

GenerateReport DraftingFirm::generate(const GenerateRequest& request, DryRun dry_run) {
  compile();
  Session session = Fixture::session(dry_run);
  GenerateReport details;
  billctl::generate(session, request, Json::object(), &details);
  return details;
}

GenerateReport DraftingFirm::generate() {
  return generate(october());
}

Invoice DraftingFirm::draft(const std::string& number) {
  Invoices invoices(ledger(), tenant());
  return invoices.header(invoices.named(number));
}

std::vector<std::string> DraftingFirm::lines(const std::string& number) {
  Invoices invoices(ledger(), tenant());
  const Invoice invoice = draft(number);
  std::vector<std::string> texts;
  for (const Line& line : invoices.lines(invoice.id)) {
    std::string text = line.description;
    if (line.quantity) {
      text += " | " + line.quantity->to_text() + " " + line.unit + " x " +
              line.unit_price->to_text(invoice.currency.digits());
      if (line.allowance_minor != 0)
        text += " + " + Money(line.allowance_minor, invoice.currency).to_text();
      text += " = " + Money(line.amount_minor, invoice.currency).to_text();
    }
    texts.push_back(text);
  }
  return texts;
}

std::vector<std::string> DraftingFirm::drafted(const GenerateReport& report) {
  std::vector<std::string> texts;
  for (const DraftedInvoice& invoice : report.invoices) {
    const std::string client =
        ask("SELECT code FROM client WHERE id = " + std::to_string(invoice.client.value));
    texts.push_back(invoice.invoice + " " + client + " " +
                    Money(invoice.amounts.excl_tax_minor, invoice.currency).to_text() +
                    (invoice.joined ? " joined" : ""));
  }
  return texts;
}

std::vector<std::string> DraftingFirm::left(const GenerateReport& report) {
  std::vector<std::string> texts;
  for (const LeftItem& item : report.left) {
    texts.push_back(ask("SELECT ref FROM entry WHERE id = " + std::to_string(item.entry.value)) +
                    " " + std::string(word(item.finding.code)));
  }
  return texts;
}

std::string DraftingFirm::everything() {
  std::string all;
  for (const char* table : {"item", "item_open", "item_placed", "placed", "invoice", "invoice_name",
                            "line", "tax_row", "adjustment", "entry"}) {
    all += std::string(table) + ": " + rows("SELECT * FROM " + std::string(table)) + "\n";
  }
  return all;
}

std::vector<std::string> DraftingFirm::shares(const std::string& number) {
  const Invoice invoice = draft(number);
  std::vector<std::string> texts;
  for (const PlacedItem& item : Invoices(ledger(), tenant()).placed_items(invoice.id)) {
    texts.push_back(item.entry_ref + " " +
                    Money(item.placed.share_minor, invoice.currency).to_text());
  }
  return texts;
}

BusyFirm::BusyFirm(const std::string& toml)
    : DraftingFirm("[tax.vat]\nrate = \"25.5\"\ncategory = \"S\"\ndefault = true\n" + toml) {
  add("products", "code=cable name=Cable unit=pcs unit_price=9.90");
  add("entries", "id=e1 task=dev member=anna job_type=coding seconds=7200");
  add("entries", "id=e2 task=dev member=bo job_type=coding seconds=5400 date=2026-10-07");
  add("entries", "id=e3 task=design member=anna job_type=drawing seconds=3600");
  add("entries", "id=e4 task=shop-dev member=bo job_type=coding seconds=1800");
  add("entries", "id=e5 kind=goods task=dev product=cable quantity=3 unit=pcs");
}

GenerateRequest october() {
  GenerateRequest request;
  request.filter.period = Period::month(2026, 10);
  return request;
}

GenerateRequest all_periods() {
  return {};
}

}  // namespace billctl::test
