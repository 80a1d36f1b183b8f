// Gathering: reads the pending items once, in the order of rows, and sorts those that are taken by
// the invoice they go on. At the end it takes them out of the queue, all but those of clients that
// failed.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "invoice/invoice.hpp"
#include "ledger/sorter.hpp"
#include "ledger/spill.hpp"
#include "pipeline/drafting.hpp"

namespace billctl {

class Gathering {
 public:
  /// @param target the open invoice that all items are to join; nullptr: none was named.
  Gathering(Drafting& drafting, const Invoice* target, GenerateReport& report);

  /// @throws Error{wrong_target} when an item can't join the target.
  void read();
  /// The items taken, by key and within one by row; of each the key and what it is.
  Sorter<DraftKey, LineItem>& items() { return items_; }

  /// Where the items of that key have come to stand; not told: they stay pending.
  void set_invoice(DraftKey key, InvoiceId invoice);
  void set_failed(ClientId client) { failed_.insert(client); }
  /// Writes the places of the items, archives what is to be, and empties the queue of both.
  void leave_queue();

 private:
  struct Taken {
    ItemId item;
    std::int64_t where;  ///< the number of its key; archived: its client
    bool gap;
    bool archived;
  };
  /// What a filter's list says of an id, in constant time.
  template <class IdType>
  class IdSet {
   public:
    explicit IdSet(const std::vector<IdType>& ids) : ids_(ids.begin(), ids.end()) {}
    bool empty() const { return ids_.empty(); }
    bool has(IdType id) const { return ids_.count(id) > 0; }

   private:
    std::set<IdType> ids_;
  };
  struct Wanted {
    explicit Wanted(const Filter& filter);
    bool by_client;
    IdSet<ClientId> clients, not_clients;
    IdSet<ProjectId> projects;
    IdSet<TaskId> tasks;
    IdSet<MemberId> members;
    std::uint32_t kinds;  ///< a bit for each
  };

  bool wanted(const PendingItem& pending) const;
  bool of_wanted_source(const LineItem& item) const;
  bool is_late(const LineItem& item) const;
  bool take(PendingItem pending);
  void place(PendingItem& pending);
  void require_target(const PendingItem& pending) const;
  void leave(const PendingItem& pending, Reason code, std::string detail);
  void read_named();
  void tell_what_is_taken(EntryId entry);

  Drafting& drafting_;
  const Invoice* target_;
  GenerateReport& report_;
  Wanted wanted_;
  Sorter<DraftKey, LineItem> items_;
  SpilledList<Taken> taken_;
  struct KeyHash {
    std::size_t operator()(const DraftKey& key) const noexcept {
      return static_cast<std::size_t>((key.who ^ key.what >> 7) * 0x9E3779B97F4A7C15U ^ key.what);
    }
  };
  std::unordered_map<DraftKey, std::int64_t, KeyHash> numbers_;
  std::vector<InvoiceId> invoices_;  ///< by the number of a key
  std::set<ClientId> failed_;
};

}  // namespace billctl
