#include "pipeline/edit_heading.hpp"

#include <algorithm>

#include "ledger/books_table.hpp"
#include "ledger/closed_periods.hpp"
#include "ledger/drafts.hpp"
#include "ledger/invoices.hpp"
#include "ledger/material.hpp"
#include "pipeline/approval_facts.hpp"
#include "pipeline/bill_by.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/draft_totals.hpp"
#include "pipeline/heading_text.hpp"
#include "pipeline/report_json.hpp"
#include "text/nearest.hpp"

namespace billctl {
namespace {

void refuse_line_ends(const char* option, const std::optional<std::string>& text) {
  const bool is_line =
      !text || std::ranges::none_of(*text, [](char c) { return c == '\n' || c == '\r'; });
  if (!is_line)
    throw Error(Reason::usage, std::string(option) + ": it has a line end, it needs one line");
}

void check(const HeadingEdit& edit) {
  if (edit.is_empty() && !edit.seen)
    throw Error(Reason::usage, "invoice edit: nothing to change",
                "name what should be otherwise, such as --po or --date; see `billctl invoice edit "
                "--help`");
  refuse_line_ends("--name", edit.name);
  refuse_line_ends("--title", edit.title);
  refuse_line_ends("--subtitle", edit.subtitle);
  refuse_line_ends("--po", edit.po_number);
}

/// One edit inside its transaction.
class HeadingRun {
 public:
  HeadingRun(Session& session, const Books& books, const HeadingEdit& edit)
      : session_(session),
        books_(books),
        edit_(edit),
        invoices_(session.ledger, session.tenant.id),
        invoice_(invoices_.header(invoices_.named(edit.invoice))) {}

  Report run() {
    require_unchanged();
    before_ = heading_fields(books_, shown());
    is_open(invoice_.state) ? change_draft() : change_issued();
    change_notes();
    return report();
  }

 private:
  /// With what the date decides.
  Invoice shown() const {
    Invoice invoice = invoice_;
    if (is_open(invoice.state)) invoice.due_on = due();
    return invoice;
  }

  std::optional<Date> due() const {
    const PaymentTerms* terms = session_.config.find_terms(invoice_.terms);
    if (terms == nullptr || !invoice_.invoice_on) return std::nullopt;
    return terms->due_date(*invoice_.invoice_on);
  }

  void require_unchanged() const {
    const std::string name = name_of(invoice_);
    if (edit_.revision && *edit_.revision != invoice_.revision)
      throw Error(Reason::changed,
                  "invoice " + name + ": it is at revision " + std::to_string(invoice_.revision) +
                      ", not " + std::to_string(*edit_.revision),
                  "look at it with `billctl invoice show " + name + "` first");
    if (edit_.seen && *edit_.seen != heading_text(books_, invoice_))
      throw Error(Reason::changed, "invoice " + name + ": it has changed since it was opened",
                  "look at it with `billctl invoice show " + name + "` and edit it again");
  }

  void change_issued() {
    HeadingEdit rest = edit_;
    rest.period = std::nullopt;
    rest.notes = std::nullopt;
    const bool frozen = invoice_.state == InvoiceState::voided || invoice_.imported;
    if (!rest.is_empty() || (edit_.period && frozen))
      throw Error(Reason::wrong_state,
                  "invoice " + name_of(invoice_) + ": " + std::string(word(invoice_.state)) +
                      ", only a draft can be edited",
                  "the notes of any invoice can be written with `billctl invoice note`");
    if (!edit_.period) return;
    Material material(session_.ledger);
    const Period old = material.period(invoice_.id).value_or(invoice_.period);
    if (old == *edit_.period) return;
    material.save_period(invoice_.id, *edit_.period);
    add_change("material-period", old.to_text(), edit_.period->to_text());
  }

  void change_draft() {
    const Invoice was = invoice_;
    if (edit_.name) invoice_.name = *edit_.name;
    if (edit_.title) invoice_.title = *edit_.title;
    if (edit_.subtitle) invoice_.subtitle = *edit_.subtitle;
    if (edit_.po_number) invoice_.po_number = *edit_.po_number;
    if (edit_.annex) invoice_.annex = word(*edit_.annex);
    if (edit_.terms) put_terms();
    if (edit_.date) put_date();
    if (edit_.ar_period) put_ar_period();
    if (edit_.bill_to) put_bill_to();
    if (edit_.period) put_period();
    invoice_.due_on = due();
    invoices_.set_heading(invoice_);
    const bool taxes_move =
        was.invoice_on != invoice_.invoice_on || was.bill_to != invoice_.bill_to;
    if (taxes_move) {
      invoice_ = store_totals(session_, books_, invoice_);
    } else {
      Drafts(session_.ledger, session_.tenant.id).update(invoice_);
    }
    if (edit_.bill_by) put_bill_by();
    note_changes();
  }

  void put_terms() {
    if (session_.config.find_terms(*edit_.terms) == nullptr) {
      std::vector<std::string> known;
      for (const PaymentTerms& terms : session_.config.terms) known.push_back(terms.code);
      std::string hint = did_you_mean(*edit_.terms, known);
      if (hint.empty()) {
        for (const std::string& each : known) hint += (hint.empty() ? "one of " : ", ") + each;
      }
      throw Error(Reason::not_found, "no [terms." + *edit_.terms + "] in the config", hint);
    }
    invoice_.terms = *edit_.terms;
  }

  void put_date() {
    const std::optional<Date>& date = *edit_.date;
    if (date) refuse_closed(date->to_text().substr(0, 7));
    invoice_.invoice_on = date;
  }

  void put_ar_period() {
    if (!edit_.ar_period->empty()) {
      if (!session_.config.invoice.allow_period_override)
        throw Error(Reason::override_off,
                    "AR period " + *edit_.ar_period + ": invoice.allow_period_override is off",
                    "the invoice date decides it; see --date");
      refuse_closed(*edit_.ar_period);
    }
    invoice_.ar_period = *edit_.ar_period;
  }

  void refuse_closed(const std::string& month) {
    if (!ClosedPeriods(session_.ledger, session_.tenant.id).is_closed(month)) return;
    throw Error(Reason::period_closed,
                "invoice " + name_of(invoice_) + ": period " + month + " is closed",
                "see `billctl period list` for the open ones");
  }

  void put_bill_to() {
    const Client* client = books_.clients.find(*edit_.bill_to);
    if (client == nullptr)
      throw Error(Reason::not_found, "no client \"" + *edit_.bill_to + "\"",
                  did_you_mean(*edit_.bill_to, books_.clients.codes()));
    if (client->id == invoice_.bill_to) return;
    if (invoice_.type == InvoiceType::credit_note)
      throw Error(Reason::wrong_target,
                  "invoice " + name_of(invoice_) + ": a credit note goes where its invoice went");
    const std::string currency = client->currency.empty()
                                     ? std::string(session_.config.tenant.currency.code())
                                     : client->currency;
    if (currency != invoice_.currency.code())
      throw Error(Reason::wrong_target,
                  "client " + client->code + ": in " + currency + ", the invoice is in " +
                      std::string(invoice_.currency.code()),
                  "nothing was changed");
    invoice_.bill_to = client->id;
  }

  void put_period() {
    invoice_.period = *edit_.period;
    Material material(session_.ledger);
    if (material.period(invoice_.id)) material.save_period(invoice_.id, *edit_.period);
  }

  void put_bill_by() {
    InvoiceEdit edit(session_, books_, invoice_.id);
    if (edit.invoice().bill_by == *edit_.bill_by) return;
    edit.require_invoice();
    set_bill_by(edit, *edit_.bill_by);
    invoice_ = edit.finish(Touch::content, "bill by " + std::string(word(*edit_.bill_by))).invoice;
  }

  void note_changes() {
    const HeadingFields after = heading_fields(books_, shown());
    for (std::size_t i = 0; i < after.size(); ++i) {
      if (before_[i].second != after[i].second)
        add_change(after[i].first, before_[i].second, after[i].second);
    }
  }

  void change_notes() {
    if (!edit_.notes || *edit_.notes == invoice_.notes) return;
    invoices_.set_notes(invoice_.id, *edit_.notes);
    add_change("notes", invoice_.notes, *edit_.notes);
    invoice_.notes = *edit_.notes;
  }

  void add_change(const std::string& field, const std::string& from, const std::string& to) {
    changed_.push(Json::object(
        {{"field", field}, {"from", Json::text_or_null(from)}, {"to", Json::text_or_null(to)}}));
  }

  Report report() {
    Invoice now = shown();
    if (now.ar_period.empty() && now.invoice_on)
      now.ar_period = now.invoice_on->to_text().substr(0, 7);
    Report report;
    if (!changed_.as_array().empty())
      report.subjects.push_back({"invoice:" + name_of(now), "edited"});
    report.body = Json::object({{"invoice", name_of(now)},
                                {"state", told_state(session_, books_, now)},
                                {"revision", now.revision},
                                {"changed", std::move(changed_)},
                                {"date", date_json(now.invoice_on)},
                                {"due_date", date_json(now.due_on)},
                                {"ar_period", Json::text_or_null(now.ar_period)},
                                {"currency", now.currency.code()},
                                {"amounts", amounts_json(now.amounts, now.currency)}});
    return report;
  }

  Session& session_;
  const Books& books_;
  const HeadingEdit& edit_;
  Invoices invoices_;
  Invoice invoice_;
  HeadingFields before_;
  Json changed_ = Json::array();
};

}  // namespace

bool HeadingEdit::is_empty() const {
  return !(name || title || subtitle || po_number || terms || date || period || ar_period ||
           bill_to || bill_by || annex || notes);
}

bool HeadingEdit::is_managers() const {
  HeadingEdit rest = *this;
  rest.po_number = std::nullopt;
  rest.bill_by = std::nullopt;
  return !is_empty() && rest.is_empty();
}

HeadingFields heading_fields(const Books& books, const Invoice& invoice) {
  return {{"name", invoice.name},
          {"title", invoice.title},
          {"subtitle", invoice.subtitle},
          {"date", invoice.invoice_on ? invoice.invoice_on->to_text() : ""},
          {"terms", invoice.terms},
          {"po", invoice.po_number},
          {"period", invoice.period.to_text()},
          {"ar-period", invoice.ar_period},
          {"bill-to", books.clients.at(invoice.bill_to).code},
          {"bill-by", std::string(word(invoice.bill_by))},
          {"annex", invoice.annex}};
}

Report edit_heading(Session& session, const HeadingEdit& edit, const Json& arguments) {
  check(edit);
  Verb verb{.name = std::string(edit.is_managers() ? kManagersEdit : "invoice edit"),
            .arguments = arguments};
  verb.own = [&] {
    Invoices invoices(session.ledger, session.tenant.id);
    const auto id = invoices.find(edit.invoice);
    if (!id) return false;
    const Books books = read_books(session.ledger, session.tenant.id, BooksPart::without_tasks);
    return is_managers_own(session, books, invoices.header(*id)) == Own::yes;
  };
  return perform(session, verb, [&] {
    const Books books =
        edit.bill_by ? read_books(session.ledger, session.tenant.id)
                     : read_books(session.ledger, session.tenant.id, BooksPart::without_tasks);
    return HeadingRun(session, books, edit).run();
  });
}

}  // namespace billctl
