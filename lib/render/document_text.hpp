// Document text: an invoice as plain text of 80 columns, as the client gets it by mail or on a line
// printer: parties, lines, one row for each tax, totals, terms and where to pay.
#pragma once

#include <string>

#include "render/paper.hpp"

namespace billctl {

/// UTF-8 with line feeds. Same paper, same bytes.
std::string document_text(const Paper& paper);

}  // namespace billctl
