#include "pipeline/issue_invoices.hpp"

#include <algorithm>

#include "ledger/books_table.hpp"
#include "pipeline/invoice_selection.hpp"
#include "pipeline/report_json.hpp"

namespace billctl {
namespace {

/// An invoice as it was asked for; no id: nobody has that name.
struct Asked {
  InvoiceId id;
  std::string name;
};

std::vector<Asked> asked_for(Session& session, const Books& books, const IssueRequest& request) {
  std::vector<Asked> asked;
  Invoices invoices(session.ledger, session.tenant.id);
  const auto add = [&](InvoiceId id, const std::string& name) {
    const bool again = id && std::ranges::any_of(asked, [&](const Asked& a) { return a.id == id; });
    if (!again) asked.push_back({id, name});
  };
  if (!request.all_ready) {
    for (const std::string& name : request.invoices)
      add(invoices.find(name).value_or(InvoiceId{}), name);
    return asked;
  }
  Filter ready = request.filter;
  ready.states = {"ready"};
  each_selected(session, books, ready, [&](const SelectedInvoice& each) {
    asked.push_back({each.invoice.id, each.invoice.draft_number});
  });
  return asked;
}

void check(const IssueRequest& request) {
  const std::string& number = request.manner.number;
  if (number.empty()) return;
  if (request.all_ready || request.invoices.size() != 1)
    throw Error(Reason::usage, "--number names the number of one invoice",
                "issue that one by itself");
  if (!is_number_text(number))
    throw Error(Reason::usage, "--number \"" + number + "\" can't be a number",
                "up to 60 letters and digits without blanks");
}

/// What the run has done so far.
struct Progress {
  Json issued = Json::array();
  Json warnings = Json::array();
  Json numbers = Json::array();  ///< for the journal
  std::vector<RefusedInvoice> refused;
  std::vector<EventSubject> subjects;

  void add(const IssueOutcome& outcome) {
    if (!outcome.issued) {
      refused.push_back({outcome.name, outcome.reasons});
      return;
    }
    const Invoice& invoice = *outcome.issued;
    issued.push(Json::object({{"invoice", invoice.draft_number},
                              {"number", invoice.number},
                              {"date", date_json(invoice.invoice_on)},
                              {"amounts", amounts_json(invoice.amounts, invoice.currency)},
                              {"seal", invoice.seal}}));
    numbers.push(Json::object(
        {{"invoice", invoice.draft_number}, {"number", invoice.number}, {"seal", invoice.seal}}));
    for (const Finding& warning : outcome.warnings) {
      warnings.push(Json::object(
          {{"invoice", invoice.number}, {"code", word(warning.code)}, {"detail", warning.detail}}));
    }
    subjects.push_back({"invoice:" + invoice.draft_number, "issued"});
    subjects.push_back({"invoice:" + invoice.number, "issued"});
  }
};

Report report_of(Progress progress) {
  Report report;
  const std::size_t issued = progress.issued.as_array().size();
  report.body = Json::object({{"issued", std::move(progress.issued)},
                              {"refused", refused_json(progress.refused)},
                              {"warnings", std::move(progress.warnings)}});
  put_exit(report, issued, progress.refused, "issue");
  report.subjects = std::move(progress.subjects);
  report.changes = Json::object(
      {{"issued", std::move(progress.numbers)}, {"refused", refused_json(progress.refused)}});
  return report;
}

}  // namespace

Report issue_invoices(Session& session, const IssueRequest& request, const Json& arguments) {
  check(request);
  return perform(session, {.name = "issue", .arguments = arguments}, [&] {
    const Books books = read_books(session.ledger, session.tenant.id, BooksPart::without_tasks);
    const std::vector<Asked> asked = asked_for(session, books, request);
    Issuer issuer(session, books, request.signer);
    Progress progress;
    for (const Asked& each : asked) {
      if (each.id) {
        progress.add(issuer.issue(each.id, request.manner));
      } else {
        progress.refused.push_back(
            {each.name, {{Reason::not_found, "there is none of that name"}}});
      }
    }
    return report_of(std::move(progress));
  });
}

std::size_t count_to_issue(Session& session, const IssueRequest& request) {
  std::size_t count = 0;
  session.ledger.read([&] {
    const Books books = read_books(session.ledger, session.tenant.id, BooksPart::without_tasks);
    count = asked_for(session, books, request).size();
  });
  return count;
}

}  // namespace billctl
