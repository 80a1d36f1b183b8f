// Ledger: the one door to the SQLite file. It opens the file in one way, reads every setting back,
// and lets all writes through `write`, which holds a kernel lock, so that eight writers in a row
// leave no gap and no duplicate.
//
// The tables' own classes stand beside it in this folder (entries.hpp, items.hpp, …): each takes
// the Ledger and offers narrow methods. No SQLite type appears in a header that other folders
// include.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "ledger/file_access.hpp"
#include "outcome/error.hpp"

namespace billctl {

enum class DryRun { no, yes };
enum class Access { read, write };

struct OpenLedger {
  std::string path;
  Access access = Access::read;
  int lock_wait_seconds = 30;  ///< how long a write waits for the holder of the lock
  std::string holder;          ///< what is written into the lock file, e.g. `compile`
  bool any_version = false;    ///< for migrate and verify: takes an older ledger too
};

class Connection;  // of connection.hpp, for this folder only

class Ledger {
 public:
  /// Opens the ledger at `path`.
  /// @throws Error{no_ledger} when there is none, {ledger_old} for writing when its schema is older
  /// than this program's, {network_fs} for writing where it is on no disk of this machine,
  /// {ledger_new} when newer, {corrupt} when it is no ledger, {io}.
  static Ledger open(const OpenLedger& request);

  /// Whether something is at `path` that is not blank.
  static bool is_there(const std::string& path);

  /// Makes the file with this program's schema, for those whom `access` says, unless it is there; a
  /// blank one is not. @returns whether it was made. @throws Error{locked}, {network_fs}, {io}.
  static bool create(const std::string& path, const FileAccess& access = {},
                     int lock_wait_seconds = 30);

  /// Takes an older ledger to this program's schema, each migration in one transaction.
  /// @returns how many migrations ran.
  static int migrate(const OpenLedger& request);

  static int schema_version();  ///< of this program

  Ledger(Ledger&&) noexcept;
  Ledger& operator=(Ledger&&) noexcept;
  ~Ledger();

  /// Runs `fn` in one transaction behind the kernel lock and commits it; with DryRun::yes rolls it
  /// back. When `fn` throws nothing is written. `fn` has no effect outside the ledger.
  /// @throws Error{locked} past the lock wait, naming the holder; {io} when the disk is full or
  /// fails, {outcome_unknown} when it failed at COMMIT; whatever `fn` throws.
  void write(DryRun dry_run, const std::function<void()>& fn);

  /// As `write`, with references unchecked: for the bulk stages, whose ids come from rows read in
  /// the same transaction (enforcing six references costs 2.6 times the stage). `verify` checks
  /// them.
  void write_bulk(DryRun dry_run, const std::function<void()>& fn);

  /// Runs `fn` inside one snapshot, so that all it reads is of one moment.
  void read(const std::function<void()>& fn);

  /// Inside `write`: runs `fn`; when it throws an Error what it wrote is undone and the Error is
  /// thrown on, and the transaction around it can go on (one client fails, the others stay).
  void savepoint(const std::function<void()>& fn);

  /// Makes what was written so far durable and goes on in a new transaction, behind the same lock.
  /// Nothing happens in a dry run. For long runs that resume (a batch of clients at a time) and for
  /// an attempt that must be on disk before the call outside.
  void checkpoint();

  bool in_write() const;
  int version() const;  ///< the file's schema number
  const std::string& path() const;
  int lock_wait_seconds() const;  ///< as it was opened

  /// After SIGINT: the running statement ends and `Error{interrupted}` is thrown. Safe in a
  /// handler.
  static void interrupt() noexcept;
  static bool is_interrupted() noexcept;

  Connection& connection();  // for this folder

 private:
  struct State;
  static Ledger open_once(const OpenLedger& request);
  explicit Ledger(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace billctl
