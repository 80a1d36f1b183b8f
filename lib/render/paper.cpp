#include "render/paper.hpp"

#include <algorithm>

#include "text/visible.hpp"

namespace billctl {
namespace {

constexpr std::size_t kSealDigits = 16;

// Line by line, since a line feed is the one control character that paper knows.
std::string clean(std::string_view text) {
  std::string safe;
  while (true) {
    const std::size_t feed = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, feed);
    if (line.ends_with('\r')) line.remove_suffix(1);
    safe += visible(line);
    if (feed == text.size()) break;
    safe += '\n';
    text.remove_prefix(feed + 1);
  }
  safe.erase(safe.find_last_not_of(" \n") + 1);
  return safe;
}

/// One run over one document.
class Press {
 public:
  explicit Press(const PrintedDocument& printed)
      : printed_(printed),
        invoice_(printed.document.invoice),
        negated_(is_negated(printed)),
        draft_(is_open(printed.document.invoice.state)) {
    paper_.language = language_of(printed.language);
  }

  Paper paper() {
    head();
    seller();
    buyer();
    facts();
    lines();
    totals();
    tax_reasons();
    payment();
    annex();
    return std::move(paper_);
  }

 private:
  std::string say(Phrase which, std::initializer_list<std::string_view> blanks = {}) const {
    return phrase(which, paper_.language, blanks);
  }
  std::string number(const std::string& exact) const { return number_text(exact, paper_.language); }
  std::string date(Date on) const { return date_text(on, paper_.language); }
  std::string money(std::int64_t minor) const {
    const Money amount(minor, invoice_.currency);
    return number((negated_ ? -amount : amount).to_text());
  }
  static void fact(std::vector<PaperFact>& facts, std::string label, std::string_view value) {
    std::string safe = clean(value);
    if (!safe.empty()) facts.push_back({std::move(label), std::move(safe)});
  }
  static void line(std::vector<std::string>& lines, std::string_view text) {
    std::string safe = clean(text);
    if (!safe.empty()) lines.push_back(std::move(safe));
  }
  void head();
  void address(const PostalAddress& address, std::vector<std::string>& lines) const;
  void ids(const std::string& registration, const std::string& vat,
           std::vector<std::string>& lines) const;
  void seller();
  void buyer();
  void facts();
  void lines();
  void line_row(const Line& line);
  std::string rates(const Line& line) const;
  void totals();
  void tax_totals();
  void tax_reasons();
  void payment();
  void terms();
  void annex();

  const PrintedDocument& printed_;
  const Invoice& invoice_;
  const bool negated_;
  const bool draft_;
  Paper paper_;
};

void Press::head() {
  if (printed_.test) paper_.marks.emplace_back("TEST");
  if (draft_) paper_.marks.emplace_back("DRAFT");
  if (printed_.copy) paper_.marks.emplace_back("COPY");
  if (invoice_.state == InvoiceState::voided) paper_.marks.push_back(say(Phrase::voided));
  paper_.heading = say(negated_ ? Phrase::credit_note : Phrase::invoice);
  if (!draft_) paper_.number = clean(invoice_.number);
  paper_.title = clean(invoice_.title);
  paper_.subtitle = clean(invoice_.subtitle);
  // As they stood at issue; what was edited later is ours alone (BT-22).
  paper_.notes = clean(draft_ ? invoice_.notes : invoice_.notes_at_issue);
  if (!draft_) paper_.seal = invoice_.seal.substr(0, kSealDigits);
  paper_.dated = invoice_.invoice_on.value_or(invoice_.period.last());
  paper_.logo = printed_.logo;
}

void Press::address(const PostalAddress& address, std::vector<std::string>& lines) const {
  line(lines, address.street);
  line(lines, address.street2);
  std::string city = address.postal_code;
  if (!city.empty() && !address.city.empty()) city += " ";
  line(lines, city + address.city);
  line(lines, address.region);
  line(lines, address.country);
}

void Press::ids(const std::string& registration, const std::string& vat,
                std::vector<std::string>& lines) const {
  if (!registration.empty()) line(lines, say(Phrase::registration) + " " + registration);
  if (!vat.empty()) line(lines, say(Phrase::vat_id) + " " + vat);
}

void Press::seller() {
  const Seller& seller = printed_.seller;
  paper_.seller.name = clean(seller.name);
  address(seller.address, paper_.seller.lines);
  ids(seller.registration_id, seller.vat_id, paper_.seller.lines);
}

void Press::buyer() {
  const Buyer& buyer = printed_.buyer;
  paper_.buyer.above = clean(buyer.parent);
  paper_.buyer.name = clean(buyer.name);
  if (buyer.legal_name != buyer.name) line(paper_.buyer.lines, buyer.legal_name);
  address(buyer.address, paper_.buyer.lines);
  ids("", buyer.vat_id, paper_.buyer.lines);
}

void Press::facts() {
  auto& facts = paper_.facts;
  fact(facts, say(Phrase::number), paper_.number);
  fact(facts, say(Phrase::corrects), printed_.corrects);
  if (invoice_.invoice_on) fact(facts, say(Phrase::date), date(*invoice_.invoice_on));
  if (invoice_.due_on && !negated_) fact(facts, say(Phrase::due), date(*invoice_.due_on));
  fact(facts, say(Phrase::period),
       date(invoice_.period.first()) + " – " + date(invoice_.period.last()));
  fact(facts, say(Phrase::po_number), invoice_.po_number);
  fact(facts, say(Phrase::buyer_reference), printed_.buyer.buyer_reference);
}

// Which tax is on which line is told where there is a choice.
void Press::lines() {
  auto& columns = paper_.lines.columns;
  columns = {{PaperCell::description, say(Phrase::description)},
             {PaperCell::quantity, say(Phrase::quantity)},
             {PaperCell::unit, say(Phrase::unit)},
             {PaperCell::price, say(Phrase::unit_price)}};
  if (printed_.document.taxes.size() > 1) columns.push_back({PaperCell::tax, say(Phrase::tax)});
  columns.push_back({PaperCell::amount, say(Phrase::amount)});
  for (const Line& each : printed_.document.lines) line_row(each);
}

void Press::line_row(const Line& line) {
  const auto put = [&](std::string description, std::string quantity, std::string unit,
                       std::string price, std::string tax, std::string amount) {
    std::vector<std::string> row = {std::move(description), std::move(quantity), std::move(unit),
                                    std::move(price)};
    if (printed_.document.taxes.size() > 1) row.push_back(std::move(tax));
    row.push_back(std::move(amount));
    paper_.lines.rows.push_back(std::move(row));
  };
  if (!line.quantity) return put(clean(line.description), "", "", "", "", "");
  const Decimal quantity = negated_ ? -*line.quantity : *line.quantity;
  const Decimal price = line.unit_price.value_or(Decimal());
  put(clean(line.description), number(quantity.to_text()),
      clean(unit_text(line.unit, paper_.language)),
      number(price.to_text(invoice_.currency.digits())), rates(line),
      money(line.amount_minor - line.allowance_minor));
  if (line.allowance_minor == 0) return;
  const bool charge = (line.allowance_minor > 0) != negated_;
  put(say(charge ? Phrase::charge : Phrase::allowance), "", "", "", "",
      money(line.allowance_minor));
}

// The rate where the document has one of that tax, else the tax by its name.
std::string Press::rates(const Line& line) const {
  std::string text;
  std::string_view rest = line.tax;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    const std::string_view code = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const auto is_of_it = [&](const TaxRow& row) { return row.identity.tax == code; };
    const auto& rows = printed_.document.taxes;
    const auto found = std::ranges::find_if(rows, is_of_it);
    if (!text.empty()) text += "\n";
    text += std::ranges::count_if(rows, is_of_it) == 1
                ? number(found->identity.rate.to_text()) + "\u00A0%"
                : clean(code);
  }
  return text;
}

void Press::totals() {
  auto& totals = paper_.totals;
  const Amounts& amounts = invoice_.amounts;
  const std::string currency(invoice_.currency.code());
  totals.push_back({say(Phrase::total_excluding), money(amounts.excl_tax_minor)});
  tax_totals();
  totals.push_back({say(Phrase::total_including), money(amounts.incl_tax_minor)});
  for (const AppliedPrepayment& each : printed_.document.prepayments) {
    const std::int64_t gross = each.applied_minor + each.tax_minor;
    totals.push_back({say(Phrase::prepaid) + " " + clean(each.code), money(-gross)});
  }
  totals.push_back({say(negated_ ? Phrase::credited : Phrase::payable, {currency}),
                    money(amounts.payable_minor), true});
  if (!invoice_.tax_accounting_minor || !invoice_.exchange_rate) return;
  const Currency base = Currency::of(invoice_.accounting_currency).value_or(Currency::none());
  const Money tax(*invoice_.tax_accounting_minor, base);
  totals.push_back({say(Phrase::tax_in,
                        {invoice_.accounting_currency, number(invoice_.exchange_rate->to_text())}),
                    number((negated_ ? -tax : tax).to_text())});
}

void Press::tax_totals() {
  for (const TaxRow& row : printed_.document.taxes) {
    const auto& category = row.identity.category;
    const std::string kind = category ? " (" + std::string(word(*category)) + ")" : "";
    paper_.totals.push_back(
        {say(Phrase::tax_on, {clean(row.identity.tax), number(row.identity.rate.to_text()), kind,
                              money(row.base.minor())}),
         money(row.amount.minor())});
  }
}

void Press::tax_reasons() {
  for (const TaxRow& row : printed_.document.taxes) {
    if (row.reason.empty() && row.vatex.empty()) continue;
    const std::string code = row.vatex.empty() ? "" : " (" + row.vatex + ")";
    const std::string text = clean(row.reason.empty() ? row.vatex : row.reason + code);
    if (std::ranges::find(paper_.tax_reasons, text) == paper_.tax_reasons.end())
      paper_.tax_reasons.push_back(text);
  }
}

void Press::terms() {
  const PaymentTerms& terms = *printed_.terms;
  auto& facts = paper_.payment;
  fact(facts, say(Phrase::terms), terms.text);
  if (terms.late_interest) {
    fact(facts, say(Phrase::late_interest),
         say(Phrase::percent_a_year, {number(terms.late_interest->to_text())}));
  }
  if (terms.discount) {
    fact(facts, say(Phrase::discount),
         say(Phrase::discount_within,
             {number(terms.discount->percent.to_text()), std::to_string(terms.discount->days)}));
  }
}

void Press::payment() {
  const Seller& seller = printed_.seller;
  auto& facts = paper_.payment;
  if (!negated_) {
    if (printed_.terms) terms();
    fact(facts, say(Phrase::iban), seller.iban);
    fact(facts, say(Phrase::bic), seller.bic);
    if (!seller.iban.empty()) fact(facts, say(Phrase::reference), paper_.number);
  }
  fact(facts, say(Phrase::terms_of_sale), seller.terms_of_sale);
  std::string contact;
  for (const std::string* part :
       {&seller.contact_name, &seller.contact_phone, &seller.contact_email}) {
    if (!part->empty()) contact += (contact.empty() ? "" : ", ") + *part;
  }
  fact(facts, say(Phrase::contact), contact);
}

void Press::annex() {
  if (printed_.annex.empty()) return;
  const bool named =
      std::ranges::any_of(printed_.annex, [](const AnnexRow& row) { return !row.member.empty(); });
  const bool sourced =
      std::ranges::any_of(printed_.annex, [](const AnnexRow& row) { return !row.source.empty(); });
  paper_.annex_title = say(negated_ ? Phrase::annex_of_credit_note : Phrase::annex_of_invoice);
  auto& columns = paper_.annex.columns;
  columns.push_back({PaperCell::date, say(Phrase::date)});
  if (named) columns.push_back({PaperCell::member, say(Phrase::member)});
  columns.insert(columns.end(), {{PaperCell::work, say(Phrase::work)},
                                 {PaperCell::description, say(Phrase::description)},
                                 {PaperCell::quantity, say(Phrase::quantity)},
                                 {PaperCell::unit, say(Phrase::unit)}});
  if (sourced) columns.push_back({PaperCell::source, say(Phrase::source)});
  for (const AnnexRow& row : printed_.annex) {
    std::vector<std::string> cells = {date(row.on)};
    if (named) cells.push_back(clean(row.member));
    cells.insert(cells.end(),
                 {clean(row.work), clean(row.description), number(row.quantity.to_text()),
                  clean(unit_text(row.unit, paper_.language))});
    if (sourced) cells.push_back(clean(row.source));
    paper_.annex.rows.push_back(std::move(cells));
  }
}

}  // namespace

bool is_number(PaperCell cell) {
  return cell == PaperCell::quantity || cell == PaperCell::price || cell == PaperCell::tax ||
         cell == PaperCell::amount;
}

std::string PaperTable::cell(const std::vector<std::string>& row, PaperCell kind) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].kind == kind) return row[i];
  }
  return "";
}

std::string Paper::name() const {
  std::string text;
  for (const std::string& mark : marks) text += mark + " ";
  return text + heading + (number.empty() ? "" : " " + number);
}

Paper paper_of(const PrintedDocument& printed) {
  return Press(printed).paper();
}

}  // namespace billctl
