#include "outcome/error.hpp"

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace billctl {

std::string to_text(const Mistake& mistake) {
  std::string text;
  if (!mistake.at.file.empty()) {
    text = mistake.at.file;
    if (mistake.at.line > 0) text += ':' + std::to_string(mistake.at.line);
    if (mistake.at.column > 0) text += ':' + std::to_string(mistake.at.column);
    text += ": ";
  }
  return text + mistake.message;
}

Error::Error(Reason code, std::string message, std::string hint)
    : code_(code), message_(std::move(message)), hint_(std::move(hint)) {}

Error::Error(Reason code, std::vector<Mistake> mistakes, std::size_t total)
    : code_(code), mistakes_(std::move(mistakes)) {
  expect(!mistakes_.empty(), "an Error of mistakes has at least one");
  message_ = to_text(mistakes_.front());
  hint_ = mistakes_.front().hint;
  mistakes_total_ = total > mistakes_.size() ? total : mistakes_.size();
}

void expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "billctl: broken invariant: %s (a bug)\n", what);
  std::abort();
}

}  // namespace billctl
