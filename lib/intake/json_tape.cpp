#include "intake/json_tape.hpp"

#include <fmt/format.h>

#include <utility>

namespace billctl {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

JsonTape::Result JsonTape::read(std::string_view text) {
  text_ = text;
  at_ = 0;
  nodes_.clear();
  unescaped_.clear();
  unescaped_.reserve(text.size());  // so that no append moves what earlier texts point to
  result_ = Result::value;
  value(0, {}, 0);
  return result_;
}

const JsonNode* JsonTape::member(const JsonNode& object, std::string_view key) const {
  if (object.kind != JsonNode::Kind::object) return nullptr;
  for (const JsonNode* child : children(object)) {
    if (child->key == key) return child;
  }
  return nullptr;
}

std::vector<const JsonNode*> JsonTape::children(const JsonNode& node) const {
  std::vector<const JsonNode*> found;
  const auto first = static_cast<std::size_t>(&node - nodes_.data()) + 1;
  for (std::size_t i = first; i < node.past; i = nodes_[i].past) found.push_back(&nodes_[i]);
  return found;
}

bool JsonTape::value(int depth, std::string_view key, std::size_t key_start) {
  pass_blanks();
  if (done()) return unfinished();
  const std::size_t node = nodes_.size();
  if (node == kNodesMax) return wrong(fmt::format("more than {} values in one", kNodesMax));
  nodes_.push_back({});
  nodes_[node].key = key;
  nodes_[node].key_start = static_cast<std::uint32_t>(key_start);
  nodes_[node].start = static_cast<std::uint32_t>(at_);
  const char c = text_[at_];
  bool read = false;
  if (c == '{' || c == '[') {
    if (depth == kDepthMax) return wrong(fmt::format("nested deeper than {}", kDepthMax));
    nodes_[node].kind = c == '{' ? JsonNode::Kind::object : JsonNode::Kind::array;
    read = container(depth, node, c == '{' ? '}' : ']');
  } else if (c == '"') {
    nodes_[node].kind = JsonNode::Kind::text;
    std::string_view content;
    read = text(content);
    nodes_[node].text = content;
  } else if (c == '-' || is_digit(c)) {
    read = number(node);
  } else {
    read = word(node);
  }
  nodes_[node].past = static_cast<std::uint32_t>(nodes_.size());
  return read;
}

bool JsonTape::container(int depth, std::size_t node, char close) {
  const bool object = nodes_[node].kind == JsonNode::Kind::object;
  ++at_;
  for (bool first = true;; first = false) {
    pass_blanks();
    if (done()) return unfinished();
    if (text_[at_] == close && first) break;
    std::string_view key;
    const std::size_t key_start = at_;
    if (object) {
      if (text_[at_] != '"') return wrong("a name in quotes is needed");
      if (!text(key)) return false;
      pass_blanks();
      if (done()) return unfinished();
      if (text_[at_] != ':') return wrong("a colon behind the name is needed");
      ++at_;
    }
    if (!value(depth + 1, key, key_start)) return false;
    pass_blanks();
    if (done()) return unfinished();
    if (text_[at_] == close) break;
    if (text_[at_] != ',') return wrong(fmt::format("a comma or {} is needed", close));
    ++at_;
  }
  ++at_;
  return true;
}

bool JsonTape::word(std::size_t node) {
  constexpr std::pair<std::string_view, JsonNode::Kind> kWords[] = {
      {"null", JsonNode::Kind::null},
      {"true", JsonNode::Kind::boolean},
      {"false", JsonNode::Kind::boolean}};
  const std::string_view rest = text_.substr(at_);
  for (const auto& [name, kind] : kWords) {
    if (rest.starts_with(name)) {
      nodes_[node].kind = kind;
      nodes_[node].text = rest.substr(0, name.size());
      at_ += name.size();
      return true;
    }
    if (name.starts_with(rest)) return unfinished();
  }
  return wrong("no JSON value, which is a text in quotes, a number, true, false, null, { or [");
}

bool JsonTape::number(std::size_t node) {
  const std::size_t start = at_;
  const auto digits = [&] {
    const std::size_t first = at_;
    while (!done() && is_digit(text_[at_])) ++at_;
    return at_ > first;
  };
  if (text_[at_] == '-') ++at_;
  const std::size_t whole = at_;
  bool good = digits() && (text_[whole] != '0' || at_ == whole + 1);
  if (good && !done() && text_[at_] == '.') {
    ++at_;
    good = digits();
  }
  if (good && !done() && (text_[at_] == 'e' || text_[at_] == 'E')) {
    ++at_;
    if (!done() && (text_[at_] == '+' || text_[at_] == '-')) ++at_;
    good = digits();
  }
  if (!good) {
    at_ = start;
    return wrong("no JSON number, such as 12, -3 or 0.25");
  }
  nodes_[node].kind = JsonNode::Kind::number;
  nodes_[node].text = text_.substr(start, at_ - start);
  return true;
}

bool JsonTape::text(std::string_view& out) {
  const std::size_t open = at_++;
  const std::size_t start = unescaped_.size();
  bool escaped = false;
  for (std::size_t plain = at_;;) {
    while (!done() && text_[at_] != '"' && text_[at_] != '\\' &&
           static_cast<unsigned char>(text_[at_]) >= 0x20) {
      ++at_;
    }
    if (done()) {
      at_ = open;
      return unfinished();
    }
    if (text_[at_] == '"' && !escaped) {
      out = text_.substr(plain, at_ - plain);
      break;
    }
    unescaped_.append(text_.substr(plain, at_ - plain));
    if (text_[at_] == '"') {
      out = std::string_view(unescaped_).substr(start);
      break;
    }
    if (text_[at_] != '\\') return wrong("a control character in a text, it is written \\u00..");
    escaped = true;
    if (!escape()) return false;
    plain = at_;
  }
  ++at_;
  return true;
}

bool JsonTape::escape() {
  if (at_ + 1 >= text_.size()) return unfinished();
  const char c = text_[at_ + 1];
  constexpr std::string_view kLetters = "\"\\/bfnrt";
  constexpr std::string_view kMeant = "\"\\/\b\f\n\r\t";
  const std::size_t known = kLetters.find(c);
  if (known != std::string_view::npos) {
    unescaped_ += kMeant[known];
    at_ += 2;
    return true;
  }
  if (c != 'u') return wrong("an unknown escape in a text");
  std::uint32_t code = 0;
  if (!code_unit(code)) return false;
  if (code >= 0xD800 && code < 0xDC00) {
    std::uint32_t low = 0;
    if (at_ >= text_.size()) return unfinished();
    if (text_[at_] != '\\' || !code_unit(low) || low < 0xDC00 || low > 0xDFFF) {
      return result_ != Result::unfinished && wrong("half a surrogate pair in a text");
    }
    code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
  } else if (code >= 0xDC00 && code <= 0xDFFF) {
    return wrong("half a surrogate pair in a text");
  }
  if (code == 0) return wrong("a NUL character in a text");
  append_utf8(code);
  return true;
}

/// Reads `\uXXXX` at the place.
bool JsonTape::code_unit(std::uint32_t& unit) {
  constexpr std::size_t kLength = 6;
  if (at_ + kLength > text_.size()) return unfinished();
  if (text_[at_ + 1] != 'u') return wrong("half a surrogate pair in a text");
  unit = 0;
  for (std::size_t i = 2; i < kLength; ++i) {
    const char c = text_[at_ + i];
    const char lower = static_cast<char>(c | 0x20);
    std::uint32_t digit = 0;
    if (is_digit(c)) {
      digit = static_cast<std::uint32_t>(c - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      digit = static_cast<std::uint32_t>(lower - 'a') + 10;
    } else {
      return wrong("four hexadecimal digits behind \\u are needed");
    }
    unit = unit * 16 + digit;
  }
  at_ += kLength;
  return true;
}

void JsonTape::append_utf8(std::uint32_t code) {
  const auto byte = [this](std::uint32_t bits) { unescaped_ += static_cast<char>(bits); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0U | (code >> 6U));
    byte(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    byte(0xE0U | (code >> 12U));
    byte(0x80U | ((code >> 6U) & 0x3FU));
    byte(0x80U | (code & 0x3FU));
  } else {
    byte(0xF0U | (code >> 18U));
    byte(0x80U | ((code >> 12U) & 0x3FU));
    byte(0x80U | ((code >> 6U) & 0x3FU));
    byte(0x80U | (code & 0x3FU));
  }
}

void JsonTape::pass_blanks() {
  while (!done() &&
         (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) {
    ++at_;
  }
}

bool JsonTape::unfinished() {
  result_ = Result::unfinished;
  return false;
}

bool JsonTape::wrong(std::string message) {
  message_ = std::move(message);
  result_ = Result::wrong;
  return false;
}

}  // namespace billctl
