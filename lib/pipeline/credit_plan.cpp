#include "pipeline/credit_plan.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "invoice/grouping.hpp"
#include "ledger/credits.hpp"
#include "ledger/invoices.hpp"
#include "ledger/item_queue.hpp"
#include "money/allocation.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/draft_lines.hpp"

namespace billctl {
namespace {

class Planning {
 public:
  Planning(Session& session, const CreditRequest& request)
      : session_(session),
        request_(request),
        invoices_(session.ledger, session.tenant.id),
        credits_(session.ledger) {}

  PlannedCredit run() {
    read();
    plan();
    if (lines_.empty()) over(Money::zero(currency()), "");
    const bool completes = this->completes();
    number_lines();
    return {std::move(original_), std::move(lines_), std::move(placed_), completes};
  }

 private:
  Currency currency() const { return original_.invoice.currency; }
  std::string name() const { return name_of(original_.invoice); }

  void read() {
    original_ = invoices_.document(invoices_.named(request_.invoice));
    const Invoice& invoice = original_.invoice;
    if (invoice.type != InvoiceType::invoice || invoice.state != InvoiceState::issued) {
      const std::string what = invoice.type == InvoiceType::credit_note
                                   ? "a credit note"
                                   : std::string(word(invoice.state));
      throw Error(Reason::wrong_state,
                  "invoice " + name() + ": " + what + ", only an issued invoice can be credited",
                  "see `billctl invoice show " + name() + "`");
    }
    items_ = invoices_.placed_items(invoice.id);
    by_place_ = credits_.by_place(invoice.id);
    const auto credited = credits_.by_line(invoice.id, CreditNotes::all);
    for (const Line& line : original_.lines) {
      if (!line.quantity) continue;
      const auto found = credited.find(line.line);
      const bool untouched = found == credited.end();
      const std::int64_t left =
          untouched ? line.amount_minor
                    : checked_add(line.amount_minor, found->second, "a line amount");
      left_.push_back({line, left, untouched});
    }
  }

  void plan() {
    if (request_.all) return take_all();
    if (!request_.lines.empty()) return take_lines();
    if (!request_.entry.empty()) return take_entry();
    take_amount(amount_asked());
  }

  [[noreturn]] void over(Money left, const std::string& of_what) const {
    throw Error(Reason::over_invoice,
                "invoice " + name() + ": only " + left.to_text() + " is left to credit" +
                    (of_what.empty() ? "" : " of " + of_what),
                "see `billctl invoice show " + name() + "` for its credit notes");
  }

  void take_all() {
    for (const LineLeft& left : left_)
      if (left.untouched || left.left_minor != 0) take_rest(left);
    // Cards without a line go with the whole invoice.
    for (const PlacedItem& item : items_)
      if (item.placed.line == 0) place(item, 0, left_of(item));
  }

  void take_lines() {
    std::set<std::int64_t> taken;
    for (const std::int64_t id : request_.lines) {
      const auto left =
          std::ranges::find_if(left_, [&](const LineLeft& each) { return each.line.line == id; });
      if (left == left_.end())
        throw Error(
            Reason::not_found,
            "invoice " + name() + ": it has no line " + std::to_string(id) + " with an amount",
            "see `billctl invoice show " + name() + "`");
      if (!taken.insert(id).second) continue;
      if (!left->untouched && left->left_minor == 0)
        over(Money::zero(currency()), "line " + std::to_string(id));
      take_rest(*left);
    }
  }

  void take_rest(const LineLeft& left) {
    lines_.push_back(credit_of_rest(left, currency()));
    lines_.back().line = left.line.line;
    for (const PlacedItem& item : items_)
      if (item.placed.line == left.line.line) place(item, left.line.line, left_of(item));
  }

  std::int64_t amount_asked() const {
    std::int64_t minor = 0;
    if (request_.percent) {
      const Money lines(original_.invoice.amounts.lines_minor, currency());
      minor = percent_of(lines, *request_.percent, original_.invoice.rounding).minor();
    } else {
      std::string_view why;
      const auto money = Money::parse(request_.amount, currency(), &why);
      if (!money)
        throw Error(Reason::usage, "--amount \"" + request_.amount + "\": " + std::string(why),
                    "an amount before tax, such as 100.00");
      minor = money->minor();
    }
    std::int64_t left = 0;
    for (const LineLeft& each : left_) left = checked_add(left, each.left_minor, "an invoice");
    if (minor > left) over(Money(left, currency()), "");
    if (minor <= 0)
      throw Error(Reason::usage, "invoice " + name() + ": a credit is more than 0",
                  "say how much is given back, before tax");
    return minor;
  }

  void take_amount(std::int64_t minor) {
    std::vector<LineLeft> lines;
    for (const LineLeft& left : left_)
      if (left.left_minor != 0) lines.push_back(left);
    const std::vector<std::int64_t> shares = shared_credit(minor, lines);
    for (std::size_t i = 0; i < lines.size(); ++i)
      if (shares[i] != 0) take_part(lines[i], shares[i]);
  }

  void take_part(const LineLeft& left, std::int64_t minor) {
    lines_.push_back(credit_of_amount(left, minor, currency()));
    lines_.back().line = left.line.line;
    std::vector<const PlacedItem*> items;
    std::vector<Share> shares;
    for (const PlacedItem& item : items_) {
      if (item.placed.line != left.line.line) continue;
      items.push_back(&item);
      shares.push_back({left_of(item), item.placed.item.value, 0});
    }
    allocate(minor, shares);
    for (std::size_t i = 0; i < items.size(); ++i)
      place(*items[i], left.line.line, shares[i].minor);
  }

  /// What of an item is still charged.
  std::int64_t left_of(const PlacedItem& item) const {
    const auto found = by_place_.find({item.placed.line, item.placed.item});
    const std::int64_t credited = found == by_place_.end() ? 0 : found->second;
    return checked_add(item.placed.report_price(), credited, "an item");
  }

  void take_entry() {
    std::vector<const PlacedItem*> own;
    for (const PlacedItem& item : items_)
      if (item.entry_ref == request_.entry) own.push_back(&item);
    if (own.empty())
      throw Error(Reason::not_found, "entry " + request_.entry + ": it is not on invoice " + name(),
                  "see `billctl explain " + name() + "`");
    if (request_.hours) return take_hours(own);
    std::int64_t left = 0;
    for (const PlacedItem* item : own) left += std::abs(left_of(*item));
    const bool charged = std::ranges::any_of(
        own, [](const PlacedItem* item) { return item->placed.report_price() != 0; });
    if (left == 0 && (charged || was_taken(*own.front())))
      over(Money::zero(currency()), "entry " + request_.entry);
    for (const PlacedItem* item : own) take_item(*item, left_of(*item));
  }

  bool was_taken(const PlacedItem& item) const {
    return by_place_.contains({item.placed.line, item.placed.item});
  }

  const LineLeft& line_of(const PlacedItem& item) const {
    const auto left = std::ranges::find_if(
        left_, [&](const LineLeft& each) { return each.line.line == item.placed.line; });
    if (left == left_.end())
      throw Error(Reason::wrong_target,
                  "entry " + item.entry_ref + ": it has no line of its own on invoice " + name(),
                  "credit a line or an amount instead");
    return *left;
  }

  /// Whether the line prints the item at the item's own unit and price.
  static bool multiplies(const LineItem& item, const Line& line) {
    return line.unit == item.unit.text() && line.unit_price == item.unit_price;
  }

  LineItem line_item(const PlacedItem& item) const {
    const auto pending = ItemQueue(session_.ledger, session_.tenant.id).of_item(item.placed.item);
    expect(pending.has_value(), "an item on an invoice is there");
    return pending->item;
  }

  GroupingRules rules() const { return rules_of(original_.invoice, session_.config, true); }

  void take_item(const PlacedItem& item, std::int64_t minor) {
    const LineLeft& left = line_of(item);
    const auto on_line = std::ranges::count_if(
        items_, [&](const PlacedItem& each) { return each.placed.line == item.placed.line; });
    if (on_line == 1 && left.untouched && minor == left.left_minor) {
      lines_.push_back(credit_of_rest(left, currency()));
    } else {
      const LineItem work = line_item(item);
      const bool whole = !was_taken(item) && multiplies(work, left.line);
      lines_.push_back(whole
                           ? credit_of_quantity(left, printed_quantity(work, work.measure, rules()),
                                                minor, currency(), original_.invoice.rounding)
                           : credit_of_amount(left, minor, currency()));
    }
    lines_.back().line = left.line.line;
    place(item, left.line.line, minor);
  }

  void take_hours(const std::vector<const PlacedItem*>& own) {
    const auto timed = std::ranges::find_if(
        own, [](const PlacedItem* item) { return item->kind == ItemKind::time; });
    if (timed == own.end())
      throw Error(Reason::wrong_target, "entry " + request_.entry + ": it is no time on " + name(),
                  "leave --hours out to credit all of it");
    const PlacedItem& item = **timed;
    const LineLeft& left = line_of(item);
    const LineItem work = line_item(item);
    const std::int64_t seconds =
        narrowed(Int128{request_.hours->micro()} * 3600 / Decimal::kOne, "hours");
    if (seconds <= 0 || seconds > work.measure)
      over(Money(left_of(item), currency()),
           "entry " + request_.entry + ", which has " +
               Decimal::from_micro(work.measure * Decimal::kOne / 3600).to_text() + " h");
    const Decimal quantity = printed_quantity(work, seconds, rules());
    const bool printed = multiplies(work, left.line) && !original_.invoice.by_hand;
    const std::int64_t minor =
        printed ? amount(quantity, work.unit_price, currency(), original_.invoice.rounding).minor()
                : pro_rata(item.placed.report_price(), seconds, work.measure);
    if (minor > left_of(item)) over(Money(left_of(item), currency()), "entry " + request_.entry);
    lines_.push_back(
        printed ? credit_of_quantity(left, quantity, minor, currency(), original_.invoice.rounding)
                : credit_of_amount(left, minor, currency()));
    lines_.back().line = left.line.line;
    place(item, left.line.line, minor);
  }

  /// Behind the last credit line so far, or behind none.
  void place(const PlacedItem& item, std::int64_t line, std::int64_t minor) {
    Placed placed;
    placed.line = line == 0 ? 0 : static_cast<std::int64_t>(lines_.size());
    placed.item = item.placed.item;
    placed.share_minor = -minor;
    placed_.push_back(placed);
  }

  /// Lines stand in the order of the invoice and count from 1. An entry may have two items on one
  /// line: each has a credit line of its own, and its share stays behind that one.
  void number_lines() {
    std::map<std::int64_t, std::int64_t> position;
    for (const LineLeft& left : left_) position[left.line.line] = left.line.position;
    std::vector<std::size_t> order(lines_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return position[lines_[i].line]; });
    std::vector<Line> sorted;
    std::vector<std::int64_t> numbers(lines_.size() + 1);  // 0, without a line, stays 0
    for (const std::size_t i : order) {
      sorted.push_back(std::move(lines_[i]));
      sorted.back().line = sorted.back().position = static_cast<std::int64_t>(sorted.size());
      numbers[i + 1] = sorted.back().line;
    }
    lines_ = std::move(sorted);
    for (Placed& placed : placed_) placed.line = numbers[static_cast<std::size_t>(placed.line)];
    std::ranges::sort(placed_, [](const Placed& a, const Placed& b) {
      return std::pair(a.line, a.item) < std::pair(b.line, b.item);
    });
  }

  /// Whether nothing is left of the invoice. An item may be worth more than its line, where that
  /// was written down by hand: then only what is left of the line can be taken.
  bool completes() const {
    std::map<std::int64_t, std::int64_t> taken;
    for (const Line& line : lines_)
      taken[line.corrects_line] =
          checked_add(taken[line.corrects_line], -line.amount_minor, "a line");
    bool whole = true;
    for (const LineLeft& each : left_) {
      const std::int64_t minor = taken[each.line.line];
      if (minor < std::min<std::int64_t>(each.left_minor, 0) ||
          minor > std::max<std::int64_t>(each.left_minor, 0))
        over(Money(each.left_minor, currency()), "line " + std::to_string(each.line.line));
      whole = whole && minor == each.left_minor;
    }
    return whole;
  }

  Session& session_;
  const CreditRequest& request_;
  Invoices invoices_;
  Credits credits_;
  Document original_;
  std::vector<PlacedItem> items_;
  std::map<std::pair<std::int64_t, ItemId>, std::int64_t> by_place_;
  std::vector<LineLeft> left_;
  std::vector<Line> lines_;     ///< until they are numbered, `line` is that of the invoice
  std::vector<Placed> placed_;  ///< likewise, and `line` is the place among lines_, from 1
};

}  // namespace

std::int64_t pro_rata(std::int64_t minor, std::int64_t part, std::int64_t whole) {
  const std::int64_t weights[] = {part, whole - part};
  return allocated(minor, weights).front();
}

PlannedCredit plan_credit(Session& session, const CreditRequest& request) {
  return Planning(session, request).run();
}

}  // namespace billctl
