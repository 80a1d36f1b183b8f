#include "intake/foreign/json_elements.hpp"

#include <utility>

#include "intake/encoding.hpp"
#include "intake/row.hpp"

namespace billctl {

JsonElements::JsonElements(Window window, Mistakes& mistakes)
    : window_(std::move(window)), mistakes_(mistakes) {
  if (!pass_bom(window_, mistakes_)) place_ = Place::over;
}

bool JsonElements::next() {
  drop(std::exchange(element_bytes_, 0));
  if (place_ == Place::start && !open_array()) return false;
  if (place_ == Place::behind && !pass_separator()) return false;
  if (place_ == Place::first && peek() == ']') {
    drop(1);
    return end_of_file();
  }
  return place_ != Place::over && read_element();
}

Position JsonElements::at(std::size_t offset) const {
  return position_in(window_.text(), offset, window_.name(), line_, column_);
}

void JsonElements::wrong(const JsonNode& node, std::string message, std::string hint) {
  mistakes_.add(at(node.start), std::move(message), std::move(hint));
}

/// The next byte that is no blank, 0 at the end of the file.
char JsonElements::peek() {
  for (;;) {
    const std::size_t first = window_.text().find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos) {
      drop(first);
      return *window_.begin();
    }
    drop(window_.size());
    if (!window_.more()) return '\0';
  }
}

bool JsonElements::open_array() {
  if (peek() != '[') return refuse(0, "a JSON array is needed, which begins with [");
  drop(1);
  place_ = Place::first;
  return true;
}

bool JsonElements::pass_separator() {
  const char c = peek();
  if (c == ']') {
    drop(1);
    return end_of_file();
  }
  if (c != ',') return refuse(0, "a comma or ] behind the element is needed");
  drop(1);
  return true;
}

bool JsonElements::end_of_file() {
  place_ = Place::over;
  if (peek() != '\0' || window_.size() > 0) refuse(0, "text behind the array");
  return false;
}

bool JsonElements::read_element() {
  if (peek() == '\0' && window_.size() == 0) return refuse(0, "the file ends inside the array");
  JsonTape::Result result = tape_.read(window_.text());
  while (result == JsonTape::Result::unfinished && window_.more()) {
    result = tape_.read(window_.text());
  }
  if (result == JsonTape::Result::unfinished) {
    return refuse(0, window_.ended() ? "the file ends inside this element"
                                     : "the element is too long, 1024 KiB is the most");
  }
  if (result == JsonTape::Result::wrong) return refuse(tape_.wrong_at(), tape_.message());
  element_bytes_ = tape_.taken();
  if (!is_text(window_.text().substr(0, element_bytes_), window_.name(), line_, mistakes_,
               column_)) {
    place_ = Place::over;
    return false;
  }
  place_ = Place::behind;
  return true;
}

bool JsonElements::refuse(std::size_t offset, std::string message, std::string hint) {
  mistakes_.add(at(offset), std::move(message), std::move(hint));
  place_ = Place::over;
  return false;
}

void JsonElements::drop(std::size_t bytes) {
  const Position past = at(bytes);
  line_ = past.line;
  column_ = past.column;
  window_.drop(bytes);
}

}  // namespace billctl
