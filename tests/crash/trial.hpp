// Trial: a command of the month is disturbed, run again, and everything that must hold is looked
// at (../shared/design/reliability.md).
#pragma once

#include <set>
#include <string>
#include <vector>

#include "crash/fault_disk.hpp"
#include "crash/month.hpp"
#include "splitmix.hpp"

namespace billctl::crash {

/// What a trial found; empty texts when all held.
struct Verdict {
  std::string what;   ///< what was done, to be read beside `wrong`
  std::string wrong;  ///< a rule that did not hold
  std::string lost;   ///< something that was confirmed and is gone
  bool was_hit = false;
  bool ok() const { return wrong.empty() && lost.empty(); }
};

class Trials {
 public:
  Trials(const Place& place, const std::vector<Stage>& stages) : place_(place), stages_(stages) {}

  /// A fault at the call of that number of a stage, then the same command again.
  Verdict fault(std::size_t stage, Fault fault, std::int64_t at);
  /// The same with a limit of the size of files instead (EFBIG wherever they grow past it).
  Verdict limit(std::size_t stage, std::int64_t file_bytes_max);
  /// Power goes while up to three commands run one after another, or right after them; and now and
  /// then once more while the ledger is opened again.
  Verdict cut(std::size_t stage, Splitmix& dice);

 private:
  std::string complaint_of_run(const Stage& stage, const Ran& ran) const;
  Ran again(const Stage& stage, const Ran& disturbed);
  void settle_unknown(const Stage& stage);
  void run_again(Verdict& verdict, const Stage& stage, const Ran& disturbed);
  void check_end(Verdict& verdict, const Stage& stage, const Books* confirmed,
                 const std::string& kept = "");
  Seen seen_but(const std::string& kept, const Seen& wanted) const;
  void check_confirmed(Verdict& verdict, const Books& confirmed, const Seen& seen) const;
  std::string verify();

  const Place& place_;
  const std::vector<Stage>& stages_;
};

}  // namespace billctl::crash
