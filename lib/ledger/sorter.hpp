// Sorter: sorts any number of rows in little memory: runs of 32k sorted in memory, spilled, and
// merged as they are read. SQLite's own sorter takes 2.5 times as long (design/performance.md).
//
//   Sorter<Key, Row> sorter;
//   for (…) sorter.add(key, row);
//   while (const auto* next = sorter.next()) use(next->key, next->row);
#pragma once

#include <algorithm>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "ledger/spill.hpp"

namespace billctl {

/// Rows of equal keys come out in the order in which they were added. `Key` has an order.
template <class Key, class Row>
class Sorter {
 public:
  struct Keyed {
    Key key;
    Row row;
  };
  static_assert(std::is_trivially_copyable_v<Keyed>);
  static constexpr std::size_t kRunRows = 32'768;

  void add(const Key& key, const Row& row) {
    run_.push_back({key, row});
    if (run_.size() == kRunRows) spill();
  }

  /// The next in order, valid until the next call; nullptr after the last. No `add` after it.
  const Keyed* next() {
    if (!merging_) start();
    if (runs_.empty()) return at_ < order_.size() ? &run_[order_[at_++]] : nullptr;
    if (popped_ && !heap_.empty()) advance();
    popped_ = true;
    return heap_.empty() ? nullptr : &head(heap_.front());
  }

 private:
  static constexpr std::size_t kPageRows = 192;  ///< of each run while merging

  struct Run {
    std::uint64_t offset;  ///< of what is not yet read
    std::size_t left;      ///< rows not yet read
    std::vector<Keyed> page;
    std::size_t at = 0;
  };

  void sort_run() {
    order_.resize(run_.size());
    for (std::uint32_t i = 0; i < order_.size(); ++i) order_[i] = i;
    std::sort(order_.begin(), order_.end(), [this](std::uint32_t a, std::uint32_t b) {
      if (run_[a].key != run_[b].key) return run_[a].key < run_[b].key;
      return a < b;
    });
  }

  void spill() {
    sort_run();
    runs_.push_back({file_.size(), run_.size(), {}, 0});
    std::vector<Keyed> page;
    page.reserve(kPageRows);
    for (const std::uint32_t index : order_) {
      page.push_back(run_[index]);
      if (page.size() == kPageRows) write(page);
    }
    write(page);
    run_.clear();
  }
  void write(std::vector<Keyed>& page) {
    file_.append(page.data(), page.size() * sizeof(Keyed));
    page.clear();
  }

  void start() {
    merging_ = true;
    if (runs_.empty()) return sort_run();
    if (!run_.empty()) spill();
    run_ = {};
    order_ = {};
    for (std::uint32_t i = 0; i < runs_.size(); ++i) {
      fill(runs_[i]);
      heap_.push_back(i);
    }
    std::make_heap(heap_.begin(), heap_.end(), later());
  }

  void fill(Run& run) {
    run.page.resize(std::min(kPageRows, run.left));
    file_.read(run.offset, run.page.data(), run.page.size() * sizeof(Keyed));
    run.offset += run.page.size() * sizeof(Keyed);
    run.left -= run.page.size();
    run.at = 0;
  }
  const Keyed& head(std::uint32_t run) const { return runs_[run].page[runs_[run].at]; }

  /// A heap has its greatest in front: here the one that comes last.
  auto later() const {
    return [this](std::uint32_t a, std::uint32_t b) {
      if (head(a).key != head(b).key) return head(b).key < head(a).key;
      return b < a;  // earlier runs were added earlier
    };
  }

  /// Leaves the front row and puts its run back where its next row belongs.
  void advance() {
    std::pop_heap(heap_.begin(), heap_.end(), later());
    Run& run = runs_[heap_.back()];
    if (++run.at == run.page.size()) {
      if (run.left == 0) {
        run.page = {};
        heap_.pop_back();
        return;
      }
      fill(run);
    }
    std::push_heap(heap_.begin(), heap_.end(), later());
  }

  SpillFile file_;
  std::vector<Keyed> run_;
  std::vector<std::uint32_t> order_;
  std::vector<Run> runs_;
  std::vector<std::uint32_t> heap_;
  std::size_t at_ = 0;
  bool merging_ = false;
  bool popped_ = false;
};

}  // namespace billctl
