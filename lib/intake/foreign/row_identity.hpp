// Row identity: the reference of a foreign row that has no id of its own: a digest of the cells
// that describe the work (who, when it started, on what, with what words), and an ordinal among
// equal rows.
//
// The stop, the duration and the flags are no part of it: a later export in which they were
// corrected changes the same entry. Source: spec/import.md, "Identity".
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>

namespace billctl {

class RowIdentity {
 public:
  /// @param format the word in front, as `toggl`.
  explicit RowIdentity(std::string_view format) : format_(format) {}

  /// `toggl:` and 32 hex digits of the SHA-256; from the second equal row on `-2`, `-3` …
  std::string of(std::initializer_list<std::string_view> cells);

 private:
  std::string format_;
  std::unordered_map<std::uint64_t, std::uint32_t> seen_;  ///< by the first half of the digest
  std::string joined_;
};

}  // namespace billctl
