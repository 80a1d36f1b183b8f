// Document HTML: an invoice as one file that needs no other: styles inside, the logo inside, no
// script, no address that a reader's program would open by itself. It prints on A4.
#pragma once

#include <string>

#include "render/paper.hpp"

namespace billctl {

/// UTF-8. All text of data is escaped and stands in elements that find their own direction, so that
/// a name from right to left turns nothing around it. Same paper, same bytes.
std::string document_html(const Paper& paper);

}  // namespace billctl
