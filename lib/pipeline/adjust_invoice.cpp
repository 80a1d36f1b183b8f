#include "pipeline/adjust_invoice.hpp"

#include <algorithm>

#include "billable/rate_type.hpp"
#include "money/allocation.hpp"
#include "money/rounding.hpp"
#include "pipeline/items_report.hpp"
#include "pipeline/remake_lines.hpp"
#include "text/nearest.hpp"

namespace billctl {
namespace {

std::string item_name(const Card& card) {
  return "item " + std::to_string(card.item.id.value);
}

std::string line_name(std::int64_t line) {
  return "line " + std::to_string(line);
}

[[noreturn]] void refuse_fixed(const std::string& what) {
  throw Error(Reason::rate_fixed, what + ": joined and contractual work is never charged",
              "make the entry billable before it is compiled");
}

[[noreturn]] void refuse_milestone(const std::string& what) {
  throw Error(Reason::wrong_target, what + ": an instalment is no time or cost to be adjusted",
              "change its line with `billctl invoice line edit`, or take it off with "
              "`billctl invoice exclude`");
}

/// One run of the verb on one draft.
class Adjusting {
 public:
  Adjusting(InvoiceEdit& edit, const AdjustRequest& request)
      : edit_(edit), request_(request), sheet_(edit.sheet()) {}

  std::string run() {
    edit_.require_open();
    if (!request_.item.empty()) {
      one_item(item_named(request_.item));
    } else {
      one_line(request_.line);
    }
    return what_ + " adjusted";
  }

 private:
  bool by_price() const {
    return request_.manner.unit_price.has_value() || !request_.manner.rate_type.empty();
  }

  void one_item(ItemId item) {
    const Card& card = edit_.card(item);
    what_ = item_name(card);
    if (card.item.uncharged) refuse_fixed(what_);
    if (card.item.kind == ItemKind::instalment) refuse_milestone(what_);
    if (card.is_orphan())
      throw Error(Reason::wrong_target, what_ + ": it has no line, so nothing is charged for it",
                  "give it one with `billctl invoice material apply`, or a total with "
                  "`billctl invoice agree`");
    if (by_price()) {
      price_all({item});
    } else {
      write(item, card.places.front().line, asked_minor(card.report_minor()));
    }
  }

  void one_line(std::int64_t number) {
    const Line line = edit_.line(number);
    what_ = line_name(number);
    if (!line.quantity)
      throw Error(Reason::wrong_target, what_ + ": it is text and has no amount",
                  "see `billctl invoice show " + request_.target.invoice + "`");
    const std::vector<const Card*> cards = cards_on(sheet_, number);
    if (cards.empty()) return typed_line(line);
    const std::vector<ItemId> items = chargeable(cards);
    if (by_price()) {
      price_all(items);
    } else {
      share(items, number, asked_minor(line.amount_minor));
    }
  }

  /// Its allowance, an adjustment of the line alone.
  void typed_line(const Line& line) {
    if (by_price()) refuse_typed(line.line);
    const std::int64_t minor = asked_minor(line.amount_minor);
    if (minor == 0) return;
    put_allowance(line.line, minor);
    Adjustment& each = sheet_.adjustments.emplace_back(adjustment(AdjustmentKind::write));
    each.line = line.line;
    each.amount_minor = minor;
  }

  std::vector<ItemId> chargeable(const std::vector<const Card*>& cards) const {
    std::vector<ItemId> items;
    bool milestone = false;
    for (const Card* card : cards) {
      milestone = milestone || card->item.kind == ItemKind::instalment;
      if (!card->item.uncharged && card->item.kind != ItemKind::instalment)
        items.push_back(card->item.id);
    }
    if (items.empty() && milestone) refuse_milestone(what_);
    if (items.empty()) refuse_fixed(what_);
    return items;
  }

  std::int64_t asked_minor(std::int64_t current_minor) const {
    const Invoice& invoice = sheet_.invoice;
    const AdjustManner& manner = request_.manner;
    if (manner.percent)
      return percent_of(Money(current_minor, invoice.currency), *manner.percent, invoice.rounding)
          .minor();
    std::string_view why;
    const auto amount = Money::parse(manner.by, invoice.currency, &why);
    if (!amount)
      throw Error(Reason::usage, "--by \"" + manner.by + "\" is no amount: " + std::string(why),
                  "write it in " + std::string(invoice.currency.code()) + ", e.g. -25.00");
    return amount->minor();
  }

  Adjustment adjustment(AdjustmentKind kind) const {
    Adjustment each;
    each.invoice = sheet_.invoice.id;
    each.kind = kind;
    each.reason = request_.reason;
    each.at = edit_.session().now;
    each.actor = edit_.session().actor.code;
    return each;
  }

  void put_allowance(std::int64_t line, std::int64_t minor) {
    Line& put = edit_.line(line);
    put.allowance_minor = checked_add(put.allowance_minor, minor, "an allowance");
    put.amount_minor = checked_add(put.amount_minor, minor, "a line amount");
  }

  /// Up or down: an allowance or a charge on the line, and the item's share moves with it.
  void write(ItemId item, std::int64_t line, std::int64_t minor) {
    if (minor == 0) return;
    put_allowance(line, minor);
    for (Placed& placed : edit_.card(item).places) {
      if (placed.line != line) continue;
      placed.share_minor = checked_add(placed.share_minor, minor, "a share");
      if (placed.update_row_minor)
        placed.update_row_minor = checked_add(*placed.update_row_minor, minor, "an update row");
    }
    Adjustment& each = sheet_.adjustments.emplace_back(adjustment(AdjustmentKind::write));
    each.item = item;
    each.line = line;
    each.amount_minor = minor;
  }

  void share(const std::vector<ItemId>& items, std::int64_t line, std::int64_t minor) {
    std::vector<Share> shares;
    for (const ItemId item : items) {
      std::int64_t weight = 0;
      for (const Placed& placed : edit_.card(item).places)
        if (placed.line == line) weight = checked_add(weight, placed.report_price(), "a share");
      shares.push_back({weight, item.value, 0});
    }
    allocate(minor, shares);
    for (std::size_t i = 0; i < items.size(); ++i) write(items[i], line, shares[i].minor);
  }

  [[noreturn]] void refuse_typed(std::int64_t line) const {
    const std::string name = line_name(line);
    throw Error(Reason::wrong_target,
                (what_ == name ? name : what_ + ": its " + name) + " was changed by hand",
                "price it with `billctl invoice line edit " + request_.target.invoice + " " +
                    std::to_string(line) + " --unit-price`, or write it up or down by --by");
  }

  void price_all(const std::vector<ItemId>& items) {
    for (const ItemId item : items) {
      Card& card = edit_.card(item);
      for (Placed& placed : card.places) {
        if (edit_.line(placed.line).typed) refuse_typed(placed.line);
        placed.update_row_minor.reset();
      }
      put_price(card, request_.manner.unit_price ? *request_.manner.unit_price : rate(card));
    }
    const std::int64_t drift = remake_lines(edit_);
    // The cents that sharing lines anew moves are part of it: starting never changes (S4-24).
    for (Adjustment& each : sheet_.adjustments) {
      if (each.id != 0 || !each.unit_price) continue;
      each.amount_minor = checked_add(each.amount_minor, drift, "an adjustment");
      return;
    }
  }

  /// In place of the price that an earlier adjustment set, whose amount it takes over until the
  /// lines are made anew.
  void put_price(const Card& card, Decimal price) {
    const bool by_rate = !request_.manner.rate_type.empty();
    Adjustment priced = adjustment(by_rate ? AdjustmentKind::rate_type : AdjustmentKind::revalue);
    priced.item = card.item.id;
    priced.line = card.places.front().line;
    priced.unit_price = price;
    for (Adjustment& each : sheet_.adjustments) {
      if (each.item != card.item.id || each.undone_at || !each.unit_price) continue;
      priced.amount_minor = checked_add(priced.amount_minor, each.amount_minor, "an adjustment");
      each.undone_at = edit_.session().now;
    }
    sheet_.adjustments.push_back(std::move(priced));
  }

  Decimal rate(const Card& card) const {
    const std::string name = item_name(card);
    const auto type = parse_rate_type(request_.manner.rate_type);
    if (!type)
      throw Error(Reason::usage, "--rate-type \"" + request_.manner.rate_type + "\" is none",
                  "write role:NAME or job_type:CODE");
    const auto unit = time_unit_of(card.item.unit.text());
    if (card.item.kind != ItemKind::time || !unit)
      throw Error(Reason::wrong_target, name + ": only hours have a rate type",
                  "revalue it with --price");
    const Books& books = edit_.books();
    const Member* member = books.members.find(card.item.member);
    const RatedHour hour = {card.item.project,      sheet_.invoice.client,
                            card.item.member,       member == nullptr ? "" : member->role,
                            card.item.job_type,     card.item.work_on,
                            sheet_.invoice.currency};
    const Config& config = edit_.session().config;
    const auto hourly =
        rate_of_type(books.rates, *type, job_type(*type), hour, config.tenant.currency);
    if (!hourly)
      throw Error(Reason::not_found,
                  name + ": no row of the rate card for " + request_.manner.rate_type +
                      " fits it on " + card.item.work_on.to_text(),
                  "import one with `billctl import rates`, or revalue it with --price");
    return hourly_price_in(*unit, *hourly, config.money.hours_per_day, sheet_.invoice.rounding);
  }

  JobTypeId job_type(const RateType& type) const {
    if (type.job_type.empty()) return {};
    const auto& job_types = edit_.books().job_types;
    if (const JobType* found = job_types.find(type.job_type)) return found->id;
    throw Error(Reason::not_found, "there is no job type " + type.job_type,
                did_you_mean(type.job_type, job_types.codes()));
  }

  InvoiceEdit& edit_;
  const AdjustRequest& request_;
  Sheet& sheet_;
  std::string what_;
};

void check(const AdjustRequest& request) {
  const AdjustManner& manner = request.manner;
  if (request.item.empty() == (request.line == 0))
    throw Error(Reason::usage, "invoice adjust needs one of --item and --line");
  const int manners = manner.unit_price.has_value() + !manner.by.empty() +
                      manner.percent.has_value() + !manner.rate_type.empty();
  if (manners != 1)
    throw Error(Reason::usage,
                "invoice adjust needs one of --price, --by, --percent and --rate-type");
  if (manner.unit_price && manner.unit_price->is_negative())
    throw Error(Reason::usage,
                "--price " + manner.unit_price->to_text() + ": a price is never negative",
                "write it down with --by, or take it off with `billctl invoice exclude`");
  if (request.reason.empty())
    throw Error(Reason::usage, "invoice adjust needs --reason",
                "say why: it stands in `billctl invoice history`");
}

}  // namespace

Report adjust_invoice(Session& session, const AdjustRequest& request, const Json& arguments) {
  check(request);
  const Verb verb{.name = "invoice adjust", .arguments = arguments};
  return edit_invoice(session, verb, request.target, [&](InvoiceEdit& edit) {
    return EditMade{.what = Adjusting(edit, request).run(), .tells_summary = true};
  });
}

}  // namespace billctl
