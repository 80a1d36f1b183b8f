// Generate: puts pending items on drafts (spec/generate.md). One draft for each client, bill-to,
// currency and scope, its lines grouped as asked. A client for whom that can't be done keeps its
// items pending, with the reason, and the others get theirs; nothing is ever drafted twice.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "invoice/draft_options.hpp"
#include "invoice/invoice.hpp"
#include "invoice/line_item.hpp"
#include "ledger/item_queue.hpp"
#include "outcome/reason.hpp"
#include "pipeline/session.hpp"
#include "work/filter.hpp"

namespace billctl {

/// On which invoice items go that could join one that is open.
enum class Into {
  fresh,  ///< a new one always
  same,   ///< the one open invoice of the same key; a new one when there are several (S0-15)
  named,  ///< the one named, else nothing at all (S0-23)
  job,    ///< the open one of the same key that the same job made
};

struct GenerateRequest {
  /// `filter.period` is the period asked for. Open at its beginning it is what --until means: no
  /// item is late. Without a period every pending item is taken.
  Filter filter;
  std::vector<EntryId> entries;  ///< asked for by name, goods attached to them along; empty: all
  DraftChoices choices;
  std::optional<LateMode> late;
  std::optional<ContractualMode> contractual;
  std::optional<QuoteRows> quote_rows;
  bool split_by_rate = false;
  Into into = Into::fresh;
  std::string target;  ///< with Into::named: any name of the invoice; empty: those open are told

  // What a job adds.
  JobId job;
  std::string title, subtitle;
  bool to_rebill_only = false;            ///< entries not marked to be rebilled are passed over
  std::vector<std::string> source_types;  ///< of the entry's task (S3-3); empty: all
  bool mandatory_product = false;         ///< an item of a default product is left, `no_product`
  /// The text of a line of a single time entry, in place of our own (S3-17).
  std::function<std::string(const LineItem&, const EntryWords&)> entry_text;
};

struct DraftedInvoice {
  InvoiceId id;
  std::string invoice;  ///< its draft number
  ClientId client;
  std::string client_code;
  Currency currency = Currency::none();
  std::int64_t lines = 0;
  Amounts amounts;
  bool joined = false;  ///< it was there before
};

/// An item that stays pending although it was to be taken; or, without an item, an entry asked for
/// by name that has none.
struct LeftItem {
  ItemId item;
  EntryId entry;
  ClientId client;  ///< of an item
  Finding finding;
};

struct LateItem {
  ItemId item;
  Date work_on = Date::from_days(0);
  bool taken = false;
};

struct FailedClient {
  ClientId client;
  Finding finding;
};

struct GenerateReport {
  std::vector<DraftedInvoice> invoices;  ///< by client code, bill-to, currency and scope
  std::int64_t remade = 0;               ///< pending items that followed a change first
  std::int64_t archived = 0;             ///< contractual items archived instead of shown
  std::vector<LeftItem> left;
  std::vector<LateItem> late;
  std::vector<FailedClient> failed;  ///< by client code; their items are in `left`
  std::vector<std::string> hints;    ///< what a person may want to do, e.g. join an open draft

  ExitStatus exit() const;
};

/// Inside a write (`perform`) that is already open: for jobs. One call takes any number of clients,
/// each of which fails or succeeds by itself: what it costs goes by what is pending, not by
/// clients.
/// @throws Error{wrong_target} when an item is of another client, bill-to or currency than the
/// invoice named, {not_found}, {wrong_state} when it is issued.
GenerateReport generate_drafts(Session& session, const GenerateRequest& request);

/// The verb: everything in one transaction. The body is the pinned JSON of spec/cli.md, generate.
/// @param arguments what the command was asked for, for the journal.
Report generate(Session& session, const GenerateRequest& request, const Json& arguments,
                GenerateReport* details = nullptr);

}  // namespace billctl
