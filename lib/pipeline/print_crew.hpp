// PrintCrew: threads that print documents and write them to disk, while one thread reads the
// ledger. What comes back is in the order in which it was given, whoever was done first.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "ledger/ledger.hpp"
#include "ledger/stored_documents.hpp"
#include "outcome/error.hpp"
#include "render/medium.hpp"

namespace billctl {

/// A document to be printed.
struct PrintOrder {
  std::string invoice;
  const Medium* medium = nullptr;
  PrintedDocument printed;
  std::optional<StoredDocument> sent;  ///< these bytes instead of new ones
  std::string path;                    ///< empty: no file, the bytes are handed back
  std::optional<Error> refusal;        ///< nothing is printed: this is why
};

struct PrintedFile {
  std::string invoice;
  std::string path;
  bool written = false;  ///< false: a file with these bytes was there
  std::optional<Instant> sent_at;
  std::size_t bytes = 0;
  std::string digest;   ///< SHA-256
  std::string content;  ///< of an order without a path
  std::vector<Finding> warnings;
  std::optional<Error> refusal;  ///< why this one was not made; then all else is empty
};

class PrintCrew {
 public:
  /// @param threads 0: who gives an order prints it. With a dry run no file is touched.
  PrintCrew(unsigned threads, DryRun dry_run);
  ~PrintCrew();
  PrintCrew(const PrintCrew&) = delete;
  PrintCrew& operator=(const PrintCrew&) = delete;

  /// Waits while there is enough to do: a run over any number of invoices holds a few of them.
  void give(PrintOrder order);
  /// Whether an order failed, so that it is idle to give more.
  bool has_failed();
  /// Waits for all. What an invoice is refused for by a rule is told beside it.
  /// @throws any other failure, of the earliest order that had one.
  std::vector<PrintedFile> finish();

 private:
  struct Job {
    std::size_t number = 0;
    PrintOrder order;
  };
  void work();
  void do_job(Job job);
  void stop();

  const DryRun dry_run_;
  std::size_t waiting_max_;
  std::mutex mutex_;
  std::condition_variable came_, went_;
  std::deque<Job> waiting_;
  bool no_more_ = false;
  std::size_t given_ = 0;
  std::vector<PrintedFile> files_;
  std::exception_ptr failure_;
  std::size_t failed_number_ = 0;
  std::vector<std::thread> threads_;
};

/// How many cores there are, at least 1 and at most 16.
unsigned cores();

}  // namespace billctl
