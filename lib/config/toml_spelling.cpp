#include "config/toml_spelling.hpp"

#include <algorithm>
#include <optional>

#include "config/toml_reader.hpp"
#include "text/visible.hpp"

namespace billctl {
namespace {

constexpr std::string_view kBlanks = " \t\r";

// `key = value # comment` in its parts; the key and the value without blanks around them.
struct Setting {
  std::string_view key;
  std::string_view value;
  std::size_t value_byte = 0;
};

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

std::optional<Setting> setting_in(std::string_view line) {
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  Setting setting;
  setting.key = trimmed(line.substr(0, equals));
  const auto in_key = [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '_' || letter == '-' || letter == '.' ||
           letter == '"' || letter == '\'';
  };
  if (setting.key.empty() || !std::all_of(setting.key.begin(), setting.key.end(), in_key)) {
    return std::nullopt;
  }
  const std::size_t value = line.find_first_not_of(kBlanks, equals + 1);
  setting.value_byte = std::min(value, line.size());
  const std::string_view rest = line.substr(setting.value_byte);
  setting.value = trimmed(rest.substr(0, rest.find(" #")));
  return setting;
}

int column_of(std::string_view line, std::size_t byte) {
  int column = 1;
  for (std::size_t at = 0; at < byte && at < line.size(); at = next_character(line, at)) ++column;
  return column;
}

// Values that begin as something else than a word or a number: their mistake is elsewhere.
bool begins_quoted(std::string_view value) {
  return value.empty() || std::string_view("\"'[{").find(value.front()) != std::string_view::npos;
}

std::string in_our_words(std::string_view description) {
  constexpr std::string_view kStart = "Error while parsing ";
  if (description.starts_with(kStart)) description.remove_prefix(kStart.size());
  const std::size_t limit = description.find(" (TOML_MAX");
  std::string text(description.substr(0, limit));
  if (text.find("end-of-file") != std::string::npos) {
    return "the file ends inside a " + text.substr(0, text.find(':'));
  }
  if (!text.empty() && text.front() >= 'A' && text.front() <= 'Z') {
    text.front() = static_cast<char>(text.front() - 'A' + 'a');
  }
  return "no valid TOML: " + visible(text);
}

}  // namespace

std::string_view line_of(std::string_view text, int line) {
  const std::size_t begin = line > 1 ? beginning_of(text, line - 1).size() : 0;
  if (begin >= text.size()) return {};
  std::string_view found = text.substr(begin, text.find('\n', begin) - begin);
  if (found.ends_with('\r')) found.remove_suffix(1);
  return found;
}

std::string_view beginning_of(std::string_view text, int line) {
  std::size_t end = 0;
  for (int seen = 0; seen < line && end < text.size(); ++seen) {
    const std::size_t next = text.find('\n', end);
    end = next == std::string_view::npos ? text.size() : next + 1;
  }
  return text.substr(0, end);
}

void blank_line(std::string& text, int line) {
  const std::string_view found = line_of(text, line);
  if (found.empty()) return;
  text.erase(static_cast<std::size_t>(found.data() - text.data()), found.size());
}

std::size_t next_character(std::string_view text, std::size_t byte) {
  ++byte;
  while (byte < text.size() && (static_cast<unsigned char>(text[byte]) & 0xC0U) == 0x80U) ++byte;
  return byte;
}

Position position_at(std::string_view text, std::size_t byte, const std::string& file) {
  const std::string_view before = text.substr(0, byte);
  const auto line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
  const std::size_t newline = before.rfind('\n');
  const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
  return {file, line, column_of(text.substr(begin), byte - begin)};
}

bool is_setting(std::string_view line) {
  return setting_in(line).has_value();
}

Mistake spelling_mistake(std::string_view text, const Position& at, std::string_view description) {
  const std::string_view line = line_of(text, at.line);
  const std::optional<Setting> setting = setting_in(line);
  if (description.find("redefine") != std::string_view::npos) {
    const int column = column_of(line, std::min(line.find_first_not_of(kBlanks), line.size()));
    const std::string name = visible(setting ? setting->key : trimmed(line));
    return {{at.file, at.line, column}, name + " is here a second time", "keep one of them"};
  }
  if (!setting || begins_quoted(setting->value)) {
    if (setting && names_a_secret(setting->key)) {
      return {at, "no valid TOML in the value of " + visible(setting->key), ""};
    }
    return {at, in_our_words(description), ""};
  }
  const Position value_at = {at.file, at.line, column_of(line, setting->value_byte)};
  const std::string key = visible(setting->key);
  if (names_a_secret(setting->key)) {
    return {value_at,
            "the value of " + key + " is no TOML value, and a secret is never written here",
            "name it by " + key + "_env, " + key + "_file or " + key + "_command"};
  }
  constexpr std::size_t kShownMax = 60;
  if (setting->value.size() > kShownMax) {
    return {value_at, "the value of " + key + " is no TOML value", "text needs quotes"};
  }
  const std::string value = visible(setting->value);
  if (value == "True" || value == "TRUE" || value == "False" || value == "FALSE") {
    return {value_at, value + " is no TOML value", "write true or false in small letters"};
  }
  return {value_at, value + " is no TOML value",
          "text needs quotes: " + key + " = \"" + value + '"'};
}

}  // namespace billctl
