// WriteLock: the kernel lock in front of every write. SQLite's own busy handler starves writers and
// fails a read that turns into a write; flock queues them, and dies with its holder.
#pragma once

#include <string>

namespace billctl {

class WriteLock {
 public:
  /// Waits at most `wait_seconds` for `<ledger>.lock`.
  /// @throws Error{locked} naming the holder, {io} when the file can't be made.
  WriteLock(const std::string& ledger_path, int wait_seconds, const std::string& holder);
  ~WriteLock();
  WriteLock(const WriteLock&) = delete;
  WriteLock& operator=(const WriteLock&) = delete;

 private:
  int file_ = -1;
};

/// JobLock: one mass re-invoicing at a time on a ledger, from its first write to its last mail; the
/// lock of writes is free in between. `<ledger>.job.lock`, which dies with its holder too.
class JobLock {
 public:
  /// Waits at most `wait_seconds`. @throws Error{running} naming the holder, {io}.
  JobLock(const std::string& ledger_path, int wait_seconds, const std::string& holder);
  ~JobLock();
  JobLock(const JobLock&) = delete;
  JobLock& operator=(const JobLock&) = delete;

 private:
  int file_ = -1;
};

}  // namespace billctl
