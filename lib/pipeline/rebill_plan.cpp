#include "pipeline/rebill_plan.hpp"

#include <algorithm>

#include "money/wide.hpp"
#include "pipeline/report_json.hpp"
#include "text/json.hpp"
#include "text/sha256.hpp"

namespace billctl {
namespace {

[[noreturn]] void no_plan(const std::string& file, const std::string& why) {
  throw Error(Reason::bad_input, {Mistake{{file, 0, 0},
                                          "no plan of a job: " + why,
                                          "make one with `billctl rebill-job plan JOB -o FILE`"}});
}

const std::string& text_at(const Json& json, const char* key, const std::string& file) {
  const Json& value = json[key];
  if (!value.is_string()) no_plan(file, std::string("it has no ") + key);
  return value.as_string();
}

Date date_at(const Json& json, const char* key, const std::string& file) {
  const auto date = Date::parse(text_at(json, key, file));
  if (!date) no_plan(file, std::string(key) + " of its period is no date");
  return *date;
}

Json line_json(const Line& line, Currency currency) {
  return Json::object({{"kind", line.kind},
                       {"description", line.description},
                       {"quantity", quantity_json(line.quantity)},
                       {"unit", line.unit},
                       {"unit_price", price_json(line.unit_price, currency)},
                       {"allowance", line.allowance_minor},
                       {"amount", line.amount_minor},
                       {"tax", line.tax}});
}

Json draft_json(Invoices& invoices, const Invoice& draft, const std::vector<Line>& lines) {
  Json list = Json::array();
  for (const Line& line : lines) list.push(line_json(line, draft.currency));
  std::vector<std::string> entries;
  for (const PlacedItem& item : invoices.placed_items(draft.id)) entries.push_back(item.entry_ref);
  std::sort(entries.begin(), entries.end());
  Json names = Json::array();
  for (const std::string& entry : entries) names.push(entry);
  return Json::object({{"currency", draft.currency.code()},
                       {"amounts", amounts_json(draft.amounts, draft.currency)},
                       {"lines", std::move(list)},
                       {"entries", std::move(names)}});
}

bool is_whole_months(const Period& period) {
  return period.first().day() == 1 && period.past().day() == 1;
}

int months_of(const Period& period) {
  return (period.past().year() - period.first().year()) * 12 + period.past().month() -
         period.first().month();
}

}  // namespace

std::vector<std::string> RebillPlan::codes() const {
  std::vector<std::string> codes;
  for (const auto& [code, of_client] : clients) codes.push_back(code);
  return codes;
}

RebillPlan parse_plan(std::string_view text, const std::string& file) {
  const Json json = Json::parse(text, file);
  RebillPlan plan;
  plan.digest = to_hex(sha256(text));
  if (!json["command"].is_string() || json["command"].as_string() != "rebill-job plan")
    no_plan(file, "it is not what `rebill-job plan` wrote");
  plan.tenant = text_at(json, "tenant", file);
  plan.made_at = text_at(json, "made_at", file);
  plan.file = text_at(json, "file", file);
  plan.content = text_at(json, "content", file);
  const Date first = date_at(json["period"], "first", file);
  const Date last = date_at(json["period"], "last", file);
  if (last < first) no_plan(file, "its period ends before it begins");
  plan.period = Period::from_to(first, last);
  if (!json["outcomes"].is_array()) no_plan(file, "it has no outcomes");
  for (const Json& each : json["outcomes"].as_array())
    plan.clients[text_at(each, "client", file)] = text_at(each, "digest", file);
  if (plan.clients.empty()) no_plan(file, "it has no clients");
  return plan;
}

DraftedContent drafted_content(Invoices& invoices, const std::vector<InvoiceId>& drafts) {
  DraftedContent content;
  Json all = Json::array();
  for (const InvoiceId id : drafts) {
    const Invoice draft = invoices.header(id);
    const std::vector<Line> lines = invoices.lines(id);
    ++content.invoices;
    content.payers.push_back(draft.bill_to);
    content.lines += static_cast<std::int64_t>(lines.size());
    add_amounts(content.amounts[draft.currency], draft.amounts);
    all.push(draft_json(invoices, draft, lines));
  }
  content.digest = to_hex(sha256(all.canonical()));
  return content;
}

void add_amounts(Amounts& sum, const Amounts& more) {
  const auto add = [](std::int64_t& total, std::int64_t minor) {
    total = checked_add(total, minor, "a total");
  };
  add(sum.lines_minor, more.lines_minor);
  add(sum.excl_tax_minor, more.excl_tax_minor);
  add(sum.tax_minor, more.tax_minor);
  add(sum.incl_tax_minor, more.incl_tax_minor);
  add(sum.prepaid_minor, more.prepaid_minor);
  add(sum.payable_minor, more.payable_minor);
}

std::optional<Period> period_before(const Period& period) {
  if (period.first() == Date::first_of_all() || period.last() == Date::last_of_all())
    return std::nullopt;
  const Date last = period.first().add_days(-1);
  if (is_whole_months(period))
    return Period::from_to(period.first().add_months(-months_of(period)), last);
  return Period::from_to(period.first().add_days(-period.days()), last);
}

}  // namespace billctl
