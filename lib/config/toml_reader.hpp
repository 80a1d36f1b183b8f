// TOML as this program reads it: a tree of values that know where they stand, so that every mistake
// can name file, line and column. Nothing outside toml_reader.cpp sees the TOML library.
//
// Limits, checked before the text is parsed: 1 MiB, 64 dots a line, 32 values deep, valid UTF-8, no
// NUL. After a mistake of spelling in one `key = value` line the rest is read on without that line,
// so that its mistakes are found in the same run.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "outcome/error.hpp"

namespace billctl {

struct TomlMember;

struct TomlValue {
  enum class Kind { text, integer, boolean, date, other, array, table };

  Kind kind = Kind::table;
  std::string text;          ///< of a text, of a date as YYYY-MM-DD, of `other` as it is written
  std::int64_t integer = 0;  ///< of an integer
  bool boolean = false;
  std::vector<TomlValue> elements;  ///< of an array
  std::vector<TomlMember> members;  ///< of a table, in the order of the file
  Position at;

  /// The member of that key, or nullptr.
  const TomlMember* find(std::string_view key) const;
};

struct TomlMember {
  std::string key;
  Position key_at;
  TomlValue value;
};

/// What a value is, for messages: `a text`, `a number`, `a list`, `a table` …
std::string_view kind_words(const TomlValue& value);

struct TomlReading {
  TomlValue root;
  std::vector<Mistake> mistakes;  ///< of spelling, by line
  bool whole = true;  ///< false: lines with mistakes were left out, so a missing key may be there
  bool readable = true;  ///< false: nothing is known of the rest; `root` is empty
};

/// Reads TOML text; `file` is the name that mistakes show.
TomlReading read_toml(std::string_view text, const std::string& file);

/// Whether a key of this name would hold a secret (`password`, `token`, `api_key` …), which is
/// never written in a file: only `_env`, `_file` and `_command` of it may be.
bool names_a_secret(std::string_view key);

/// Where that byte of a text stands in the file, taking it as written in one line without escapes.
Position inside(const TomlValue& text, std::size_t byte);

}  // namespace billctl
