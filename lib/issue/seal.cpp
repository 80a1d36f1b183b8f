#include "issue/seal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

#include "issue/vat_breakdown.hpp"
#include "text/json.hpp"
#include "text/sha256.hpp"

namespace billctl {
namespace {

// Written straight into the text, keys in the order of their bytes: ten thousand invoices are
// sealed inside one transaction, and a tree of values for each line would cost ten times as much.
class Writer {
 public:
  Writer(std::string& out, Currency currency) : out_(out), currency_(currency) {}

  void text(std::string_view key, std::string_view value) {
    name(key);
    append_canonical_text(out_, value);
  }
  void text_or_null(std::string_view key, std::string_view value) {
    value.empty() ? json(key, "null") : text(key, value);
  }
  void date(std::string_view key, const std::optional<Date>& date) {
    if (!date) return json(key, "null");
    name(key);
    out_ += '"';
    date->append_to(out_);
    out_ += '"';
  }
  void money(std::string_view key, std::int64_t minor) {
    name(key);
    out_ += '"';
    Money(minor, currency_).append_to(out_);
    out_ += '"';
  }
  void decimal(std::string_view key, const std::optional<Decimal>& value, int digits = 0) {
    if (!value) return json(key, "null");
    name(key);
    out_ += '"';
    value->append_to(out_, digits);
    out_ += '"';
  }
  void price(std::string_view key, const std::optional<Decimal>& value) {
    decimal(key, value, currency_.digits());
  }
  void integer(std::string_view key, std::int64_t value) {
    name(key);
    std::array<char, 24> digits{};
    out_.append(digits.data(),
                std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
  }
  /// True, false, null, or JSON that is canonical already.
  void json(std::string_view key, std::string_view canonical) {
    name(key);
    out_ += canonical;
  }
  void open(std::string_view key, char bracket) {
    name(key);
    begin(bracket);
  }
  void close(char bracket) {
    out_ += bracket;
    first_ = false;
  }
  /// An element of an array that is an object.
  void open_element() {
    separate();
    begin('{');
  }
  /// An element of an array that is a text.
  void element(std::string_view value) {
    separate();
    append_canonical_text(out_, value);
  }

 private:
  void begin(char bracket) {
    out_ += bracket;
    first_ = true;
  }
  void separate() {
    if (!first_) out_ += ',';
    first_ = false;
  }
  void name(std::string_view key) {
    separate();
    out_ += '"';
    out_ += key;
    out_ += "\":";
  }

  std::string& out_;
  Currency currency_;
  bool first_ = true;
};

void write_amounts(Writer& writer, const Amounts& amounts) {
  writer.open("amounts", '{');
  writer.money("excl_tax", amounts.excl_tax_minor);
  writer.money("incl_tax", amounts.incl_tax_minor);
  writer.money("lines", amounts.lines_minor);
  writer.money("payable", amounts.payable_minor);
  writer.money("prepaid", amounts.prepaid_minor);
  writer.money("tax", amounts.tax_minor);
  writer.close('}');
}

void write_codes(Writer& writer, std::string_view codes) {
  writer.open("tax", '[');
  while (!codes.empty()) {
    const auto end = std::min(codes.find(';'), codes.size());
    writer.element(codes.substr(0, end));
    codes.remove_prefix(std::min(end + 1, codes.size()));
  }
  writer.close(']');
}

void write_lines(Writer& writer, std::span<const Line> lines) {
  writer.open("lines", '[');
  for (const Line& line : lines) {
    writer.open_element();
    writer.money("allowance", line.allowance_minor);
    writer.money("amount", line.amount_minor);
    writer.text_or_null("description", line.description);
    writer.text("kind", line.kind);
    writer.integer("line", line.line);
    writer.decimal("quantity", line.quantity);
    write_codes(writer, line.tax);
    writer.text_or_null("unit", line.unit);
    writer.price("unit_price", line.unit_price);
    writer.close('}');
  }
  writer.close(']');
}

void write_taxes(Writer& writer, const std::vector<TaxRow>& taxes) {
  writer.open("taxes", '[');
  for (const TaxRow& row : taxes) {
    writer.open_element();
    writer.money("amount", row.amount.minor());
    writer.money("base", row.base.minor());
    const auto& category = row.identity.category;
    writer.text_or_null("category", category ? word(*category) : std::string_view());
    writer.json("overridden", row.overridden ? "true" : "false");
    writer.decimal("rate", row.identity.rate);
    writer.text("tax", row.identity.tax);
    writer.close('}');
  }
  writer.close(']');
}

// Only time and material is applied (X25), so what is frozen is of that type.
void write_prepayments(Writer& writer, const std::vector<AppliedPrepayment>& prepayments) {
  writer.open("prepayments", '[');
  for (const AppliedPrepayment& each : prepayments) {
    writer.open_element();
    writer.money("applied", each.applied_minor);
    writer.text("contract_line", each.code);
    writer.money("tax", each.tax_minor);
    writer.text("type", "tm");
    writer.close('}');
  }
  writer.close(']');
}

void write_period(Writer& writer, const Period& period) {
  writer.open("period", '{');
  writer.date("first", period.first());
  writer.date("last", period.last());
  writer.close('}');
}

std::string written(const Document& document, std::span<const Line> lines,
                    const SealedNames& names) {
  const Invoice& invoice = document.invoice;
  std::string out = "{";
  out.reserve(1024 + lines.size() * 256);
  Writer writer(out, invoice.currency);
  write_amounts(writer, invoice.amounts);
  writer.text_or_null("ar_period", invoice.ar_period);
  writer.json("buyer", invoice.buyer);
  writer.text("client", names.client);
  writer.text_or_null("corrects", names.corrects);
  writer.text("currency", invoice.currency.code());
  writer.date("date", invoice.invoice_on);
  writer.text("draft_number", invoice.draft_number);
  writer.date("due_date", invoice.due_on);
  writer.integer("id", invoice.id.value);
  write_lines(writer, lines);
  writer.text_or_null("name", invoice.name);
  writer.text_or_null("notes", is_open(invoice.state) ? invoice.notes : invoice.notes_at_issue);
  writer.text_or_null("number", invoice.number);
  write_period(writer, invoice.period);
  writer.text_or_null("po_number", invoice.po_number);
  write_prepayments(writer, document.prepayments);
  writer.json("seller", invoice.seller);
  writer.text_or_null("subtitle", invoice.subtitle);
  write_taxes(writer, document.taxes);
  writer.text_or_null("title", invoice.title);
  writer.text("type", word(invoice.type));
  writer.close('}');
  return out;
}

void write_making(Writer& writer, const Invoice& invoice) {
  writer.text("annex", invoice.annex);
  writer.text("bill_by", word(invoice.bill_by));
  writer.integer("bill_to", invoice.bill_to.value);
  writer.integer("created_at", invoice.created_at.seconds());
  writer.integer("engagement", invoice.engagement.value);
  writer.text("group_hours", invoice.group_hours);
  writer.text("group_projects", invoice.group_projects);
  writer.text("group_travel", invoice.group_travel);
  writer.integer("issued_at", invoice.issued_at ? invoice.issued_at->seconds() : 0);
  writer.integer("job", invoice.job.value);
  writer.integer("project", invoice.project.value);
  writer.integer("quantity_decimals", invoice.quantity_decimals);
  writer.integer("reissues", invoice.reissues.value);
  writer.text("signature", invoice.signature);
}

void write_terms(Writer& writer, const Invoice& invoice) {
  writer.text("accounting_currency", invoice.accounting_currency);
  writer.text("contract", invoice.contract);
  writer.text("cost_centre", invoice.cost_centre);
  writer.decimal("exchange_rate", invoice.exchange_rate);
  if (invoice.tax_accounting_minor)
    writer.integer("tax_accounting_minor", *invoice.tax_accounting_minor);
  writer.text("terms", invoice.terms);
  writer.text("terms_snapshot", invoice.terms_snapshot);
}

/// @param rated whether the rates of the lines are told: else the tax rows say them, and a line may
/// or may not have its own stored.
void write_work(Writer& writer, const std::vector<Line>& lines, bool rated) {
  writer.open("lines", '[');
  for (const Line& line : lines) {
    writer.open_element();
    writer.integer("corrects", line.corrects_line);
    writer.date("first", line.first_on);
    writer.date("last", line.last_on);
    writer.integer("position", line.position);
    writer.integer("project", line.project.value);
    writer.decimal("rate", rated ? line.tax_rate : std::nullopt);
    writer.integer("task", line.task.value);
    writer.json("worded", line.worded ? "true" : "false");
    writer.close('}');
  }
  writer.close(']');
}

void write_tax_reasons(Writer& writer, const std::vector<TaxRow>& taxes) {
  writer.open("taxes", '[');
  for (const TaxRow& row : taxes) {
    writer.open_element();
    writer.text("reason", row.reason);
    writer.text("vatex", row.vatex);
    writer.close('}');
  }
  writer.close(']');
}

}  // namespace

std::string unsealed_digest(const Document& document) {
  const Invoice& invoice = document.invoice;
  std::string out = "{";
  out.reserve(512 + document.lines.size() * 128);
  Writer writer(out, invoice.currency);
  write_making(writer, invoice);
  write_terms(writer, invoice);
  write_work(writer, document.lines, has_tax_of_several_rates(document.taxes));
  write_tax_reasons(writer, document.taxes);
  writer.close('}');
  return to_hex(sha256(out));
}

std::string canonical_bytes(const Document& document, const SealedNames& names) {
  return written(document, document.lines, names);
}

std::string canonical_frame(const Document& document, const SealedNames& names) {
  return written(document, {}, names);
}

std::string seal_of(std::string_view previous, std::string_view canonical) {
  return to_hex(sha256(previous, canonical));
}

}  // namespace billctl
