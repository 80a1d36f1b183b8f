// Month: the life of a small firm's books as commands, each with the files before and after it in a
// run that nobody disturbed. It begins with the example month-end, with mail, and a real ledger.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "crash/books.hpp"
#include "crash/child.hpp"
#include "crash/tree.hpp"

namespace billctl::crash {

enum class Reach {
  ledger,   ///< one transaction: the whole of it or nothing
  steps,    ///< several, each whole: the same command again does the rest
  outside,  ///< and something leaves the ledger
  replace,  ///< another ledger takes its place
};

struct Step {
  std::string name;  ///< for --command
  Words words;
  Reach reach = Reach::ledger;
};

const std::vector<Step>& month();

/// What can be seen of a folder: files but those of a run alone, and what its ledgers hold.
struct Seen {
  Tree files;
  std::map<std::string, Books> ledgers;
};

/// Empty when both show the same.
std::string difference(const Seen& wanted, const Seen& seen);

/// Whether nothing is left to compare: every file has the same bytes, and no log waits beside one.
bool is_same(const Tree& wanted, const Tree& tree);

struct Stage {
  Step step;
  Tree before, after;
  std::shared_ptr<const Seen> seen_before, seen_after;
  std::vector<int> codes;  ///< of a clean run, and of the same command again
  std::int64_t calls = 0;  ///< that a disk sees in a clean run
};

/// The folders of one harness.
class Place {
 public:
  explicit Place(std::string scratch);

  const std::string& books() const { return books_; }
  Ran run(const Words& words, const Before& before = {}, bool later = false) const;
  Run request(std::vector<Words> commands, bool later = false) const;
  /// What the folder of the books shows, looked at in a copy.
  Seen look() const;
  Seen look(const Tree& tree) const;  ///< the same at that time

 private:
  std::string books_, copy_, said_;
};

/// Runs the month once. @throws std::runtime_error when a clean run is not clean, or the same
/// command again changes what was there.
std::vector<Stage> clean_month(const Place& place);

}  // namespace billctl::crash
