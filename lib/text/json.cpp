#include "text/json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "outcome/error.hpp"
#include "text/utf8.hpp"
#include "text/visible.hpp"

namespace billctl {
namespace {

enum class Style { compact, pretty, canonical };

void write(const Json& value, Style style, int depth, std::string& out);

void append_escaped(std::string& out, unsigned code) {
  constexpr std::string_view kHex = "0123456789abcdef";
  constexpr std::string_view kShort = "\b\t\n\f\r\"\\";
  constexpr std::string_view kLetters = "btnfr\"\\";
  if (code > 0xFFFF) {  // two halves, as JSON has it
    append_escaped(out, 0xD800U + ((code - 0x10000U) >> 10U));
    code = 0xDC00U + ((code - 0x10000U) & 0x3FFU);
  }
  out += '\\';
  if (code < 0x80) {
    if (const auto at = kShort.find(static_cast<char>(code)); at != std::string_view::npos) {
      out += kLetters[at];
      return;
    }
  }
  out += 'u';
  for (unsigned shift = 16; shift > 0; shift -= 4) out += kHex[(code >> (shift - 4)) & 0xFU];
}

void append_quoted(std::string& out, std::string_view text, bool for_terminals);

/// JSON is UTF-8: each byte that is none (of a file's name, of a damaged ledger) becomes U+FFFD.
void append_repaired(std::string& out, std::string_view text) {
  std::string repaired;
  for (std::size_t broken = invalid_utf8(text); broken != std::string_view::npos;
       broken = invalid_utf8(text)) {
    repaired.append(text.substr(0, broken)).append("\xEF\xBF\xBD");
    text.remove_prefix(broken + 1);
  }
  append_quoted(out, repaired.append(text), true);
}

/// @param for_terminals escapes what would move a cursor or turn a line around too.
void append_quoted(std::string& out, std::string_view text, bool for_terminals) {
  if (for_terminals && invalid_utf8(text) != std::string_view::npos)
    return append_repaired(out, text);
  out += '"';
  std::size_t plain = 0;  // from here on nothing had to be escaped
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const auto byte = static_cast<unsigned char>(c);
    std::size_t length = byte < 0x20 || c == '"' || c == '\\' ? 1 : 0;
    if (for_terminals && length == 0 && byte >= 0x7F) length = control_length(text, at);
    if (length == 0) continue;
    out.append(text, plain, at - plain);
    append_escaped(out, code_point(text.substr(at, length)));
    at += length - 1;
    plain = at + 1;
  }
  out.append(text, plain);
  out += '"';
}

void new_line(Style style, int depth, std::string& out) {
  if (style != Style::pretty) return;
  out += '\n';
  out.append(static_cast<std::size_t>(depth) * 2, ' ');
}

void write_text(std::string_view text, Style style, std::string& out) {
  if (style == Style::canonical) {
    append_canonical_text(out, text);
  } else {
    out += json_quoted(text);
  }
}

void write_array(const Json::Array& elements, Style style, int depth, std::string& out) {
  out += '[';
  bool first = true;
  for (const Json& element : elements) {
    if (!first) out += ',';
    first = false;
    new_line(style, depth + 1, out);
    write(element, style, depth + 1, out);
  }
  if (!elements.empty()) new_line(style, depth, out);
  out += ']';
}

void write_object(const Json::Object& members, Style style, int depth, std::string& out) {
  std::vector<const Json::Member*> order;
  order.reserve(members.size());
  for (const auto& member : members) order.push_back(&member);
  if (style == Style::canonical) {
    std::sort(order.begin(), order.end(),
              [](const auto* a, const auto* b) { return a->first < b->first; });
  }
  out += '{';
  bool first = true;
  for (const auto* member : order) {
    if (!first) out += ',';
    first = false;
    new_line(style, depth + 1, out);
    write_text(member->first, style, out);
    out += style == Style::pretty ? ": " : ":";
    write(member->second, style, depth + 1, out);
  }
  if (!members.empty()) new_line(style, depth, out);
  out += '}';
}

void write(const Json& value, Style style, int depth, std::string& out) {
  if (value.is_null()) {
    out += "null";
  } else if (value.is_bool()) {
    out += value.as_bool() ? "true" : "false";
  } else if (value.is_integer()) {
    out += std::to_string(value.as_integer());
  } else if (value.is_string()) {
    write_text(value.as_string(), style, out);
  } else if (value.is_array()) {
    write_array(value.as_array(), style, depth, out);
  } else {
    write_object(value.as_object(), style, depth, out);
  }
}

/// Builds a Json from the parser's events, so that keys keep their order and no fraction passes.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  Json result;
  std::string refusal;
  std::size_t refused_at = 0;

  bool null() override { return put(Json()); }
  bool boolean(bool value) override { return put(Json(value)); }
  bool number_integer(number_integer_t value) override { return put(Json(std::int64_t{value})); }
  bool number_unsigned(number_unsigned_t value) override {
    if (value > static_cast<number_unsigned_t>(INT64_MAX)) return refuse("number out of range");
    return put(Json(static_cast<std::int64_t>(value)));
  }
  bool number_float(number_float_t, const string_t& text) override {
    return refuse("number " + text + " is no integer; write decimals as strings");
  }
  bool string(string_t& value) override { return put(Json(value)); }
  bool binary(binary_t&) override { return refuse("binary value"); }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool key(string_t& value) override {
    keys_.back() = value;
    return true;
  }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t at, const std::string&,
                   const nlohmann::json::exception& error) override {
    refused_at = at;
    const std::string text = error.what();
    const auto colon = text.rfind(": ");
    refusal = colon == std::string::npos ? text : text.substr(colon + 2);
    return false;
  }

 private:
  static constexpr std::size_t kDepthMax = 64;

  bool refuse(std::string why) {
    refusal = std::move(why);
    return false;
  }
  bool put(Json value) {
    if (open_.empty()) {
      result = std::move(value);
    } else if (open_.back().is_array()) {
      open_.back().push(std::move(value));
    } else {
      open_.back().set(keys_.back(), std::move(value));
    }
    return true;
  }
  bool open(Json container) {
    if (open_.size() >= kDepthMax) return refuse("nested deeper than 64");
    open_.push_back(std::move(container));
    keys_.emplace_back();
    return true;
  }
  bool close() {
    Json done = std::move(open_.back());
    open_.pop_back();
    keys_.pop_back();
    return put(std::move(done));
  }
  std::vector<Json> open_;
  std::vector<std::string> keys_;
};

Position position_of(std::string_view text, std::size_t at, const std::string& file) {
  Position position{file, 1, 1};
  const std::size_t end = std::min(at == 0 ? 0 : at - 1, text.size());
  for (std::size_t i = 0; i < end; ++i) {
    if (text[i] == '\n') {
      ++position.line;
      position.column = 1;
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
      ++position.column;
    }
  }
  return position;
}

}  // namespace

std::string json_quoted(std::string_view text) {
  std::string out;
  append_quoted(out, text, true);
  return out;
}

void append_canonical_text(std::string& out, std::string_view text) {
  append_quoted(out, text, false);
}

void Json::push(Json element) {
  if (is_null()) value_ = Array{};
  as_array().push_back(std::move(element));
}

Json& Json::set(std::string_view key, Json value) {
  if (is_null()) value_ = Object{};
  if (Json* there = find(key)) {
    *there = std::move(value);
    return *this;
  }
  as_object().emplace_back(std::string(key), std::move(value));
  return *this;
}

const Json* Json::find(std::string_view key) const {
  if (!is_object()) return nullptr;
  for (const auto& member : as_object()) {
    if (member.first == key) return &member.second;
  }
  return nullptr;
}

Json* Json::find(std::string_view key) {
  return const_cast<Json*>(static_cast<const Json*>(this)->find(key));
}

const Json& Json::operator[](std::string_view key) const {
  static const Json kNull;
  const Json* member = find(key);
  return member != nullptr ? *member : kNull;
}

std::string Json::compact() const {
  std::string out;
  write(*this, Style::compact, 0, out);
  return out;
}

std::string Json::pretty() const {
  std::string out;
  write(*this, Style::pretty, 0, out);
  return out;
}

std::string Json::canonical() const {
  std::string out;
  write(*this, Style::canonical, 0, out);
  return out;
}

Json Json::parse(std::string_view text, const std::string& file) {
  Builder builder;
  if (!nlohmann::json::sax_parse(text, &builder)) {
    Mistake mistake{position_of(text, builder.refused_at, file),
                    "no valid JSON: " + builder.refusal, ""};
    throw Error(Reason::bad_input, {std::move(mistake)});
  }
  return std::move(builder.result);
}

}  // namespace billctl
