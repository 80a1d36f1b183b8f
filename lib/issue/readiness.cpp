#include "issue/readiness.hpp"

#include <algorithm>

#include "approval/gate.hpp"
#include "money/tax.hpp"

namespace billctl {
namespace {

constexpr std::size_t kNamedMax = 5;

class Reasons {
 public:
  explicit Reasons(const std::vector<std::string>& allow) : allow_(allow) {}
  void add(Reason code, std::string detail) {
    const bool allowed = std::ranges::find(allow_, word(code)) != allow_.end();
    if (!allowed) all.push_back({code, std::move(detail)});
  }
  void add(const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) add(finding.code, finding.detail);
  }
  std::vector<Finding> all;

 private:
  const std::vector<std::string>& allow_;
};

std::string listed(const std::vector<std::string>& things) {
  std::string text;
  for (std::size_t i = 0; i < std::min(things.size(), kNamedMax); ++i)
    text += (i == 0 ? "" : ", ") + things[i];
  if (things.size() > kNamedMax)
    text += " and " + std::to_string(things.size() - kNamedMax) + " more";
  return text;
}

std::string missing_of(const Buyer& buyer) {
  const PostalAddress& address = buyer.address;
  if (address.street.empty())
    return address.city.empty() && address.postal_code.empty() ? "street and city" : "street";
  return address.city.empty() && address.postal_code.empty() ? "city or postal code" : "";
}

void check_taxes(const Document& document, Reasons& reasons) {
  for (const TaxRow& row : document.taxes) {
    const std::string& tax = row.identity.tax;
    const std::string computed =
        tax_of(row.base, row.identity.rate, document.invoice.rounding).to_text();
    if (row.stale) {
      reasons.add(Reason::tax_stale,
                  "tax " + tax + " was typed in as " + row.amount.to_text() +
                      " and its lines or rate have changed since; computed: " + computed);
    } else if (row.overridden && !typed_tax_fits(row.base, row.identity.rate, row.amount)) {
      reasons.add(Reason::tax_invalid, "tax " + tax + " was typed in as " + row.amount.to_text() +
                                           ", more than 1.00 off the computed " + computed);
    }
  }
}

void check_date(const IssueFacts& facts, Date date, Reasons& reasons) {
  const auto& [today, past, future] = facts.bounds;
  if (date < today.add_days(-past) || date > today.add_days(future)) {
    reasons.add(Reason::date_out_of_window, "date " + date.to_text() + " is not within " +
                                                today.add_days(-past).to_text() + ".." +
                                                today.add_days(future).to_text());
  }
  if (facts.last_on && date < *facts.last_on) {
    reasons.add(Reason::date_order, "date " + date.to_text() + " is before " +
                                        facts.last_on->to_text() + ", the latest in series " +
                                        facts.series);
  }
  if (facts.corrects_on && date < *facts.corrects_on) {
    reasons.add(Reason::date_order, "date " + date.to_text() + " is before " +
                                        facts.corrects_on->to_text() +
                                        ", that of the invoice it corrects");
  }
}

}  // namespace

std::vector<Finding> reasons_against(const IssueFacts& facts,
                                     const std::vector<std::string>& allow) {
  const Document& document = *facts.document;
  Reasons reasons(allow);
  const std::string missing = missing_of(*facts.buyer);
  if (!missing.empty())
    reasons.add(Reason::missing_address, "client " + facts.buyer_code + " has no " + missing);
  const bool has_lines = std::ranges::any_of(
      document.lines, [](const Line& line) { return line.quantity.has_value(); });
  if (!has_lines) reasons.add(Reason::no_lines, "there is no line to invoice");
  if (!facts.unpriced.empty())
    reasons.add(Reason::unpriced, "no price for " + listed(facts.unpriced));
  if (!facts.default_priced.empty())
    reasons.add(Reason::default_price,
                "a built-in price that nobody chose for " + listed(facts.default_priced));
  if (!facts.approvals_missing.empty())
    reasons.add(Reason::approval_missing, approval_role_list(facts.approvals_missing));
  check_taxes(document, reasons);
  reasons.add(facts.taxes);
  reasons.add(facts.prepayments);
  reasons.add(facts.einvoice);
  if (!facts.exchange_rate_missing.empty())
    reasons.add(Reason::no_exchange_rate, "no exchange rate " + facts.exchange_rate_missing);
  for (const std::string& month : facts.closed_periods)
    reasons.add(Reason::period_closed, "period " + month + " is closed");
  check_date(facts, document.invoice.invoice_on.value(), reasons);
  if (facts.period) reasons.add(facts.period->code, facts.period->detail);
  if (facts.number) reasons.add(facts.number->code, facts.number->detail);
  if (facts.asked_revision && *facts.asked_revision != document.invoice.revision) {
    reasons.add(Reason::changed, "it is at revision " + std::to_string(document.invoice.revision) +
                                     ", not " + std::to_string(*facts.asked_revision));
  }
  if (document.invoice.state == InvoiceState::held) reasons.add(Reason::on_hold, "it is on hold");
  return std::move(reasons.all);
}

std::optional<Finding> state_against(const Invoice& invoice) {
  if (invoice.state == InvoiceState::issued)
    return Finding{Reason::already_issued, "already issued on " + invoice.invoice_on->to_text()};
  if (invoice.state == InvoiceState::voided) return Finding{Reason::wrong_state, "it is voided"};
  return std::nullopt;
}

bool is_number_text(std::string_view number) {
  constexpr std::size_t kNumberMax = 60;
  if (number.empty() || number.size() > kNumberMax) return false;
  return std::ranges::all_of(number, [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace billctl
