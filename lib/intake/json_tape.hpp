// JsonTape: one JSON value of an import, as a flat list of its nodes in the order of the text.
//
// Unlike Json (lib/text) it keeps the text of a number (`237.5` never becomes a binary fraction)
// and where each value stands, so that a mistake in it is told with line and column. Texts are
// views into the input, or into the tape when they hold escapes; they hold until the next `read`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace billctl {

struct JsonNode {
  enum class Kind : std::uint8_t { null, boolean, number, text, array, object };
  Kind kind = Kind::null;
  std::string_view key;     ///< of a member of an object, else empty
  std::string_view text;    ///< of a text, number, `true` or `false`
  std::uint32_t start = 0;  ///< offset of the value's first byte
  std::uint32_t key_start = 0;
  std::uint32_t past = 0;  ///< the node behind this one and all inside it
};

class JsonTape {
 public:
  static constexpr int kDepthMax = 8;
  static constexpr std::size_t kNodesMax = 4096;

  enum class Result {
    value,       ///< a whole value was read
    unfinished,  ///< the text ends inside the value (a number counts as ended by the text's end)
    wrong,       ///< see `message` and `wrong_at`
  };

  /// Reads one value from the start of the text, blanks before it included.
  Result read(std::string_view text);
  /// How many bytes the value took.
  std::size_t taken() const { return at_; }

  /// nodes()[0] is the value itself; a container's children follow it.
  const std::vector<JsonNode>& nodes() const { return nodes_; }
  /// The member of an object by its key, or nullptr; the first when there are two.
  const JsonNode* member(const JsonNode& object, std::string_view key) const;

  /// The elements of an array or the members of an object; none of anything else.
  std::vector<const JsonNode*> children(const JsonNode& node) const;

  const std::string& message() const { return message_; }
  std::size_t wrong_at() const { return at_; }

 private:
  bool value(int depth, std::string_view key, std::size_t key_start);
  bool container(int depth, std::size_t node, char close);
  bool word(std::size_t node);
  bool number(std::size_t node);
  bool text(std::string_view& out);
  bool escape();
  bool code_unit(std::uint32_t& unit);
  void append_utf8(std::uint32_t code);
  void pass_blanks();
  bool done() const { return at_ >= text_.size(); }
  bool unfinished();
  bool wrong(std::string message);

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<JsonNode> nodes_;
  std::string unescaped_;
  std::string message_;
  Result result_ = Result::value;
};

}  // namespace billctl
