#include "pipeline/report_json.hpp"

#include <algorithm>

#include "approval/gate.hpp"

namespace billctl {

Json money_json(std::int64_t minor, Currency currency) {
  return Money(minor, currency).to_text();
}

Json price_json(const std::optional<Decimal>& price, Currency currency) {
  return price ? Json(price->to_text(currency.digits())) : Json();
}

Json quantity_json(const std::optional<Decimal>& quantity) {
  return quantity ? Json(quantity->to_text()) : Json();
}

Json date_json(const std::optional<Date>& date) {
  return date ? Json(date->to_text()) : Json();
}

Json instant_json(const std::optional<Instant>& at) {
  return at ? Json(at->to_text()) : Json();
}

Json period_json(const Period& period) {
  return Json::object({{"first", date_json(period.first())}, {"last", date_json(period.last())}});
}

Json amounts_json(const Amounts& amounts, Currency currency) {
  return Json::object({{"lines", money_json(amounts.lines_minor, currency)},
                       {"excl_tax", money_json(amounts.excl_tax_minor, currency)},
                       {"tax", money_json(amounts.tax_minor, currency)},
                       {"incl_tax", money_json(amounts.incl_tax_minor, currency)},
                       {"prepaid", money_json(amounts.prepaid_minor, currency)},
                       {"payable", money_json(amounts.payable_minor, currency)}});
}

Json findings_json(const std::vector<Finding>& findings) {
  Json list = Json::array();
  for (const Finding& finding : findings) {
    list.push(Json::object(
        {{"code", word(finding.code)}, {"detail", Json::text_or_null(finding.detail)}}));
  }
  return list;
}

Json codes_json(std::string_view codes) {
  Json list = Json::array();
  for (const std::string& code : codes_in(codes)) list.push(code);
  return list;
}

Json refused_json(const std::vector<RefusedInvoice>& refused) {
  Json list = Json::array();
  for (const RefusedInvoice& each : refused) {
    list.push(Json::object({{"invoice", each.invoice}, {"reasons", findings_json(each.reasons)}}));
  }
  return list;
}

std::string hint_for(const Finding& finding, const std::string& invoice, std::string_view verb) {
  switch (finding.code) {
    case Reason::approval_missing:
      return "approve it: billctl approve " + invoice;
    case Reason::on_hold:
      return "billctl invoice unhold " + invoice;
    case Reason::not_found:
      return "see `billctl invoice list`";
    case Reason::missing_address:
      return "complete the client and import it again: billctl import clients FILE";
    case Reason::unpriced:
    case Reason::default_price:
      return "give a price and run compile and generate again, or allow it: --allow " +
             std::string(word(finding.code));
    case Reason::date_out_of_window:
      return "name another --date, or allow it: --allow date_out_of_window";
    case Reason::date_order:
      return "name a later --date";
    case Reason::number_taken:
      return "move the series: billctl numbering set SERIES --next N";
    case Reason::no_exchange_rate:
      return "import exchange_rates";
    case Reason::tax_stale:
      return "take the computed tax: billctl invoice tax " + invoice + " CODE --default";
    case Reason::already_issued:
      return "see it: billctl invoice show " + invoice;
    case Reason::changed:
      return "look at it again: billctl invoice show " + invoice;
    default:
      return verb == "issue" ? "see `billctl invoice show " + invoice + "`" : "";
  }
}

void put_exit(Report& report, std::size_t done, const std::vector<RefusedInvoice>& refused,
              std::string_view verb) {
  if (refused.empty()) return;
  if (done > 0) {
    report.exit = ExitStatus::partly;
    return;
  }
  // A signature that failed is no rule: somebody must look at the program that makes them.
  const auto failure = [](const RefusedInvoice& each) {
    return std::ranges::find(each.reasons, Reason::failed, &Finding::code);
  };
  const auto failed = std::ranges::find_if(
      refused, [&](const RefusedInvoice& each) { return failure(each) != each.reasons.end(); });
  const RefusedInvoice& first = failed == refused.end() ? refused.front() : *failed;
  const Finding& finding = failed == refused.end() ? first.reasons.front() : *failure(first);
  report.exit = failed == refused.end() ? ExitStatus::refused : exit_status(Reason::failed);
  report.body.set(
      "error", Json::object({{"code", word(finding.code)},
                             {"message", "invoice " + first.invoice + ": " + finding.detail},
                             {"hint", Json::text_or_null(hint_for(finding, first.invoice, verb))},
                             {"exit", static_cast<int>(report.exit)},
                             {"file", Json()},
                             {"line", Json()},
                             {"column", Json()}}));
}

}  // namespace billctl
