#include "render/xml_writer.hpp"

#include "text/xml_text.hpp"

namespace billctl {

XmlWriter::XmlWriter(std::string_view root, XmlAttributes attributes)
    : out_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {
  begin(root, attributes);
  out_ += ">\n";
  open_.push_back(root);
}

void XmlWriter::begin(std::string_view name, XmlAttributes attributes) {
  out_.append(open_.size() * 2, ' ');
  out_ += '<';
  out_ += name;
  for (const auto& [attribute, value] : attributes) {
    if (is_blank(value)) continue;
    out_ += ' ';
    out_ += attribute;
    out_ += "=\"" + xml_text(value) + '"';
  }
}

void XmlWriter::open_waiting() {
  for (const std::string_view name : waiting_) {
    begin(name, {});
    out_ += ">\n";
    open_.push_back(name);
  }
  waiting_.clear();
}

void XmlWriter::put(std::string_view name, std::string_view text, XmlAttributes attributes) {
  if (is_blank(text)) return;
  open_waiting();
  begin(name, attributes);
  out_ += '>' + xml_text(text) + "</";
  out_ += name;
  out_ += ">\n";
}

void XmlWriter::close() {
  if (!waiting_.empty()) {
    waiting_.pop_back();
    return;
  }
  const std::string_view name = open_.back();
  open_.pop_back();
  out_.append(open_.size() * 2, ' ');
  out_ += "</";
  out_ += name;
  out_ += ">\n";
}

std::string XmlWriter::finish() {
  while (!open_.empty()) close();
  return std::move(out_);
}

}  // namespace billctl
