#include "pipeline/hold.hpp"

#include "issue/readiness.hpp"
#include "ledger/books_table.hpp"
#include "ledger/invoices.hpp"
#include "pipeline/approval_facts.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/report_json.hpp"

namespace billctl {

Report hold_invoices(Session& session, const HoldRequest& request, const Json& arguments) {
  const bool on = request.hold == Hold::on;
  const std::string verb = on ? "invoice hold" : "invoice unhold";
  return perform(session, {.name = verb, .arguments = arguments}, [&] {
    const Books books = read_books(session.ledger, session.tenant.id, BooksPart::as_needed);
    Invoices invoices(session.ledger, session.tenant.id);
    Json done = Json::array();
    std::vector<RefusedInvoice> refused;
    Report report;
    for (const std::string& name : request.invoices) {
      const auto id = invoices.find(name);
      if (!id) {
        refused.push_back({name, {{Reason::not_found, "there is none of that name"}}});
        continue;
      }
      Invoice invoice = invoices.header(*id);
      if (const auto state = state_against(invoice)) {
        refused.push_back({name_of(invoice), {*state}});
        continue;
      }
      const InvoiceState wanted = on ? InvoiceState::held : InvoiceState::draft;
      if (invoice.state != wanted) {
        invoices.set_state(*id, wanted);
        if (!request.reason.empty())
          invoices.set_notes(*id, with_comment_on_top(invoice.notes, request.reason));
        report.subjects.push_back({"invoice:" + name_of(invoice), on ? "held" : "unheld"});
        invoice.state = wanted;
      }
      done.push(Json::object(
          {{"invoice", name_of(invoice)}, {"state", told_state(session, books, invoice)}}));
    }
    const std::size_t count = done.as_array().size();
    report.body = Json::object({{"invoices", std::move(done)}, {"refused", refused_json(refused)}});
    put_exit(report, count, refused, verb);
    return report;
  });
}

}  // namespace billctl
