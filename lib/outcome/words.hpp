// Words: an enum and its table of words, the same order in both.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace billctl {

template <class Enum, std::size_t N>
constexpr std::optional<Enum> find_word(const std::array<std::string_view, N>& words,
                                        std::string_view text) {
  for (std::size_t i = 0; i < N; ++i) {
    if (words[i] == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

template <class Enum, std::size_t N>
constexpr std::string_view word_of(const std::array<std::string_view, N>& words, Enum value) {
  return words[static_cast<std::size_t>(value)];
}

/// All the words, for hints and for help.
template <std::size_t N>
std::vector<std::string> word_list(const std::array<std::string_view, N>& words) {
  return {words.begin(), words.end()};
}

}  // namespace billctl
