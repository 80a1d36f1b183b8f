// billctl_forker: runs commands of billctl, each in a forked child, for the simulator
// (sim_test.py). A line of JSON in, {"cwd", "env": {…}, "words": […], "out": FILE, "err": FILE}; a
// line out: the exit code, or minus the signal that ended the child. A child that hangs is ended by
// SIGALRM.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "program.hpp"

namespace {

using Json = nlohmann::json;

constexpr unsigned kMostSeconds = 300;
constexpr int kNoChild = 125;  // as `env` and `timeout` say it

void put_in_place(const std::string& path, int flags, int stream) {
  const int file = open(path.c_str(), flags, 0600);
  if (file < 0 || dup2(file, stream) < 0) std::_Exit(kNoChild);
  close(file);
}

[[noreturn]] void run(const Json& asked) {
  alarm(kMostSeconds);
  put_in_place("/dev/null", O_RDONLY, STDIN_FILENO);
  put_in_place(asked.at("out").get<std::string>(), O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
  put_in_place(asked.at("err").get<std::string>(), O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
  if (chdir(asked.at("cwd").get<std::string>().c_str()) != 0) std::_Exit(kNoChild);
  clearenv();
  for (const auto& [name, value] : asked.at("env").items()) {
    setenv(name.c_str(), value.get<std::string>().c_str(), 1);
  }
  std::exit(billctl::cmd::start(asked.at("words").get<std::vector<std::string>>()));
}

int outcome_of(const Json& asked) {
  const pid_t child = fork();
  if (child == 0) run(asked);
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child) return kNoChild;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << outcome_of(Json::parse(line)) << std::endl;
  }
}
