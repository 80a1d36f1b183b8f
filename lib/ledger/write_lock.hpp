// The kernel locks beside a ledger. SQLite's own busy handler starves writers and fails a read that
// turns into a write; flock queues them, and dies with its holder.
#pragma once

#include <string>

#include "ledger/file_access.hpp"

namespace billctl {

/// In front of every write: `<ledger>.lock`.
class WriteLock {
 public:
  /// Waits at most `wait_seconds`. A lock file that is not there yet is made with that access.
  /// @throws Error{locked} naming the holder, {interrupted} after SIGINT, {io} when the file can't
  /// be made.
  WriteLock(const std::string& ledger_path, int wait_seconds, const std::string& holder,
            const FileAccess& access);
  WriteLock(const std::string& ledger_path, int wait_seconds, const std::string& holder)
      : WriteLock(ledger_path, wait_seconds, holder, access_of(ledger_path)) {}
  ~WriteLock();
  WriteLock(const WriteLock&) = delete;
  WriteLock& operator=(const WriteLock&) = delete;

 private:
  int file_ = -1;
};

/// What one process at a time does while the lock of writes is free in between.
enum class Exclusive {
  job,   ///< a mass re-invoicing, from its first write to its last mail: `<ledger>.job.lock`
  send,  ///< handing mails over: `<ledger>.send.lock`
};

class ExclusiveLock {
 public:
  /// Waits at most `wait_seconds`. `asked` is who would wait, e.g. `rebill-job run support`.
  /// @throws Error{running} naming the holder, {interrupted}, {io}.
  ExclusiveLock(const std::string& ledger_path, Exclusive what, int wait_seconds,
                const std::string& asked);
  ~ExclusiveLock();
  ExclusiveLock(const ExclusiveLock&) = delete;
  ExclusiveLock& operator=(const ExclusiveLock&) = delete;

 private:
  int file_ = -1;
};

}  // namespace billctl
