#include "intake/mistakes.hpp"

#include <utility>

namespace billctl {

void Mistakes::add(Position at, std::string message, std::string hint) {
  ++total_;
  if (kept_.size() >= kKept) return;
  kept_.push_back({std::move(at), std::move(message), std::move(hint)});
}

void Mistakes::refuse_if_any() const {
  if (any()) throw Error(Reason::bad_input, kept_, total_);
}

}  // namespace billctl
