#include "render/document_text.hpp"

#include <algorithm>

#include "render/text_page.hpp"
#include "text/utf8.hpp"
#include "text/visible.hpp"

namespace billctl {
namespace {

/// One run over one document.
class Page {
 public:
  explicit Page(const PrintedDocument& printed)
      : printed_(printed),
        invoice_(printed.document.invoice),
        negated_(is_negated(printed)),
        draft_(is_open(printed.document.invoice.state)) {}

  std::string text() {
    seller();
    buyer();
    facts();
    lines();
    totals();
    exemptions();
    terms();
    notes();
    annex();
    return std::move(out_);
  }

 private:
  std::string money(std::int64_t minor) const {
    const Money amount(minor, invoice_.currency);
    return (negated_ ? -amount : amount).to_text();
  }
  void add(const std::string& line) { out_ += line + "\n"; }
  void blank() { out_ += "\n"; }
  void add_text(std::string_view text) {
    for (const std::string& line : wrapped(text, kPageWidth)) add(line);
  }
  void add_present(std::string_view text) {
    if (!text.empty()) add_text(text);
  }
  void address(const PostalAddress& address);
  void seller();
  void buyer();
  void facts();
  void lines();
  void totals();
  void total(const std::string& name, std::int64_t minor);
  void exemptions();
  void terms();
  void payment();
  void notes();
  void annex();
  std::string title() const;

  const PrintedDocument& printed_;
  const Invoice& invoice_;
  const bool negated_;
  const bool draft_;
  std::string out_;
};

std::string Page::title() const {
  std::string title = negated_ ? "CREDIT NOTE" : "INVOICE";
  if (draft_) title = "DRAFT " + title;
  return printed_.test ? "TEST " + title : title;
}

void Page::address(const PostalAddress& address) {
  add_present(address.street);
  add_present(address.street2);
  std::string city = address.postal_code;
  if (!city.empty() && !address.city.empty()) city += " ";
  add_present(city + address.city);
  add_present(address.region);
  add_present(address.country);
}

void Page::seller() {
  const Seller& seller = printed_.seller;
  const std::string name = visible(seller.name);
  const std::size_t room = kPageWidth - display_width(name);
  add(room > title().size() ? name + set_right(title(), room)
                            : set_right(title(), kPageWidth) + "\n" + name);
  address(seller.address);
  if (!seller.registration_id.empty()) add_text("Registration " + seller.registration_id);
  if (!seller.vat_id.empty()) add_text("VAT id " + seller.vat_id);
  blank();
}

void Page::buyer() {
  const Buyer& buyer = printed_.buyer;
  add_present(buyer.parent);
  add_present(buyer.name);
  if (buyer.legal_name != buyer.name) add_present(buyer.legal_name);
  address(buyer.address);
  if (!buyer.vat_id.empty()) add_text("VAT id " + buyer.vat_id);
  blank();
}

void Page::facts() {
  const auto fact = [&](const char* name, const std::string& value) {
    if (value.empty()) return;
    const auto lines = wrapped(value, kPageWidth - 18);
    for (std::size_t i = 0; i < lines.size(); ++i) add(padded(i == 0 ? name : "", 18) + lines[i]);
  };
  const auto date = [](const std::optional<Date>& on) { return on ? on->to_text() : ""; };
  fact("Number", draft_ ? "" : invoice_.number);
  fact("Corrects", printed_.corrects);
  fact("Date", date(invoice_.invoice_on));
  fact("Due", negated_ ? "" : date(invoice_.due_on));
  fact("Period", invoice_.period.first().to_text() + " to " + invoice_.period.last().to_text());
  fact("Order number", invoice_.po_number);
  fact("Your reference", printed_.buyer.buyer_reference);
  fact("Subject", invoice_.title);
  fact("", invoice_.subtitle);
  blank();
}

void Page::lines() {
  const TextTable table({{"Description", 37, false},
                         {"Quantity", 9, true},
                         {"Unit", 5, false},
                         {"Unit price", 10, true},
                         {"Amount", 11, true}});
  out_ += table.head() + rule();
  for (const Line& line : printed_.document.lines) {
    if (!line.quantity) {
      out_ += table.row({line.description, "", "", "", ""});
      continue;
    }
    const Decimal quantity = negated_ ? -*line.quantity : *line.quantity;
    const Decimal price = line.unit_price.value_or(Decimal());
    const std::int64_t multiplied = line.amount_minor - line.allowance_minor;
    out_ += table.row({line.description, quantity.to_text(), line.unit,
                       price.to_text(invoice_.currency.digits()), money(multiplied)});
    if (line.allowance_minor != 0) {
      const bool charge = (line.allowance_minor > 0) != negated_;
      out_ +=
          table.row({charge ? "  charge" : "  allowance", "", "", "", money(line.allowance_minor)});
    }
  }
  out_ += rule();
}

void Page::total(const std::string& name, std::int64_t minor) {
  add(set_right(visible(name), kPageWidth - 14) + set_right(money(minor), 14));
}

void Page::totals() {
  const std::string currency(invoice_.currency.code());
  total("Total excluding tax", invoice_.amounts.excl_tax_minor);
  for (const TaxRow& row : printed_.document.taxes) {
    const auto& category = row.identity.category;
    const std::string kind = category ? " (" + std::string(word(*category)) + ")" : "";
    total(row.identity.tax + " " + row.identity.rate.to_text() + " %" + kind + " on " +
              money(row.base.minor()),
          row.amount.minor());
  }
  total("Total including tax", invoice_.amounts.incl_tax_minor);
  if (invoice_.amounts.prepaid_minor != 0) total("Prepaid", -invoice_.amounts.prepaid_minor);
  total((negated_ ? "Credited " : "Payable ") + currency, invoice_.amounts.payable_minor);
  if (invoice_.tax_accounting_minor && invoice_.exchange_rate) {
    const Currency base = Currency::of(invoice_.accounting_currency).value_or(Currency::none());
    const Money tax(*invoice_.tax_accounting_minor, base);
    add(set_right("Tax in " + invoice_.accounting_currency + " at " +
                      invoice_.exchange_rate->to_text() + ": " + (negated_ ? -tax : tax).to_text(),
                  kPageWidth));
  }
  blank();
}

void Page::exemptions() {
  bool any = false;
  for (const TaxRow& row : printed_.document.taxes) {
    if (row.reason.empty() && row.vatex.empty()) continue;
    const std::string code = row.vatex.empty() ? "" : " (" + row.vatex + ")";
    add_text(row.reason.empty() ? row.vatex : row.reason + code);
    any = true;
  }
  if (any) blank();
}

void Page::terms() {
  if (negated_) return;
  std::string text = printed_.terms ? printed_.terms->text : "";
  const auto say = [&](const std::string& sentence) {
    text += (text.empty() ? "" : ". ") + sentence;
  };
  if (printed_.terms && printed_.terms->late_interest)
    say("Late interest " + printed_.terms->late_interest->to_text() + " % a year");
  if (printed_.terms && printed_.terms->discount) {
    say(printed_.terms->discount->percent.to_text() + " % discount when paid within " +
        std::to_string(printed_.terms->discount->days) + " days");
  }
  if (!text.empty()) add_text("Terms: " + text);
  payment();
}

void Page::payment() {
  const Seller& seller = printed_.seller;
  if (!seller.iban.empty()) {
    add_text("Please pay to " + seller.iban + (seller.bic.empty() ? "" : ", BIC " + seller.bic) +
             (draft_ ? "" : ", reference " + invoice_.number));
  }
  if (!seller.terms_of_sale.empty()) add_text("Terms of sale: " + seller.terms_of_sale);
  std::string contact;
  for (const std::string* part :
       {&seller.contact_name, &seller.contact_phone, &seller.contact_email}) {
    if (!part->empty()) contact += (contact.empty() ? "" : ", ") + *part;
  }
  if (!contact.empty()) add_text("Contact: " + contact);
}

// As they stood at issue; what was edited later is ours alone (BT-22).
void Page::notes() {
  const std::string& notes = draft_ ? invoice_.notes : invoice_.notes_at_issue;
  if (notes.empty()) return;
  blank();
  add_text(notes);
}

void Page::annex() {
  if (printed_.annex.empty()) return;
  const bool named =
      std::ranges::any_of(printed_.annex, [](const AnnexRow& row) { return !row.member.empty(); });
  blank();
  add("Work behind this " + std::string(negated_ ? "credit note" : "invoice"));
  const TextTable table({{"Work", 38, false},
                         {"Date", 10, false},
                         {"Quantity", 9, true},
                         {"Unit", 5, false},
                         {"Amount", 10, true}});
  out_ += rule() + table.head();
  for (const AnnexRow& row : printed_.annex) {
    std::string work = row.work;
    if (named && !row.member.empty()) work = row.member + (work.empty() ? "" : ", " + work);
    if (!row.description.empty()) work += (work.empty() ? "" : ": ") + row.description;
    out_ += table.row(
        {work, row.on.to_text(), row.quantity.to_text(), row.unit, money(row.report_minor)});
  }
}

}  // namespace

std::string document_text(const PrintedDocument& printed) {
  return Page(printed).text();
}

}  // namespace billctl
