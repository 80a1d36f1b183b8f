// Document text: an invoice as plain text of 80 columns, as the client gets it by mail or on a line
// printer: parties, lines, one row for each tax, totals, terms and where to pay.
#pragma once

#include <string>

#include "render/printed_document.hpp"

namespace billctl {

/// UTF-8 with line feeds; a draft says DRAFT and has no number. Control characters of data are made
/// visible. Same document, same bytes.
std::string document_text(const PrintedDocument& printed);

}  // namespace billctl
