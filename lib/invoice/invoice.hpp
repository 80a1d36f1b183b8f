// Invoice: a draft, or the document it became at issue, with its lines, tax rows and material.
//
// Two layers (X2): the document (invoice, lines, tax rows) is frozen at issue; the material (which
// items stand behind it, at what report price) may change afterwards and never alters the document.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "billable/item.hpp"
#include "calendar/date.hpp"
#include "calendar/instant.hpp"
#include "calendar/period.hpp"
#include "invoice/options.hpp"
#include "money/currency.hpp"
#include "money/decimal.hpp"
#include "money/rounding.hpp"
#include "outcome/id.hpp"

namespace billctl {

enum class InvoiceType { invoice, credit_note };
constexpr std::array<std::string_view, 2> kInvoiceTypeWords = {"invoice", "credit_note"};

/// As stored. A draft that has lines and every approval it needs is *ready*: that follows from the
/// approvals and the config, so it is told and never stored.
enum class InvoiceState { draft, held, issued, voided };
constexpr std::array<std::string_view, 4> kInvoiceStateWords = {"draft", "held", "issued",
                                                                "voided"};

std::string_view word(InvoiceType type);
std::optional<InvoiceType> invoice_type_of(std::string_view word);
std::string_view word(InvoiceState state);
std::optional<InvoiceState> invoice_state_of(std::string_view word);

/// Not issued: its lines and links may still change.
inline bool is_open(InvoiceState state) {
  return state == InvoiceState::draft || state == InvoiceState::held;
}

/// BT-106, 109, 110, 112, 113 and 115, in minor units of the invoice's currency; negative on a
/// credit note (EN 16931 BR-CO-10 … BR-CO-16 hold between them).
struct Amounts {
  std::int64_t lines_minor = 0;
  std::int64_t excl_tax_minor = 0;
  std::int64_t tax_minor = 0;
  std::int64_t incl_tax_minor = 0;
  std::int64_t prepaid_minor = 0;
  std::int64_t payable_minor = 0;
  bool operator==(const Amounts&) const = default;
};

/// S4-24 … S4-30: invoiced = starting + adjustments - exclusions, at every moment.
struct Summary {
  std::int64_t starting_minor = 0;
  std::int64_t adjustments_minor = 0;
  std::int64_t exclusions_minor = 0;
  std::int64_t milestones_minor = 0;
  bool operator==(const Summary&) const = default;
};

struct Invoice {
  InvoiceId id;
  InvoiceType type = InvoiceType::invoice;
  InvoiceState state = InvoiceState::draft;
  bool imported = false;      ///< issued by another program: it has one line, no seal, no draft
  std::int64_t revision = 1;  ///< of the content: approvals hang on it (X22)
  std::string draft_number;
  std::string number;  ///< empty until issue
  std::string series;  ///< that gave the number; empty for an override (X28)
  std::string series_year;
  std::int64_t sequence = 0;
  InvoiceId corrects;
  InvoiceId reissues;  ///< the voided invoice that this one issues again
  ClientId client;
  ClientId bill_to;
  Currency currency = Currency::none();
  InvoiceScope scope = InvoiceScope::client;
  EngagementId engagement;  ///< with scope engagement
  ProjectId project;        ///< with scope project
  std::string name, title, subtitle;
  std::string po_number, cost_centre;
  std::string terms;  ///< a code of [terms.*]
  std::optional<Date> invoice_on;
  std::optional<Date> due_on;
  std::string ar_period;  ///< YYYY-MM
  Period period = Period::one_day(Date::from_days(0));
  Rounding rounding = Rounding::half_away;  ///< its own for ever, as is the next
  RoundingMode rounding_mode = RoundingMode::line;
  int quantity_decimals = 4;
  BillBy bill_by = BillBy::hour;
  // As it was drafted, words of options.hpp; lines made anew follow them.
  std::string group_projects, group_hours, group_travel, annex;
  std::string notes;
  std::string notes_at_issue;
  JobId job;
  bool by_hand = false;  ///< a line or a link was changed by hand: X4 rules the report prices
  std::int64_t unallocated_minor = 0;
  Summary summary;
  Amounts amounts;
  std::optional<std::int64_t> tax_accounting_minor;  ///< BT-111, in accounting_currency
  std::string accounting_currency;
  std::optional<Decimal> exchange_rate;
  std::string contract;  ///< of the engagement that all its items share (BT-12); set at issue
  // JSON, frozen at issue.
  std::string seller, buyer, terms_snapshot;
  Instant created_at = Instant::from_seconds(0);
  std::optional<Instant> issued_at;
  std::string previous_seal, seal, signature;
};

struct Line {
  InvoiceId invoice;
  std::int64_t line = 0;  ///< its id on the invoice: given once, never shifted
  std::int64_t position = 0;
  std::string kind;     ///< time, mileage, travel_time, allowance, expense, travel, goods, bill,
                        ///< instalment, quote, text
  bool typed = false;   ///< by hand
  bool worded = false;  ///< its description was written by hand
  std::int64_t corrects_line = 0;  ///< of a credit note: the line of its invoice that it takes back
  std::string description;
  std::optional<Decimal> quantity;  ///< none: a text line
  std::string unit;
  std::optional<Decimal> unit_price;
  std::int64_t allowance_minor = 0;  ///< signed: an allowance is negative, a charge positive
  std::int64_t amount_minor = 0;     ///< quantity x price, rounded once, + allowance
  std::string tax;                   ///< codes of [tax.*], `;` between
  /// The percentage of its VAT. Stored at issue where the document has one tax at several rates, so
  /// that the tax rows do not say which is the line's; of a draft, once it is completed.
  std::optional<Decimal> tax_rate;
  ProjectId project;
  TaskId task;
  std::optional<Date> first_on, last_on;  ///< of its items' work dates (BG-26)
  bool operator==(const Line&) const = default;
};

/// An item on an invoice. `line` 0: its line was removed by hand and it stays linked (S1-43).
struct Placed {
  InvoiceId invoice;
  std::int64_t line = 0;
  ItemId item;
  std::int64_t share_minor = 0;  ///< of the line's amount, by largest remainder (arithmetic.md 7)
  std::optional<std::int64_t> update_row_minor;  ///< once changed by hand
  std::optional<std::int64_t> report_minor;      ///< once X4 rules

  std::int64_t update_row() const { return update_row_minor.value_or(share_minor); }
  std::int64_t report_price() const { return report_minor.value_or(share_minor); }
  bool operator==(const Placed&) const = default;
};

}  // namespace billctl
