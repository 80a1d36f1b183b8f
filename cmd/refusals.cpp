#include "refusals.hpp"

#include "output.hpp"
#include "pipeline/report_json.hpp"

namespace billctl::cmd {

void tell_refusals(Outcome& outcome, const std::string& verb) {
  std::string hint;
  for (const Json& each : outcome.body["refused"].as_array()) {
    const std::string name = cell_text(each["invoice"]);
    for (const Json& reason : each["reasons"].as_array()) {
      const Reason code = reason_of(reason["code"].as_string()).value_or(Reason::failed);
      const bool bare = code == Reason::approval_missing;  // its detail is only the roles
      outcome.failures.push_back("billctl: invoice " + name + ": " +
                                 (bare ? "approval missing: " : "") + cell_text(reason["detail"]));
      if (hint.empty()) hint = hint_for({code, cell_text(reason["detail"])}, name, verb);
    }
  }
  if (!hint.empty()) outcome.failures.push_back("hint: " + hint);
}

}  // namespace billctl::cmd
