#include "pipeline/change_lines.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "catalogue/unit.hpp"
#include "invoice/tax_treatment.hpp"
#include "ledger/picked_taxes.hpp"
#include "text/nearest.hpp"

namespace billctl {
namespace {

using namespace std::string_view_literals;

constexpr std::array kLineKinds = {"time"sv,    "mileage"sv,    "travel_time"sv, "allowance"sv,
                                   "expense"sv, "travel"sv,     "goods"sv,       "bill"sv,
                                   "quote"sv,   "instalment"sv, "text"sv};
constexpr std::size_t kTextBytesMax = 10'000;

Verb verb_of(const char* words, const Json& arguments) {
  return {.name = std::string("invoice ") + words, .arguments = arguments};
}

std::string line_name(std::int64_t line) {
  return "line " + std::to_string(line);
}

/// Travel in one line is taxed as its mileage and expenses are.
ItemKind taxed_as(const std::string& line_kind) {
  return item_kind_of(line_kind).value_or(ItemKind::expense);
}

Date rate_date(InvoiceEdit& edit) {
  return edit.invoice().invoice_on.value_or(edit.session().today);
}

std::string default_tax(InvoiceEdit& edit, const std::string& kind) {
  const Client& client = edit.books().clients.at(edit.invoice().client);
  TaxTreatments treatments(edit.session().config.taxes, rate_date(edit));
  const auto picked = PickedTaxes(edit.session().ledger).list(edit.invoice().id);
  const TaxTreatments::Taxed line = {client.tax, "", client.language, taxed_as(kind),
                                     rate_date(edit)};
  return treatments.at(treatments.of(line, picked)).codes;
}

/// As typed, each code once; they must be in the config and fit together.
std::string checked_tax(InvoiceEdit& edit, const std::string& codes) {
  const auto& types = edit.session().config.taxes;
  const TaxTreatment treatment = treatment_of(codes, types, rate_date(edit), std::nullopt, "");
  if (!treatment.failure) {
    std::string each_once;
    for (const AppliedTax& tax : treatment.taxes)
      each_once += (each_once.empty() ? "" : ";") + tax.identity.tax;
    return each_once;
  }
  std::vector<std::string> known;
  for (const TaxType& type : types) known.push_back(type.code);
  const std::string near = did_you_mean(codes, known);
  throw Error(treatment.failure->code, treatment.failure->detail,
              near.empty() ? "see [tax.*] in the config" : near);
}

const std::string& checked_unit(const std::string& unit) {
  if (is_known_unit(unit)) return unit;
  throw Error(Reason::unit_unknown, "\"" + unit + "\" is no unit",
              "write hour, min, day, km, pcs, month, week, kg, m, l, or a code of UN/ECE Rec 20");
}

const std::string& checked_description(const std::string& text) {
  if (text.find_first_not_of(" \t\n") == std::string::npos)
    throw Error(Reason::usage, "a line needs a description", "say it with --description TEXT");
  if (text.size() > kTextBytesMax)
    throw Error(Reason::usage, "the description has " + std::to_string(text.size()) +
                                   " bytes, 10000 are the most");
  return text;
}

void check_price(Decimal price) {
  if (!price.is_negative()) return;
  throw Error(Reason::usage, "--unit-price " + price.to_text() + ": a price is never negative",
              "write a negative --quantity instead");
}

void put_amount(const Invoice& invoice, Line& line) {
  line.amount_minor = checked_add(
      amount(*line.quantity, *line.unit_price, invoice.currency, invoice.rounding).minor(),
      line.allowance_minor, "a line amount");
}

void refuse_on_text(const LineWords& words) {
  if (words.kind.value_or("text") == "text" && !words.unit && !words.tax && !words.quantity &&
      !words.unit_price)
    return;
  throw Error(Reason::usage, "a line of text has no quantity, price, unit or tax",
              "add a line with --unit-price to charge something");
}

Line new_line(InvoiceEdit& edit, const LineWords& words) {
  Line line;
  line.typed = line.worded = true;
  line.description = checked_description(words.description.value_or(""));
  if (!words.unit_price && !words.quantity) {
    refuse_on_text(words);
    line.kind = "text";
    return line;
  }
  if (words.kind == "text") refuse_on_text(words);
  if (!words.unit_price)
    throw Error(Reason::usage, "a line with a quantity needs a price",
                "say it with --unit-price PRICE");
  check_price(*words.unit_price);
  line.kind = words.kind.value_or("goods");
  line.quantity = words.quantity.value_or(Decimal::from_integer(1));
  line.unit = checked_unit(words.unit.value_or("pcs"));
  line.unit_price = words.unit_price;
  line.tax = words.tax ? checked_tax(edit, *words.tax) : default_tax(edit, line.kind);
  put_amount(edit.invoice(), line);
  return line;
}

/// Puts the words on the line. @returns whether more than its description changed.
bool put_words(InvoiceEdit& edit, const LineWords& words, Line& line) {
  const Line before = line;
  if (words.description && *words.description != line.description) {
    line.description = checked_description(*words.description);
    line.worded = true;
  }
  if (!line.quantity) {
    if (words.kind || words.unit || words.tax || words.quantity || words.unit_price)
      refuse_on_text(words);
    return false;
  }
  if (words.kind == "text")
    throw Error(Reason::usage, line_name(line.line) + " has an amount, it can't become text",
                "remove it, and add one without --quantity and --unit-price");
  if (words.unit_price) check_price(*words.unit_price);
  line.kind = words.kind.value_or(line.kind);
  if (words.unit) line.unit = checked_unit(*words.unit);
  if (words.tax) line.tax = checked_tax(edit, *words.tax);
  line.quantity = words.quantity ? words.quantity : line.quantity;
  line.unit_price = words.unit_price ? words.unit_price : line.unit_price;
  // What was typed is what the paper says: quantity x price without an allowance of before.
  if (line.quantity != before.quantity || line.unit_price != before.unit_price) {
    line.allowance_minor = 0;
    put_amount(edit.invoice(), line);
  }
  return line.kind != before.kind || line.unit != before.unit || line.tax != before.tax ||
         line.quantity != before.quantity || line.unit_price != before.unit_price;
}

Finding still_linked(InvoiceEdit& edit, ItemId item) {
  const Card& card = edit.card(item);
  return {Reason::still_linked, "item " + std::to_string(item.value) + " of entry " +
                                    card.entry_ref +
                                    " has no line any more and stays linked; `billctl invoice "
                                    "material release` gives it back"};
}

void renumber(Sheet& sheet) {
  std::int64_t position = 0;
  for (Line& line : sheet.lines) line.position = ++position;
}

/// The index at which the line goes among the others.
std::ptrdiff_t index_of(InvoiceEdit& edit, const LinePosition& place) {
  const auto& lines = edit.sheet().lines;
  const auto count = static_cast<std::int64_t>(lines.size());
  if (place.position) {
    if (*place.position < 1)
      throw Error(Reason::usage,
                  "--to " + std::to_string(*place.position) + " is no position: they count from 1");
    return std::min(*place.position - 1, count);
  }
  const std::int64_t beside = place.before ? *place.before : *place.after;
  edit.line(beside);
  const auto found = std::ranges::find(lines, beside, &Line::line);
  return found - lines.begin() + (place.before ? 0 : 1);
}

/// The taxes that all lines with an amount share.
std::optional<std::string> common_tax(const Sheet& sheet) {
  std::optional<std::string> common;
  for (const Line& line : sheet.lines) {
    if (!line.quantity) continue;
    if (common && *common != line.tax) return std::nullopt;
    common = line.tax;
  }
  return common;
}

void orphan(InvoiceEdit& edit, std::int64_t line) {
  for (const ItemId item : remove_line(edit.sheet(), line))
    edit.tell(item, MaterialAct::orphan, 0, line_name(line) + " removed");
}

}  // namespace

std::vector<std::string> line_kind_words() {
  return {kLineKinds.begin(), kLineKinds.end()};
}

Report add_line(Session& session, const EditTarget& target, const LineWords& words,
                const Json& arguments) {
  return edit_invoice(session, verb_of("line add", arguments), target, [&](InvoiceEdit& edit) {
    edit.require_open();
    Line line = new_line(edit, words);
    if (line.quantity) edit.by_hand();
    const std::int64_t id = add_line(edit.sheet(), std::move(line));
    EditMade made;
    made.what = line_name(id) + " added";
    made.more.set("line", id);
    return made;
  });
}

Report edit_line(Session& session, const EditTarget& target, std::int64_t number,
                 const LineWords& words, const Json& arguments) {
  return edit_invoice(session, verb_of("line edit", arguments), target, [&](InvoiceEdit& edit) {
    edit.require_open();
    Line& line = edit.line(number);
    if (put_words(edit, words, line)) {
      line.typed = true;
      edit.by_hand();
    }
    EditMade made;
    made.what = line_name(number) + " changed";
    made.more.set("line", number);
    return made;
  });
}

Report remove_lines(Session& session, const EditTarget& target,
                    const std::vector<std::int64_t>& lines, const Json& arguments) {
  return edit_invoice(session, verb_of("line remove", arguments), target, [&](InvoiceEdit& edit) {
    edit.require_open();
    EditMade made;
    std::string names;
    for (const std::int64_t number : std::set<std::int64_t>(lines.begin(), lines.end())) {
      const Line& line = edit.line(number);
      if (line.quantity || !line.typed) edit.by_hand();
      const std::size_t before = edit.sheet().events.size();
      orphan(edit, number);
      for (std::size_t i = before; i < edit.sheet().events.size(); ++i)
        made.warnings.push_back(still_linked(edit, edit.sheet().events[i].item));
      names += (names.empty() ? "" : ", ") + std::to_string(number);
    }
    renumber(edit.sheet());
    made.what = (lines.size() == 1 ? "line " : "lines ") + names + " removed";
    return made;
  });
}

Report move_line(Session& session, const EditTarget& target, std::int64_t number,
                 const LinePosition& place, const Json& arguments) {
  return edit_invoice(session, verb_of("line move", arguments), target, [&](InvoiceEdit& edit) {
    edit.require_open();
    const Line moved = edit.line(number);
    if (place.before == number || place.after == number)
      throw Error(Reason::usage, line_name(number) + " can't stand beside itself");
    auto& lines = edit.sheet().lines;
    std::erase_if(lines, [&](const Line& line) { return line.line == number; });
    lines.insert(lines.begin() + index_of(edit, place), moved);
    renumber(edit.sheet());
    EditMade made;
    made.what = line_name(number) + " moved";
    made.more.set("line", number);
    return made;
  });
}

Report agree(Session& session, const EditTarget& target, const std::string& amount_text,
             const std::string& text, const Json& arguments) {
  return edit_invoice(session, verb_of("agree", arguments), target, [&](InvoiceEdit& edit) {
    edit.require_open();
    std::string_view why;
    const auto agreed = Money::parse(amount_text, edit.invoice().currency, &why);
    if (!agreed)
      throw Error(Reason::usage, "\"" + amount_text + "\" is no amount: " + std::string(why));
    LineWords words;
    words.description = text.empty() ? "As agreed" : text;
    words.tax = common_tax(edit.sheet());
    words.quantity = Decimal::from_integer(agreed->is_negative() ? -1 : 1);
    words.unit_price = Decimal::parse(agreed->absolute().to_text());
    if (!words.unit_price)
      throw Error(Reason::usage, "\"" + amount_text + "\" is too large for a line");
    Line line = new_line(edit, words);
    std::vector<std::int64_t> old;
    for (const Line& each : edit.sheet().lines) old.push_back(each.line);
    for (const std::int64_t each : old) orphan(edit, each);
    edit.by_hand();
    EditMade made;
    made.more.set("line", add_line(edit.sheet(), std::move(line)));
    made.what = "agreed on " + agreed->to_text();
    return made;
  });
}

}  // namespace billctl
