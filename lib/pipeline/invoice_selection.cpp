#include "pipeline/invoice_selection.hpp"

#include <algorithm>
#include <array>

#include "ledger/invoices.hpp"
#include "ledger/mails.hpp"
#include "pipeline/approval_facts.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/filter_words.hpp"

namespace billctl {
namespace {

template <class T>
bool contains(const std::vector<T>& all, const T& one) {
  return std::ranges::find(all, one) != all.end();
}

template <class T>
bool fits(const std::vector<T>& wanted, const T& one) {
  return wanted.empty() || contains(wanted, one);
}

bool is_open_word(const std::string& state) {
  return state == "draft" || state == "held" || state == "ready" || state == "unconfirmed";
}

constexpr std::array<std::string_view, 8> kAskedStateWords = {
    "draft", "held", "ready", "issued", "voided", "unconfirmed", "sent", "unsent"};

bool fits_header(const Filter& filter, const Invoice& invoice) {
  if (filter.invoices && !contains(*filter.invoices, invoice.id)) return false;
  if (filter.by_client && !contains(filter.clients, invoice.client)) return false;
  if (contains(filter.not_clients, invoice.client)) return false;
  if (!filter.period) return true;
  if (invoice.invoice_on) return filter.period->contains(*invoice.invoice_on);
  return filter.period->overlaps(invoice.period);
}

bool asks_for_items(const Filter& filter) {
  return !filter.projects.empty() || !filter.tasks.empty() || !filter.members.empty() ||
         !filter.kinds.empty();
}

bool fits_items(const Filter& filter, const std::vector<PlacedWork>& items) {
  return std::ranges::any_of(items, [&](const PlacedWork& item) {
    return fits(filter.projects, item.project) && fits(filter.tasks, item.task) &&
           fits(filter.members, item.member) && fits(filter.kinds, std::string(word(item.kind)));
  });
}

bool fits_state(const std::vector<std::string>& wanted, const std::string& state) {
  if (wanted.empty() || contains(wanted, state)) return true;
  return is_open_word(state) && contains(wanted, std::string("unconfirmed"));
}

/// `sent` and `unsent` are about the client: whether an issued invoice is with him.
bool fits_sending(Session& session, const Books& books, const std::vector<std::string>& wanted,
                  const Invoice& invoice) {
  const bool sent = contains(wanted, std::string("sent"));
  const bool unsent = contains(wanted, std::string("unsent"));
  if ((!sent && !unsent) || is_open(invoice.state) || invoice.imported) return false;
  const auto mail = Mails(session.ledger, session.tenant.id).current(invoice.id);
  const bool is_sent = mail && mail->state == MailState::sent;
  if (is_sent) return sent;
  const ClientId payer = invoice.bill_to ? invoice.bill_to : invoice.client;
  return unsent && invoice.state == InvoiceState::issued &&
         books.clients.at(payer).delivery == "mail";
}

struct SortField {
  std::string_view name;
  std::string (*key)(const SelectedInvoice& invoice, const Books& books);
};

std::string date_key(const std::optional<Date>& date) {
  return date ? date->to_text() : "";
}

// Amounts sort as text when all are written equally wide and none is negative.
std::string amount_key(std::int64_t minor) {
  const auto shifted = static_cast<std::uint64_t>(minor) + (std::uint64_t{1} << 63U);
  const std::string digits = std::to_string(shifted);
  return std::string(20 - digits.size(), '0') + digits;
}

constexpr std::array<SortField, 9> kSortFields = {{
    {"invoice", [](const SelectedInvoice& one, const Books&) { return name_of(one.invoice); }},
    {"number", [](const SelectedInvoice& one, const Books&) { return one.invoice.number; }},
    {"type",
     [](const SelectedInvoice& one, const Books&) { return std::string(word(one.invoice.type)); }},
    {"currency", [](const SelectedInvoice& one,
                    const Books&) { return std::string(one.invoice.currency.code()); }},
    {"client", [](const SelectedInvoice& one,
                  const Books& books) { return books.clients.at(one.invoice.client).code; }},
    {"state", [](const SelectedInvoice& one, const Books&) { return one.state; }},
    {"date",
     [](const SelectedInvoice& one, const Books&) { return date_key(one.invoice.invoice_on); }},
    {"due_date",
     [](const SelectedInvoice& one, const Books&) { return date_key(one.invoice.due_on); }},
    {"payable", [](const SelectedInvoice& one,
                   const Books&) { return amount_key(one.invoice.amounts.payable_minor); }},
}};

void sort_by(std::vector<SelectedInvoice>& invoices, const std::string& sort, const Books& books) {
  if (sort.empty()) return;
  const bool down = sort.front() == '-';
  const std::string wanted = sort.substr(down ? 1 : 0);
  std::vector<std::string_view> known;
  for (const SortField& field : kSortFields) known.emplace_back(field.name);
  check_words({wanted}, known, "--sort");
  const auto field = std::ranges::find(kSortFields, wanted, &SortField::name);
  std::ranges::stable_sort(invoices, [&](const SelectedInvoice& a, const SelectedInvoice& b) {
    return down ? field->key(b, books) < field->key(a, books)
                : field->key(a, books) < field->key(b, books);
  });
}

// Of a page that was sorted, what comes after the invoice the last page ended with.
void drop_up_to(std::vector<SelectedInvoice>& invoices, InvoiceId after) {
  const auto found =
      std::ranges::find(invoices, after, [](const auto& one) { return one.invoice.id; });
  if (found != invoices.end()) invoices.erase(invoices.begin(), found + 1);
}

}  // namespace

void each_selected(Session& session, const Books& books, const Filter& filter,
                   const std::function<void(SelectedInvoice&)>& visit) {
  check_words(filter.states, kAskedStateWords, "--state");
  check_words(filter.kinds, kItemKindWords, "--kind");
  if (filter.entries) {
    throw Error(Reason::usage, "the unbilled of a job are entries",
                "see `billctl entry list --from-job`");
  }
  Invoices invoices(session.ledger, session.tenant.id);
  const bool only_open = !filter.states.empty() && std::ranges::all_of(filter.states, is_open_word);
  const bool sorted = !filter.sort.empty();
  const InvoiceId after = filter.after.empty() ? InvoiceId{} : invoices.named(filter.after);
  std::int64_t count = 0;
  const auto is_full = [&] { return filter.limit && count >= *filter.limit; };
  const auto give = [&](SelectedInvoice& one) {
    ++count;
    visit(one);
  };
  std::vector<SelectedInvoice> to_sort;
  const auto which = only_open ? Invoices::Which::open : Invoices::Which::all;
  const auto look = [&](Invoice& invoice) {
    if (is_full()) return false;
    if (!fits_header(filter, invoice)) return true;
    if (asks_for_items(filter) && !fits_items(filter, invoices.placed_work(invoice.id)))
      return true;
    std::string state(told_state(session, books, invoice));
    if (!fits_state(filter.states, state) && !fits_sending(session, books, filter.states, invoice))
      return true;
    SelectedInvoice one{std::move(invoice), std::move(state)};
    sorted ? to_sort.push_back(std::move(one)) : give(one);
    return true;
  };
  const InvoiceId from = sorted ? InvoiceId{} : after;
  if (filter.by_client && filter.clients.size() == 1) {
    invoices.each_of(filter.clients.front(), from, look);
  } else {
    invoices.each(which, from, look);
  }
  sort_by(to_sort, filter.sort, books);
  if (sorted && after) drop_up_to(to_sort, after);
  for (SelectedInvoice& one : to_sort) {
    if (is_full()) return;
    give(one);
  }
}

std::vector<SelectedInvoice> selected_invoices(Session& session, const Books& books,
                                               const Filter& filter) {
  std::vector<SelectedInvoice> selected;
  each_selected(session, books, filter,
                [&](SelectedInvoice& one) { selected.push_back(std::move(one)); });
  return selected;
}

}  // namespace billctl
