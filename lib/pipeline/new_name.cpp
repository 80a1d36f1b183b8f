#include "pipeline/new_name.hpp"

#include "intake/cell_text.hpp"
#include "outcome/error.hpp"

namespace billctl {

void require_new_name(const std::string& what, const std::string& name) {
  std::string_view why = "empty";
  if (!name.empty() && parse_code(name, why)) return;
  throw Error(Reason::usage, what + " \"" + name + "\" is " + std::string(why),
              "a name has 1 to 200 bytes, no blanks around it and no control characters");
}

}  // namespace billctl
