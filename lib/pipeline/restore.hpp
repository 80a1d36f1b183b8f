// Restore: a backup in the place of the ledger, which is set aside. What was issued, mailed and
// synced since the backup is then unknown to the ledger, so it issues and delivers nothing until
// somebody has told it the last number that went out (design/reliability.md).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ledger/ledger_copy.hpp"
#include "ledger/write_lock.hpp"
#include "pipeline/session.hpp"

namespace billctl {

/// A restore under way: holds the ledger's lock and builds beside it. Nothing is changed until
/// `put_in_place`; without it nothing is left.
class Restoring {
 public:
  /// Copies `file` and takes the copy to this program's schema.
  /// @throws Error{locked}, {bad_input} when the file is no ledger, {ledger_new}, {io}.
  Restoring(const OpenLedger& ledger, const std::string& file);
  ~Restoring();
  Restoring(const Restoring&) = delete;
  Restoring& operator=(const Restoring&) = delete;

  /// How the copy is opened for `mark`; it must be closed before `put_in_place`.
  OpenLedger request() const;
  /// With a session on the copy: verifies it whole, and marks it as restored, in its journal too.
  /// {ledger, file, set_aside, migrated, series}. @throws Error{corrupt}, {not_permitted}.
  Report mark(Session& session);
  /// @returns where the ledger that was there is now; empty when none was.
  std::string put_in_place(Instant now);

 private:
  std::string aside(Instant now) const;
  void remove_copy() const;

  OpenLedger ledger_;
  std::string file_;
  std::string copy_;
  std::unique_ptr<WriteLock> lock_;
  int migrated_ = 0;
};

/// Whether the ledger was restored and nobody has confirmed what went out since.
bool waits_for_confirm(const Session& session);

/// For what issues or delivers. @throws Error{restored} from a restore until its `restore confirm`.
void require_confirmed(const Session& session);

/// `restore confirm --last SERIES=NUMBER …`, for each series that numbers what is issued:
/// {confirmed, series: [{series, year, last_number, lost: {from, to}}], unknown: {send, sync}}.
/// Numbers that went out after the backup are jumped over, so that none is given twice, and what
/// may have been delivered since is unknown (doubt_deliveries.hpp). Nothing to confirm: confirmed
/// false.
/// @throws Error{usage} for a series that is missing, twice, or no number of it; {wrong_state} for
/// one below what the ledger has given out.
Report restore_confirm(Session& session, const std::vector<std::string>& last);

}  // namespace billctl
