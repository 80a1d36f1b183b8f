#include "provider/sign_command.hpp"

#include "outcome/error.hpp"
#include "provider/child_process.hpp"
#include "text/utf8.hpp"

namespace billctl {

std::function<std::string(std::string_view)> sign_command(const std::vector<std::string>& argv) {
  if (argv.empty()) return {};
  return [argv](std::string_view canonical) {
    std::string signature = run_child(argv, canonical);
    while (!signature.empty() && signature.back() == '\n') signature.pop_back();
    const bool is_text = invalid_utf8(signature) == std::string_view::npos &&
                         signature.find('\0') == std::string::npos;
    if (signature.empty() || !is_text) {
      throw Error(Reason::failed,
                  "command " + argv[0] + " printed " + (is_text ? "no signature" : "no text"),
                  "invoice.sign_cmd prints the signature as text, such as base64");
    }
    return signature;
  };
}

}  // namespace billctl
