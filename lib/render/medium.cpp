#include "render/medium.hpp"

#include "outcome/error.hpp"
#include "render/document_html.hpp"
#include "render/document_pdf.hpp"
#include "render/document_text.hpp"
#include "render/paper.hpp"
#include "render/ubl_document.hpp"

namespace billctl {
namespace {

Print text(const PrintedDocument& printed) {
  return {document_text(paper_of(printed)), {}};
}

Print html(const PrintedDocument& printed) {
  return {document_html(paper_of(printed)), {}};
}

Print pdf(const PrintedDocument& printed) {
  return {document_pdf(paper_of(printed)), {}};
}

// A second e-invoice of the same number would be booked as one more.
Print ubl(const PrintedDocument& printed) {
  if (printed.copy)
    throw Error(Reason::usage, "--again marks a copy, and an e-invoice has no place for that mark",
                "leave --again out, or use --to pdf");
  UblDocument document = ubl_document(printed);
  return {std::move(document.xml), std::move(document.gaps)};
}

}  // namespace

const std::vector<Medium>& media() {
  static const std::vector<Medium> kAll = {{"text", ".txt", true, text},
                                           {"html", ".html", true, html},
                                           {"pdf", ".pdf", false, pdf},
                                           {"ubl", ".xml", true, ubl}};
  return kAll;
}

const Medium* find_medium(std::string_view word) {
  for (const Medium& medium : media()) {
    if (medium.word == word) return &medium;
  }
  return nullptr;
}

std::vector<std::string> medium_words() {
  std::vector<std::string> words;
  for (const Medium& medium : media()) words.emplace_back(medium.word);
  return words;
}

}  // namespace billctl
