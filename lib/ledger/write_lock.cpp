#include "ledger/write_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "outcome/error.hpp"

namespace billctl {
namespace {

/// Lets a blocking flock end: the alarm has no effect but to interrupt the call. It repeats, in
/// case the first one comes before the call began.
class Alarm {
 public:
  explicit Alarm(int seconds) {
    struct sigaction action {};
    action.sa_handler = [](int) {};
    sigaction(SIGALRM, &action, &before_);
    itimerval timer{};
    timer.it_value.tv_sec = seconds;
    timer.it_interval.tv_usec = 50'000;
    setitimer(ITIMER_REAL, &timer, nullptr);
  }
  ~Alarm() {
    const itimerval off{};
    setitimer(ITIMER_REAL, &off, nullptr);
    sigaction(SIGALRM, &before_, nullptr);
  }
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;

 private:
  struct sigaction before_ {};
};

std::string holder_of(int file) {
  std::array<char, 200> text{};
  const ssize_t length = pread(file, text.data(), text.size() - 1, 0);
  std::string holder(text.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
  while (!holder.empty() && holder.back() == '\n') holder.pop_back();
  return holder.empty() ? "another process" : holder;
}

bool take(int file, int wait_seconds) {
  if (flock(file, LOCK_EX | LOCK_NB) == 0) return true;
  if (wait_seconds <= 0) return false;
  const Alarm alarm(wait_seconds);
  return flock(file, LOCK_EX) == 0;
}

int open_lock(const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file >= 0) return file;
  throw Error(Reason::io, "lock file " + path + ": " + std::strerror(errno),
              "the folder of the ledger must be writable");
}

void name_holder(int file, const std::string& holder) {
  const std::string text =
      "pid " + std::to_string(getpid()) + (holder.empty() ? "" : " (" + holder + ")") + "\n";
  // The text only serves the message of those who wait: a failure to write it is no failure.
  if (ftruncate(file, 0) == 0) [[maybe_unused]]
    const ssize_t written = pwrite(file, text.data(), text.size(), 0);
}

}  // namespace

WriteLock::WriteLock(const std::string& ledger_path, int wait_seconds, const std::string& holder)
    : file_(open_lock(ledger_path + ".lock")) {
  if (!take(file_, wait_seconds)) {
    const std::string who = holder_of(file_);
    close(file_);
    throw Error(Reason::locked, "ledger " + ledger_path + " is locked by " + who,
                "wait for it, or give more time with --lock-wait 5m");
  }
  name_holder(file_, holder);
}

JobLock::JobLock(const std::string& ledger_path, int wait_seconds, const std::string& holder)
    : file_(open_lock(ledger_path + ".job.lock")) {
  if (!take(file_, wait_seconds)) {
    const std::string who = holder_of(file_);
    close(file_);
    throw Error(Reason::running, holder + ": not started, since " + who + " is running",
                "wait for it, or give more time with --lock-wait 5m");
  }
  name_holder(file_, holder);
}

JobLock::~JobLock() {
  if (file_ >= 0) close(file_);
}

WriteLock::~WriteLock() {
  if (file_ >= 0) close(file_);
}

}  // namespace billctl
