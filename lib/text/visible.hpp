// Visible: text from data as it may be shown. What a client's name holds must never move a cursor,
// turn a line around, or run as a formula (design/reliability.md, threats).
#pragma once

#include <string>
#include <string_view>

namespace billctl {

/// For a terminal: control characters, DEL, C1, line separators and bidi controls become `\x1b` or
/// `\u202e`; all else is kept.
std::string visible(std::string_view text);

/// A CSV cell of text for people's spreadsheets: RFC 4180 quoting, and an apostrophe in front of a
/// cell that begins with = + - @ TAB or CR.
std::string spreadsheet_cell(std::string_view text);

/// A CSV cell that is no free text (a number, a date, a code of ours): RFC 4180 quoting only.
std::string exact_cell(std::string_view text);

}  // namespace billctl
