// Medium: in which form a document leaves the house: the words of `render --to`, each with what
// makes it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "outcome/reason.hpp"
#include "render/printed_document.hpp"

namespace billctl {

/// A document as it leaves the house.
struct Print {
  std::string bytes;
  std::vector<Finding> warnings;  ///< what its receiver may miss
};

struct Medium {
  std::string_view word;       ///< `pdf`
  std::string_view extension;  ///< `.pdf`
  bool is_text = true;         ///< UTF-8; otherwise bytes
  /// Same document, same bytes. May run on several threads at once.
  /// @throws Error{failed} for a medium that this program was built without; what the document
  /// lacks, such as {einvoice_incomplete}; {usage} for a copy of what can't be marked as one.
  Print (*print)(const PrintedDocument& printed) = nullptr;
};

const std::vector<Medium>& media();
/// nullptr for a word that is none.
const Medium* find_medium(std::string_view word);
std::vector<std::string> medium_words();

}  // namespace billctl
