// PowerDisk: a disk whose power goes. It lets every call through and remembers what a disk may
// still lose: writes since the last sync of their file, names since the last sync of their folder.
// At the cut it leaves of these any part, in another order, torn at sectors, and ends the process.
//
// It is harsher than ext4: a name is durable by a sync of its folder alone, and names are lost
// independently of one another (what one rename does in one folder stays one thing).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "crash/disk.hpp"
#include "splitmix.hpp"

namespace billctl::crash {

class PowerDisk : public Disk {
 public:
  /// Cuts at the call of that number, of which a write may be on disk in part; 0: only by `cut`.
  PowerDisk(std::string folder, std::int64_t at, std::uint64_t seed);

  DiskAnswer before(const DiskCall& call) override;
  void after(const DiskCall& call) override;
  std::int64_t calls() const { return calls_; }

  /// Leaves on disk what the power cut leaves. The process is to end after it.
  void cut();

 private:
  struct Change {
    bool is_truncate = false;
    std::int64_t offset = 0;  ///< of a truncate: the new size
    std::string bytes;
  };
  struct File {
    std::string durable;
    std::vector<Change> pending;
  };
  /// In one folder, all or nothing: `drop` loses its name, `set` then means `file`.
  struct NameChange {
    std::string folder, drop, set;
    int file = -1;
  };
  using Names = std::map<std::string, int>;

  int file_of(const std::string& path);
  int new_file(std::string durable);
  void rename(const std::string& from, const std::string& to);
  void sync(int file);
  void sync_folder(const std::string& folder);
  static void apply(std::string& image, const Change& change);
  static void apply(Names& names, const NameChange& change);

  std::string left_of(const File& file);
  std::vector<Change> torn(const std::vector<Change>& changes);
  Names left_names();
  template <class T>
  std::vector<T> some(const std::vector<T>& all);

  std::int64_t at_;
  std::int64_t calls_ = 0;
  Splitmix dice_;
  std::vector<File> files_;
  Names names_;    ///< as the processes see them
  Names durable_;  ///< as they are after a cut at once
  std::vector<NameChange> pending_names_;
  std::set<std::string> new_folders_;  ///< whose name is not durable
};

}  // namespace billctl::crash
