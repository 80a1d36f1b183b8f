// Child process: runs a command of the config by its argv, without a shell, with bytes on its
// stdin, and takes what it prints. For invoice.sign_cmd (X33), the sendmail transport and other
// `*_command` settings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace billctl {

/// What the command printed on stdout. Its stderr is ours.
/// @param argv the program, looked for in PATH, and its arguments; not empty.
/// @throws Error{failed} naming the program when it can't be started, ends with another code than
/// 0, prints more than 64 KiB, or takes longer than `seconds_max` (it is then killed).
std::string run_child(const std::vector<std::string>& argv, std::string_view input,
                      int seconds_max = 30);

/// How a command ended.
struct ChildEnd {
  std::string output;
  std::string failure;  ///< why it did not end by itself; empty: it did
  int code = 0;         ///< its exit code, when it ended by itself
};

/// The same, with the end told instead of thrown, and with what it said on stderr in the output, of
/// which the last 64 KiB are kept. It ends when the program does, even if that leaves others
/// behind.
/// @throws Error{failed} when it can't be started: then it has done nothing.
ChildEnd watch_child(const std::vector<std::string>& argv, std::string_view input, int seconds_max);

}  // namespace billctl
