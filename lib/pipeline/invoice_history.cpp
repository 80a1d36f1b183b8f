#include "pipeline/invoice_history.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "ledger/approvals.hpp"
#include "ledger/books_table.hpp"
#include "ledger/invoices.hpp"
#include "ledger/material.hpp"
#include "pipeline/approval_facts.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/report_json.hpp"

namespace billctl {
namespace {

using namespace std::string_view_literals;

// What these did stands in rows of its own.
constexpr std::array kToldElsewhere = {"invoice adjust"sv,         "invoice exclude"sv,
                                       "invoice include"sv,        "invoice transfer"sv,
                                       "invoice material link"sv,  "invoice material release"sv,
                                       "invoice material price"sv, "approve"sv};

struct Row {
  Instant at = Instant::from_seconds(0);
  std::string by;
  std::string what;
  ItemId item = {};
  std::int64_t line = 0;
  std::optional<std::int64_t> amount_minor = {};
  std::string reason = {};
  std::optional<Instant> undone = {};
  EventId event = {};  ///< what orders one second; none: before all others
};

/// Gathers the rows of one invoice.
class History {
 public:
  History(Session& session, const Invoice& invoice)
      : session_(session), invoice_(invoice), events_(session.ledger, session.tenant.id) {
    // An invoice that has its number is touched under both names.
    std::set<std::pair<std::int64_t, std::string>> seen;
    for (const std::string& name : Invoices(session.ledger, session.tenant.id).names(invoice.id))
      for (Events::Touch& touch : events_.history("invoice:" + name))
        if (seen.emplace(touch.event.id.value, touch.what).second || touch.event.verb == "approve")
          touches_.push_back(std::move(touch));
  }

  std::vector<Row> rows() {
    put_drafted();
    put_states();
    put_adjustments();
    put_material();
    put_approvals();
    std::ranges::stable_sort(rows_, {},
                             [](const Row& row) { return std::pair(row.at, row.event); });
    return std::move(rows_);
  }

 private:
  bool names_it(const Event& event) const {
    return event.changes.find("\"" + invoice_.draft_number + "\"") != std::string::npos;
  }

  /// Not every run that drafts names it beside its report.
  void put_drafted() {
    if (std::ranges::find(touches_, "drafted", &Events::Touch::what) != touches_.end()) return;
    EventFilter then;
    then.from = invoice_.created_at;
    then.before = Instant::from_seconds(invoice_.created_at.seconds() + 1);
    Row row{.at = invoice_.created_at, .by = "", .what = "drafted"};
    for (const Event& event : events_.list(then)) {
      if (!names_it(event)) continue;
      row.by = event.actor;
      break;
    }
    rows_.push_back(std::move(row));
  }

  void put_states() {
    for (const Events::Touch& touch : touches_) {
      const bool told = std::ranges::find(kToldElsewhere, touch.event.verb) != kToldElsewhere.end();
      if (told && touch.what != "rejected") continue;
      rows_.push_back({.at = touch.event.at,
                       .by = touch.event.actor,
                       .what = touch.what,
                       .event = touch.event.id});
    }
  }

  void put_adjustments() {
    for (const Adjustment& each : Material(session_.ledger).adjustments(invoice_.id))
      rows_.push_back({.at = each.at,
                       .by = each.actor,
                       .what = std::string(word(each.kind)),
                       .item = each.item,
                       .line = each.line,
                       .amount_minor = each.amount_minor,
                       .reason = each.reason,
                       .undone = each.undone_at,
                       .event = each.event});
  }

  void put_material() {
    for (const MaterialEvent& each : Material(session_.ledger).events(invoice_.id)) {
      Row row{.at = each.at,
              .by = each.actor,
              .what = std::string(word(each.what)),
              .item = each.item,
              .reason = each.reason,
              .event = each.event};
      if (each.amount_minor != 0) row.amount_minor = each.amount_minor;
      rows_.push_back(std::move(row));
    }
  }

  void put_approvals() {
    for (const Approval& each : Approvals(session_.ledger).list(invoice_.id)) {
      const std::string role(word(each.role));
      rows_.push_back({.at = each.at,
                       .by = each.actor,
                       .what = "approved as " + role,
                       .reason = each.comment,
                       .event = each.event});
      if (each.withdrawn_at) {
        rows_.push_back({.at = *each.withdrawn_at,
                         .by = each.withdrawn_by,
                         .what = "approval as " + role + " withdrawn",
                         .event = each.withdrawn_event});
      } else if (each.revision != invoice_.revision) {
        put_fallen(each, role);
      }
    }
  }

  /// It fell by the first change after it that brought a later revision (S4-6).
  void put_fallen(const Approval& approval, const std::string& role) {
    const std::string what = "approval as " + role + " fell";
    for (const Events::Touch& touch : touches_) {
      const Json changes = Json::parse(touch.event.changes);
      if (!changes.is_object() || changes["revision"].is_null()) continue;
      if (changes["revision"].as_integer() <= approval.revision) continue;
      rows_.push_back(
          {.at = touch.event.at, .by = touch.event.actor, .what = what, .event = touch.event.id});
      return;
    }
    EventFilter joined;  // by a run that added items, which tells of it in its report alone
    joined.verb = "generate";
    joined.from = approval.at;
    for (const Event& event : events_.list(joined)) {
      if (!names_it(event)) continue;
      rows_.push_back({.at = event.at, .by = event.actor, .what = what, .event = event.id});
      return;
    }
  }

  Session& session_;
  const Invoice& invoice_;
  Events events_;
  std::vector<Events::Touch> touches_;
  std::vector<Row> rows_;
};

Json row_json(const Row& row, Currency currency) {
  return Json::object(
      {{"at", row.at.to_text()},
       {"by", Json::text_or_null(row.by)},
       {"what", row.what},
       {"item", row.item ? Json(row.item.value) : Json()},
       {"line", row.line != 0 ? Json(row.line) : Json()},
       {"amount", row.amount_minor ? money_json(*row.amount_minor, currency) : Json()},
       {"reason", Json::text_or_null(row.reason)},
       {"undone", instant_json(row.undone)}});
}

}  // namespace

Json invoice_history(Session& session, std::string_view name) {
  Json body;
  session.ledger.read([&] {
    const Books books = read_books(session.ledger, session.tenant.id, BooksPart::as_needed);
    Invoices invoices(session.ledger, session.tenant.id);
    const Invoice invoice = invoices.header(invoices.named(name));
    require_reading(session, "invoice history", is_managers_own(session, books, invoice));
    Json rows = Json::array();
    for (const Row& row : History(session, invoice).rows())
      rows.push(row_json(row, invoice.currency));
    body = Json::object({{"invoice", name_of(invoice)},
                         {"currency", std::string(invoice.currency.code())},
                         {"history", std::move(rows)}});
  });
  return body;
}

}  // namespace billctl
