#include "pipeline/print_crew.hpp"

#include <algorithm>
#include <set>

#include "outcome/exit_status.hpp"
#include "render/whole_file.hpp"
#include "text/sha256.hpp"

namespace billctl {
namespace {

PrintedFile refused_file(std::string invoice, Error refusal) {
  PrintedFile file;
  file.invoice = std::move(invoice);
  file.refusal = std::move(refusal);
  return file;
}

PrintedFile printed_file(PrintOrder order, DryRun dry_run) {
  PrintedFile file;
  file.invoice = std::move(order.invoice);
  file.path = std::move(order.path);
  std::string bytes;
  if (order.sent) {
    bytes = std::move(order.sent->content);
    file.digest = std::move(order.sent->digest);
    file.sent_at = order.sent->at;
  } else {
    Print print = order.medium->print(order.printed);
    bytes = std::move(print.bytes);
    file.warnings = std::move(print.warnings);
    file.digest = to_hex(sha256(bytes));
  }
  file.bytes = bytes.size();
  if (file.path.empty()) {
    file.content = std::move(bytes);
  } else if (!is_file_of(file.path, bytes)) {
    file.written = true;
    if (dry_run == DryRun::no) place_whole_file(file.path, bytes);
  }
  return file;
}

// A rule speaks of one invoice; a full disk or a missing font of all that would come.
PrintedFile answer(PrintOrder order, DryRun dry_run) {
  const std::string invoice = order.invoice;
  if (order.refusal) return refused_file(invoice, *std::move(order.refusal));
  try {
    return printed_file(std::move(order), dry_run);
  } catch (const Error& error) {
    if (exit_status(error.code()) != ExitStatus::refused) throw;
    return refused_file(invoice, error);
  }
}

}  // namespace

unsigned cores() {
  return std::clamp(std::thread::hardware_concurrency(), 1U, 16U);
}

PrintCrew::PrintCrew(unsigned threads, DryRun dry_run)
    : dry_run_(dry_run), waiting_max_(std::size_t{4} * threads) {
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

PrintCrew::~PrintCrew() {
  {
    const std::lock_guard lock(mutex_);
    waiting_.clear();
  }
  stop();
}

void PrintCrew::stop() {
  {
    const std::lock_guard lock(mutex_);
    no_more_ = true;
  }
  came_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void PrintCrew::give(PrintOrder order) {
  Job job;
  job.order = std::move(order);
  std::unique_lock lock(mutex_);
  job.number = given_++;
  files_.resize(given_);
  if (threads_.empty()) {
    lock.unlock();
    return do_job(std::move(job));
  }
  went_.wait(lock, [this] { return waiting_.size() < waiting_max_; });
  waiting_.push_back(std::move(job));
  lock.unlock();
  came_.notify_one();
}

bool PrintCrew::has_failed() {
  const std::lock_guard lock(mutex_);
  return failure_ != nullptr;
}

void PrintCrew::work() {
  while (true) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      came_.wait(lock, [this] { return no_more_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      job = std::move(waiting_.front());
      waiting_.pop_front();
    }
    went_.notify_one();
    do_job(std::move(job));
  }
}

void PrintCrew::do_job(Job job) {
  const std::size_t number = job.number;
  try {
    PrintedFile file = answer(std::move(job.order), dry_run_);
    const std::lock_guard lock(mutex_);
    files_[number] = std::move(file);
  } catch (...) {
    const std::lock_guard lock(mutex_);
    if (failure_ == nullptr || number < failed_number_) {
      failure_ = std::current_exception();
      failed_number_ = number;
    }
  }
}

std::vector<PrintedFile> PrintCrew::finish() {
  stop();
  if (failure_ != nullptr) std::rethrow_exception(failure_);
  // A document that was there may have got its name from a run that was cut off: it counts too.
  std::set<std::string> folders;
  for (const PrintedFile& file : files_) {
    if (file.path.empty() || dry_run_ == DryRun::yes) continue;
    if (folders.insert(file.path.substr(0, file.path.rfind('/') + 1)).second)
      sync_folder_of(file.path);
  }
  return std::move(files_);
}

}  // namespace billctl
