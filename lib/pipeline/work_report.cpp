#include "pipeline/work_report.hpp"

#include <algorithm>
#include <map>

#include "invoice/draft_key.hpp"
#include "ledger/books_table.hpp"
#include "ledger/invoices.hpp"
#include "pipeline/approval_facts.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/entries_report.hpp"
#include "pipeline/report_json.hpp"
#include "pipeline/work_survey.hpp"

namespace billctl {
namespace {

constexpr std::int64_t kLatestInvoices = 12;
constexpr std::size_t kFewRows = 200;

/// Which open invoices work can be added to: of one client, bill-to and currency (S0-23). Few rows
/// ask for their client's, many read all that are open once.
class OpenInvoices {
 public:
  OpenInvoices(Session& session, const Books& books, std::size_t rows)
      : invoices_(session.ledger, session.tenant.id), books_(books), all_(rows > kFewRows) {
    if (!all_) return;
    invoices_.each(Invoices::Which::open, InvoiceId{}, [&](Invoice& invoice) {
      keep(invoice);
      return true;
    });
  }

  Json of(const WorkRow& row) {
    if (!all_ && !by_client_.contains(row.client)) {
      by_client_[row.client];
      invoices_.each_of(row.client, InvoiceId{}, [&](Invoice& invoice) {
        if (is_open(invoice.state)) keep(invoice);
        return true;
      });
    }
    const Project* project = books_.projects.find(row.project);
    KeyedBy key;
    key.client = row.client;
    key.project = row.project;
    key.engagement = project != nullptr ? project->engagement : EngagementId{};
    const ClientId payer = bill_to_of(books_, key);
    Json names = Json::array();
    for (const Open& open : by_client_[row.client])
      if (open.bill_to == payer && open.currency == row.currency) names.push(open.name);
    return names;
  }

 private:
  struct Open {
    std::string name;
    ClientId bill_to;
    Currency currency = Currency::none();
  };
  void keep(const Invoice& invoice) {
    if (invoice.type != InvoiceType::invoice) return;
    by_client_[invoice.client].push_back({name_of(invoice), invoice.bill_to, invoice.currency});
  }

  Invoices invoices_;
  const Books& books_;
  bool all_;
  std::map<ClientId, std::vector<Open>> by_client_;
};

std::string_view part_word(WorkPart part) {
  switch (part) {
    case WorkPart::billable:
      return "billable";
    case WorkPart::contractual:
      return "contractual";
    case WorkPart::unbillable:
      return "unbillable";
    case WorkPart::unconfirmed:
      return "unconfirmed";
    case WorkPart::none:
      break;
  }
  return "none";
}

/// The rows of one list, with what stands beside them.
class Listing {
 public:
  Listing(Session& session, const WorkListRequest& request, std::size_t rows)
      : session_(session),
        request_(request),
        books_(read_books(session.ledger, session.tenant.id, BooksPart::as_needed)),
        open_(session, books_, rows),
        codes_(session.ledger) {}

  Json row(const WorkRow& row) {
    const WorkFigures& sum = row.figures;
    const auto money = [&](std::int64_t minor) { return money_json(minor, row.currency); };
    const Project* project = books_.projects.find(row.project);
    const Client& client = books_.clients.at(row.client);
    Json json =
        Json::object({{"client", client.code},
                      {"project", project != nullptr ? Json(project->code) : Json()},
                      {"currency", row.currency.code()},
                      {"billable_seconds", sum.billable_seconds},
                      {"contractual_seconds", sum.contractual_seconds},
                      {"unconfirmed_seconds", sum.unconfirmed_seconds},
                      {"value", money(sum.value_minor)},
                      {"unconfirmed_value", money(sum.unconfirmed_minor)},
                      {"products_value", money(sum.products_minor)},
                      {"unconfirmed_products_value", money(sum.unconfirmed_products_minor)},
                      {"fixed_unconfirmed",
                       sum.fixed_unconfirmed_minor ? money(*sum.fixed_unconfirmed_minor) : Json()},
                      {"open_invoices", open_.of(row)},
                      {"entries", sum.entries},
                      {"unpriced", sum.unpriced}});
    if (request_.detail || request_.unconfirmed) json.set("sessions", sessions(row));
    if (!request_.detail) return json;
    json.set("client_name", client.name);
    json.set("client_comment", Json::text_or_null(client.comment));
    json.set("project_name", project != nullptr ? Json(project->name) : Json());
    json.set("project_comment", project != nullptr ? Json::text_or_null(project->comment) : Json());
    json.set("invoices", invoices(row.client));
    return json;
  }

 private:
  Json sessions(const WorkRow& row) {
    Json list = Json::array();
    EntryList entries(session_.ledger, session_.tenant.id);
    for (const WorkSession& one : row.sessions) {
      entries.get(one.entry, [&](const ListedEntry& listed) {
        Json json = entry_json(session_, listed, codes_);
        json.set("part", part_word(one.part));
        json.set("value", money_json(one.value_minor, row.currency));
        json.set("unpriced", one.unpriced);
        json.set("reason", one.finding ? Json(word(one.finding->code)) : Json());
        list.push(std::move(json));
      });
    }
    return list;
  }

  /// The client's latest invoices, newest first (S0-16).
  const Json& invoices(ClientId client) {
    const auto [found, fresh] = invoices_.try_emplace(client, Json::array());
    if (!fresh) return found->second;
    Invoices all(session_.ledger, session_.tenant.id);
    for (const Invoice& invoice : all.newest_of(client, kLatestInvoices)) {
      found->second.push(
          Json::object({{"invoice", name_of(invoice)},
                        {"type", word(invoice.type)},
                        {"state", told_state(session_, books_, invoice)},
                        {"date", date_json(invoice.invoice_on)},
                        {"currency", invoice.currency.code()},
                        {"amounts", amounts_json(invoice.amounts, invoice.currency)}}));
    }
    return found->second;
  }

  Session& session_;
  const WorkListRequest& request_;
  Books books_;
  OpenInvoices open_;
  Codes codes_;
  std::map<ClientId, Json> invoices_;
};

}  // namespace

Json work_list(Session& session, const WorkListRequest& request) {
  require_reading(session, "work list");
  Json rows = Json::array();
  session.ledger.read([&] {
    const bool sessions = request.detail || request.unconfirmed;
    WorkSurvey survey(session, {request.filter, request.unconfirmed, sessions});
    const std::vector<WorkRow> found = survey.rows();
    Listing listing(session, request, found.size());
    for (const WorkRow& row : found) rows.push(listing.row(row));
  });
  return Json::object({{"rows", std::move(rows)}});
}

Json work_summary(Session& session, const Filter& filter) {
  require_reading(session, "work summary");
  Json rows = Json::array();
  session.ledger.read([&] {
    for (const WorkRow& row : WorkSurvey(session, {filter, false, false}).sums()) {
      const WorkFigures& sum = row.figures;
      const auto money = [&](std::int64_t minor) { return money_json(minor, row.currency); };
      rows.push(Json::object(
          {{"currency", row.currency.code()},
           {"billable_seconds", sum.billable_seconds},
           {"unbillable_seconds", sum.unbillable_seconds + sum.contractual_seconds},
           {"value", money(sum.value_minor)},
           {"products_value", money(sum.products_minor)},
           {"unconfirmed_seconds", sum.unconfirmed_seconds},
           {"unconfirmed_value", money(sum.unconfirmed_minor)},
           {"unconfirmed_products_value", money(sum.unconfirmed_products_minor)},
           {"fixed_unconfirmed",
            sum.fixed_unconfirmed_minor ? money(*sum.fixed_unconfirmed_minor) : Json()},
           {"contractual_seconds", sum.contractual_seconds},
           {"unpriced", sum.unpriced}}));
    }
  });
  return Json::object({{"by_currency", std::move(rows)}});
}

}  // namespace billctl
