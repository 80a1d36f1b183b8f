#include "ledger/write_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "ledger/ledger.hpp"
#include "outcome/error.hpp"

namespace billctl {
namespace {

/// Lets a blocking flock end: the alarm has no effect but to interrupt the call. It repeats, in
/// case the first one comes before the call began. SIGINT and SIGTERM interrupt it too, which else
/// goes on waiting once their handler has returned.
class Alarm {
 public:
  explicit Alarm(int seconds) {
    struct sigaction action {};
    action.sa_handler = [](int) {};
    sigaction(SIGALRM, &action, &before_);
    for (const int signal : kEnds) interrupting(signal, true);
    itimerval timer{};
    timer.it_value.tv_sec = seconds;
    timer.it_interval.tv_usec = 50'000;
    setitimer(ITIMER_REAL, &timer, nullptr);
  }
  ~Alarm() {
    const itimerval off{};
    setitimer(ITIMER_REAL, &off, nullptr);
    sigaction(SIGALRM, &before_, nullptr);
    for (const int signal : kEnds) interrupting(signal, false);
  }
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;

 private:
  static constexpr std::array kEnds = {SIGINT, SIGTERM};

  static void interrupting(int signal, bool on) {
    struct sigaction action {};
    sigaction(signal, nullptr, &action);
    if (on) {
      action.sa_flags &= ~SA_RESTART;
    } else {
      action.sa_flags |= SA_RESTART;
    }
    sigaction(signal, &action, nullptr);
  }

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

/// A shared lock file is shared from the moment it has its name.
bool make_lock(const std::string& path, const FileAccess& access) {
  const std::string building = path + ".new" + std::to_string(getpid());
  unlink(building.c_str());
  const int file = open(building.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return false;
  give_access(file, access);
  close(file);
  const bool named = link(building.c_str(), path.c_str()) == 0 || errno == EEXIST;
  const int why = errno;
  unlink(building.c_str());
  errno = why;
  return named;
}

int open_lock(const std::string& path, const FileAccess& access) {
  // One that nobody shares needs no second name, which a killed process would leave behind.
  const int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | (access.group ? 0 : O_CREAT);
  int file = open(path.c_str(), flags, 0600);
  if (file < 0 && errno == ENOENT && make_lock(path, access)) file = open(path.c_str(), flags);
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

/// Takes the lock or closes the file. @returns who has it instead; empty when it was taken.
std::string taken_by(int file, int wait_seconds, const std::string& holder) {
  if (take(file, wait_seconds)) {
    name_holder(file, holder);
    return "";
  }
  const std::string who = holder_of(file);
  close(file);
  if (Ledger::is_interrupted())
    throw Error(Reason::interrupted,
                "interrupted while waiting for " + who + "; nothing of this step was written");
  return who;
}

constexpr const char* kWait = "wait for it, or give more time with --lock-wait 5m";

}  // namespace

WriteLock::WriteLock(const std::string& ledger_path, int wait_seconds, const std::string& holder,
                     const FileAccess& access)
    : file_(open_lock(ledger_path + ".lock", access)) {
  const std::string who = taken_by(file_, wait_seconds, holder);
  if (!who.empty())
    throw Error(Reason::locked, "ledger " + ledger_path + " is locked by " + who, kWait);
}

WriteLock::~WriteLock() {
  if (file_ >= 0) close(file_);
}

ExclusiveLock::ExclusiveLock(const std::string& ledger_path, Exclusive what, int wait_seconds,
                             const std::string& asked)
    : file_(open_lock(ledger_path + (what == Exclusive::job ? ".job.lock" : ".send.lock"),
                      access_of(ledger_path))) {
  const std::string who = taken_by(file_, wait_seconds, asked);
  if (who.empty()) return;
  if (what == Exclusive::job)
    throw Error(Reason::running, asked + ": not started, since " + who + " is running", kWait);
  throw Error(Reason::running, "another process is sending mail from this ledger: " + who,
              "two at once would send twice; " + std::string(kWait));
}

ExclusiveLock::~ExclusiveLock() {
  if (file_ >= 0) close(file_);
}

}  // namespace billctl
