// Child: one command of billctl in a forked process, before a disk that may fail.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "crash/disk.hpp"

namespace billctl::crash {

struct Ran {
  std::vector<int> codes;   ///< of the commands that ended, in order
  bool was_killed = false;  ///< by the disk
  int signal = 0;           ///< that ended it otherwise
  std::int64_t calls = 0;   ///< that the disk has counted
  std::string kept;         ///< files that the disk did not let go, by line
  std::string said;         ///< stdout and stderr

  int code() const { return codes.empty() ? -1 : codes.back(); }
};

using Words = std::vector<std::string>;

struct Run {
  std::string folder;  ///< where it runs
  std::int64_t clock_seconds = 0;
  std::string said;                 ///< where its output goes
  std::vector<Words> commands;      ///< one after another in one process
  std::int64_t file_bytes_max = 0;  ///< RLIMIT_FSIZE; 0: none
};

/// What the child puts before the disk and asks of it: made in the child.
struct Before {
  std::function<std::unique_ptr<Disk>()> make;  ///< may be empty
  std::function<std::int64_t(Disk&)> calls = {};
  std::function<std::string(Disk&)> kept = {};
  std::function<void(Disk&)> at_end = {};  ///< when all commands are done; the process ends then
};

Ran run(const Run& run, const Before& before = {});

/// Runs commands in this process, so that its children need not bind and set up everything anew.
void warm_up(const Run& run);

}  // namespace billctl::crash
