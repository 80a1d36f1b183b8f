#include "config/toml_reader.hpp"

#include <algorithm>
#include <array>

#include "config/safe_toml.hpp"
#include "config/toml_spelling.hpp"
#include "text/utf8.hpp"

namespace billctl {
namespace {

constexpr std::size_t kBytesMax = std::size_t{1} << 20;
constexpr std::size_t kDotsMax = 64;
constexpr std::size_t kSpellingMistakesMax = 50;

Position position_of(const toml::source_region& region, const std::string& file) {
  return {file, static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

std::string iso_text(const toml::date& date) {
  const auto digits = [](unsigned number, std::size_t width) {
    std::string out = std::to_string(number);
    return std::string(width > out.size() ? width - out.size() : 0, '0') + out;
  };
  return digits(date.year, 4) + '-' + digits(date.month, 2) + '-' + digits(date.day, 2);
}

class TreeMaker {
 public:
  TreeMaker(std::string_view text, const std::string& file) : text_(text), file_(file) {
    line_begins_.push_back(0);
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text[at] == '\n') line_begins_.push_back(at + 1);
    }
  }

  TomlValue value(const toml::node& node) const {
    TomlValue made;
    made.at = position_of(node.source(), file_);
    if (const auto* table = node.as_table()) {
      fill_table(made, *table);
    } else if (const auto* array = node.as_array()) {
      made.kind = TomlValue::Kind::array;
      for (const toml::node& element : *array) made.elements.push_back(value(element));
    } else {
      fill_scalar(made, node);
    }
    return made;
  }

 private:
  // The library keeps keys sorted; the order of the file is that of their positions.
  void fill_table(TomlValue& made, const toml::table& table) const {
    made.kind = TomlValue::Kind::table;
    for (const auto& [key, node] : table) {
      made.members.push_back(
          {std::string(key.str()), position_of(key.source(), file_), value(node)});
    }
    std::stable_sort(made.members.begin(), made.members.end(),
                     [](const TomlMember& a, const TomlMember& b) {
                       return std::pair(a.key_at.line, a.key_at.column) <
                              std::pair(b.key_at.line, b.key_at.column);
                     });
  }

  void fill_scalar(TomlValue& made, const toml::node& node) const {
    made.kind = TomlValue::Kind::other;
    if (const auto* text = node.as_string()) {
      made.kind = TomlValue::Kind::text;
      made.text = text->get();
    } else if (const auto* integer = node.as_integer()) {
      made.kind = TomlValue::Kind::integer;
      made.integer = integer->get();
    } else if (const auto* boolean = node.as_boolean()) {
      made.kind = TomlValue::Kind::boolean;
      made.boolean = boolean->get();
    } else if (const auto* date = node.as_date()) {
      made.kind = TomlValue::Kind::date;
      made.text = iso_text(date->get());
    } else {
      made.text = written(node.source());
    }
  }

  // How the user wrote a number or a time, which the library only gives as a binary fraction.
  std::string written(const toml::source_region& region) const {
    if (region.begin.line == 0 || region.begin.line > line_begins_.size()) return "";
    std::size_t begin = line_begins_[region.begin.line - 1];
    for (std::uint32_t column = 1; column < region.begin.column; ++column) {
      begin = next_character(text_, begin);
    }
    const std::size_t end = std::min(text_.find_first_of(" \t\r\n,#]}", begin), text_.size());
    return std::string(text_.substr(begin, end - begin));
  }

  std::string_view text_;
  const std::string& file_;
  std::vector<std::size_t> line_begins_;
};

bool parses(std::string_view text) {
  try {
    static_cast<void>(toml::parse(text));
    return true;
  } catch (const toml::parse_error&) {
    return false;
  } catch (const TomlAssertion&) {
    return false;
  }
}

// A failed assertion knows no position. The parser goes forward only, so the line at which it fails
// is the last one of the shortest beginning that fails the same way.
int line_of_assertion(std::string_view text) {
  const auto fails = [](std::string_view beginning) {
    try {
      static_cast<void>(toml::parse(beginning));
    } catch (const toml::parse_error&) {
    } catch (const TomlAssertion&) {
      return true;
    }
    return false;
  };
  int low = 1;
  int high = static_cast<int>(std::count(text.begin(), text.end(), '\n')) + 1;
  while (low < high) {
    const int middle = low + (high - low) / 2;
    if (fails(beginning_of(text, middle))) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

// Mistakes for which the text must not be parsed at all.
std::vector<Mistake> mistakes_before_parsing(std::string_view text, const std::string& file) {
  if (text.size() > kBytesMax) {
    return {{{file, 0, 0}, "more than 1 MiB; a file of settings is smaller", ""}};
  }
  const std::size_t invalid = std::min(invalid_utf8(text), text.find('\0'));
  if (invalid != std::string_view::npos) {
    const bool nul = text[invalid] == '\0';
    return {{position_at(text, invalid, file),
             nul ? "a NUL character; a text file has none" : "no valid UTF-8 here",
             nul ? "" : "save the file as UTF-8"}};
  }
  std::size_t begin = 0;
  for (int line = 1; begin < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const auto dots = std::count(text.begin() + static_cast<std::ptrdiff_t>(begin),
                                 text.begin() + static_cast<std::ptrdiff_t>(end), '.');
    if (static_cast<std::size_t>(dots) > kDotsMax) {
      return {{{file, line, 1}, "more than 64 dots in one line", ""}};
    }
    begin = end + 1;
  }
  return {};
}

}  // namespace

const TomlMember* TomlValue::find(std::string_view key) const {
  for (const TomlMember& member : members) {
    if (member.key == key) return &member;
  }
  return nullptr;
}

std::string_view kind_words(const TomlValue& value) {
  switch (value.kind) {
    case TomlValue::Kind::text:
      return "a text";
    case TomlValue::Kind::integer:
      return "a whole number";
    case TomlValue::Kind::boolean:
      return "true or false";
    case TomlValue::Kind::date:
      return "a date";
    case TomlValue::Kind::array:
      return "a list";
    case TomlValue::Kind::table:
      return "a table";
    case TomlValue::Kind::other:
      break;
  }
  return "a number or a time without quotes";
}

TomlReading read_toml(std::string_view text, const std::string& file) {
  TomlReading reading;
  reading.root.at = {file, 1, 1};
  reading.mistakes = mistakes_before_parsing(text, file);
  reading.readable = reading.whole = reading.mistakes.empty();
  std::string rest(text);
  while (reading.readable && reading.mistakes.size() < kSpellingMistakesMax) {
    Mistake mistake;
    bool redefined = false;
    try {
      const toml::table table = toml::parse(std::string_view(rest));
      reading.root = TreeMaker(rest, file).value(table);
      return reading;
    } catch (const toml::parse_error& error) {
      redefined = error.description().find("redefine") != std::string_view::npos;
      mistake = spelling_mistake(rest, position_of(error.source(), file), error.description());
    } catch (const TomlAssertion&) {
      mistake = {{file, line_of_assertion(rest), 1}, "no valid TOML in this line", ""};
    }
    const std::string_view line = line_of(rest, mistake.at.line);
    reading.whole = false;
    reading.readable = is_setting(line) && (redefined || !parses(line));
    blank_line(rest, mistake.at.line);
    reading.mistakes.push_back(std::move(mistake));
  }
  reading.readable = false;
  return reading;
}

bool names_a_secret(std::string_view key) {
  std::string name(key);
  std::transform(name.begin(), name.end(), name.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  constexpr auto kReferences = std::to_array<std::string_view>({"_env", "_file", "_command"});
  for (std::string_view ending : kReferences) {
    if (name.ends_with(ending)) return false;
  }
  constexpr auto kWords = std::to_array<std::string_view>(
      {"password", "passwd", "passphrase", "token", "secret", "api_key", "apikey", "api-key",
       "credential", "private_key", "access_key"});
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view secret) {
    return name.find(secret) != std::string::npos;
  });
}

Position inside(const TomlValue& text, std::size_t byte) {
  Position place = text.at;
  ++place.column;  // the quote
  for (std::size_t at = 0; at < byte && at < text.text.size(); at = next_character(text.text, at)) {
    ++place.column;
  }
  return place;
}

}  // namespace billctl
