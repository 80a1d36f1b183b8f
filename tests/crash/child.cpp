#include "crash/child.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "crash/clock.hpp"
#include "crash/tree.hpp"
#include "program.hpp"

namespace billctl::crash {
namespace {

constexpr int kBroken = 202;  ///< exit code when the harness itself failed in the child
constexpr rlim_t kCpuSeconds = 60;

/// What the child has done so far, in memory that both see.
struct Shared {
  std::array<int, 16> codes;
  std::size_t count;
  std::int64_t calls;
  std::array<char, 2048> kept;
};

Shared& shared() {
  static void* const kPage =
      mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (kPage == MAP_FAILED) throw std::runtime_error("no shared memory");
  return *static_cast<Shared*>(kPage);
}

void redirect(const std::string& path) {
  const int out = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const int in = open("/dev/null", O_RDONLY);
  if (out < 0 || in < 0) _exit(kBroken);
  dup2(in, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(out, STDERR_FILENO);
}

void limit(int what, rlim_t most) {
  const rlimit both{most, most};
  setrlimit(static_cast<__rlimit_resource>(what), &both);
}

[[noreturn]] void be_child(const Run& run, const Before& before) {
  redirect(run.said);
  if (chdir(run.folder.c_str()) != 0) _exit(kBroken);
  clock_seconds = run.clock_seconds;
  limit(RLIMIT_CPU, kCpuSeconds);
  if (run.file_bytes_max > 0) limit(RLIMIT_FSIZE, static_cast<rlim_t>(run.file_bytes_max));
  const std::unique_ptr<Disk> mine = before.make ? before.make() : nullptr;
  disk = mine.get();
  Shared& report = shared();
  for (const Words& words : run.commands) {
    const int code = cmd::start(words);
    std::fflush(stdout);
    std::fflush(stderr);
    report.codes.at(report.count++) = code;
  }
  disk = nullptr;
  if (mine && before.calls) report.calls = before.calls(*mine);
  if (mine && before.kept) before.kept(*mine).copy(report.kept.data(), report.kept.size() - 1);
  if (mine && before.at_end) before.at_end(*mine);
  _exit(0);
}

}  // namespace

void warm_up(const Run& run) {
  const int streams[] = {dup(STDIN_FILENO), dup(STDOUT_FILENO), dup(STDERR_FILENO)};
  const int here = open(".", O_RDONLY | O_DIRECTORY);
  std::fflush(stdout);
  redirect(run.said);
  clock_seconds = run.clock_seconds;
  if (here < 0 || chdir(run.folder.c_str()) != 0) throw std::runtime_error("no folder to warm up");
  for (const Words& words : run.commands) cmd::start(words);
  std::fflush(stdout);
  if (fchdir(here) != 0) throw std::runtime_error("no way back");
  close(here);
  for (int i = 0; i < 3; ++i) {
    dup2(streams[i], i);
    close(streams[i]);
  }
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}

Ran run(const Run& run, const Before& before) {
  Shared& report = shared();
  report = {};
  std::fflush(stdout);
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("can't fork");
  if (child == 0) be_child(run, before);
  int status = 0;
  waitpid(child, &status, 0);
  Ran ran;
  ran.codes.assign(report.codes.begin(),
                   report.codes.begin() + static_cast<std::ptrdiff_t>(report.count));
  ran.calls = report.calls;
  ran.kept = report.kept.data();
  if (WIFSIGNALED(status)) ran.signal = WTERMSIG(status);
  const int exit = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
  ran.was_killed = exit == kKilled;
  if (exit == kBroken) throw std::runtime_error("the harness failed in a child");
  ran.said = file_bytes(run.said).value_or("");
  return ran;
}

}  // namespace billctl::crash
