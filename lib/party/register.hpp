// Register: all records of one kind, found by row or by code in constant time. What the bulk stages
// look things up in, a million times a run. Belongs to one thread.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "outcome/error.hpp"
#include "outcome/id.hpp"

namespace billctl {

/// `Record` has an `id` (an Id<…>) and a `code`.
template <class Record>
class Register {
 public:
  using IdType = decltype(Record::id);

  void add(Record record) {
    const auto row = static_cast<std::size_t>(record.id.value);
    if (row >= places_.size()) places_.resize(row + 1 + row / 2, 0);
    records_.push_back(std::move(record));
    places_[row] = static_cast<std::uint32_t>(records_.size());
  }
  /// Forgets all records, at the cost of those that are there.
  void clear() {
    for (const Record& record : records_) places_[static_cast<std::size_t>(record.id.value)] = 0;
    records_.clear();
    codes_.clear();
    with_code_ = 0;
  }

  /// The record of that row, or nullptr (also for no id).
  const Record* find(IdType id) const {
    const auto row = static_cast<std::size_t>(id.value);
    if (id.value <= 0 || row >= places_.size() || places_[row] == 0) return nullptr;
    return &records_[places_[row] - 1];
  }
  const Record& at(IdType id) const {
    const Record* record = find(id);
    expect(record != nullptr, "a referenced record is in the register");
    return *record;
  }
  /// The record of that code, or nullptr.
  const Record* find(std::string_view code) const {
    for (; with_code_ < records_.size(); ++with_code_)
      codes_.emplace(records_[with_code_].code, with_code_ + 1);
    const auto found = codes_.find(std::string(code));
    return found == codes_.end() ? nullptr : &records_[found->second - 1];
  }
  const std::vector<Record>& all() const { return records_; }
  std::vector<std::string> codes() const {
    std::vector<std::string> codes;
    for (const Record& record : records_) codes.push_back(record.code);
    return codes;
  }

 private:
  std::vector<Record> records_;
  std::vector<std::uint32_t> places_;  ///< by row: 1 + place in records_, 0 = none
  // Made when a code is first asked for: the bulk stages go by rows alone.
  mutable std::unordered_map<std::string, std::uint32_t> codes_;
  mutable std::uint32_t with_code_ = 0;  ///< how many of records_ stand in codes_
};

}  // namespace billctl
