#include "pipeline/desk.hpp"

#include "ledger/books_table.hpp"
#include "ledger/bulk_source.hpp"
#include "ledger/drafts.hpp"
#include "ledger/invoices.hpp"
#include "ledger/series.hpp"
#include "pipeline/completed_document.hpp"

namespace billctl::test {
namespace {

constexpr const char* kSmallest = R"(
[terms.net14]
days = 14
text = "14 days net"
[terms.never]
text = "when you like"
[tax.vat]
rate = "25.5"
category = "S"
default = true
[tax.reverse_charge]
rate = "0"
category = "AE"
reason = "Reverse charge"
vatex = "VATEX-EU-AE"
)";

Line line_of(const DeskLine& desk_line, std::int64_t number, const DeskDraft& draft,
             const Currency currency) {
  Line line;
  line.line = line.position = number;
  line.kind = desk_line.kind;
  line.description = "Work " + std::to_string(number);
  line.quantity = Decimal::parse(desk_line.quantity);
  line.unit = "hour";
  line.unit_price = Decimal::parse(desk_line.price);
  line.amount_minor =
      amount(*line.quantity, *line.unit_price, currency, Rounding::half_away).minor();
  line.tax = desk_line.tax;
  line.first_on = Date::parse(draft.first);
  line.last_on = Date::parse(draft.last);
  return line;
}

}  // namespace

Date day(const char* text) {
  return Date::parse(text).value();
}

std::string codes(const Json& reasons) {
  std::string text;
  for (const Json& reason : reasons.as_array())
    text += (text.empty() ? "" : " ") + reason["code"].as_string();
  return text;
}

Desk::Desk(const std::string& toml) : firm_(toml + kSmallest) {
  register_bulk_rows(firm_.ledger());
  firm_.add("clients", "code=acme name='Acme Oy' street='Katu 1' city=Helsinki country=FI");
}

Session Desk::session(DryRun dry_run) {
  Session session = firm_.session(dry_run);
  if (!actor_.empty()) session.actor = {actor_, "tester"};
  return session;
}

InvoiceId Desk::id(const std::string& name) {
  return Invoices(firm_.ledger(), firm_.tenant()).named(name);
}

Invoice Desk::header(const std::string& name) {
  return Invoices(firm_.ledger(), firm_.tenant()).header(id(name));
}

void Desk::put_item(InvoiceId invoice, std::int64_t line, const DeskLine& desk_line,
                    const DeskDraft& draft) {
  if (firm_.ask("SELECT id FROM product WHERE code = 'work'").empty())
    firm_.add("products", "code=work unit=hour");
  const std::string ref = "e" + std::to_string(++entries_);
  firm_.add("entries", "id=" + ref + " seconds=3600 date=" + draft.first +
                           (desk_line.project.empty() ? "" : " project=" + desk_line.project));
  const bool built_in = desk_line.price_source == "default";
  const std::string source = desk_line.price_source.empty() ? "entry" : desk_line.price_source;
  firm_.execute(
      "INSERT INTO item (tenant_id, entry_id, kind, client_id, project_id, work_on, product_id, "
      "product_scope, unit, quantity_micro, unit_price_micro, price_source, default_price, "
      "amount_minor, currency) SELECT e.tenant_id, e.id, 'time', c.id, e.project_id, e.work_on, "
      "p.id, 'entry', 'hour', 1000000, 0, '" +
      source + "', " + (built_in ? "1" : "0") + ", 0, '" + draft.currency +
      "' FROM entry AS e, client AS c, product AS p WHERE e.ref = '" + ref + "' AND c.code = '" +
      draft.client + "' AND p.code = 'work'");
  const std::string item = firm_.ask("SELECT max(id) FROM item");
  const std::string on = std::to_string(invoice.value);
  firm_.execute("INSERT INTO placed (invoice_id, line, item_id, share_minor) VALUES (" + on + ", " +
                std::to_string(line) + ", " + item + ", 0)");
  firm_.execute("INSERT INTO item_placed (item_id, invoice_id) VALUES (" + item + ", " + on + ")");
}

std::string Desk::draft(const DeskDraft& draft) {
  Invoice invoice;
  invoice.client = invoice.bill_to = firm_.client(draft.client);
  invoice.currency = *Currency::of(draft.currency);
  invoice.type = draft.credit_note ? InvoiceType::credit_note : InvoiceType::invoice;
  invoice.terms = draft.terms;
  invoice.period = Period::from_to(day(draft.first.c_str()), day(draft.last.c_str()));
  std::vector<Line> lines;
  for (const DeskLine& each : draft.lines) {
    lines.push_back(
        line_of(each, static_cast<std::int64_t>(lines.size()) + 1, draft, invoice.currency));
    invoice.summary.starting_minor += lines.back().amount_minor;
  }
  Session session = firm_.session();
  const Books books = read_books(firm_.ledger(), firm_.tenant());
  firm_.ledger().write(DryRun::no, [&] {
    Drafts drafts(firm_.ledger(), firm_.tenant());
    invoice.id = drafts.next_id();
    const std::int64_t n = SeriesTable(firm_.ledger(), firm_.tenant())
                               .take({"draft", ""}, firm_.config().numbering.draft.first);
    invoice.draft_number = firm_.config().number(firm_.config().numbering.draft, n, session.today);
    for (Line& line : lines) line.invoice = invoice.id;
    Completion completion(session, books);
    const Document document = completion.of({invoice, lines, {}, {}}).document;
    drafts.put_invoices(std::vector<Invoice>{document.invoice});
    drafts.put_lines(lines);
    std::vector<TaxRowOf> rows;
    for (const TaxRow& row : document.taxes)
      rows.push_back({invoice.id, static_cast<std::int64_t>(rows.size()) + 1, row});
    drafts.put_taxes(rows);
  });
  if (draft.credit_note) {
    firm_.execute("UPDATE invoice SET type = 'credit_note' WHERE id = " +
                  std::to_string(invoice.id.value));
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const DeskLine& each = draft.lines[i];
    if (!each.project.empty() || !each.price_source.empty())
      put_item(invoice.id, lines[i].line, each, draft);
  }
  return invoice.draft_number;
}

Report Desk::issue(const std::vector<std::string>& invoices, const IssueManner& manner,
                   DryRun dry_run) {
  Session at = session(dry_run);
  IssueRequest request;
  request.invoices = invoices;
  request.manner = manner;
  return issue_invoices(at, request, Json::object());
}

std::string Desk::reasons(const std::string& invoice, const IssueManner& manner) {
  const Report report = issue({invoice}, manner);
  const auto& refused = report.body["refused"].as_array();
  return refused.empty() ? "" : codes(refused.front()["reasons"]);
}

}  // namespace billctl::test
