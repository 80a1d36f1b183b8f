#include "pipeline/reports.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>

#include "ledger/books_table.hpp"
#include "ledger/contract_balances.hpp"
#include "ledger/invoices.hpp"
#include "ledger/material.hpp"
#include "ledger/placed_sums.hpp"
#include "money/allocation.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/filter_words.hpp"
#include "pipeline/invoice_selection.hpp"
#include "pipeline/report_json.hpp"

namespace billctl {
namespace {

void add(std::int64_t& sum, std::int64_t minor) {
  sum = checked_add(sum, minor, "a sum of a report");
}

template <class T>
bool fits(const std::vector<T>& wanted, const T& one) {
  return wanted.empty() || std::ranges::find(wanted, one) != wanted.end();
}

/// Which documents a report is about when --state does not say it.
enum class About { issued, all };

void each_document(Session& session, const Books& books, const ReportRequest& request, About about,
                   const std::function<void(const Invoice&)>& visit) {
  Invoices invoices(session.ledger, session.tenant.id);
  Filter filter = request.filter;
  filter.limit = std::nullopt;
  filter.after.clear();
  filter.sort.clear();
  if (filter.states.empty() && about == About::issued) filter.states = {"issued", "voided"};
  for (const SelectedInvoice& one : selected_invoices(session, books, filter)) {
    const Invoice& invoice = one.invoice;
    if (invoice.imported) continue;
    if (invoice.state == InvoiceState::voided && invoices.credited_by(invoice.id).empty()) continue;
    if (request.as_of && invoice.invoice_on && *invoice.invoice_on > *request.as_of) continue;
    if (request.as_of && !invoice.invoice_on && about == About::issued) continue;
    visit(invoice);
  }
}

std::string month_of(const Invoice& invoice) {
  if (!invoice.ar_period.empty()) return invoice.ar_period;
  return invoice.invoice_on.value_or(invoice.period.last()).to_text().substr(0, 7);
}

Json body_of(const ReportRequest& request, Json rows, Json totals) {
  return Json::object({{"as_of", date_json(request.as_of)},
                       {"rows", std::move(rows)},
                       {"totals", std::move(totals)}});
}

Json in_books(Session& session, std::string_view verb,
              const std::function<Json(const Books&)>& make) {
  require_reading(session, verb);
  Json body;
  session.ledger.read([&] {
    body = make(read_books(session.ledger, session.tenant.id, BooksPart::without_tasks));
  });
  return body;
}

struct Revenue {
  std::int64_t revenue_minor = 0, products_minor = 0;
  void add(const PlacedSum& sum) {
    billctl::add(sum.kind == ItemKind::goods ? products_minor : revenue_minor, sum.report_minor);
  }
};

Json prepayment_row(const Books& books, const ContractLine& line, const ContractUse& use,
                    Currency currency, std::int64_t balance) {
  const Engagement& engagement = books.engagements.at(line.engagement);
  const bool warned = !line.fixed_price && line.recognised_minor != 0;
  return Json::object({{"client", books.clients.at(engagement.client).code},
                       {"engagement", engagement.code},
                       {"contract_line", line.code},
                       {"type", line.fixed_price ? "fixed" : "tm"},
                       {"currency", currency.code()},
                       {"billed", money_json(use.billed_minor, currency)},
                       {"recognised", money_json(line.recognised_minor, currency)},
                       {"applied", money_json(use.applied_minor, currency)},
                       {"balance", money_json(balance, currency)},
                       {"warning", warned ? Json(word(Reason::recognised_revenue)) : Json()}});
}

Currency currency_of(const Session& session, const Books& books, const Engagement& engagement) {
  const std::string& own = engagement.currency;
  const std::string& theirs = books.clients.at(engagement.client).currency;
  return Currency::of(own.empty() ? theirs : own).value_or(session.config.tenant.currency);
}

bool fits_contract(const Filter& filter, const Books& books, const ContractLine& line) {
  const ClientId client = books.engagements.at(line.engagement).client;
  if (filter.by_client && std::ranges::find(filter.clients, client) == filter.clients.end())
    return false;
  if (std::ranges::find(filter.not_clients, client) != filter.not_clients.end()) return false;
  if (filter.projects.empty()) return true;
  return std::ranges::any_of(filter.projects, [&](ProjectId project) {
    return line.project ? line.project == project
                        : books.projects.at(project).engagement == line.engagement;
  });
}

/// What each tax row of an issued document is in the accounting currency: the document's own total
/// shared out, so that the rows add up to what was fixed at issue.
std::vector<std::int64_t> accounting_minor(const Invoice& invoice,
                                           const std::vector<TaxRow>& rows) {
  std::vector<std::int64_t> amounts;
  for (const TaxRow& row : rows) amounts.push_back(row.amount.minor());
  if (!invoice.tax_accounting_minor) return amounts;
  return allocated(*invoice.tax_accounting_minor, amounts);
}

struct TaxSum {
  std::int64_t base_minor = 0, amount_minor = 0;
  std::map<Currency, std::int64_t> accounting_minor;
};

/// The accounting currency of a document's tax; none for a foreign one whose tax is 0.
std::optional<Currency> accounting_currency(const Session& session, const Invoice& invoice) {
  if (!invoice.accounting_currency.empty()) return Currency::of(invoice.accounting_currency);
  if (invoice.currency == session.config.tenant.currency) return invoice.currency;
  return std::nullopt;
}

}  // namespace

Json report_revenue(Session& session, const ReportRequest& request) {
  return in_books(session, "report revenue", [&](const Books& books) {
    std::map<std::tuple<std::string, std::string, std::string, Currency>, Revenue> rows;
    std::map<Currency, Revenue> totals;
    PlacedSums sums(session.ledger);
    const Filter& filter = request.filter;
    each_document(session, books, request, About::issued, [&](const Invoice& invoice) {
      for (const PlacedSum& sum : sums.of(invoice.id)) {
        if (!fits(filter.projects, sum.project) || !fits(filter.tasks, sum.task) ||
            !fits(filter.members, sum.member) || !fits(filter.kinds, std::string(word(sum.kind))))
          continue;
        const Project* project = books.projects.find(sum.project);
        rows[{books.clients.at(invoice.client).code, project != nullptr ? project->code : "",
              month_of(invoice), invoice.currency}]
            .add(sum);
        totals[invoice.currency].add(sum);
      }
    });
    Json list = Json::array();
    for (const auto& [key, sum] : rows) {
      const auto& [client, project, month, currency] = key;
      list.push(Json::object({{"client", client},
                              {"project", Json::text_or_null(project)},
                              {"month", month},
                              {"currency", currency.code()},
                              {"revenue", money_json(sum.revenue_minor, currency)},
                              {"products", money_json(sum.products_minor, currency)}}));
    }
    Json all = Json::array();
    for (const auto& [currency, sum] : totals)
      all.push(Json::object({{"currency", currency.code()},
                             {"revenue", money_json(sum.revenue_minor, currency)},
                             {"products", money_json(sum.products_minor, currency)}}));
    return body_of(request, std::move(list), std::move(all));
  });
}

Json report_adjustments(Session& session, const ReportRequest& request) {
  return in_books(session, "report adjustments", [&](const Books& books) {
    const Zone& zone = session.config.tenant.zone;
    const auto is_later = [&](Instant at) {
      return request.as_of && zone.date(at) > *request.as_of;
    };
    Json list = Json::array();
    std::map<Currency, std::int64_t> totals;
    Material material(session.ledger);
    each_document(session, books, request, About::all, [&](const Invoice& invoice) {
      for (const Adjustment& each : material.adjustments(invoice.id)) {
        if (is_later(each.at)) continue;
        const bool undone = each.undone_at && !is_later(*each.undone_at);
        if (!undone) add(totals[invoice.currency], each.amount_minor);
        list.push(Json::object({{"invoice", name_of(invoice)},
                                {"client", books.clients.at(invoice.client).code},
                                {"kind", word(each.kind)},
                                {"item", each.item ? Json(each.item.value) : Json()},
                                {"line", each.line != 0 ? Json(each.line) : Json()},
                                {"currency", invoice.currency.code()},
                                {"amount", money_json(each.amount_minor, invoice.currency)},
                                {"reason", Json::text_or_null(each.reason)},
                                {"at", each.at.to_text()},
                                {"by", Json::text_or_null(each.actor)},
                                {"undone", undone}}));
      }
    });
    Json all = Json::array();
    for (const auto& [currency, minor] : totals)
      all.push(
          Json::object({{"currency", currency.code()}, {"amount", money_json(minor, currency)}}));
    return body_of(request, std::move(list), std::move(all));
  });
}

Json report_prepayments(Session& session, const ReportRequest& request) {
  refuse_words(request.filter.kinds, "--kind", "report prepayments");
  refuse_words(request.filter.states, "--state", "report prepayments");
  return in_books(session, "report prepayments", [&](const Books& books) {
    struct Sum {
      std::int64_t billed = 0, recognised = 0, applied = 0, balance = 0;
    };
    std::vector<ContractLine> lines = books.contract_lines.all();
    std::ranges::sort(lines, {}, [&](const ContractLine& line) {
      const Engagement& engagement = books.engagements.at(line.engagement);
      return std::tuple(books.clients.at(engagement.client).code, engagement.code, line.code);
    });
    ContractBalances balances(session.ledger);
    Json list = Json::array();
    std::map<Currency, Sum> totals;
    for (const ContractLine& line : lines) {
      if (!fits_contract(request.filter, books, line)) continue;
      std::vector<ContractLine> siblings;
      std::ranges::copy_if(lines, std::back_inserter(siblings), [&](const ContractLine& each) {
        return each.engagement == line.engagement;
      });
      const ContractUse use = balances.of(line, siblings, {}, request.as_of);
      const Currency currency = currency_of(session, books, books.engagements.at(line.engagement));
      const std::int64_t balance = use.billed_minor - line.recognised_minor - use.applied_minor;
      Sum& sum = totals[currency];
      add(sum.billed, use.billed_minor);
      add(sum.recognised, line.recognised_minor);
      add(sum.applied, use.applied_minor);
      add(sum.balance, balance);
      list.push(prepayment_row(books, line, use, currency, balance));
    }
    Json all = Json::array();
    for (const auto& [currency, sum] : totals)
      all.push(Json::object({{"currency", currency.code()},
                             {"billed", money_json(sum.billed, currency)},
                             {"recognised", money_json(sum.recognised, currency)},
                             {"applied", money_json(sum.applied, currency)},
                             {"balance", money_json(sum.balance, currency)}}));
    return body_of(request, std::move(list), std::move(all));
  });
}

Json report_tax(Session& session, const ReportRequest& request) {
  return in_books(session, "report tax", [&](const Books& books) {
    std::map<std::tuple<TaxIdentity, std::string, Currency>, TaxSum> rows;
    std::map<Currency, TaxSum> totals;
    std::map<Currency, std::int64_t> accounting;
    Invoices invoices(session.ledger, session.tenant.id);
    each_document(session, books, request, About::issued, [&](const Invoice& invoice) {
      const std::vector<TaxRow> taxes = invoices.taxes(invoice);
      const std::vector<std::int64_t> shares = accounting_minor(invoice, taxes);
      const auto theirs = accounting_currency(session, invoice);
      for (std::size_t i = 0; i < taxes.size(); ++i) {
        TaxSum& row = rows[{taxes[i].identity, month_of(invoice), invoice.currency}];
        for (TaxSum* sum : {&row, &totals[invoice.currency]}) {
          add(sum->base_minor, taxes[i].base.minor());
          add(sum->amount_minor, taxes[i].amount.minor());
        }
        if (!theirs) continue;
        add(row.accounting_minor[*theirs], shares[i]);
        add(accounting[*theirs], shares[i]);
      }
    });
    Json list = Json::array();
    for (const auto& [key, sum] : rows) {
      const auto& [tax, month, currency] = key;
      const auto theirs = sum.accounting_minor.begin();
      const bool known = sum.accounting_minor.size() == 1;
      list.push(Json::object(
          {{"tax", tax.tax},
           {"category", tax.category ? Json(word(*tax.category)) : Json()},
           {"rate", tax.rate.to_text()},
           {"month", month},
           {"currency", currency.code()},
           {"base", money_json(sum.base_minor, currency)},
           {"amount", money_json(sum.amount_minor, currency)},
           {"accounting_currency", known ? Json(theirs->first.code()) : Json()},
           {"accounting_amount", known ? money_json(theirs->second, theirs->first) : Json()}}));
    }
    Json all = Json::array();
    for (const auto& [currency, sum] : totals)
      all.push(Json::object({{"currency", currency.code()},
                             {"base", money_json(sum.base_minor, currency)},
                             {"amount", money_json(sum.amount_minor, currency)}}));
    Json fixed = Json::array();
    for (const auto& [currency, minor] : accounting)
      fixed.push(
          Json::object({{"currency", currency.code()}, {"amount", money_json(minor, currency)}}));
    Json body = body_of(request, std::move(list), std::move(all));
    body.set("accounting", std::move(fixed));
    return body;
  });
}

}  // namespace billctl
