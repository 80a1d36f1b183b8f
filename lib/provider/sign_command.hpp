// Sign command: invoice.sign_cmd, which gets a document's canonical bytes on stdin and prints a
// detached signature (X33). It should have no other effect: the issue around it may be rolled back.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace billctl {

/// Empty for no argv. The signature is the text printed, without a final line feed.
/// The function throws Error{failed} when the command fails or prints nothing, or no text.
std::function<std::string(std::string_view)> sign_command(const std::vector<std::string>& argv);

}  // namespace billctl
