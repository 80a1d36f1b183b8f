#include "pipeline/heading_text.hpp"

#include <algorithm>
#include <map>

#include "outcome/error.hpp"
#include "pipeline/completed_document.hpp"
#include "text/xml_text.hpp"

namespace billctl {
namespace {

constexpr std::string_view kNotes = "notes:";

struct HeadingLines {
  std::map<std::string, std::string, std::less<>> fields;
  std::string notes;
};

HeadingLines lines_of(std::string_view text) {
  HeadingLines lines;
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line == kNotes) {
      lines.notes = trimmed(text);
      return lines;
    }
    if (line.empty() || line.front() == '#') continue;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos)
      throw Error(Reason::usage, "line " + std::to_string(number) + ": \"" + std::string(line) +
                                     "\" is no `field: value`");
    lines.fields.emplace(line.substr(0, colon), trimmed(line.substr(colon + 1)));
  }
  throw Error(Reason::usage, "the text has no line `notes:`, which ends the heading");
}

template <class Value>
Value chosen(std::optional<Value> value, const std::string& field, const std::string& text,
             const std::vector<std::string>& words) {
  if (value) return *value;
  std::string hint;
  for (const std::string& each : words) hint += (hint.empty() ? "one of " : ", ") + each;
  throw Error(Reason::usage, field + ": \"" + text + "\" is unknown", hint);
}

void put(HeadingEdit& edit, const std::string& field, const std::string& text, Date today) {
  if (field == "name") {
    edit.name = text;
  } else if (field == "title") {
    edit.title = text;
  } else if (field == "subtitle") {
    edit.subtitle = text;
  } else if (field == "po") {
    edit.po_number = text;
  } else if (field == "terms") {
    edit.terms = text;
  } else if (field == "bill-to") {
    edit.bill_to = text;
  } else if (field == "date") {
    edit.date = heading_date(text);
  } else if (field == "period") {
    edit.period = heading_period(text, today);
  } else if (field == "ar-period") {
    edit.ar_period = heading_month(text, today);
  } else if (field == "bill-by") {
    edit.bill_by = chosen(parse_bill_by(text), field, text, bill_by_words());
  } else {
    edit.annex = chosen(parse_annex(text), field, text, annex_words());
  }
}

}  // namespace

std::string heading_text(const Books& books, const Invoice& invoice) {
  std::string text = "# invoice " + name_of(invoice) + ", revision " +
                     std::to_string(invoice.revision) + "; lines that begin with # do not count\n";
  if (is_open(invoice.state)) {
    for (const auto& [field, value] : heading_fields(books, invoice))
      text += field + ":" + (value.empty() ? "" : " ") + value + "\n";
  }
  text += std::string(kNotes) + "\n" + invoice.notes;
  if (!invoice.notes.empty()) text += '\n';
  return text;
}

HeadingEdit heading_edit(const std::string& invoice, std::string_view before,
                         std::string_view after, Date today) {
  const HeadingLines was = lines_of(before);
  const HeadingLines now = lines_of(after);
  HeadingEdit edit;
  edit.invoice = invoice;
  for (const auto& [field, value] : now.fields) {
    const auto old = was.fields.find(field);
    if (old == was.fields.end())
      throw Error(Reason::usage, "\"" + field + "\" is no field of this invoice's heading");
    if (old->second != value) put(edit, field, value, today);
  }
  for (const auto& [field, value] : was.fields) {
    if (now.fields.find(field) == now.fields.end())
      throw Error(Reason::usage, "the line `" + field + ":` is missing",
                  "leave it empty to take its value away");
  }
  if (was.notes != now.notes) edit.notes = now.notes;
  edit.seen = std::string(before);
  return edit;
}

Period heading_period(const std::string& text, Date today) {
  std::string why;
  const auto period = Period::parse(text, today, &why);
  if (!period) throw Error(Reason::usage, "period \"" + text + "\" is none", why);
  if (period->first() == Date::first_of_all() || period->last() == Date::last_of_all())
    throw Error(Reason::usage, "period \"" + text + "\" has no end",
                "write it as 2026-10 or 2026-10-01..2026-10-15");
  return *period;
}

std::string heading_month(const std::string& text, Date today) {
  if (text.empty() || text == "none") return "";
  const auto period = Period::parse(text, today);
  const bool month =
      period && *period == Period::month(period->first().year(), period->first().month());
  if (!month)
    throw Error(Reason::usage, "AR period \"" + text + "\" is no month",
                "write it as 2026-10, this-month or last-month");
  return period->first().to_text().substr(0, 7);
}

std::optional<Date> heading_date(const std::string& text) {
  if (text.empty() || text == "none") return std::nullopt;
  if (const auto date = Date::parse(text)) return date;
  throw Error(Reason::usage, "date \"" + text + "\" is none", "write it as 2026-10-31, or none");
}

}  // namespace billctl
