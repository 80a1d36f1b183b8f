#include "pipeline/invoice_tax.hpp"

#include <algorithm>

#include "approval/gate.hpp"
#include "invoice/tax_treatment.hpp"
#include "ledger/books_table.hpp"
#include "ledger/invoices.hpp"
#include "ledger/material.hpp"
#include "ledger/picked_taxes.hpp"
#include "pipeline/approval_facts.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/draft_totals.hpp"
#include "pipeline/report_json.hpp"
#include "pipeline/show_invoice.hpp"
#include "text/nearest.hpp"

namespace billctl {
namespace {

bool has(const Line& line, const std::string& tax) {
  const std::vector<std::string> codes = codes_in(line.tax);
  return std::ranges::find(codes, tax) != codes.end();
}

std::string without(const std::string& codes, const std::string& tax) {
  std::string rest;
  for (const std::string& code : codes_in(codes))
    if (code != tax) rest += (rest.empty() ? "" : ";") + code;
  return rest;
}

/// What the taxes make of a line's kind; a line `travel` holds allowances and mileage too.
TaxedKind taxed_kind_of_line(const Line& line) {
  const auto kind = item_kind_of(line.kind);
  return kind ? taxed_kind(*kind) : TaxedKind::expense;
}

class TaxRun {
 public:
  TaxRun(Session& session, const Books& books, const TaxRequest& request)
      : session_(session),
        books_(books),
        request_(request),
        invoices_(session.ledger, session.tenant.id),
        invoice_(invoices_.header(invoices_.named(request.invoice))),
        before_(invoices_.lines(invoice_.id)),
        lines_(before_) {}

  Report run() {
    require_draft();
    // An amount is typed, or computed again, where the tax stands; other lines may have another.
    const bool picks = request_.act == TaxRequest::Act::pick || !is_on_it();
    if (request_.act == TaxRequest::Act::remove) {
      remove();
    } else if (picks) {
      add();
    }
    refuse_mixed_scope();
    Material(session_.ledger).save_lines(before_, lines_);
    invoice_ = store_totals(session_, books_, invoice_);
    if (request_.act == TaxRequest::Act::type) type();
    if (request_.act == TaxRequest::Act::take_default) take_default();
    return report();
  }

 private:
  std::string who() const { return "invoice " + name_of(invoice_); }

  void require_draft() const {
    if (!is_open(invoice_.state))
      throw Error(Reason::wrong_state,
                  who() + ": " + std::string(word(invoice_.state)) +
                      ", only a draft's taxes can be changed",
                  "see `billctl invoice show " + name_of(invoice_) + "`");
    if (invoice_.type == InvoiceType::credit_note)
      throw Error(Reason::wrong_target,
                  who() + ": a credit note gives back the taxes of its invoice");
  }

  bool is_on_it() const {
    return std::ranges::any_of(lines_, [&](const Line& line) { return has(line, request_.tax); });
  }

  void add() {
    const TaxType* type = session_.config.find_tax(request_.tax);
    if (type == nullptr) {
      std::vector<std::string> known;
      for (const TaxType& each : session_.config.taxes) known.push_back(each.code);
      throw Error(Reason::not_found, "no [tax." + request_.tax + "] in the config",
                  did_you_mean(request_.tax, known));
    }
    bool applies = false;
    bool picked = false;
    for (Line& line : lines_) {
      if (!line.quantity || !type->applies(taxed_kind_of_line(line))) continue;
      applies = true;
      if (has(line, request_.tax)) continue;
      line.tax += (line.tax.empty() ? "" : ";") + request_.tax;
      picked = true;
    }
    if (picked) PickedTaxes(session_.ledger).put(invoice_.id, {request_.tax, true});
    if (!applies)
      throw Error(Reason::wrong_target,
                  who() + ": tax " + request_.tax + " applies to none of its lines",
                  "see applies_to of [tax." + request_.tax + "] in the config");
  }

  void remove() {
    bool found = false;
    for (Line& line : lines_) {
      found = found || has(line, request_.tax);
      line.tax = without(line.tax, request_.tax);
    }
    if (!found)
      throw Error(Reason::not_found, who() + ": tax " + request_.tax + " is on none of its lines");
    PickedTaxes(session_.ledger).put(invoice_.id, {request_.tax, false});
  }

  bool is_outside_scope(const std::string& codes) const {
    return std::ranges::any_of(codes_in(codes), [&](const std::string& code) {
      const TaxType* type = session_.config.find_tax(code);
      return type != nullptr && type->category == TaxCategory::outside_scope;
    });
  }

  void refuse_mixed_scope() const {
    std::size_t outside = 0, all = 0;
    for (const Line& line : lines_) {
      if (!line.quantity) continue;
      ++all;
      if (is_outside_scope(line.tax)) ++outside;
    }
    if (outside != 0 && outside != all)
      throw Error(Reason::category_o,
                  who() + ": a tax of category O stands alone on its invoice, here " +
                      std::to_string(all - outside) + " of " + std::to_string(all) +
                      " lines have others");
  }

  TaxRow& row(std::vector<TaxRow>& rows) const {
    TaxRow* found = nullptr;
    for (TaxRow& each : rows) {
      if (each.identity.tax != request_.tax) continue;
      if (found != nullptr)
        throw Error(Reason::tax_invalid,
                    who() + ": tax " + request_.tax +
                        " has several rates here, an amount can "
                        "be typed only where it has one",
                    "take the computed ones with --default");
      found = &each;
    }
    expect(found != nullptr, "a tax that is on a line has a row");
    return *found;
  }

  void type() {
    std::string_view why;
    const auto amount = Money::parse(request_.amount, invoice_.currency, &why);
    if (!amount)
      throw Error(Reason::usage, "amount \"" + request_.amount + "\" is none", std::string(why));
    std::vector<TaxRow> rows = invoices_.taxes(invoice_);
    type_tax(row(rows), *amount);
    store(rows);
  }

  void take_default() {
    std::vector<TaxRow> rows = invoices_.taxes(invoice_);
    for (TaxRow& each : rows)
      if (each.identity.tax == request_.tax) reset_tax(each, invoice_.rounding);
    store(rows);
  }

  void store(const std::vector<TaxRow>& rows) {
    invoices_.replace_taxes(invoice_.id, rows);
    invoice_ = store_totals(session_, books_, invoice_);
  }

  Report report() {
    Report report;
    report.subjects.push_back({"invoice:" + name_of(invoice_), "taxed"});
    report.body = Json::object({{"invoice", name_of(invoice_)},
                                {"state", told_state(session_, books_, invoice_)},
                                {"revision", invoice_.revision},
                                {"taxes", taxes_json(invoices_.taxes(invoice_), invoice_.currency)},
                                {"currency", invoice_.currency.code()},
                                {"amounts", amounts_json(invoice_.amounts, invoice_.currency)}});
    return report;
  }

  Session& session_;
  const Books& books_;
  const TaxRequest& request_;
  Invoices invoices_;
  Invoice invoice_;
  std::vector<Line> before_;
  std::vector<Line> lines_;
};

}  // namespace

Report set_invoice_tax(Session& session, const TaxRequest& request, const Json& arguments) {
  return perform(session, {.name = "invoice tax", .arguments = arguments}, [&] {
    const Books books = read_books(session.ledger, session.tenant.id, BooksPart::as_needed);
    return TaxRun(session, books, request).run();
  });
}

}  // namespace billctl
