// [invoice], [numbering], [terms.*] and [einvoice]: what a document is like.
#include "config/sections.hpp"

namespace billctl {
namespace {

constexpr std::int32_t kDaysMax = 3650;
constexpr std::int64_t kFirstMax = 999'999'999'999;

void read_date_window(Section section, InvoiceSettings::DateWindow& window) {
  section.whole_number("past", window.past, 0, kDaysMax);
  section.whole_number("future", window.future, 0, kDaysMax);
  section.finish();
}

// Each of these says whether the format is one, so that a broken one is not compared with others.
bool read_format(Section& section, NumberFormat& format) {
  bool good = true;
  if (const TomlMember* member = section.take_text("format")) {
    FormatMistake mistake;
    if (auto read = NumberFormat::parse(member->value.text, &mistake)) {
      format = *std::move(read);
    } else {
      section.findings().mistake(inside(member->value, mistake.offset),
                                 section.name("format") + ": " + mistake.message, mistake.hint);
      good = false;
    }
  }
  section.note("format", format.text());
  return good;
}

bool read_series(Section section, Series& series) {
  const bool good = read_format(section, series.format);
  section.whole_number("first", series.first, 1, kFirstMax);
  section.finish();
  return good;
}

bool read_own_credit_series(Section& section, const Series& issued, std::optional<Series>& credit) {
  Series series{issued.format, 1};
  section.missing("format", "a format such as CN{n:05}");
  const bool good = read_format(section, series.format) && section.has("format");
  section.whole_number("first", series.first, 1, kFirstMax);
  credit = series;
  return good;
}

// Either the series of invoices or one of its own.
bool read_credit_series(Section section, const Series& issued, std::optional<Series>& credit) {
  const bool own = section.has("format") || section.has("first");
  bool good = true;
  if (const TomlMember* member = section.take_text("series")) {
    if (own) {
      section.wrong("series", "either series or format, not both");
    } else if (member->value.text != "issued") {
      section.no_such_word("series", member->value.text, member->value.at, {"issued"});
    }
  }
  section.note("series", own ? Json() : Json("issued"));
  if (own) {
    good = read_own_credit_series(section, issued, credit);
  } else {
    for (const char* key : {"format", "first"}) {
      section.take(key);
      section.note(key, Json());
    }
  }
  section.finish();
  return good;
}

void forbid_clash(Section& section, std::string_view key, const Series& mine,
                  std::string_view other_key, const Series& other) {
  if (!mine.format.clashes_with(other.format)) return;
  section.findings().mistake(
      section.at(key),
      section.name(key) + " and " + section.name(other_key) +
          " could give the same number: " + mine.format.text() + " and " + other.format.text(),
      key == "credit" ? "to share the series write credit = { series = \"issued\" }"
                      : "begin them with different letters");
}

void read_discount(Section section, std::optional<PaymentTerms::Discount>& discount) {
  PaymentTerms::Discount read;
  section.missing("days", "the days in which it is given");
  section.missing("percent", "a percentage");
  section.whole_number("days", read.days, 0, kDaysMax);
  section.decimal("percent", read.percent, percentage());
  section.finish();
  discount = read;
}

}  // namespace

void read_invoice(Section section, InvoiceSettings& invoice) {
  section.word("scope", invoice.scope, parse_invoice_scope, invoice_scope_words());
  section.word("group_projects", invoice.group_projects, parse_project_grouping,
               project_grouping_words());
  section.word("group_hours", invoice.group_hours, parse_group_hours, group_hours_words());
  section.word("group_travel", invoice.group_travel, parse_group_travel, group_travel_words());
  section.word("quote_rows", invoice.quote_rows, parse_quote_rows, quote_rows_words());
  section.word("contractual", invoice.contractual, parse_contractual, contractual_words());
  section.word("late", invoice.late, parse_late, late_words());
  section.word("annex", invoice.annex, parse_annex, annex_words());
  section.word("bill_by", invoice.bill_by, parse_bill_by, bill_by_words());
  section.decimal("day_step", invoice.day_step, DecimalRange{});
  const Decimal half = Decimal::from_micro(Decimal::kOne / 2);
  if (invoice.day_step != half && invoice.day_step != Decimal::from_integer(1)) {
    section.wrong("day_step", "\"1\" or \"0.5\"");
  }
  section.words("allow", allowable_codes(), invoice.allow);
  read_date_window(section.table("date_window"), invoice.date_window);
  std::optional<Template> name = invoice.name;
  section.document_template("name", name);
  invoice.name = *std::move(name);
  section.text("terms", invoice.terms);
  section.command("sign_cmd", invoice.sign_cmd);
  section.boolean("allow_number_override", invoice.allow_number_override);
  section.boolean("allow_period_override", invoice.allow_period_override);
  section.word("void", invoice.void_mode, parse_void_mode, void_mode_words());
  section.finish();
}

void read_numbering(Section section, NumberingSettings& numbering) {
  const bool draft = read_series(section.table("draft"), numbering.draft);
  const bool issued = read_series(section.table("issued"), numbering.issued);
  const bool credit =
      read_credit_series(section.table("credit"), numbering.issued, numbering.credit);
  if (draft && issued && credit) {
    forbid_clash(section, "issued", numbering.issued, "draft", numbering.draft);
    if (numbering.credit) {
      forbid_clash(section, "credit", *numbering.credit, "issued", numbering.issued);
      forbid_clash(section, "credit", *numbering.credit, "draft", numbering.draft);
    }
  }
  section.finish();
}

void read_terms(Section section, std::vector<PaymentTerms>& all) {
  for (auto& [code, terms_section] : section.named_tables()) {
    PaymentTerms terms;
    terms.code = code;
    terms_section.whole_number("days", terms.days, 0, kDaysMax);
    terms_section.text("text", terms.text);
    terms_section.decimal("late_interest", terms.late_interest, percentage());
    Section discount = terms_section.table("discount");
    if (discount.present()) read_discount(discount, terms.discount);
    terms_section.finish();
    all.push_back(std::move(terms));
  }
  section.finish();
}

void read_einvoice(Section section, EinvoiceSettings& einvoice) {
  section.word("require", einvoice.require, parse_einvoice_require, einvoice_require_words());
  section.finish();
}

}  // namespace billctl
