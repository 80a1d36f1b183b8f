#include "pipeline/export_journal.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "ledger/books_table.hpp"
#include "ledger/contract_balances.hpp"
#include "ledger/events.hpp"
#include "ledger/invoices.hpp"
#include "money/money.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/invoice_selection.hpp"
#include "text/visible.hpp"

namespace billctl {
namespace {

/// A code as one part of an account's name: what would end the name or make a part of its own is
/// written as %3A, so that two clients never share an account.
std::string account_part(std::string_view code) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const bool plain = visible(code) == code;
  std::string part;
  for (const char c : code) {
    const auto byte = static_cast<unsigned char>(c);
    const bool safe = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                      c == '-' || c == '_' || c == '.' || c == '+' || (byte >= 0x80 && plain);
    if (safe) {
      part += c;
    } else {
      part += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
    }
  }
  return part;
}

/// One line without what begins a comment, a note or another field there.
std::string described(std::string_view text) {
  std::string line = visible(text);
  for (char& c : line) {
    if (c == ';' || c == '|') c = ',';
    if (c == '(' || c == ')') c = '\'';
  }
  return line;
}

/// An entry before it has a place among the others.
struct Entry {
  Date date = Date::from_days(0);
  std::string number;
  std::string type;  ///< invoice, credit_note, void
  std::string client;
  std::string description;
  Currency currency = Currency::none();
  std::vector<std::pair<std::string, std::int64_t>> postings;

  void post(const std::string& account, std::int64_t minor) {
    if (minor != 0) postings.emplace_back(account, minor);
  }
  auto order() const { return std::tie(date, number, type); }
};

class Journal {
 public:
  explicit Journal(Session& session)
      : session_(session),
        books_(read_books(session.ledger, session.tenant.id, BooksPart::without_tasks)),
        invoices_(session.ledger, session.tenant.id) {
    for (const ContractLine& line : books_.contract_lines.all())
      contracts_[line.engagement].push_back(line);
  }

  std::vector<Entry> entries(const Filter& filter) {
    Filter all = filter;
    all.period.reset();
    if (all.states.empty()) all.states = {"issued", "voided"};
    std::vector<Entry> entries;
    const auto keep = [&](Entry entry) {
      if (!filter.period || filter.period->contains(entry.date))
        entries.push_back(std::move(entry));
    };
    each_selected(session_, books_, all, [&](SelectedInvoice& one) {
      if (one.invoice.imported || is_open(one.invoice.state)) return;
      const Document document = invoices_.document(one.invoice.id);
      Entry entry = entry_of(document);
      const auto voided = voided_on(document.invoice);
      keep(entry);
      if (!voided) return;
      entry.date = *voided;
      entry.type = "void";
      for (auto& [account, minor] : entry.postings) minor = -minor;
      keep(std::move(entry));
    });
    std::ranges::sort(entries, {}, &Entry::order);
    return entries;
  }

 private:
  Entry entry_of(const Document& document) {
    const Invoice& invoice = document.invoice;
    const Client& payer = books_.clients.at(invoice.bill_to ? invoice.bill_to : invoice.client);
    const std::string client = account_part(payer.code);
    const std::string deferred = "liabilities:deferred:" + client;
    const std::string vat = "liabilities:vat:output";
    Entry entry;
    entry.date = invoice.invoice_on.value_or(Date::from_days(0));
    entry.number = invoice.number;
    entry.type = std::string(word(invoice.type));
    entry.client = payer.code;
    entry.description = payer.name;
    entry.currency = invoice.currency;
    entry.post("assets:receivable:" + client, invoice.amounts.payable_minor);
    std::int64_t applied = 0;
    std::int64_t applied_tax = 0;
    for (const AppliedPrepayment& prepayment : document.prepayments) {
      applied = checked_add(applied, prepayment.applied_minor, "prepayments");
      applied_tax = checked_add(applied_tax, prepayment.tax_minor, "prepayments");
    }
    entry.post(deferred, applied);
    entry.post(vat, applied_tax);
    std::map<std::string, std::int64_t> income;
    for (const Line& line : document.lines) {
      const std::string account = is_ahead(line) ? deferred : "income:" + account_part(line.kind);
      income[account] = checked_add(income[account], line.amount_minor, "income");
    }
    for (const auto& [account, minor] : income) entry.post(account, -minor);
    entry.post(vat, -invoice.amounts.tax_minor);
    std::int64_t sum = 0;
    for (const auto& posting : entry.postings) sum = checked_add(sum, posting.second, "postings");
    if (sum != 0)
      throw Error(Reason::corrupt, "invoice " + invoice.number + ": its amounts do not add up",
                  "see `billctl verify totals tax prepay`");
    return entry;
  }

  /// An instalment of work that is charged by time is owed until that work is invoiced.
  bool is_ahead(const Line& line) {
    if (line.kind != "instalment" || !line.project) return false;
    const EngagementId engagement = books_.projects.at(line.project).engagement;
    const auto found = contracts_.find(engagement);
    if (!engagement || found == contracts_.end()) return false;
    return std::ranges::any_of(found->second, [&](const ContractLine& contract) {
      return !contract.fixed_price && serves(contract, line.project, found->second);
    });
  }

  /// Of one that no credit note takes back.
  std::optional<Date> voided_on(const Invoice& invoice) {
    if (invoice.state != InvoiceState::voided || !invoices_.credited_by(invoice.id).empty())
      return std::nullopt;
    std::optional<Date> on;
    for (const Events::Touch& touch :
         Events(session_.ledger, session_.tenant.id).history("invoice:" + invoice.number)) {
      if (touch.event.verb == "invoice void") on = session_.config.tenant.zone.date(touch.event.at);
    }
    return on ? on : invoice.invoice_on;
  }

  Session& session_;
  Books books_;
  Invoices invoices_;
  std::map<EngagementId, std::vector<ContractLine>> contracts_;
};

/// Of a currency without digits hledger wants a point in the format and ledger none, so it has no
/// format.
std::string commodity_text(const std::string& code) {
  const int digits = Currency::of(code)->digits();
  std::string text = "commodity " + code + "\n";
  if (digits > 0)
    text +=
        "    format 1000." + std::string(static_cast<std::size_t>(digits), '0') + " " + code + "\n";
  return text;
}

std::string declarations(const Json::Array& postings) {
  std::set<std::string> accounts, currencies;
  for (const Json& posting : postings) {
    accounts.insert(posting["account"].as_string());
    currencies.insert(posting["currency"].as_string());
  }
  std::string text;
  for (const std::string& code : currencies) text += commodity_text(code);
  for (const std::string& account : accounts) text += "account " + account + "\n";
  return text;
}

}  // namespace

Json journal_postings(Session& session, const Filter& filter) {
  require_reading(session, "export journal");
  Json list = Json::array();
  session.ledger.read([&] {
    for (const Entry& entry : Journal(session).entries(filter)) {
      for (const auto& [account, minor] : entry.postings)
        list.push(Json::object({{"date", entry.date.to_text()},
                                {"number", entry.number},
                                {"type", entry.type},
                                {"client", entry.client},
                                {"description", entry.description},
                                {"account", account},
                                {"amount", Money(minor, entry.currency).to_text()},
                                {"currency", entry.currency.code()}}));
    }
  });
  return Json::object({{"postings", std::move(list)}});
}

std::string journal_text(const Json& body) {
  const Json::Array& postings = body["postings"].as_array();
  std::string text = declarations(postings);
  std::string before;
  for (const Json& posting : postings) {
    const std::string& type = posting["type"].as_string();
    const std::string head = posting["date"].as_string() + " * (" +
                             described(posting["number"].as_string()) + ") " +
                             described(posting["description"].as_string()) +
                             (type == "invoice" ? ""
                              : type == "void"  ? ", void"
                                                : ", credit note");
    if (head != before) text += "\n" + head + "\n";
    before = head;
    constexpr std::size_t kAccountColumns = 36;
    constexpr std::size_t kAmountColumns = 14;
    const std::string& account = posting["account"].as_string();
    const std::string& amount = posting["amount"].as_string();
    text += "    " + account + "  ";
    const std::size_t used = account.size() + amount.size();
    if (used < kAccountColumns + kAmountColumns)
      text.append(kAccountColumns + kAmountColumns - used, ' ');
    text += amount + " " + posting["currency"].as_string() + "\n";
  }
  return text;
}

}  // namespace billctl
