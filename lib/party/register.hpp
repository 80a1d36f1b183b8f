// Register: all records of one kind, found by row or by code in constant time. What the bulk stages
// look things up in, a million times a run. Or, for what shows a few rows of a large ledger,
// records that are looked up where they are when they are first asked for. Belongs to one thread.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
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

  /// Where records are looked up one by one, and all of them when somebody asks for all.
  struct Source {
    std::function<std::optional<Record>(IdType)> by_row;
    std::function<std::optional<Record>(std::string_view)> by_code;
    /// Those after a row, in the order of rows, until `visit` returns false.
    std::function<void(IdType after, const std::function<bool(Record)>& visit)> each;
  };
  /// From now on records come from there; nothing may have been added. What was found once stays
  /// where it is, however many follow.
  void read_as_needed(Source source) {
    needed_ = std::make_shared<AsNeeded>();
    needed_->source = std::move(source);
  }

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
    if (needed_) return needed_->find(id);
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
    if (needed_) return needed_->find(code);
    for (; with_code_ < records_.size(); ++with_code_)
      codes_.emplace(records_[with_code_].code, with_code_ + 1);
    const auto found = codes_.find(std::string(code));
    return found == codes_.end() ? nullptr : &records_[found->second - 1];
  }
  const std::vector<Record>& all() const {
    if (!needed_) return records_;
    if (!needed_->all) {
      std::vector<Record>& all = needed_->all.emplace();
      needed_->source.each(IdType{}, [&](Record record) {
        all.push_back(std::move(record));
        return true;
      });
    }
    return *needed_->all;
  }
  /// Visits those after a row, in the order of rows, until `visit` returns false: a page of a large
  /// register.
  void each(IdType after, const std::function<bool(const Record&)>& visit) const {
    if (needed_) {
      needed_->source.each(after, [&](const Record& record) { return visit(record); });
      return;
    }
    for (const Record& record : records_) {
      if (record.id > after && !visit(record)) return;
    }
  }
  std::vector<std::string> codes() const {
    std::vector<std::string> codes;
    for (const Record& record : all()) codes.push_back(record.code);
    return codes;
  }

 private:
  struct AsNeeded {
    Source source;
    std::deque<Record> found;
    std::unordered_map<std::int64_t, const Record*> rows;  ///< nullptr: looked for and not there
    std::unordered_map<std::string, const Record*> codes;
    std::optional<std::vector<Record>> all;

    const Record* keep(std::optional<Record> record) {
      return record ? &found.emplace_back(std::move(*record)) : nullptr;
    }
    const Record* find(IdType id) {
      if (id.value <= 0) return nullptr;
      const auto known = rows.find(id.value);
      if (known != rows.end()) return known->second;
      return rows[id.value] = keep(source.by_row(id));
    }
    const Record* find(std::string_view code) {
      const auto known = codes.find(std::string(code));
      if (known != codes.end()) return known->second;
      std::optional<Record> record = source.by_code(code);
      const Record* found_one = record ? find(record->id) : nullptr;
      return codes[std::string(code)] = found_one;
    }
  };

  std::shared_ptr<AsNeeded> needed_;
  std::vector<Record> records_;
  std::vector<std::uint32_t> places_;  ///< by row: 1 + place in records_, 0 = none
  // Made when a code is first asked for: the bulk stages go by rows alone.
  mutable std::unordered_map<std::string, std::uint32_t> codes_;
  mutable std::uint32_t with_code_ = 0;  ///< how many of records_ stand in codes_
};

}  // namespace billctl
