// XmlWriter: an XML document written from front to back, indented, without a single empty element:
// what has nothing to say is left out, and a group around nothing with it (Peppol R008).
//
//     XmlWriter xml("Invoice", {{"xmlns", "urn:…"}});
//     {
//       const auto party = xml.in("cac:Party");
//       xml.put("cbc:Name", "A & B");      // <cbc:Name>A &amp; B</cbc:Name>
//       xml.put("cbc:Note", "");           // nothing
//     }
//     std::string bytes = xml.finish();
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace billctl {

using XmlAttributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

/// Names and the names of attributes are ours and stand as they are; values are escaped.
class XmlWriter {
 public:
  explicit XmlWriter(std::string_view root, XmlAttributes attributes = {});

  /// Closes its element when it goes.
  class Inside {
   public:
    explicit Inside(XmlWriter& xml) : xml_(xml) {}
    ~Inside() { xml_.close(); }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

   private:
    XmlWriter& xml_;
  };
  /// What is put from here on stands in the element `name`, which must outlive the writer.
  [[nodiscard]] Inside in(std::string_view name) {
    waiting_.push_back(name);
    return Inside(*this);
  }
  /// An element with a text; none for a blank text. An attribute without a value is left out.
  void put(std::string_view name, std::string_view text, XmlAttributes attributes = {});

  /// The whole document. The writer is spent.
  std::string finish();

 private:
  void begin(std::string_view name, XmlAttributes attributes);
  void open_waiting();
  void close();

  std::string out_;
  std::vector<std::string_view> open_;
  std::vector<std::string_view> waiting_;  ///< opened, and nothing in them yet
};

}  // namespace billctl
