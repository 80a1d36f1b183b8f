#include "intake/cell_text.hpp"

#include <algorithm>
#include <charconv>

#include "text/visible.hpp"

namespace billctl {
namespace {

constexpr std::int64_t kCountMax = 1'000'000'000;

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

std::string_view without_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::optional<Decimal> not_below_zero(std::optional<Decimal> number, std::string_view& why) {
  if (!number || !number->is_negative()) return number;
  why = "below 0";
  return std::nullopt;
}

bool looks_like_address(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == 0 || at == std::string_view::npos || at + 1 == text.size()) return false;
  if (text.find('@', at + 1) != std::string_view::npos) return false;
  return std::ranges::none_of(text, [](char c) {
    return is_control(c) || c == ' ' || c == ',' || c == '<' || c == '>' || c == '"';
  });
}

bool has_control(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (control_length(text, at) > 0) return true;
  }
  return false;
}

}  // namespace

std::optional<bool> parse_flag(std::string_view text, std::string_view& why) {
  if (text == "1" || text == "true" || text == "yes") return true;
  if (text == "0" || text == "false" || text == "no") return false;
  why = "neither yes nor no";
  return std::nullopt;
}

std::optional<std::int64_t> parse_count(std::string_view text, std::string_view& why) {
  const auto number = parse_fixed(text, 0, 0, &why);
  if (!number) return std::nullopt;
  if (*number < 0) why = "below 0";
  if (*number > kCountMax) why = "above 1000000000";
  if (*number < 0 || *number > kCountMax) return std::nullopt;
  return number;
}

std::optional<Decimal> parse_price(std::string_view text, std::string_view& why) {
  return not_below_zero(Decimal::parse(text, &why), why);
}

std::optional<Decimal> parse_positive(std::string_view text, std::string_view& why) {
  const auto number = Decimal::parse(text, &why);
  if (!number) return std::nullopt;
  if (number->micro() > 0) return number;
  why = "not above 0";
  return std::nullopt;
}

std::optional<std::int64_t> parse_kilometres(std::string_view text, std::string_view& why) {
  constexpr int kDigits = 3;
  const auto number = not_below_zero(Decimal::parse(text, kDigits, &why), why);
  if (!number) return std::nullopt;
  return number->micro() / 1000;
}

std::optional<Moment> parse_moment(std::string_view text, std::string_view& why) {
  if (const auto instant = Instant::parse(text)) return *instant;
  if (const auto local = LocalTime::parse(text)) return *local;
  why = "no time that exists";
  return std::nullopt;
}

std::optional<std::string_view> parse_code(std::string_view text, std::string_view& why) {
  constexpr std::size_t kBytesMax = 200;
  if (text.size() > kBytesMax) {
    why = "longer than 200 bytes";
  } else if (has_control(text)) {
    why = "a code with a control character";
  } else if (without_blanks(text) != text) {
    why = "a code with blanks around it";
  } else {
    return text;
  }
  return std::nullopt;
}

std::optional<Date> parse_date(std::string_view text, std::string_view& why) {
  const auto date = Date::parse(text);
  if (!date) why = "no date that exists";
  return date;
}

std::optional<std::vector<std::string_view>> parse_list(std::string_view text,
                                                        std::string_view& why) {
  std::vector<std::string_view> parts;
  if (text.empty()) return parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(';', at), text.size());
    const std::string_view part = without_blanks(text.substr(at, end - at));
    if (part.empty()) {
      why = "a list with an empty part";
      return std::nullopt;
    }
    if (std::ranges::find(parts, part) != parts.end()) {
      why = "a list that names one thing twice";
      return std::nullopt;
    }
    parts.push_back(part);
    at = end + 1;
  }
  return parts;
}

std::optional<std::vector<std::string_view>> parse_emails(std::string_view text,
                                                          std::string_view& why) {
  auto parts = parse_list(text, why);
  if (!parts || std::ranges::all_of(*parts, looks_like_address)) return parts;
  why = "no e-mail address";
  return std::nullopt;
}

std::optional<std::vector<BillableKind>> parse_kinds(std::string_view text, std::string_view& why) {
  const auto parts = parse_list(text, why);
  if (!parts) return std::nullopt;
  std::vector<BillableKind> kinds;
  for (const std::string_view part : *parts) {
    const std::size_t colon = part.find(':');
    const auto kind = entry_kind_of(part.substr(0, colon));
    if (!kind) {
      why = "a list with an unknown kind";
      return std::nullopt;
    }
    std::optional<Date> from;
    if (colon != std::string_view::npos) {
      from = Date::parse(part.substr(colon + 1));
      if (!from) {
        why = "a list with a date that does not exist";
        return std::nullopt;
      }
    }
    if (std::ranges::find(kinds, *kind, &BillableKind::kind) != kinds.end()) {
      why = "a list that names one kind twice";
      return std::nullopt;
    }
    kinds.push_back({*kind, from});
  }
  return kinds;
}

}  // namespace billctl
