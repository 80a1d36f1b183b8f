// Filter words: kinds and states that were asked for, against those that a listing has.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace billctl {

/// @throws Error{usage} naming the option, the first word that is none of the known ones, and all
/// of these.
void check_words(const std::vector<std::string>& seen, std::span<const std::string_view> known,
                 const std::string& option);
/// @throws Error{usage} when the option was given to a command to whose rows it says nothing.
void refuse_words(const std::vector<std::string>& seen, const std::string& option,
                  const std::string& command);

}  // namespace billctl
