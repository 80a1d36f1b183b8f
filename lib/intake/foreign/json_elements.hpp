// JsonElements: the elements of a JSON array, one at a time, however many there are. An element may
// take 1 MiB. Malformed JSON is a mistake with its line and column and ends the reading.
#pragma once

#include <cstddef>
#include <string>

#include "intake/json_tape.hpp"
#include "intake/mistakes.hpp"
#include "intake/window.hpp"

namespace billctl {

class JsonElements {
 public:
  JsonElements(Window window, Mistakes& mistakes);

  bool next();
  /// The element; nodes()[0] is its value.
  const JsonTape& tape() const { return tape_; }
  const JsonNode& value() const { return tape_.nodes().front(); }
  /// Where a byte of the element stands.
  Position at(std::size_t offset) const;
  /// A mistake at that node.
  void wrong(const JsonNode& node, std::string message, std::string hint = "");

 private:
  enum class Place { start, first, behind, over };

  char peek();
  bool open_array();
  bool pass_separator();
  bool read_element();
  bool end_of_file();
  bool refuse(std::size_t offset, std::string message, std::string hint = "");
  void drop(std::size_t bytes);

  Window window_;
  Mistakes& mistakes_;
  JsonTape tape_;
  Place place_ = Place::start;
  std::size_t element_bytes_ = 0;
  int line_ = 1;
  int column_ = 1;
};

}  // namespace billctl
