#include "provider/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>

#include "outcome/error.hpp"

extern char** environ;

namespace billctl {
namespace {

constexpr std::size_t kOutputMax = 64 * 1024;
constexpr std::int64_t kSliceMs = 100;

class Pipe {
 public:
  Pipe() {
    if (pipe2(ends_, O_CLOEXEC) != 0) throw Error(Reason::failed, "no pipe for a command");
  }
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  int reading() const { return ends_[0]; }
  int writing() const { return ends_[1]; }
  void close_end(int which) {
    if (ends_[which] >= 0) close(ends_[which]);
    ends_[which] = -1;
  }

 private:
  int ends_[2] = {-1, -1};
};

std::int64_t monotonic_ms() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

/// Where a command's stderr goes, and what becomes of more output than is wanted.
enum class Talking { strict, loose };

pid_t spawn(const std::vector<std::string>& argv, const Pipe& in, const Pipe& out,
            Talking talking) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.reading(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out.writing(), STDOUT_FILENO);
  if (talking == Talking::loose)
    posix_spawn_file_actions_adddup2(&actions, out.writing(), STDERR_FILENO);
  // Ignored signals stay ignored in a child, and a filter that outlives its reader needs SIGPIPE.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t pipe_signal;
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &pipe_signal);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  std::vector<char*> words;
  for (const std::string& word : argv) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  pid_t child = -1;
  const int code = posix_spawnp(&child, words[0], &actions, &attributes, words.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (code != 0)
    throw Error(Reason::failed, "command " + argv[0] + " can't be started: " + std::strerror(code));
  return child;
}

/// The child's two pipes, fed and drained at once, so that neither side waits for the other.
class Talk {
 public:
  Talk(pid_t child, Pipe& in, Pipe& out, std::string_view input, Talking talking)
      : child_(child), in_(in), out_(out), rest_(input), talking_(talking) {
    fcntl(in_.writing(), F_SETFL, O_NONBLOCK);
    fcntl(out_.reading(), F_SETFL, O_NONBLOCK);
  }

  /// @returns why it ended too early, or empty.
  std::string run(int seconds_max) {
    const std::int64_t until = monotonic_ms() + std::int64_t{seconds_max} * 1000;
    while (open_) {
      const std::int64_t left = until - monotonic_ms();
      if (left <= 0) return "took longer than " + std::to_string(seconds_max) + " s";
      pollfd ends[2] = {{out_.reading(), POLLIN, 0},
                        {in_.writing(), static_cast<short>(rest_.empty() ? 0 : POLLOUT), 0}};
      const std::int64_t slice = std::min(left, kSliceMs);
      const int ready = poll(ends, 2, static_cast<int>(slice));
      if (ready < 0 && errno != EINTR) return "can't be read";
      // What it left behind may hold the pipe open long after it.
      if (ready == 0 && has_ended()) return "";
      if (rest_.empty()) in_.close_end(1);
      if ((ends[1].revents & (POLLOUT | POLLERR)) != 0) feed();
      if ((ends[0].revents & (POLLIN | POLLHUP | POLLERR)) != 0) drain();
      if (output.size() > kOutputMax && talking_ == Talking::strict)
        return "printed more than 64 KiB";
    }
    return "";
  }
  std::string output;

 private:
  /// Without taking its end away from who waits for it.
  bool has_ended() const {
    siginfo_t end{};
    return waitid(P_PID, static_cast<id_t>(child_), &end, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           end.si_pid == child_;
  }
  void feed() {
    const ssize_t written = write(in_.writing(), rest_.data(), rest_.size());
    if (written > 0) rest_.remove_prefix(static_cast<std::size_t>(written));
    // A command that reads no more may still answer.
    if (written < 0 && errno != EAGAIN && errno != EINTR) rest_ = {};
    if (rest_.empty()) in_.close_end(1);
  }
  void drain() {
    char buffer[4096];
    const ssize_t count = read(out_.reading(), buffer, sizeof buffer);
    if (count > 0) output.append(buffer, static_cast<std::size_t>(count));
    if (talking_ == Talking::loose && output.size() > 2 * kOutputMax)
      output.erase(0, output.size() - kOutputMax);
    if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) open_ = false;
  }
  pid_t child_;
  Pipe& in_;
  Pipe& out_;
  std::string_view rest_;
  Talking talking_;
  bool open_ = true;
};

int wait_for(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

ChildEnd watch(const std::vector<std::string>& argv, std::string_view input, int seconds_max,
               Talking talking) {
  expect(!argv.empty(), "a command has a program");
  Pipe in;
  Pipe out;
  const pid_t child = spawn(argv, in, out, talking);
  in.close_end(0);
  out.close_end(1);
  Talk talk(child, in, out, input, talking);
  ChildEnd end;
  end.failure = talk.run(seconds_max);
  if (!end.failure.empty()) kill(child, SIGKILL);
  in.close_end(1);
  const int status = wait_for(child);
  if (end.failure.empty() && WIFSIGNALED(status))
    end.failure = "was ended by signal " + std::to_string(WTERMSIG(status));
  if (WIFEXITED(status)) end.code = WEXITSTATUS(status);
  end.output = std::move(talk.output);
  return end;
}

}  // namespace

ChildEnd watch_child(const std::vector<std::string>& argv, std::string_view input,
                     int seconds_max) {
  return watch(argv, input, seconds_max, Talking::loose);
}

std::string run_child(const std::vector<std::string>& argv, std::string_view input,
                      int seconds_max) {
  ChildEnd end = watch(argv, input, seconds_max, Talking::strict);
  if (end.failure.empty() && end.code != 0)
    end.failure = "ended with code " + std::to_string(end.code);
  if (!end.failure.empty()) throw Error(Reason::failed, "command " + argv[0] + " " + end.failure);
  return std::move(end.output);
}

}  // namespace billctl
