#include "pipeline/draft_gathering.hpp"

#include <algorithm>

#include "ledger/drafts.hpp"
#include "pipeline/filter_words.hpp"

namespace billctl {
namespace {

constexpr std::size_t kPlacesAtOnce = 16'384;

std::uint32_t kind_bits(const std::vector<std::string>& words) {
  if (words.empty()) return ~std::uint32_t{0};
  check_words(words, kItemKindWords, "--kind");
  std::uint32_t bits = 0;
  for (const std::string& text : words)
    bits |= std::uint32_t{1} << static_cast<int>(*item_kind_of(text));
  return bits;
}

}  // namespace

Gathering::Wanted::Wanted(const Filter& filter)
    : by_client(filter.by_client),
      clients(filter.clients),
      not_clients(filter.not_clients),
      projects(filter.projects),
      tasks(filter.tasks),
      members(filter.members),
      kinds(kind_bits(filter.kinds)) {}

Gathering::Gathering(Drafting& drafting, const Invoice* target, GenerateReport& report)
    : drafting_(drafting), target_(target), report_(report), wanted_(drafting.request.filter) {}

bool Gathering::of_wanted_source(const LineItem& item) const {
  const auto& types = drafting_.request.source_types;
  if (types.empty()) return true;
  const Task* task = drafting_.books.tasks.find(item.task);
  return task != nullptr && std::ranges::find(types, task->source_type) != types.end();
}

bool Gathering::wanted(const PendingItem& pending) const {
  const LineItem& item = pending.item;
  if (wanted_.by_client && !wanted_.clients.has(pending.client)) return false;
  if (!wanted_.not_clients.empty() && wanted_.not_clients.has(pending.client)) return false;
  if (!wanted_.projects.empty() && !wanted_.projects.has(item.project)) return false;
  if (!wanted_.tasks.empty() && !wanted_.tasks.has(item.task)) return false;
  if (!wanted_.members.empty() && !wanted_.members.has(item.member)) return false;
  if ((wanted_.kinds >> static_cast<int>(item.kind) & 1) == 0) return false;
  return of_wanted_source(item);
}

/// Before a period that has a beginning (X30).
bool Gathering::is_late(const LineItem& item) const {
  const auto& period = drafting_.request.filter.period;
  return drafting_.request.entries.empty() && period && period->first() != Date::first_of_all() &&
         item.work_on < period->first();
}

void Gathering::leave(const PendingItem& pending, Reason code, std::string detail) {
  report_.left.push_back(
      {pending.item.id, pending.item.entry, pending.client, {code, std::move(detail)}});
}

void Gathering::require_target(const PendingItem& pending) const {
  if (target_ == nullptr) return;
  const KeyedBy by = drafting_.keyed_by(pending, InvoiceScope::client);
  const Books& books = drafting_.books;
  const auto refuse = [&](const std::string& seen, const std::string& needed) {
    throw Error(Reason::wrong_target,
                "item " + std::to_string(pending.item.id.value) + ": " + seen + ", " +
                    target_->draft_number + " is " + needed,
                "name what to add with --client, --project or --entries; nothing was changed");
  };
  const auto code = [&](ClientId client) { return books.clients.at(client).code; };
  if (by.client != target_->client)
    refuse("of client " + code(by.client), "of " + code(target_->client));
  if (const ClientId bill_to = bill_to_of(books, by); bill_to != target_->bill_to)
    refuse("billed to " + code(bill_to), "billed to " + code(target_->bill_to));
  if (by.currency != target_->currency)
    refuse("in " + std::string(by.currency.code()), "in " + std::string(target_->currency.code()));
}

void Gathering::place(PendingItem& pending) {
  const DraftOptions& options = drafting_.options.of(pending.item.engagement, pending.client);
  drafting_.settle(pending, options);
  require_target(pending);
  const InvoiceScope scope = target_ == nullptr ? options.scope : InvoiceScope::client;
  const DraftKey key = drafting_.keys.key(drafting_.keyed_by(pending, scope));
  const auto [found, fresh] =
      numbers_.try_emplace(key, static_cast<std::int64_t>(invoices_.size()));
  if (fresh) invoices_.emplace_back();
  items_.add(key, pending.item);
  taken_.add({pending.item.id, found->second, pending.gap, false});
}

/// Whether the item leaves the queue, as far as that is known now.
bool Gathering::take(PendingItem pending) {
  const GenerateRequest& request = drafting_.request;
  const LineItem& item = pending.item;
  if (!wanted(pending)) return false;
  const auto& period = request.filter.period;
  if (period && item.work_on >= period->past()) return false;
  const bool late = is_late(item);
  if (request.to_rebill_only && !drafting_.queue.to_rebill(item.entry)) return false;
  if (late) {
    const bool taken = drafting_.late() == LateMode::include;
    report_.late.push_back({item.id, item.work_on, taken});
    if (!taken) return false;
  }
  if (request.mandatory_product && pending.product_scope == ProductScope::fallback) {
    leave(pending, Reason::no_product,
          "no product is assigned; " + drafting_.books.products.at(item.product).code +
              " is only the default");
    return false;
  }
  if (item.uncharged && drafting_.contractual() == ContractualMode::archive) {
    taken_.add({item.id, pending.client.value, pending.gap, true});
    return true;
  }
  place(pending);
  return true;
}

void Gathering::tell_what_is_taken(EntryId entry) {
  for (const TakenItem& item : drafting_.queue.taken_of_entry(entry)) {
    const std::string where = item.invoice.empty() ? item.mark : "on " + item.invoice;
    const Reason code = item.mark == "archived" ? Reason::archived : Reason::already_compiled;
    report_.left.push_back(
        {item.id, entry, {}, {code, "item " + std::to_string(item.id.value) + " is " + where}});
  }
}

void Gathering::read_named() {
  std::vector<EntryId> entries = drafting_.request.entries;
  std::ranges::sort(entries);
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  std::vector<PendingItem> pending;
  for (const EntryId entry : entries) {
    for (const PendingItem& item : drafting_.queue.of_entry(entry)) pending.push_back(item);
    tell_what_is_taken(entry);
  }
  std::ranges::sort(pending, {}, [](const PendingItem& item) { return item.item.id; });
  const auto& period = drafting_.request.filter.period;
  for (const PendingItem& item : pending) {
    if (period && !period->contains(item.item.work_on)) {
      leave(item, Reason::outside_period, item.item.work_on.to_text());
    } else if (!wanted(item)) {
      leave(item, Reason::filtered, "");
    } else {
      take(item);
    }
  }
}

void Gathering::read() {
  if (!drafting_.request.entries.empty()) return read_named();
  drafting_.queue.each([this](const PendingItem& pending) { return take(pending); });
}

void Gathering::set_invoice(DraftKey key, InvoiceId invoice) {
  invoices_[static_cast<std::size_t>(numbers_.at(key))] = invoice;
}

void Gathering::leave_queue() {
  Drafts drafts(drafting_.session.ledger, drafting_.session.tenant.id);
  std::vector<ItemPlace> places;
  std::vector<ItemId> archived;
  ItemId first, last;
  bool broken = false;
  const auto close_range = [&] {
    if (first) drafting_.queue.remove(first, last);
    first = {};
  };
  taken_.each([&](const Taken& taken) {
    InvoiceId invoice;
    bool leaves = taken.archived && failed_.count(ClientId{taken.where}) == 0;
    if (!taken.archived) {
      invoice = invoices_[static_cast<std::size_t>(taken.where)];
      leaves = static_cast<bool>(invoice);
    }
    if (!leaves || taken.gap || broken) close_range();
    broken = !leaves;
    if (!leaves) return;
    if (!first) first = taken.item;
    last = taken.item;
    if (taken.archived) {
      drafting_.queue.archive(taken.item, drafting_.session.now.seconds());
      ++report_.archived;
      return;
    }
    places.push_back({taken.item, invoice});
    if (places.size() < kPlacesAtOnce) return;
    drafts.put_item_places(places);
    places.clear();
  });
  drafts.put_item_places(places);
  close_range();
}

}  // namespace billctl
