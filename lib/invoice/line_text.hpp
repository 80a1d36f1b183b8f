// Line text: the description that a line prints, in the clerk's words: who, what, and for single
// entries when and why. No name of a member stands on any line of entry-anonymous (S1-25).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "invoice/grouping.hpp"

namespace billctl {

/// Whether the text needs the description of the line's entry.
bool tells_of_entry(LineShape shape);

/// The text of a line, e.g. "Website: Anna Ek, Development" or, by entry,
/// "Website: 2026-10-05, Anna Ek, Development: fixed the login".
/// @param items the line's. @param description of its entry, where it has one to itself.
std::string line_text(const DraftLine& line, std::span<const LineItem> items,
                      std::string_view description, const Books& books);

}  // namespace billctl
