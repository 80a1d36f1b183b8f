#include "crash/fault_disk.hpp"

#include <array>

namespace billctl::crash {
namespace {

/// A full disk takes away and shortens as before.
bool needs_room(const DiskCall& call) {
  switch (call.act) {
    case DiskAct::make:
    case DiskAct::make_folder:
    case DiskAct::write:
    case DiskAct::sync:
    case DiskAct::rename:
    case DiskAct::link:
      return true;
    default:
      return false;
  }
}

}  // namespace

const char* word(Fault fault) {
  constexpr std::array<const char*, kFaults> kWords = {"none",
                                                       "EIO once",
                                                       "EIO in the middle",
                                                       "EIO from there on",
                                                       "full once",
                                                       "full from there on",
                                                       "killed",
                                                       "killed in the middle"};
  return kWords.at(static_cast<std::size_t>(fault));
}

DiskAnswer FaultDisk::before(const DiskCall& call) {
  ++calls_;
  const DiskAnswer given = answer(call);
  if (call.act == DiskAct::remove && given != DiskAnswer::done) kept_ += call.path + "\n";
  return given;
}

DiskAnswer FaultDisk::answer(const DiskCall& call) const {
  const bool here = calls_ == at_;
  const bool from_here = calls_ >= at_;
  switch (fault_) {
    case Fault::none:
      return DiskAnswer::done;
    case Fault::io_once:
      return here ? DiskAnswer::io : DiskAnswer::done;
    case Fault::io_torn:
      return here ? DiskAnswer::io_torn : DiskAnswer::done;
    case Fault::io_lasting:
      return from_here ? DiskAnswer::io : DiskAnswer::done;
    case Fault::full_once:
      return here && needs_room(call) ? DiskAnswer::full : DiskAnswer::done;
    case Fault::full_lasting:
      return from_here && needs_room(call) ? DiskAnswer::full : DiskAnswer::done;
    case Fault::kill:
      return here ? DiskAnswer::kill : DiskAnswer::done;
    case Fault::kill_torn:
      return here ? DiskAnswer::kill_torn : DiskAnswer::done;
  }
  return DiskAnswer::done;
}

}  // namespace billctl::crash
