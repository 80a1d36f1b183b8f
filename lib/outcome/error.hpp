// Error: a refusal of the whole request. It is thrown where the rule is broken and caught once, in
// cmd/main.cpp, which prints `billctl: MESSAGE`, then `hint: HINT`, and exits by its code.
//
// A finding about one record is no Error but a Finding in the Report; a broken invariant of our own
// code is `expect(…)`, which aborts: it is a bug and must not be caught.
#pragma once

#include <exception>
#include <string>
#include <vector>

#include "outcome/reason.hpp"

namespace billctl {

/// Where in a file of the user's something is wrong; line and column count from 1, 0 = unknown.
struct Position {
  std::string file;
  int line = 0;
  int column = 0;
  bool operator==(const Position&) const = default;
};

/// One mistake in a config, job or import file. All of a file's mistakes are reported at once.
struct Mistake {
  Position at;
  std::string message;  ///< what was seen and what is needed: lower case, no full stop
  std::string hint;     ///< the next step, or empty
};

/// `file:line:column: message`, leaving out what is unknown.
std::string to_text(const Mistake& mistake);

class Error : public std::exception {
 public:
  Error(Reason code, std::string message, std::string hint = "");
  /// Several mistakes in one input: the message is the first, the rest follow in `mistakes()`.
  /// @param total how many there are in all, when more were found than are kept.
  Error(Reason code, std::vector<Mistake> mistakes, std::size_t total = 0);

  Reason code() const { return code_; }
  const std::string& message() const { return message_; }
  const std::string& hint() const { return hint_; }
  const std::vector<Mistake>& mistakes() const { return mistakes_; }
  std::size_t mistakes_total() const { return mistakes_total_; }
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  Reason code_;
  std::string message_;
  std::string hint_;
  std::vector<Mistake> mistakes_;
  std::size_t mistakes_total_ = 0;
};

/// A broken invariant of our own: prints and aborts. Stays on in every build.
void expect(bool holds, const char* what);

}  // namespace billctl
