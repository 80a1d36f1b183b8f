// Copies of a ledger: what a backup is made of and a restore puts in place.
//
// A copy is of one moment, however much is written meanwhile, and in SQLite's DELETE mode, because
// a WAL file can't be opened on read-only media (design/reliability.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "ledger/ledger.hpp"

namespace billctl {

/// A file that takes its name only when it is whole: `<path>.part` until `keep`, gone without it.
/// One at a time for each path.
class LedgerCopy {
 public:
  /// Copies the ledger as it is now, for those whom `access` says; none: for those who have it.
  /// @throws Error{running} when another copy to that path is under way, {io}, {interrupted}.
  LedgerCopy(Ledger& from, std::string path, std::optional<FileAccess> access = {});
  ~LedgerCopy();
  LedgerCopy(const LedgerCopy&) = delete;
  LedgerCopy& operator=(const LedgerCopy&) = delete;

  const std::string& building() const { return building_; }
  std::int64_t bytes() const;
  /// In hex, of the file.
  std::string sha256() const;
  /// Makes it durable under its name; what had that name is replaced.
  void keep();

 private:
  std::string path_;
  std::string building_;
  int lock_ = -1;
};

/// Puts `restored` in the place of the ledger at `path`, which is set aside with its log as
/// `aside`. Behind the ledger's write lock. Cut off in between there is no ledger at `path`, both
/// others are whole, and the same again finishes.
/// @throws Error{io}.
void replace_ledger(const std::string& restored, const std::string& path, const std::string& aside);

/// Whether both are the same file on disk; false when one is not there.
bool is_same_file(const std::string& one, const std::string& other);

}  // namespace billctl
