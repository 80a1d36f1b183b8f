// Words: the table of an enum and the words by which people and scripts name its values. A later
// row of the same value is another spelling that is understood but never printed.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace billctl {

template <class Enum>
using Word = std::pair<Enum, std::string_view>;

/// The word of a value: that of its first row; empty when the table lacks it.
template <class Enum, std::size_t kRows>
constexpr std::string_view word_in(const std::array<Word<Enum>, kRows>& table, Enum value) {
  for (const Word<Enum>& row : table) {
    if (row.first == value) return row.second;
  }
  return {};
}

/// The value of a word, or nothing.
template <class Enum, std::size_t kRows>
constexpr std::optional<Enum> value_in(const std::array<Word<Enum>, kRows>& table,
                                       std::string_view text) {
  for (const Word<Enum>& row : table) {
    if (row.second == text) return row.first;
  }
  return std::nullopt;
}

/// The words that are printed, in the order of the table: for hints and for help.
template <class Enum, std::size_t kRows>
std::vector<std::string> words_in(const std::array<Word<Enum>, kRows>& table) {
  std::vector<std::string> words;
  for (const Word<Enum>& row : table) {
    if (word_in(table, row.first) == row.second) words.emplace_back(row.second);
  }
  return words;
}

}  // namespace billctl
