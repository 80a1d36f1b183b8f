// Visible: text from data as it may be shown. What a client's name holds must never move a cursor,
// turn a line around, or run as a formula (design/reliability.md, threats).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace billctl {

/// The bytes of the control character, DEL, C1, line separator, bidi control or noncharacter
/// (U+FFFE, U+FDD0: never text, and no PDF can hold one) that begins at `at`: 1 to 4, or 0 where
/// the text is harmless there.
std::size_t control_length(std::string_view text, std::size_t at);

/// The code point of such a sequence of 1 to 4 bytes: "\xe2\x80\xae" -> 0x202e.
unsigned code_point(std::string_view sequence);

/// For a terminal: control characters, DEL, C1, line separators, bidi controls and noncharacters
/// become `\x1b`, `\u202e` or `\U0001fffe`, and so does a byte that is no UTF-8; all else is kept.
std::string visible(std::string_view text);

/// A CSV cell of text for people's spreadsheets: RFC 4180 quoting, and an apostrophe in front of a
/// cell that begins with = + - @ TAB or CR. Of what `visible` shows only line ends and tabs stay as
/// they are, for a terminal may be behind stdout.
std::string spreadsheet_cell(std::string_view text);

/// A CSV cell of a table that is read back by an import: nothing is made visible, RFC 4180 quoting,
/// and an apostrophe in front of what a spreadsheet would take for a formula. `=1+1` is written as
/// `'=1+1`, and a text `'=x` as `''=x`, so that `without_apostrophe` always gives the text again.
std::string table_cell(std::string_view text);

/// The text of such a cell: `'=1+1` is `=1+1`; `'n Sync`, where no formula follows, stays.
std::string_view without_apostrophe(std::string_view cell);

/// A CSV cell that is no free text (a number, a date, a code of ours): RFC 4180 quoting only.
std::string exact_cell(std::string_view text);

}  // namespace billctl
