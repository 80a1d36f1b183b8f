// Reading an export of another program from memory or from the samples of the tests.
#pragma once

#include <string>
#include <vector>

#include "intake/foreign/foreign_entry.hpp"

namespace billctl {

struct ReadExport {
  std::vector<ForeignEntry> entries;
  std::vector<std::string> mistakes;
  std::vector<std::string> hints;
};

inline ForeignOptions in_zone(const char* zone = "Europe/Helsinki") {
  ForeignOptions options{*Zone::load(zone), {}, {}, false, 1U << 20U};
  return options;
}

inline ReadExport read_export(ForeignFormat format, Source& source, const ForeignOptions& options) {
  ReadExport read;
  Mistakes mistakes;
  const auto reader = open_foreign(format, source, options, mistakes);
  for (ForeignEntry entry; reader->next(entry);) read.entries.push_back(entry);
  for (const Mistake& mistake : mistakes.kept()) {
    read.mistakes.push_back(to_text(mistake));
    read.hints.push_back(mistake.hint);
  }
  return read;
}

inline ReadExport read_text(ForeignFormat format, const std::string& text,
                            const ForeignOptions& options = in_zone()) {
  const auto source = memory_source("f", text);
  return read_export(format, *source, options);
}

}  // namespace billctl
