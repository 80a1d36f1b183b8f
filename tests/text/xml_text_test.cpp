#include "text/xml_text.hpp"

#include <doctest/doctest.h>

namespace billctl {

TEST_CASE("text becomes character data that any XML reader takes") {
  CHECK(xml_text("Smith & Sons <Ltd> \"A\"") == "Smith &amp; Sons &lt;Ltd&gt; &quot;A&quot;");
  CHECK(xml_text("]]>") == "]]&gt;");
  CHECK(xml_text("شركة 有限公司 é") == "شركة 有限公司 é");
  CHECK(xml_text("  ends \n") == "ends");
  CHECK(xml_text("") == "");
}

TEST_CASE("what XML has no place for becomes the replacement character") {
  CHECK(xml_text("a\x01"
                 "b\x1b[31m") ==
        "a\xEF\xBF\xBD"
        "b\xEF\xBF\xBD[31m");
  CHECK(xml_text(std::string_view("a\0b", 3)) ==
        "a\xEF\xBF\xBD"
        "b");
  CHECK(xml_text("a\xEF\xBF\xBF"
                 "b") ==
        "a\xEF\xBF\xBD"
        "b");
  CHECK(xml_text("a\xEF\xBF\xBE") == "a\xEF\xBF\xBD");
  CHECK(xml_text("broken \xC3") == "broken \xEF\xBF\xBD");
  CHECK(xml_text("\xFF\xFEx") == "\xEF\xBF\xBD\xEF\xBF\xBDx");
}

TEST_CASE("line ends are those that a reader would make") {
  CHECK(xml_text("a\r\nb\rc\nd\te") == "a\nb\nc\nd\te");
}

TEST_CASE("white space alone is nothing") {
  CHECK(is_blank(" \t\r\n"));
  CHECK(is_blank(""));
  CHECK_FALSE(is_blank("\x01"));
  CHECK(trimmed("  a b ") == "a b");
}

}  // namespace billctl
