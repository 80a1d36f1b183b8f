// CompileRun: one pass of compile over its queue, page by page: judge each entry, price its items,
// and write what came of it. `compile` and `generate` run it; explain judges by the same code.
#pragma once

#include <functional>
#include <vector>

#include "billable/pricing.hpp"
#include "ledger/tariff_table.hpp"
#include "pipeline/compile.hpp"
#include "pipeline/compile_page.hpp"
#include "pipeline/day_groups.hpp"
#include "work/filter_test.hpp"

namespace billctl {

/// What compile would make now of an entry that has not come to an invoice.
struct LookedAt {
  const PagedEntry& paged;
  bool confirmed = false;  ///< goods follow the session that they are attached to
  bool asked_for = false;  ///< by the filter of the request
  bool joined = false;     ///< with a finding: it would have been a joined item
  std::optional<Finding> finding;
  std::span<const Item> items;  ///< without those on an invoice
};

class CompileRun {
 public:
  enum class Mode {
    compile,  ///< everything that waits
    follow,   ///< what has pending items, and what is asked for by name
    look      ///< nothing is written
  };
  CompileRun(Session& session, const CompileRequest& request, Mode mode);

  /// Inside `Ledger::write`.
  CompileResult run();

  /// Judges and prices entries as `run` does, whether they are confirmed or not, and writes
  /// nothing: with Mode::look, inside `Ledger::read`. Of a day whose seconds are shared those that
  /// are confirmed are counted together, and the others together.
  void look(std::vector<EntryId> entries, const std::function<void(const LookedAt&)>& each);
  /// Whether nothing that tests and prices read has changed since the last run: then a pending item
  /// whose entry is not queued is what a run would make of it.
  bool is_settled();

 private:
  struct Outcome;  // what a page comes to, before it is written

  void feed();
  void begin();
  void each_page(const std::function<void(const EntryPage&)>& each);
  bool read_page(EntryPage& page, EntryId after, std::size_t at);
  void fill_page(EntryPage& page);

  bool concerns(const PagedEntry& one) const;
  bool by_name() const { return mode_ == Mode::look || !request_.entries.empty(); }
  const Entry& judged_by(const PagedEntry& one, const EntryPage& page) const;
  bool asked_for(const PagedEntry& one, const EntryPage& page) const;
  bool of_this_pass(const PagedEntry& one, const EntryPage& page) const;
  void look_at(const EntryPage& page, const std::function<void(const LookedAt&)>& each);
  Eligibility judge(const PagedEntry& one, const EntryPage& page) const;
  std::optional<Finding> items_of(const PagedEntry& one, const EntryPage& page,
                                  std::vector<Item>& items);
  void gather_days();
  void gather_day(const PagedEntry& one, const EntryPage& page);

  void process(const EntryPage& page, Outcome& outcome);
  bool process_entry(const PagedEntry& one, const EntryPage& page, Outcome& outcome);
  void refuse(const PagedEntry& one, const Finding& finding, Outcome& outcome);
  void compare(const PagedEntry& one, std::size_t first_made, Outcome& outcome);
  void complete(Item& item);
  void count_price(const Item& item);
  void skip(EntryId entry, const Finding& finding);
  void record(const Outcome& outcome);
  void warn(const Item& item, ItemId id);

  Session& session_;
  const CompileRequest& request_;
  Mode mode_;
  FilterTest filter_;
  bool done_tasks_only_;
  EntryQueue queue_;
  Items items_;
  TariffTable table_;
  DayGroups days_;
  bool shares_days_ = false;
  bool begun_ = false;
  std::optional<bool> confirmed_only_;  ///< of a look: those that are, those that are not, or all
  std::vector<EntryId> named_;
  EventId event_;
  EntryId last_compiled_;
  CompileResult result_;
};

}  // namespace billctl
