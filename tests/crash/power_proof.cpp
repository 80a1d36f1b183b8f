// That the power cuts can find what they look for: a plain workload of SQLite, a few rows for each
// COMMIT, cut at random; a commit that SQLite had reported and that is gone afterwards is a loss.
//
//   crash_power_proof [--cuts N] [--seed S]
//
// journal_mode=DELETE with synchronous=FULL loses commits (the journal's removal is not synced: it
// comes back and undoes them), and so does WAL with NORMAL. DELETE with EXTRA and WAL with FULL,
// which a ledger is opened with, lose none. Exit 0 when it is so.
#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "crash/power_disk.hpp"
#include "crash/tapped_vfs.hpp"

namespace billctl::crash {
namespace {

constexpr int kCommits = 12;
constexpr std::int64_t kCallsMax = 150;

struct Manner {
  const char* journal;
  const char* synchronous;
  bool loses;
};

/// One connection, closed at its end.
class Database {
 public:
  Database(const std::string& path, const Manner& manner) {
    if (sqlite3_open(path.c_str(), &handle_) != SQLITE_OK) throw std::runtime_error("open");
    must(std::string("PRAGMA journal_mode = ") + manner.journal);
    must(std::string("PRAGMA synchronous = ") + manner.synchronous);
  }
  ~Database() { sqlite3_close(handle_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  bool run(const std::string& sql) {
    return sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
  }
  void must(const std::string& sql) {
    if (!run(sql)) throw std::runtime_error(sql + ": " + sqlite3_errmsg(handle_));
  }
  /// The single number that a query gives.
  std::int64_t number(const std::string& sql) {
    std::int64_t number = -1;
    const auto take = [](void* into, int, char** cells, char**) {
      *static_cast<std::int64_t*>(into) = cells[0] != nullptr ? std::atoll(cells[0]) : 0;
      return 0;
    };
    sqlite3_exec(handle_, sql.c_str(), take, &number, nullptr);
    return number;
  }

 private:
  sqlite3* handle_ = nullptr;
};

/// Commits, each of some rows, of which `confirmed` counts those that SQLite has reported.
void work(const std::string& path, const Manner& manner, std::int64_t& confirmed) {
  Database database(path, manner);
  for (int i = 0; i < kCommits; ++i) {
    database.must("BEGIN IMMEDIATE");
    database.must("INSERT INTO paid (n, text) VALUES (" + std::to_string(i) + ", 'first')");
    database.must("INSERT INTO paid (n, text) VALUES (" + std::to_string(i) + ", 'second')");
    database.must("COMMIT");
    confirmed = i + 1;
  }
}

enum class Found { whole, lost, torn };

/// What is left after a cut at a random call.
Found cut_once(const std::string& folder, const Manner& manner, Splitmix& dice,
               std::int64_t& confirmed) {
  const std::string path = folder + "/plain.db";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  Database(path, manner).must("CREATE TABLE paid (n INTEGER, text TEXT)");
  const std::int64_t at = dice.between(1, kCallsMax);
  const std::uint64_t seed = dice.next();
  confirmed = 0;
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("can't fork");
  if (child == 0) {
    PowerDisk power(folder, at, seed);
    disk = &power;
    work(path, manner, confirmed);
    power.cut();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) throw std::runtime_error("the workload died");
  Database left(path, manner);
  const std::int64_t rows = left.number("SELECT count(*) FROM paid");
  if (left.number("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'") !=
          0 ||
      rows < 0 || rows % 2 != 0)
    return Found::torn;
  return rows / 2 < confirmed ? Found::lost : Found::whole;
}

int prove(const std::string& folder, std::int64_t cuts, std::uint64_t seed) {
  const std::vector<Manner> manners = {{"DELETE", "FULL", true},
                                       {"WAL", "NORMAL", true},
                                       {"DELETE", "EXTRA", false},
                                       {"WAL", "FULL", false}};
  void* page = mmap(nullptr, sizeof(std::int64_t), PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) throw std::runtime_error("no shared memory");
  auto& confirmed = *static_cast<std::int64_t*>(page);
  bool as_known = true;
  std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
  Splitmix dice(seed);
  for (const Manner& manner : manners) {
    std::int64_t lost = 0, torn = 0;
    for (std::int64_t i = 0; i < cuts; ++i) {
      const Found found = cut_once(folder, manner, dice, confirmed);
      lost += found == Found::lost ? 1 : 0;
      torn += found == Found::torn ? 1 : 0;
    }
    std::printf("%s + %s: %lld power cuts, %lld lost a confirmed commit, %lld left half of one\n",
                manner.journal, manner.synchronous, static_cast<long long>(cuts),
                static_cast<long long>(lost), static_cast<long long>(torn));
    as_known = as_known && (lost > 0) == manner.loses && torn == 0;
  }
  return as_known ? 0 : 1;
}

}  // namespace
}  // namespace billctl::crash

int main(int count, char** words) {
  using namespace billctl::crash;
  std::int64_t cuts = 300;
  std::uint64_t seed = std::random_device{}();
  for (int i = 1; i + 1 < count; i += 2) {
    if (std::string(words[i]) == "--cuts") cuts = std::atoll(words[i + 1]);
    if (std::string(words[i]) == "--seed") seed = std::strtoull(words[i + 1], nullptr, 10);
  }
  const char* folder = std::getenv("TMPDIR");
  std::string scratch = std::string(folder != nullptr ? folder : "/tmp") + "/billctl-power-XXXXXX";
  try {
    if (mkdtemp(scratch.data()) == nullptr) throw std::runtime_error("no scratch folder");
    register_tapped_vfs();
    const int code = prove(scratch + "/plain", cuts, seed);
    std::filesystem::remove_all(scratch);
    return code;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "crash_power_proof: %s\n", failure.what());
    return 2;
  }
}
