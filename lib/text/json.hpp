// Json: a JSON value that keeps the order of its keys. Every `--json` answer, every stored report
// and the canonical bytes of a sealed invoice are built of it.
//
// Numbers are integers only: amounts, prices and quantities are strings (spec/cli.md), so that no
// reader ever makes a binary fraction of money. Parsing refuses a number with a fraction.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace billctl {

class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;

  Json() = default;  ///< null
  Json(std::nullptr_t) {}
  Json(bool value) : value_(value) {}
  Json(int value) : value_(std::int64_t{value}) {}
  Json(std::int64_t value) : value_(value) {}
  Json(std::size_t value) : value_(static_cast<std::int64_t>(value)) {}
  Json(const char* value) : value_(std::string(value)) {}
  Json(std::string value) : value_(std::move(value)) {}
  Json(std::string_view value) : value_(std::string(value)) {}
  template <class T>
  Json(const std::optional<T>& value) {
    if (value) *this = Json(*value);
  }
  static Json array() { return Json(Array{}); }
  static Json array(Array elements) { return Json(std::move(elements)); }
  static Json object() { return Json(Object{}); }
  static Json object(std::initializer_list<Member> members) { return Json(Object(members)); }
  /// The text, or null when it is empty: a pinned field is always there, `null` when empty.
  static Json text_or_null(std::string_view text) { return text.empty() ? Json() : Json(text); }

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  bool is_bool() const { return std::holds_alternative<bool>(value_); }
  bool is_integer() const { return std::holds_alternative<std::int64_t>(value_); }
  bool is_string() const { return std::holds_alternative<std::string>(value_); }
  bool is_array() const { return std::holds_alternative<Array>(value_); }
  bool is_object() const { return std::holds_alternative<Object>(value_); }

  // Each aborts (a bug) when the value is of another type.
  bool as_bool() const { return std::get<bool>(value_); }
  std::int64_t as_integer() const { return std::get<std::int64_t>(value_); }
  const std::string& as_string() const { return std::get<std::string>(value_); }
  const Array& as_array() const { return std::get<Array>(value_); }
  Array& as_array() { return std::get<Array>(value_); }
  const Object& as_object() const { return std::get<Object>(value_); }
  Object& as_object() { return std::get<Object>(value_); }

  /// Appends to an array (a null becomes one).
  void push(Json element);
  /// Sets a member of an object (a null becomes one); a key already there keeps its place.
  Json& set(std::string_view key, Json value);
  /// The member of that key, or nullptr; also nullptr when this is no object.
  const Json* find(std::string_view key) const;
  Json* find(std::string_view key);
  /// The member of that key, or a null value.
  const Json& operator[](std::string_view key) const;

  /// One line, no blanks; keys in the order in which they were set.
  std::string compact() const;
  /// Two blanks an indent: what `--json` prints, without a final newline.
  std::string pretty() const;
  /// Canonical bytes: keys sorted bytewise at every depth, UTF-8, no blanks (design/documents.md,
  /// the seal).
  std::string canonical() const;

  /// @throws Error{bad_input} with line and column for text that is no JSON, is deeper than 64, or
  /// has a number with a fraction.
  static Json parse(std::string_view text, const std::string& file = "");

  bool operator==(const Json&) const = default;

 private:
  explicit Json(Array elements) : value_(std::move(elements)) {}
  explicit Json(Object members) : value_(std::move(members)) {}
  std::variant<std::monostate, bool, std::int64_t, std::string, Array, Object> value_;
};

/// A JSON string literal with its quotes; control and bidi characters escaped, other UTF-8 kept.
std::string json_quoted(std::string_view text);

/// Appends the same as it stands in canonical bytes: only what JSON must escape is escaped, with
/// the short form where there is one, as RFC 8785 and other languages' writers have it.
void append_canonical_text(std::string& out, std::string_view text);

}  // namespace billctl
