// PdfReader: a PDF as another program reads it, poppler's pdftotext and pdfinfo.
#pragma once

#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <string>

#include "ledger/scratch.hpp"

namespace billctl::test {

/// What the command says of the PDF; `%` in it stands for the file.
inline std::string read_pdf(const std::string& bytes, std::string command) {
  const Scratch scratch;
  const std::string path = scratch.path("a.pdf");
  std::ofstream(path, std::ios::binary) << bytes;
  command.replace(command.find('%'), 1, path);
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string text;
  std::array<char, 4096> buffer{};
  while (const std::size_t count = fread(buffer.data(), 1, buffer.size(), pipe))
    text.append(buffer.data(), count);
  REQUIRE_MESSAGE(pclose(pipe) == 0, text);
  return text;
}

/// Its text, laid out as on the pages; a form feed ends each.
inline std::string pdf_text(const std::string& bytes) {
  return read_pdf(bytes, "pdftotext -layout % -");
}
inline std::string pdf_info(const std::string& bytes) {
  return read_pdf(bytes, "TZ=UTC pdfinfo %");
}

}  // namespace billctl::test
