// Invoice lines; lines of text become notes of those that they stand with.
#include <algorithm>
#include <map>

#include "catalogue/unit.hpp"
#include "issue/vat_breakdown.hpp"
#include "render/ubl_run.hpp"
#include "text/xml_text.hpp"

namespace billctl {
namespace {

bool same_place(const Line& a, const Line& b) {
  return a.project == b.project && a.task == b.task;
}

/// Which line's note a line of text becomes: that of the line before it, such as the quote that it
/// describes; a heading, with nothing of its project and task before it, that of the line below.
const Line* noted_on(const Line& text, const Line* before, const Line* after) {
  if (before == nullptr) return after;
  const bool heading = after != nullptr && same_place(text, *after) && !same_place(text, *before);
  return heading ? after : before;
}

/// By the id of the line whose note it is.
std::map<std::int64_t, std::string> line_notes(const std::vector<Line>& lines) {
  std::map<std::int64_t, std::string> notes;
  std::vector<const Line*> after(lines.size() + 1, nullptr);
  for (std::size_t i = lines.size(); i-- > 0;)
    after[i] = lines[i].quantity ? &lines[i] : after[i + 1];
  const Line* before = nullptr;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].quantity) {
      before = &lines[i];
      continue;
    }
    const Line* owner = noted_on(lines[i], before, after[i]);
    if (owner == nullptr || is_blank(lines[i].description)) continue;
    std::string& note = notes[owner->line];
    note += (note.empty() ? "" : "\n") + std::string(trimmed(lines[i].description));
  }
  return notes;
}

}  // namespace

// Inside the invoice's own period, or not at all (PEPPOL-EN16931-R110, R111).
void UblRun::line_period(const Line& line) {
  if (!line.first_on || !line.last_on || *line.last_on < *line.first_on) return;
  const Period period = Period::from_to(*line.first_on, *line.last_on);
  if (invoice_.period.contains(period)) put_period(*line.first_on, *line.last_on);
}

// What the line has beside quantity x price: rounding entry by entry, or billing by the day.
void UblRun::line_allowance(const Line& line) {
  const Money by = turned(Money(line.allowance_minor, invoice_.currency));
  if (by.is_zero()) return;
  const auto allowance = xml_.in("cac:AllowanceCharge");
  xml_.put("cbc:ChargeIndicator", by.is_negative() ? "false" : "true");
  xml_.put("cbc:AllowanceChargeReason", "Adjustment");
  put_amount("cbc:Amount", by.absolute());
}

// The first line of a description is the item's name, the rest describes it.
void UblRun::item(const Line& line) {
  const std::string_view text = trimmed(line.description);
  const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
  const auto item = xml_.in("cac:Item");
  xml_.put("cbc:Description", text.substr(end));
  xml_.put("cbc:Name", text.substr(0, end));
  if (const TaxRow* vat = vat_of(line, printed_.document))
    put_category("cac:ClassifiedTaxCategory", *vat->identity.category, vat->identity.rate, "", "");
}

void UblRun::line(const Line& line, const std::string& note) {
  const Decimal price = line.unit_price.value_or(Decimal());
  // No price is negative (BR-27): its sign goes to the quantity.
  const bool turn = is_credit() != price.is_negative();
  const Decimal quantity = turn ? -*line.quantity : *line.quantity;
  const auto element = xml_.in(is_credit() ? "cac:CreditNoteLine" : "cac:InvoiceLine");
  xml_.put("cbc:ID", std::to_string(line.line));
  xml_.put("cbc:Note", note);
  xml_.put(is_credit() ? "cbc:CreditedQuantity" : "cbc:InvoicedQuantity", quantity.to_text(),
           {{"unitCode", rec20_code(line.unit)}});
  put_amount("cbc:LineExtensionAmount", line.amount_minor);
  line_period(line);
  line_allowance(line);
  item(line);
  const auto pricing = xml_.in("cac:Price");
  xml_.put("cbc:PriceAmount", price.absolute().to_text(invoice_.currency.digits()),
           {{"currencyID", invoice_.currency.code()}});
}

void UblRun::lines() {
  const std::vector<Line>& all = printed_.document.lines;
  const auto notes = line_notes(all);
  for (const Line& each : all) {
    if (!each.quantity) continue;
    const auto note = notes.find(each.line);
    line(each, note == notes.end() ? std::string() : note->second);
  }
}

}  // namespace billctl
