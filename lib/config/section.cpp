#include "config/section.hpp"

#include <algorithm>

#include "calendar/duration.hpp"
#include "text/nearest.hpp"
#include "text/visible.hpp"

namespace billctl {
namespace {

constexpr std::size_t kShownMax = 60;

std::string list_of(const std::vector<std::string>& words) {
  std::string list;
  for (const std::string& word : words) list += (list.empty() ? "" : ", ") + word;
  return list;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char letter) {
    return static_cast<unsigned char>(letter) < ' ' || letter == '\x7f';
  });
}

}  // namespace

DecimalRange at_least_zero() {
  return {Decimal(), DecimalRange().most, "a number of 0 or more"};
}
DecimalRange percentage() {
  return {Decimal(), Decimal::from_integer(100), "a percentage from 0 to 100"};
}

std::string seen(const std::string& text) {
  if (text.size() > kShownMax) return "a text of " + std::to_string(text.size()) + " bytes";
  return '"' + visible(text) + '"';
}

std::string seen(const TomlValue& value) {
  switch (value.kind) {
    case TomlValue::Kind::text:
      return seen(value.text);
    case TomlValue::Kind::integer:
      return std::to_string(value.integer);
    case TomlValue::Kind::boolean:
      return value.boolean ? "true" : "false";
    case TomlValue::Kind::date:
    case TomlValue::Kind::other:
      return visible(value.text.substr(0, kShownMax));
    case TomlValue::Kind::array:
    case TomlValue::Kind::table:
      break;
  }
  return std::string(kind_words(value));
}

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= 60 &&
         std::all_of(text.begin(), text.end(), [](char letter) {
           return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                  (letter >= '0' && letter <= '9') || letter == '_' || letter == '-' ||
                  letter == '.';
         });
}

std::string path_from(const std::string& file, const std::string& written) {
  const std::size_t slash = file.rfind('/');
  if (written.empty() || written.front() == '/' || slash == std::string::npos) return written;
  return file.substr(0, slash + 1) + written;
}

Section::Section(Findings& findings, std::string path, const TomlValue* table, Position at)
    : findings_(findings), path_(std::move(path)), table_(table), at_(std::move(at)) {}

Section Section::unnoted() && {
  noted_ = false;
  return std::move(*this);
}

std::string Section::name(std::string_view key) const {
  return path_.empty() ? std::string(key) : path_ + '.' + std::string(key);
}

bool Section::has(std::string_view key) const {
  return table_ != nullptr && table_->find(key) != nullptr;
}

Position Section::at(std::string_view key) const {
  const TomlMember* member = table_ == nullptr ? nullptr : table_->find(key);
  return member == nullptr ? at_ : member->value.at;
}

void Section::wrong(std::string_view key, const std::string& needed, std::string hint) {
  const TomlMember* member = table_ == nullptr ? nullptr : table_->find(key);
  const std::string value = member == nullptr ? "missing" : seen(member->value);
  findings_.mistake(at(key), name(key) + " is " + value + "; needed " + needed, std::move(hint));
}

void Section::missing(std::string_view key, const std::string& needed, std::string hint) {
  if (!findings_.whole() || has(key)) return;
  findings_.mistake(at_, name(key) + " is missing; needed " + needed, std::move(hint));
}

void Section::note(std::string_view key, Json value) {
  if (!noted_) return;
  findings_.note(name(key), std::move(value), has(key) ? at(key) : Position{});
}

const TomlMember* Section::take(std::string_view key) {
  known_.emplace_back(key);
  return table_ == nullptr ? nullptr : table_->find(key);
}

const TomlMember* Section::take_text(std::string_view key) {
  const TomlMember* member = take(key);
  if (member == nullptr) return nullptr;
  const TomlValue& value = member->value;
  if (value.kind != TomlValue::Kind::text) {
    const bool bare = value.kind == TomlValue::Kind::integer ||
                      value.kind == TomlValue::Kind::other || value.kind == TomlValue::Kind::date;
    wrong(key, "a text",
          bare ? "write it in quotes: " + std::string(key) + " = \"" + seen(value) + '"' : "");
    return nullptr;
  }
  if (has_control(value.text)) {
    wrong(key, "a text of one line without control characters");
    return nullptr;
  }
  return member;
}

bool Section::boolean(std::string_view key, bool& into) {
  bool good = false;
  if (const TomlMember* member = take(key)) {
    good = member->value.kind == TomlValue::Kind::boolean;
    if (good) {
      into = member->value.boolean;
    } else {
      wrong(key, "true or false",
            member->value.kind == TomlValue::Kind::text ? "without quotes" : "");
    }
  }
  note(key, into);
  return good;
}

bool Section::text(std::string_view key, std::string& into) {
  const TomlMember* member = take_text(key);
  if (member != nullptr) into = member->value.text;
  note(key, Json::text_or_null(into));
  return member != nullptr;
}

template <class Number>
bool Section::read_whole_number(std::string_view key, Number& into, std::int64_t least,
                                std::int64_t most) {
  const TomlMember* member = take(key);
  if (member == nullptr) return false;
  const TomlValue& value = member->value;
  if (value.kind != TomlValue::Kind::integer || value.integer < least || value.integer > most) {
    const bool open = most == std::numeric_limits<std::int64_t>::max();
    wrong(key,
          open ? "a whole number of " + std::to_string(least) + " or more"
               : "a whole number from " + std::to_string(least) + " to " + std::to_string(most),
          value.kind == TomlValue::Kind::text ? "without quotes" : "");
    return false;
  }
  into = static_cast<Number>(value.integer);
  return true;
}

bool Section::whole_number(std::string_view key, std::int64_t& into, std::int64_t least,
                           std::int64_t most) {
  const bool good = read_whole_number(key, into, least, most);
  note(key, into);
  return good;
}

bool Section::whole_number(std::string_view key, int& into, int least, int most) {
  const bool good = read_whole_number(key, into, least, most);
  note(key, into);
  return good;
}

bool Section::whole_number(std::string_view key, std::optional<int>& into, int least, int most) {
  int value = 0;
  const bool good = read_whole_number(key, value, least, most);
  if (good) into = value;
  note(key, Json(into));
  return good;
}

// A whole number may stand without quotes; a number with a point may not, since TOML readers make a
// binary fraction of it.
bool Section::read_decimal(std::string_view key, std::optional<Decimal>& into,
                           const DecimalRange& range) {
  const TomlMember* member = take(key);
  if (member == nullptr) return false;
  const TomlValue& value = member->value;
  const std::string needed = range.words.empty() ? "a number such as \"25.5\"" : range.words;
  if (value.kind == TomlValue::Kind::other) {
    wrong(key, needed + " in quotes", "write " + std::string(key) + " = \"" + seen(value) + '"');
    return false;
  }
  std::string_view why;
  std::optional<Decimal> read;
  if (value.kind == TomlValue::Kind::text) read = Decimal::parse(value.text, &why);
  if (value.kind == TomlValue::Kind::integer) {
    read = Decimal::parse(std::to_string(value.integer), &why);
  }
  if (!read || *read < range.least || *read > range.most) {
    const bool comma = value.text.find(',') != std::string::npos;
    wrong(key, needed,
          comma ? "a decimal has a point and no grouping" : std::string(read ? "" : why));
    return false;
  }
  into = read;
  return true;
}

bool Section::decimal(std::string_view key, Decimal& into, const DecimalRange& range) {
  std::optional<Decimal> read;
  const bool good = read_decimal(key, read, range);
  if (good) into = *read;
  note(key, into.to_text());
  return good;
}

bool Section::decimal(std::string_view key, std::optional<Decimal>& into,
                      const DecimalRange& range) {
  const bool good = read_decimal(key, into, range);
  note(key, into ? Json(into->to_text()) : Json());
  return good;
}

bool Section::amount(std::string_view key, std::optional<Money>& into, Currency currency) {
  std::optional<Decimal> read;
  bool good = read_decimal(key, read, at_least_zero());
  if (good) {
    std::string_view why;
    const std::optional<Money> money = Money::parse(read->to_text(), currency, &why);
    if (money) {
      into = money;
    } else {
      wrong(key, "an amount in " + std::string(currency.code()), std::string(why));
      good = false;
    }
  }
  note(key, into ? Json(into->to_text()) : Json());
  return good;
}

bool Section::date(std::string_view key, std::optional<Date>& into) {
  bool good = false;
  if (const TomlMember* member = take(key)) {
    const TomlValue& value = member->value;
    const bool textual = value.kind == TomlValue::Kind::text || value.kind == TomlValue::Kind::date;
    const std::optional<Date> read = textual ? Date::parse(value.text) : std::nullopt;
    if (read) {
      into = read;
      good = true;
    } else {
      wrong(key, "a date as \"2026-10-01\"");
    }
  }
  note(key, into ? Json(into->to_text()) : Json());
  return good;
}

bool Section::duration(std::string_view key, std::int64_t& seconds) {
  bool good = false;
  if (const TomlMember* member = take_text(key)) {
    const std::optional<std::int64_t> read = parse_duration(member->value.text);
    if (read) {
      seconds = *read;
      good = true;
    } else {
      wrong(key, "a length of time such as \"6m\", \"90s\" or \"1h30m\"");
    }
  }
  note(key, duration_text(seconds));
  return good;
}

void Section::no_such_word(std::string_view key, const std::string& text, const Position& at,
                           const std::vector<std::string>& words) {
  findings_.mistake(at,
                    name(key) + " is " + seen(text) + "; needed " +
                        (words.size() > 1 ? "one of " : "") + list_of(words),
                    did_you_mean(text, words));
}

}  // namespace billctl
