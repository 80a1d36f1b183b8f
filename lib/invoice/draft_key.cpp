#include "invoice/draft_key.hpp"

#include <algorithm>

namespace billctl {
namespace {

// `what`, from the left: 15 bits of currency, 2 of scope, 32 of rank, 1 of category O.
constexpr int kCurrencyAt = 35;
constexpr int kScopeAt = 33;
constexpr int kRankAt = 1;
constexpr std::uint64_t kRankMask = 0xFFFF'FFFF;

std::uint64_t packed(Currency currency) {
  std::uint64_t bits = 0;
  for (const char letter : currency.code())
    bits = bits * 32 + static_cast<std::uint64_t>(letter - 'A');
  return bits;
}

Currency unpacked(std::uint64_t bits) {
  std::string code(3, 'A');
  for (int i = 2; i >= 0; --i, bits /= 32)
    code[static_cast<std::size_t>(i)] = static_cast<char>('A' + bits % 32);
  return Currency::of(code).value_or(Currency::none());
}

}  // namespace

ClientId bill_to_of(const Books& books, const KeyedBy& item) {
  const Project* project = books.projects.find(item.project);
  if (project != nullptr && project->bill_to) return project->bill_to;
  const Engagement* engagement = books.engagements.find(item.engagement);
  if (engagement != nullptr && engagement->bill_to) return engagement->bill_to;
  return item.client;
}

const std::string& po_number_of(const Books& books, ProjectId project_id,
                                EngagementId engagement_id) {
  static const std::string kNone;
  const Project* project = books.projects.find(project_id);
  if (project != nullptr && !project->po_number.empty()) return project->po_number;
  const Engagement* engagement = books.engagements.find(engagement_id);
  return engagement == nullptr ? kNone : engagement->po_number;
}

DraftKeys::DraftKeys(const Books& books) : books_(books), clients_(ranked(books.clients)) {}

template <class Record>
DraftKeys::Ranks DraftKeys::ranked(const Register<Record>& records) {
  std::vector<const Record*> ordered;
  std::int64_t last = 0;
  for (const Record& record : records.all()) {
    ordered.push_back(&record);
    last = std::max(last, record.id.value);
  }
  std::ranges::sort(ordered, {},
                    [](const Record* record) { return std::string_view(record->code); });
  Ranks ranks;
  ranks.by_row.assign(static_cast<std::size_t>(last) + 1, 0);
  ranks.rows.push_back(0);
  for (const Record* record : ordered) {
    ranks.by_row[static_cast<std::size_t>(record->id.value)] =
        static_cast<std::uint32_t>(ranks.rows.size());
    ranks.rows.push_back(record->id.value);
  }
  return ranks;
}

void DraftKeys::rank_po_numbers() {
  for (const Project& project : books_.projects.all()) po_numbers_.push_back(project.po_number);
  for (const Engagement& engagement : books_.engagements.all())
    po_numbers_.push_back(engagement.po_number);
  po_numbers_.push_back("");  // the first: no PO
  std::ranges::sort(po_numbers_);
  po_numbers_.erase(std::unique(po_numbers_.begin(), po_numbers_.end()), po_numbers_.end());
}

std::uint64_t DraftKeys::rank_in_scope(const KeyedBy& item) {
  switch (item.scope) {
    case InvoiceScope::client:
      return 0;
    case InvoiceScope::po: {
      if (po_numbers_.empty()) rank_po_numbers();
      const std::string& number = po_number_of(books_, item.project, item.engagement);
      return static_cast<std::uint64_t>(std::ranges::lower_bound(po_numbers_, number) -
                                        po_numbers_.begin());
    }
    case InvoiceScope::engagement:
      if (engagements_.rows.empty()) engagements_ = ranked(books_.engagements);
      return engagements_.by_row[static_cast<std::size_t>(item.engagement.value)];
    case InvoiceScope::project:
      if (projects_.rows.empty()) projects_ = ranked(books_.projects);
      return projects_.by_row[static_cast<std::size_t>(item.project.value)];
  }
  return 0;
}

DraftKey DraftKeys::key(const KeyedBy& item) {
  const auto rank_of = [&](ClientId client) {
    return std::uint64_t{clients_.by_row[static_cast<std::size_t>(client.value)]};
  };
  DraftKey key;
  key.who = rank_of(item.client) << 32 | rank_of(bill_to_of(books_, item));
  key.what = packed(item.currency) << kCurrencyAt |
             static_cast<std::uint64_t>(item.scope) << kScopeAt | rank_in_scope(item) << kRankAt |
             std::uint64_t{item.outside_scope};
  return key;
}

InvoiceKey DraftKeys::in_words(DraftKey key) const {
  InvoiceKey words;
  words.client.value = clients_.rows[key.who >> 32];
  words.bill_to.value = clients_.rows[key.who & kRankMask];
  words.currency = unpacked(key.what >> kCurrencyAt);
  words.scope = static_cast<InvoiceScope>(key.what >> kScopeAt & 3);
  const std::uint64_t rank = key.what >> kRankAt & kRankMask;
  if (words.scope == InvoiceScope::engagement) words.engagement.value = engagements_.rows[rank];
  if (words.scope == InvoiceScope::project) words.project.value = projects_.rows[rank];
  if (words.scope == InvoiceScope::po) words.po_number = po_numbers_[rank];
  words.outside_scope = (key.what & 1) != 0;
  return words;
}

}  // namespace billctl
