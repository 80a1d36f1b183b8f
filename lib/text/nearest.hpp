// Nearest: the known word that a misspelt one probably meant, for hints ("did you mean
// `generate`?").
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace billctl {

/// The known word with the fewest changed letters (swaps count one), at most a third of its length;
/// empty when none is near. Ties go to the first.
std::string nearest(std::string_view seen, const std::vector<std::string>& known);

/// `did you mean "x"?`, or empty when nothing is near.
std::string did_you_mean(std::string_view seen, const std::vector<std::string>& known);

}  // namespace billctl
