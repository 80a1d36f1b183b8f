#include "pipeline/explain_invoice.hpp"

#include "ledger/books_table.hpp"
#include "ledger/invoices.hpp"
#include "ledger/item_list.hpp"
#include "pipeline/approval_facts.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/explain.hpp"
#include "pipeline/report_json.hpp"

namespace billctl {
namespace {

Json items_of(Explainer& explainer, ItemList& list, const std::vector<Placed>& placed,
              std::int64_t line) {
  Json items = Json::array();
  for (const Placed& each : placed) {
    if (each.line != line) continue;
    if (const auto listed = list.find(each.item)) items.push(explainer.item(*listed));
  }
  return items;
}

Json body_of(Session& session, InvoiceId id) {
  Invoices invoices(session.ledger, session.tenant.id);
  const Invoice header = invoices.header(id);
  const Books books = read_books(session.ledger, session.tenant.id);
  require_reading(session, "invoice show", is_managers_own(session, books, header));
  const std::vector<Placed> placed = invoices.placed(id);
  Explainer explainer(session);
  ItemList list(session.ledger, session.tenant.id);
  Json lines = Json::array();
  for (const Line& line : invoices.lines(id)) {
    lines.push(Json::object({{"line", line.line},
                             {"description", Json::text_or_null(line.description)},
                             {"amount", money_json(line.amount_minor, header.currency)},
                             {"items", items_of(explainer, list, placed, line.line)}}));
  }
  Json loose = items_of(explainer, list, placed, 0);
  if (!loose.as_array().empty()) {
    lines.push(Json::object({{"line", 0},
                             {"description", nullptr},
                             {"amount", money_json(0, header.currency)},
                             {"items", std::move(loose)}}));
  }
  return Json::object({{"invoice", name_of(header)}, {"lines", std::move(lines)}});
}

}  // namespace

Json explain_invoice(Session& session, const std::string& name) {
  Json body;
  session.ledger.read(
      [&] { body = body_of(session, Invoices(session.ledger, session.tenant.id).named(name)); });
  return body;
}

}  // namespace billctl
