// Mistakes: what is wrong in one input, collected so that a person mends the whole file at once.
//
// The first hundred are kept and the rest are counted: a file of a million bad rows costs no
// memory. Source: spec/import.md ("every bad row is reported …, first 100, then a count").
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "outcome/error.hpp"

namespace billctl {

class Mistakes {
 public:
  static constexpr std::size_t kKept = 100;

  /// @param message what was seen and what is needed: lower case, no full stop.
  void add(Position at, std::string message, std::string hint = "");

  bool any() const { return total_ > 0; }
  std::size_t total() const { return total_; }
  /// In the order found, at most kKept.
  const std::vector<Mistake>& kept() const { return kept_; }

  /// @throws Error{bad_input} with all that was kept and the count; returns when there is none.
  void refuse_if_any() const;

 private:
  std::vector<Mistake> kept_;
  std::size_t total_ = 0;
};

}  // namespace billctl
