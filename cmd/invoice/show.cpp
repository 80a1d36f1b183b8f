#include "pipeline/show_invoice.hpp"

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "text/visible.hpp"

namespace billctl::cmd {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

bool is_zero(const Json& amount) {
  return cell_text(amount).find_first_of("123456789") == std::string::npos;
}

/// `name   value`, a line each, without those that have no value.
std::string pairs_text(const Pairs& pairs) {
  std::size_t width = 0;
  for (const auto& [name, value] : pairs) width = std::max(width, name.size());
  std::string text;
  for (const auto& [name, value] : pairs) {
    if (!value.empty())
      text += name + std::string(width + 2 - name.size(), ' ') + visible(value) + "\n";
  }
  return text;
}

/// The same with the values set to the right, for amounts.
std::string amounts_text(const Pairs& pairs) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& [name, value] : pairs) {
    if (!value.empty()) rows.push_back({name, value});
  }
  const std::string text = table({"", ">"}, rows);
  return text.substr(text.find('\n') + 1);
}

std::string in_brackets(const std::string& text) {
  return text.empty() ? "" : " (" + text + ")";
}

std::string heading_text(const Json& invoice) {
  const std::string kind = cell_text(invoice["type"]) == "invoice" ? "invoice" : "credit note";
  const bool numbered = !invoice["number"].is_null();
  const Json& period = invoice["period"];
  Pairs pairs = {
      {kind, cell_text(invoice["invoice"]) +
                 (numbered ? in_brackets(cell_text(invoice["draft_number"])) : "")},
      {"state", cell_text(invoice["state"]) + ", revision " + cell_text(invoice["revision"])},
      {"name", cell_text(invoice["name"])},
      {"title", cell_text(invoice["title"])},
      {"subtitle", cell_text(invoice["subtitle"])},
      {"client", cell_text(invoice["buyer"]["name"]) + in_brackets(cell_text(invoice["client"]))},
      {"date", cell_text(invoice["date"])},
      {"due", cell_text(invoice["due_date"])},
      {"terms", cell_text(invoice["terms"]["text"])},
      {"AR period", cell_text(invoice["ar_period"])},
      {"period", cell_text(period["first"]) + ".." + cell_text(period["last"])},
      {"PO number", cell_text(invoice["po_number"])},
      {"cost centre", cell_text(invoice["cost_centre"])},
      {"corrects", cell_text(invoice["corrects"])},
  };
  std::string credited;
  for (const Json& each : invoice["credited_by"].as_array())
    credited += (credited.empty() ? "" : ", ") + cell_text(each);
  pairs.emplace_back("credited by", credited);
  return pairs_text(pairs);
}

std::string orphans_text(const Json& invoice) {
  const std::size_t count = invoice["without_line"].as_array().size();
  if (count == 0) return "";
  return std::to_string(count) +
         (count == 1 ? " item is linked without a line\n" : " items are linked without a line\n");
}

std::string lines_text(const Json& invoice) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& line : invoice["lines"].as_array()) {
    std::string taxes;
    for (const Json& tax : line["tax"].as_array())
      taxes += (taxes.empty() ? "" : " ") + cell_text(tax);
    const bool text_only = line["quantity"].is_null();
    rows.push_back({cell_text(line["line"]), cell_text(line["description"]),
                    cell_text(line["quantity"]), cell_text(line["unit"]),
                    cell_text(line["unit_price"]),
                    is_zero(line["allowance"]) ? "" : cell_text(line["allowance"]),
                    text_only ? "" : cell_text(line["amount"]), taxes,
                    std::to_string(line["items"].as_array().size())});
  }
  const std::string orphans = orphans_text(invoice);
  if (rows.empty()) return "no lines\n" + orphans;
  return table({">line", "description", ">quantity", "unit", ">price", ">allowance", ">amount",
                "tax", ">items"},
               rows) +
         orphans;
}

std::string totals_text(const Json& invoice) {
  const Json& amounts = invoice["amounts"];
  const std::string currency = " " + cell_text(invoice["currency"]);
  Pairs pairs = {{"excl. tax", cell_text(amounts["excl_tax"])}};
  for (const Json& tax : invoice["taxes"].as_array()) {
    const bool typed = tax["overridden"].as_bool();
    pairs.emplace_back(cell_text(tax["tax"]) + " " + cell_text(tax["rate"]) + " %" +
                           in_brackets(cell_text(tax["category"])) + " of " +
                           cell_text(tax["base"]) + (typed ? ", typed in" : "") +
                           (tax["stale"].as_bool() ? ", stale" : ""),
                       cell_text(tax["amount"]));
  }
  pairs.emplace_back("incl. tax", cell_text(amounts["incl_tax"]));
  if (!is_zero(amounts["prepaid"]))
    pairs.emplace_back("prepaid", "-" + cell_text(amounts["prepaid"]));
  pairs.emplace_back("payable" + currency, cell_text(amounts["payable"]));
  return amounts_text(pairs);
}

std::string summary_text(const Json& invoice) {
  const Json& summary = invoice["summary"];
  Pairs pairs = {{"starting amount", cell_text(summary["starting"])},
                 {"adjustments", cell_text(summary["adjustments"])},
                 {"exclusions", cell_text(summary["exclusions"])},
                 {"invoiced", cell_text(summary["invoiced"])},
                 {"milestones", cell_text(summary["milestones"])},
                 {"tax", cell_text(summary["tax"])},
                 {"prepaid", cell_text(summary["prepaid"])},
                 {"net", cell_text(summary["net"])}};
  if (!is_zero(invoice["unallocated"]))
    pairs.emplace_back("unallocated", cell_text(invoice["unallocated"]));
  return amounts_text(pairs);
}

std::string prepayments_text(const Json& invoice) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& each : invoice["prepayments"].as_array()) {
    rows.push_back({cell_text(each["contract_line"]), cell_text(each["type"]),
                    cell_text(each["balance"]), cell_text(each["applied"]),
                    cell_text(each["tax"])});
  }
  if (rows.empty()) return "";
  return "\n" + table({"contract line", "type", ">balance", ">applied", ">tax"}, rows);
}

std::string approvals_text(const Json& invoice) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& each : invoice["approvals"].as_array()) {
    if (!each["required"].as_bool() && each["by"].is_null()) continue;
    std::string may;
    for (const Json& member : each["may"].as_array())
      may += (may.empty() ? "" : ", ") + cell_text(member);
    const bool given = !each["by"].is_null();
    rows.push_back({cell_text(each["role"]), given ? "by " + cell_text(each["by"]) : "missing",
                    cell_text(each["at"]), given ? "" : may});
  }
  if (rows.empty()) return "";
  return "\n" + table({"approval", "given", "at", "may be given by"}, rows);
}

/// "mail to bo@acme.test: sent 2026-11-02T08:00:00Z", "post: sent 2026-11-02T08:00:00Z"
std::string sent_text(const Json& each) {
  const std::string way = cell_text(each["via"]) + (each["to"].is_null() ? "" : " to ");
  return visible(way + cell_text(each["to"]) + ": " + cell_text(each["state"]) +
                 (each["at"].is_null() ? "" : " " + cell_text(each["at"]))) +
         "\n";
}

std::string delivery_text(const Json& invoice) {
  std::string text;
  for (const Json& each : invoice["sync"].as_array()) {
    text += visible("sync " + cell_text(each["provider"]) + ": " + cell_text(each["state"]) +
                    in_brackets(cell_text(each["remote_id"]))) +
            "\n";
  }
  for (const Json& each : invoice["sent"].as_array()) text += sent_text(each);
  return text.empty() ? "" : "\n" + text;
}

// Each line of the notes by itself: a line feed is theirs, all other control characters are shown.
std::string notes_text(const Json& invoice) {
  std::string rest = cell_text(invoice["notes"]);
  if (rest.empty()) return "";
  std::string text = "\nnotes\n";
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    text += "  " + visible(rest.substr(0, end)) + "\n";
    rest.erase(0, std::min(end + 1, rest.size()));
  }
  return text;
}

std::string text_of(const Json& invoice, bool test) {
  std::string text = test ? "TEST: of a test ledger, no document\n\n" : "";
  text += heading_text(invoice) + "\n" + lines_text(invoice) + "\n" + totals_text(invoice) + "\n" +
          summary_text(invoice) + prepayments_text(invoice) + approvals_text(invoice) +
          delivery_text(invoice) + notes_text(invoice);
  const std::string seal = cell_text(invoice["seal"]);
  return text + (seal.empty() ? "" : "\nseal " + seal + "\n");
}

Outcome run(Invocation& invocation) {
  Outcome outcome;
  outcome.body = show_invoice(invocation.session(), invocation.arguments().front());
  const Json& body = outcome.body;
  const bool test = invocation.session().tenant.test;
  for (const Json& fault : body["faults"].is_array() ? body["faults"].as_array() : Json::Array{})
    outcome.talk.push_back("warning: " + cell_text(fault["detail"]));
  for (const Json& warning : body["warnings"].as_array())
    outcome.talk.push_back("warning: " + cell_text(warning["detail"]));
  outcome.text = [test](const Json& shown) { return text_of(shown, test); };
  return outcome;
}

}  // namespace

const Command& invoice_show_command() {
  static const Command kCommand = {
      .name = "invoice show",
      .summary = "show an invoice with its lines, totals and approvals",
      .example = "billctl invoice show DRAFT00007\nbillctl invoice show INV00042 --json",
      .arguments = {{"INVOICE", "by any name it ever had", true, false}},
      .options = {},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
