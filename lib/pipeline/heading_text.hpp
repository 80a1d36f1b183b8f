// Heading text: the heading of an invoice as a small text for an editor, and back.
//
//     name: Acme 2026-10
//     date: 2026-10-31
//     …
//     notes:
//     free text to the end
#pragma once

#include <string>
#include <string_view>

#include "calendar/date.hpp"
#include "invoice/invoice.hpp"
#include "pipeline/edit_heading.hpp"
#include "work/books.hpp"

namespace billctl {

/// Of a draft all of its heading and the notes; of others, whose heading is frozen, the notes
/// alone.
std::string heading_text(const Books& books, const Invoice& invoice);

/// The edit that makes the text `before` into `after`; empty when nothing differs.
/// @param invoice its name, for the edit.
/// @throws Error{usage} naming the line that can't be read, or the field that is missing.
HeadingEdit heading_edit(const std::string& invoice, std::string_view before,
                         std::string_view after, Date today);

/// A period as people give it, with both ends. @throws Error{usage}.
Period heading_period(const std::string& text, Date today);
/// A month as YYYY-MM; `none` and nothing: empty. @throws Error{usage}.
std::string heading_month(const std::string& text, Date today);
/// A date, or `none`. @throws Error{usage}.
std::optional<Date> heading_date(const std::string& text);

}  // namespace billctl
