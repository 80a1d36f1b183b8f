// EntryDraft: what one row of a file says of an entry, and the rules by which it becomes an entry:
// alone when it is new, or laid over the one that is there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/session_times.hpp"
#include "intake/tables.hpp"
#include "ledger/codes.hpp"
#include "ledger/entries.hpp"
#include "ledger/work_places.hpp"
#include "pipeline/session.hpp"

namespace billctl {

/// Columns of the table of entries, in its order.
enum class EntryColumn : std::uint8_t {
  id,
  kind,
  task,
  project,
  member,
  started_at,
  stopped_at,
  seconds,
  date,
  zone,
  quantity,
  unit,
  unit_price,
  amount,
  distance_km,
  transport_minutes,
  transport_unit_price,
  product,
  job_type,
  description,
  charge,
  confirmed_at,
  confirmed_by,
  to_rebill,
  parent,
  invoiced_as,
};
constexpr std::size_t kEntryColumns = 26;

struct EntryDraft {
  /// The cells' values; of those not in `given` nothing is read.
  EntryRow row;
  std::uint32_t given = 0;    ///< a bit for each EntryColumn that has a value
  std::uint32_t cleared = 0;  ///< the same for those to be blanked
  // These are what their cells say, until zone and currency are known.
  std::optional<Moment> started, stopped, confirmed;
  std::string_view amount;
  std::string_view parent;
  int line = 0, id_column = 0;
  int parent_column = 0;
  int seconds_column = 0;

  bool has(EntryColumn column) const { return (given >> static_cast<unsigned>(column) & 1U) != 0; }
  bool clears(EntryColumn column) const {
    return (cleared >> static_cast<unsigned>(column) & 1U) != 0;
  }
  bool touches(EntryColumn column) const { return has(column) || clears(column); }
  void give(EntryColumn column) { given |= 1U << static_cast<unsigned>(column); }
  void clear(EntryColumn column) { cleared |= 1U << static_cast<unsigned>(column); }
};

/// What is wrong with a draft.
struct EntryFault {
  EntryColumn column;
  std::string why;  ///< follows the column and what was seen: `below 0`
  std::string hint;
};

/// The entry that a draft makes.
struct MadeEntry {
  EntryRow row;
  bool seconds_differ = false;
  std::vector<EntryFault> faults;
};

class EntryMaker {
 public:
  /// @param zone of local times and work dates where an entry has none; `zone_name` is then noted
  /// on new entries, unless it is the tenant's.
  EntryMaker(const Session& session, const std::optional<Zone>& zone);

  /// The entry of a draft whose ref the ledger does not have.
  void make(const EntryDraft& draft, MadeEntry& made);
  /// The draft laid over the entry that has its ref.
  void lay_over(const EntryRow& stored, const EntryDraft& draft, MadeEntry& made);

  /// The engagement's, else the project's, else the client's, else the tenant's (pricing.md 5).
  Currency currency_of(TaskId task, ProjectId project);
  /// The zone of an entry's local times.
  const Zone& zone_of(const EntryRow& row);
  /// A column of an entry as a file would say it, for messages.
  std::string text_of(EntryColumn column, const EntryRow& row);

 private:
  void finish(const EntryRow* stored, const EntryDraft& draft, MadeEntry& made);
  void place_work(const EntryRow* stored, const EntryDraft& draft, MadeEntry& made);
  void take_times(const EntryRow* stored, const EntryDraft& draft, MadeEntry& made);
  void take_date(const EntryRow* stored, const EntryDraft& draft, bool same_start, MadeEntry& made);
  void take_amount(const EntryRow* stored, const EntryDraft& draft, MadeEntry& made);
  void carry_amount(const EntryRow& stored, MadeEntry& made);
  void check_kind(const EntryDraft& draft, MadeEntry& made);

  const Session& session_;
  WorkPlaces places_;
  Codes codes_;
  std::optional<Zone> zone_;
  std::string zone_name_;
  Zones zones_;
};

}  // namespace billctl
