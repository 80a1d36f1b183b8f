// Spill: rows that a run can't hold in memory, in a temporary file that has no name and is gone
// with the process. Plain bytes only. What a run sorts or keeps for its end goes through here, so
// that ten million rows cost as much memory as one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace billctl {

/// Bytes appended in order and read back anywhere.
class SpillFile {
 public:
  SpillFile() = default;  ///< the file is made by the first `append`
  ~SpillFile();
  SpillFile(const SpillFile&) = delete;
  SpillFile& operator=(const SpillFile&) = delete;

  /// @throws Error{io} when the disk is full or fails.
  void append(const void* bytes, std::size_t count);
  void read(std::uint64_t offset, void* bytes, std::size_t count) const;
  std::uint64_t size() const { return size_; }

 private:
  int file_ = -1;
  std::uint64_t size_ = 0;
};

/// A list that is written once, front to back, and read the same way; short ones stay in memory.
template <class Row>
class SpilledList {
  static_assert(std::is_trivially_copyable_v<Row>);

 public:
  static constexpr std::size_t kRowsInMemory = 16'384;

  void add(const Row& row) {
    rows_.push_back(row);
    ++count_;
    if (rows_.size() < kRowsInMemory) return;
    file_.append(rows_.data(), rows_.size() * sizeof(Row));
    rows_.clear();
  }
  std::size_t size() const { return count_; }

  template <class Visit>
  void each(const Visit& visit) const {
    std::vector<Row> page;
    for (std::uint64_t at = 0; at < file_.size();) {
      page.resize(kRowsInMemory);
      file_.read(at, page.data(), page.size() * sizeof(Row));
      at += page.size() * sizeof(Row);
      for (const Row& row : page) visit(row);
    }
    for (const Row& row : rows_) visit(row);
  }

 private:
  SpillFile file_;  ///< whole pages of kRowsInMemory
  std::vector<Row> rows_;
  std::size_t count_ = 0;
};

}  // namespace billctl
