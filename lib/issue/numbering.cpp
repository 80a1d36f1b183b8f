#include "issue/numbering.hpp"

#include <algorithm>
#include <charconv>

#include "text/nearest.hpp"

namespace billctl {
namespace {

constexpr std::size_t kFormatMax = 60;
constexpr int kWidthMax = 18;
constexpr std::size_t kYearDigits = 4;
constexpr std::size_t kCountDigitsMax = 19;

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_digit);
}

std::string padded(std::int64_t number, int width) {
  const std::string digits = std::to_string(number);
  const auto wanted = static_cast<std::size_t>(width);
  return std::string(wanted > digits.size() ? wanted - digits.size() : 0, '0') + digits;
}

// "n:05" -> 5, "n" -> 0; nothing for what is no width.
std::optional<int> width_of(std::string_view field) {
  if (field == "n") return 0;
  if (!field.starts_with("n:0") || field.size() > 5 || !all_digits(field.substr(2))) return {};
  int width = 0;
  std::from_chars(field.data() + 3, field.data() + field.size(), width);
  return width >= 1 && width <= kWidthMax ? std::optional(width) : std::nullopt;
}

bool is_field_of_count(std::string_view field) {
  return field == "n" || field.starts_with("n:");
}

// Whether the digits are what a count of that width looks like: at least so many, no zero in front
// beyond the width, and a number of at least 1 that a counter can hold.
bool is_count(std::string_view digits, int width) {
  const auto least = static_cast<std::size_t>(std::max(width, 1));
  if (digits.size() < least || !all_digits(digits)) return false;
  if (digits.size() > least && digits.front() == '0') return false;
  std::int64_t count = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  return read.ec == std::errc() && count >= 1;
}

}  // namespace

std::optional<NumberFormat> NumberFormat::parse(std::string_view text, FormatMistake* mistake) {
  const auto refuse = [&](std::size_t offset, std::string message, std::string hint = "") {
    if (mistake != nullptr) *mistake = {offset, std::move(message), std::move(hint)};
    return std::nullopt;
  };
  if (text.size() > kFormatMax) return refuse(0, "a number format has at most 60 characters");
  NumberFormat format;
  format.text_ = text;
  int counts = 0;
  int years = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char letter = text[at];
    if (static_cast<unsigned char>(letter) <= ' ' || letter == '\x7f') {
      return refuse(at, "a number has no blanks and no control characters");
    }
    if (letter == '}')
      return refuse(at, "a } without {", "fields are {n}, {n:05}, {year}, {fyear}");
    if (letter != '{') {
      const std::size_t end = std::min(text.find_first_of("{} \t", at), text.size());
      format.parts_.push_back({Part::Kind::literal, std::string(text.substr(at, end - at)), 0});
      at = end;
      continue;
    }
    const std::size_t close = text.find('}', at);
    if (close == std::string_view::npos) return refuse(at, "a { without }");
    const std::string_view field = text.substr(at + 1, close - at - 1);
    if (is_field_of_count(field)) {
      const std::optional<int> width = width_of(field);
      if (!width) return refuse(at, "{n} takes a width of 01 to 018", "for example {n:05}");
      if (++counts > 1) return refuse(at, "a second {n}; a number has one");
      format.parts_.push_back({Part::Kind::count, "", *width});
    } else if (field == "year" || field == "fyear") {
      const Part::Kind kind = field == "year" ? Part::Kind::year : Part::Kind::fiscal_year;
      if (++years > 1) return refuse(at, "a second year; the series counts by one of them");
      format.parts_.push_back({kind, "", 0});
    } else {
      return refuse(at, "unknown field {" + std::string(field) + "}; needed n, year or fyear",
                    did_you_mean(field, {"n", "year", "fyear"}));
    }
    at = close + 1;
  }
  if (counts == 0) return refuse(0, "a number format needs {n}", "for example INV{n:05}");
  return format;
}

std::string NumberFormat::number(std::int64_t n, Date invoice_date,
                                 MonthDay fiscal_year_start) const {
  std::string number;
  for (const Part& part : parts_) {
    switch (part.kind) {
      case Part::Kind::literal:
        number += part.literal;
        break;
      case Part::Kind::count:
        number += padded(n, part.width);
        break;
      case Part::Kind::year:
        number += padded(invoice_date.year(), static_cast<int>(kYearDigits));
        break;
      case Part::Kind::fiscal_year:
        number +=
            padded(fiscal_year(invoice_date, fiscal_year_start), static_cast<int>(kYearDigits));
        break;
    }
  }
  return number;
}

int NumberFormat::counting_year(Date invoice_date, MonthDay fiscal_year_start) const {
  for (const Part& part : parts_) {
    if (part.kind == Part::Kind::year) return invoice_date.year();
    if (part.kind == Part::Kind::fiscal_year) return fiscal_year(invoice_date, fiscal_year_start);
  }
  return 0;
}

// Only the count has no fixed length, and there is one of it: what is before it is matched from the
// front, what is behind it from the back.
bool NumberFormat::could_produce(std::string_view number) const {
  const auto takes = [](const Part& part, std::string_view text, bool at_end) {
    const std::size_t length = part.kind == Part::Kind::literal ? part.literal.size() : kYearDigits;
    if (text.size() < length) return std::string_view::npos;
    const std::string_view piece =
        at_end ? text.substr(text.size() - length) : text.substr(0, length);
    const bool fits = part.kind == Part::Kind::literal ? piece == part.literal : all_digits(piece);
    return fits ? length : std::string_view::npos;
  };
  auto front = parts_.begin();
  for (; front->kind != Part::Kind::count; ++front) {
    const std::size_t length = takes(*front, number, false);
    if (length == std::string_view::npos) return false;
    number.remove_prefix(length);
  }
  for (auto back = parts_.rbegin(); back->kind != Part::Kind::count; ++back) {
    const std::size_t length = takes(*back, number, true);
    if (length == std::string_view::npos) return false;
    number.remove_suffix(length);
  }
  return is_count(number, front->width);
}

std::vector<std::string> NumberFormat::letters(std::size_t count_digits) const {
  constexpr std::string_view kDigits = "0123456789";
  std::vector<std::string> places;
  for (const Part& part : parts_) {
    if (part.kind == Part::Kind::literal) {
      for (char letter : part.literal) places.emplace_back(1, letter);
    } else if (part.kind == Part::Kind::count) {
      const std::size_t first = places.size();
      places.insert(places.end(), count_digits, std::string(kDigits));
      const bool zeros = count_digits == static_cast<std::size_t>(part.width);
      if (!zeros) places[first].erase(0, 1);
    } else {
      places.insert(places.end(), kYearDigits, std::string(kDigits));
    }
  }
  return places;
}

bool NumberFormat::clashes_with(const NumberFormat& other) const {
  const auto shares_a_letter = [](const std::string& a, const std::string& b) {
    return a.find_first_of(b) != std::string::npos;
  };
  const auto least = [](const NumberFormat& format) {
    const auto count =
        std::find_if(format.parts_.begin(), format.parts_.end(),
                     [](const Part& part) { return part.kind == Part::Kind::count; });
    return static_cast<std::size_t>(std::max(count->width, 1));
  };
  for (std::size_t mine = least(*this); mine <= kCountDigitsMax; ++mine) {
    const std::vector<std::string> here = letters(mine);
    for (std::size_t theirs = least(other); theirs <= kCountDigitsMax; ++theirs) {
      const std::vector<std::string> there = other.letters(theirs);
      if (here.size() == there.size() &&
          std::equal(here.begin(), here.end(), there.begin(), shares_a_letter)) {
        return true;
      }
    }
  }
  return false;
}

std::string reissue_number(std::string_view number) {
  const std::size_t mark = number.rfind("-R");
  if (mark != std::string_view::npos && mark + 2 < number.size() &&
      all_digits(number.substr(mark + 2)) && number.size() - mark <= 8) {
    int times = 0;
    std::from_chars(number.data() + mark + 2, number.data() + number.size(), times);
    return std::string(number.substr(0, mark)) + "-R" + std::to_string(times + 1);
  }
  return std::string(number) + "-R1";
}

}  // namespace billctl
