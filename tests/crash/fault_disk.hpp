// FaultDisk: counts the calls of one command, and fails or ends it at one of them.
#pragma once

#include "crash/disk.hpp"

namespace billctl::crash {

enum class Fault {
  none,
  io_once,       ///< EIO at that call
  io_torn,       ///< and half of what it would have written is
  io_lasting,    ///< EIO at that call and at each after it
  full_once,     ///< ENOSPC at that call, when it may need room
  full_lasting,  ///< and at each after it that may
  kill,          ///< the process ends there
  kill_torn,
};

constexpr int kFaults = 8;

const char* word(Fault fault);

class FaultDisk : public Disk {
 public:
  FaultDisk(std::string folder, Fault fault, std::int64_t at)
      : Disk(std::move(folder)), fault_(fault), at_(at) {}

  DiskAnswer before(const DiskCall& call) override;
  std::int64_t calls() const { return calls_; }  ///< so far
  /// The files that it did not let go, by line: they may be left.
  const std::string& kept() const { return kept_; }

 private:
  DiskAnswer answer(const DiskCall& call) const;

  Fault fault_;
  std::int64_t at_;  ///< the first call is 1
  std::int64_t calls_ = 0;
  std::string kept_;
};

}  // namespace billctl::crash
