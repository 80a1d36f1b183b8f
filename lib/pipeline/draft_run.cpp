#include "pipeline/draft_run.hpp"

#include <algorithm>
#include <iterator>

#include "ledger/series.hpp"
#include "pipeline/draft_join.hpp"
#include "pipeline/draft_maker.hpp"

namespace billctl {
namespace {

constexpr std::size_t kLinesAtOnce = 4'096;

/// What of one client does not stop the others. All else, a full disk for one, ends the run.
bool is_of_one_client(Reason code) {
  return code == Reason::several_rates || code == Reason::bound_exceeded ||
         code == Reason::tax_invalid || code == Reason::too_many_taxes || code == Reason::failed;
}

bool has_key(const OpenDraft& draft, const InvoiceKey& key) {
  return draft.client == key.client && draft.bill_to == key.bill_to &&
         draft.currency == key.currency && draft.scope == key.scope &&
         draft.engagement == key.engagement && draft.project == key.project &&
         (key.scope != InvoiceScope::po || draft.po_number == key.po_number) &&
         draft.outside_scope == key.outside_scope;
}

std::string names_of(const std::vector<const OpenDraft*>& drafts) {
  std::string text;
  for (const OpenDraft* draft : drafts) text += (text.empty() ? "" : ", ") + draft->draft_number;
  return text;
}

template <class Row>
void append(std::vector<Row>& to, std::vector<Row>& from) {
  std::ranges::move(from, std::back_inserter(to));
}

}  // namespace

DraftRun::DraftRun(Drafting& drafting, Gathering& gathering, const Invoice* target,
                   GenerateReport& report)
    : drafting_(drafting),
      gathering_(gathering),
      target_(target),
      report_(report),
      drafts_(drafting.session.ledger, drafting.session.tenant.id),
      next_id_(drafts_.next_id()) {
  for (const OpenDraft& draft : drafts_.open()) open_[draft.client].push_back(draft);
}

void DraftRun::run() {
  std::vector<Pile> piles;  // of one client
  while (const auto* next = gathering_.items().next()) {
    if (piles.empty() || piles.back().key != next->key) {
      Pile pile{next->key, drafting_.keys.in_words(next->key), {}, {}};
      if (!piles.empty() && piles.back().words.client != pile.words.client)
        draft_client(std::exchange(piles, {}));
      piles.push_back(std::move(pile));
    }
    piles.back().items.push_back(next->row);
  }
  if (!piles.empty()) draft_client(std::move(piles));
  flush();
}

void DraftRun::draft_client(std::vector<Pile> piles) {
  const ClientId client = piles.front().words.client;
  try {
    choose_targets(piles);
    std::vector<DraftRows> made = make_new(piles);
    drafting_.session.ledger.savepoint([&] { join(piles); });
    std::size_t next = 0;
    for (const Pile& pile : piles)
      if (!pile.joins) number_and_keep(pile, std::move(made[next++]));
  } catch (const Error& error) {
    if (!is_of_one_client(error.code())) throw;
    const Finding finding{error.code(), error.message()};
    for (const Pile& pile : piles) leave(pile, finding);
    gathering_.set_failed(client);
    report_.failed.push_back({client, finding});
  }
  if (lines_.size() >= kLinesAtOnce) flush();
}

void DraftRun::leave(const Pile& pile, const Finding& finding) {
  for (const LineItem& item : pile.items)
    report_.left.push_back({item.id, item.entry, pile.words.client, finding});
}

void DraftRun::choose_targets(std::vector<Pile>& piles) {
  if (target_ != nullptr) return choose_named(piles);
  for (Pile& pile : piles) choose_among_open(pile);
}

/// All go on the invoice named, but for what category O keeps apart.
void DraftRun::choose_named(std::vector<Pile>& piles) {
  const auto& open = open_[target_->client];
  const auto found = std::ranges::find(open, target_->id, &OpenDraft::id);
  const bool outside_scope = found != open.end() && found->taxed
                                 ? found->outside_scope
                                 : piles.front().words.outside_scope;
  std::erase_if(piles, [&](const Pile& pile) {
    if (pile.words.outside_scope == outside_scope) return false;
    leave(pile, {Reason::category_o,
                 std::string("tax of category O stands alone on its invoice; ") +
                     target_->draft_number + (outside_scope ? " is such a one" : " has others")});
    return true;
  });
  for (Pile& pile : piles) pile.joins = target_->id;
}

void DraftRun::choose_among_open(Pile& pile) {
  const auto of_client = open_.find(pile.words.client);
  if (of_client == open_.end()) return;
  std::vector<const OpenDraft*> same;
  for (const OpenDraft& draft : of_client->second) {
    if (!has_key(draft, pile.words)) continue;
    if (drafting_.request.into == Into::job && draft.job != drafting_.request.job) continue;
    same.push_back(&draft);
  }
  if (same.empty()) return;
  const std::string client = "client " + drafting_.books.clients.at(pile.words.client).code;
  switch (drafting_.request.into) {
    case Into::job:
      pile.joins = same.front()->id;
      return;
    case Into::same:
      if (same.size() == 1) {
        pile.joins = same.front()->id;
      } else {
        report_.hints.push_back(client + " has several open invoices: " + names_of(same) +
                                "; --into one of them adds to it");
      }
      return;
    default:
      report_.hints.push_back(client + " has an open invoice: " + names_of(same) +
                              "; --into auto adds to it");
  }
}

std::vector<DraftRows> DraftRun::make_new(std::vector<Pile>& piles) {
  std::vector<DraftRows> made;
  for (const Pile& pile : piles) {
    if (pile.joins) continue;
    made.push_back(make_draft(drafting_, pile.words, pile.items));
    require_bounds(made.back().draft, static_cast<std::int64_t>(made.back().lines.size()));
  }
  return made;
}

void DraftRun::join(std::vector<Pile>& piles) {
  std::vector<std::pair<Invoice, std::int64_t>> joined;
  for (const Pile& pile : piles) {
    if (!pile.joins) continue;
    const Invoice draft = join_draft(drafting_, pile.joins, pile.items);
    const std::int64_t lines = count_lines(drafting_.session, draft.id);
    require_bounds(draft, lines);
    joined.emplace_back(draft, lines);
  }
  for (const auto& [draft, lines] : joined) report(draft, lines, true);
  for (const Pile& pile : piles)
    if (pile.joins) gathering_.set_invoice(pile.key, pile.joins);
}

void DraftRun::require_bounds(const Invoice& draft, std::int64_t lines) {
  const BoundSettings& bounds = drafting_.session.config.bounds;
  static const std::vector<std::int64_t> kUnasked;
  const std::vector<std::int64_t>* usual = &kUnasked;
  if (bounds.times_usual) {
    const auto [found, fresh] = usual_.try_emplace({draft.client, draft.currency});
    if (fresh) found->second = drafts_.issued_totals(draft.client, draft.currency);
    usual = &found->second;
  }
  billctl::require_bounds(bounds, draft, lines, *usual);
}

void DraftRun::number_and_keep(const Pile& pile, DraftRows rows) {
  put_identity(drafting_, rows, next_id_, take_draft_number(drafting_.session));
  ++next_id_.value;
  gathering_.set_invoice(pile.key, rows.draft.id);
  report(rows.draft, static_cast<std::int64_t>(rows.lines.size()), false);

  std::int64_t position = 0;
  for (const TaxRow& row : rows.taxes) taxes_.push_back({rows.draft.id, ++position, row});
  invoices_.push_back(std::move(rows.draft));
  append(lines_, rows.lines);
  append(placed_, rows.placed);
  append(adjustments_, rows.adjustments);
}

void DraftRun::report(const Invoice& draft, std::int64_t lines, bool joined) {
  DraftedInvoice& drafted = report_.invoices.emplace_back();
  drafted.id = draft.id;
  drafted.invoice = draft.draft_number;
  drafted.client = draft.client;
  drafted.client_code = drafting_.books.clients.at(draft.client).code;
  drafted.currency = draft.currency;
  drafted.lines = lines;
  drafted.amounts = draft.amounts;
  drafted.joined = joined;
}

void DraftRun::flush() {
  drafts_.put_invoices(invoices_);
  drafts_.put_lines(lines_);
  drafts_.put_placed(placed_);
  drafts_.put_taxes(taxes_);
  drafts_.put_adjustments(adjustments_);
  invoices_.clear();
  lines_.clear();
  placed_.clear();
  taxes_.clear();
  adjustments_.clear();
}

}  // namespace billctl
