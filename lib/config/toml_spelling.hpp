// Spelling: what is wrong with text that is no TOML, said so that a clerk can mend it. The
// library's own words for the commonest mistake, a text without quotes, are "expected 'nan', saw
// 'ne'".
#pragma once

#include <string>
#include <string_view>

#include "outcome/error.hpp"

namespace billctl {

/// The line of that number (from 1) without its end; empty past the last.
std::string_view line_of(std::string_view text, int line);
/// The text up to and including that line.
std::string_view beginning_of(std::string_view text, int line);
/// Makes the line an empty one; all other lines keep their numbers.
void blank_line(std::string& text, int line);
/// The byte where the next character of UTF-8 begins.
std::size_t next_character(std::string_view text, std::size_t byte);
/// Line and column, in characters, of a byte of the text.
Position position_at(std::string_view text, std::size_t byte, const std::string& file);
/// Whether the line begins as `key = …`.
bool is_setting(std::string_view line);

/// The mistake at `at`, of which the TOML library says `description`. A secret's value is not
/// shown.
Mistake spelling_mistake(std::string_view text, const Position& at, std::string_view description);

}  // namespace billctl
