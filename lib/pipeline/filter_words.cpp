#include "pipeline/filter_words.hpp"

#include <algorithm>

#include "outcome/error.hpp"
#include "text/nearest.hpp"

namespace billctl {

void check_words(const std::vector<std::string>& seen, std::span<const std::string_view> known,
                 const std::string& option) {
  const std::vector<std::string> words(known.begin(), known.end());
  for (const std::string& one : seen) {
    if (std::ranges::find(words, one) != words.end()) continue;
    std::string all;
    for (const std::string& each : words) all += (all.empty() ? "" : ", ") + each;
    throw Error(Reason::usage, option + " \"" + one + "\" is none of " + all,
                did_you_mean(one, words));
  }
}

void refuse_words(const std::vector<std::string>& seen, const std::string& option,
                  const std::string& command) {
  if (!seen.empty()) throw Error(Reason::usage, option + " has no meaning for " + command);
}

}  // namespace billctl
