// corpus_replay TARGET FOLDER…: the target on every file there. No file at all is a failure.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "targets.hpp"

namespace {

using namespace billctl::fuzz;

const std::map<std::string, void (*)(std::string_view)> kTargets = {
    {"csv", csv},     {"jsonl", jsonl},           {"foreign", foreign}, {"config", config},
    {"job", job},     {"import_map", import_map}, {"json", json},       {"dates", dates},
    {"money", money}, {"templates", templates},   {"argv", argv},       {"ledger", ledger},
};

}  // namespace

int main(int count, char** words) {
  const auto target = count > 1 ? kTargets.find(words[1]) : kTargets.end();
  if (target == kTargets.end()) {
    std::fprintf(stderr, "corpus_replay TARGET FOLDER…; the targets:\n");
    for (const auto& [name, function] : kTargets) std::fprintf(stderr, "  %s\n", name.c_str());
    return 2;
  }
  std::map<std::filesystem::path, std::string> files;  // in the order of their names
  for (int i = 2; i < count; ++i) {
    for (const auto& each : std::filesystem::directory_iterator(words[i])) {
      std::ifstream in(each.path(), std::ios::binary);
      files[each.path()].assign(std::istreambuf_iterator<char>(in), {});
    }
  }
  for (const auto& [path, bytes] : files) {
    std::printf("%s\n", path.filename().c_str());
    std::fflush(stdout);
    target->second(bytes);
  }
  return files.empty() ? 1 : 0;
}
