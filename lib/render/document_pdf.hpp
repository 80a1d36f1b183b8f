// Document PDF: an invoice on pages of A4: wrapped cells, heads repeated on every page, totals kept
// together, each page numbered `1/3`, every script shaped and with its fonts inside.
//
// An optional part of the program (CMake BILLCTL_PDF) made with cairo and pango. It is a module
// that is loaded with the first PDF: the libraries behind it are many, and every other command
// would wait for them (4 ms) at its start.
#pragma once

#include <string>

#include "render/paper.hpp"

namespace billctl {

/// Same paper, same bytes (with the same fonts). Safe on several threads at once.
/// @throws Error{failed} when the module is not there; {bad_config} for a logo that is
/// no whole PNG.
std::string document_pdf(const Paper& paper);

}  // namespace billctl
