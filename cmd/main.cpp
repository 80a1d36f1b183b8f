#include "program.hpp"

int main(int argc, char** argv) {
  return billctl::cmd::start(std::vector<std::string>(argv + 1, argv + argc));
}
