#include "money/wide.hpp"

#include <string>

#include "outcome/error.hpp"

namespace billctl {

void overflow(std::string_view what) {
  throw Error(Reason::failed, std::string(what) + " is too large: it does not fit in 64 bits",
              "look for a quantity or a price with a misplaced point");
}

}  // namespace billctl
