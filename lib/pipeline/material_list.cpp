#include "pipeline/material_list.hpp"

#include <algorithm>

#include "invoice/draft_key.hpp"
#include "ledger/books_table.hpp"
#include "ledger/invoices.hpp"
#include "ledger/material.hpp"
#include "pipeline/approval_facts.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/edit_verb.hpp"
#include "pipeline/items_report.hpp"
#include "pipeline/report_json.hpp"
#include "work/filter_test.hpp"

namespace billctl {
namespace {

class MaterialList {
 public:
  MaterialList(Session& session, const Books& books, const Sheet& sheet, const Filter& filter)
      : session_(session),
        books_(books),
        sheet_(sheet),
        test_(filter),
        material_(session.ledger),
        period_(filter.period ? *filter.period
                              : material_.period(sheet.invoice.id).value_or(sheet.invoice.period)) {
  }

  Json body() {
    const Invoice& invoice = sheet_.invoice;
    Json items = Json::array();
    put_linked(items);
    if (invoice.state != InvoiceState::voided && invoice.type == InvoiceType::invoice)
      put_offered(items);
    return Json::object({{"invoice", name_of(invoice)},
                         {"currency", invoice.currency.code()},
                         {"period", period_json(period_)},
                         {"items", std::move(items)},
                         {"changes", changes_json(changes_from_original(sheet_), invoice.currency)},
                         {"unallocated", money(invoice.unallocated_minor)}});
  }

 private:
  Json money(std::int64_t minor) const { return money_json(minor, sheet_.invoice.currency); }

  bool takes(const LineItem& item, ItemState state) const {
    return test_.takes({sheet_.invoice.client, item.project, item.task, item.member}) &&
           test_.takes_kind(word(item.kind)) && test_.takes_state(word(state));
  }

  // What a void or credit notes took off an issued invoice stays in the list, as charged then.
  void put_linked(Json& items) const {
    const bool open = is_open(sheet_.invoice.state);
    for (const Card& card : sheet_.cards) {
      if (!takes(card.item, open ? ItemState::drafted : ItemState::invoiced)) continue;
      items.push(Json::object({{"item", card.item.id.value},
                               {"entry", card.entry_ref},
                               {"kind", word(card.item.kind)},
                               {"linked", !card.gone},
                               {"total0", money(card.total0_minor)},
                               {"update_row", money(card.update_row_minor())},
                               {"report_price", money(card.report_minor())},
                               {"original", money(card.share_minor())},
                               {"line", card.is_orphan() ? Json() : Json(card.places.front().line)},
                               {"work_date", card.item.work_on.to_text()}}));
    }
  }

  bool is_on_sheet(ItemId item) const {
    return std::ranges::any_of(sheet_.cards,
                               [&](const Card& card) { return card.item.id == item; });
  }

  bool is_offered(const PendingItem& pending) const {
    const Invoice& invoice = sheet_.invoice;
    if (pending.client != invoice.client || pending.currency != invoice.currency) return false;
    if (!period_.contains(pending.item.work_on) || !takes(pending.item, ItemState::pending))
      return false;
    if (is_on_sheet(pending.item.id)) return false;
    const KeyedBy by = {pending.client,   pending.item.project, pending.item.engagement,
                        pending.currency, invoice.scope,        false};
    return bill_to_of(books_, by) == invoice.bill_to;
  }

  void put_offered(Json& items) {
    ItemQueue queue(session_.ledger, session_.tenant.id);
    std::vector<LineItem> offered;
    queue.each([&](const PendingItem& pending) {
      if (is_offered(pending)) offered.push_back(pending.item);
      return false;
    });
    for (const LineItem& item : offered) {
      const Json total0 = money(material_.total0_minor(item.id));
      items.push(Json::object({{"item", item.id.value},
                               {"entry", queue.words(item.entry).ref},
                               {"kind", word(item.kind)},
                               {"linked", false},
                               {"total0", total0},
                               {"update_row", total0},
                               {"report_price", Json()},
                               {"original", total0},
                               {"line", Json()},
                               {"work_date", item.work_on.to_text()}}));
    }
  }

  Session& session_;
  const Books& books_;
  const Sheet& sheet_;
  FilterTest test_;
  Material material_;
  Period period_;
};

}  // namespace

Json material_list(Session& session, std::string_view invoice, const Filter& filter) {
  check_item_words(filter);
  Json body;
  session.ledger.read([&] {
    const Books books = read_books(session.ledger, session.tenant.id);
    const InvoiceId id = Invoices(session.ledger, session.tenant.id).named(invoice);
    const Sheet sheet = read_sheet(session, id);
    require_reading(session, "invoice material list",
                    is_managers_own(session, books, sheet.invoice));
    body = MaterialList(session, books, sheet, filter).body();
  });
  return body;
}

}  // namespace billctl
