#include "text/nearest.hpp"

#include <algorithm>

namespace billctl {
namespace {

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::string nearest(std::string_view seen, const std::vector<std::string>& known) {
  constexpr std::size_t kSeenMax = 64;
  if (seen.empty() || seen.size() > kSeenMax) return "";
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(1, seen.size() / 3) + 1;
  for (const std::string& word : known) {
    const std::size_t found = distance(seen, word);
    if (found < best_distance && found < word.size()) {
      best = word;
      best_distance = found;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view seen, const std::vector<std::string>& known) {
  const std::string word = nearest(seen, known);
  return word.empty() ? "" : "did you mean \"" + word + "\"?";
}

}  // namespace billctl
