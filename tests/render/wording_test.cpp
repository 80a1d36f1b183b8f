#include "render/wording.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

#include "text/base64.hpp"

using namespace billctl;

namespace {
constexpr std::array<Language, 4> kAll = {Language::en, Language::fi, Language::sv, Language::de};
}

TEST_CASE("the language of a client is known by its first letters and is English otherwise") {
  CHECK(language_of("fi") == Language::fi);
  CHECK(language_of("fi-FI") == Language::fi);
  CHECK(language_of("SV_SE") == Language::sv);
  CHECK(language_of("de") == Language::de);
  CHECK(language_of("en-GB") == Language::en);
  CHECK(language_of("et") == Language::en);
  CHECK(language_of("") == Language::en);
  CHECK(language_of("f") == Language::en);
  CHECK(language_of("fil") == Language::en);
  CHECK(language_of("deutsch") == Language::en);
}

TEST_CASE("numbers are set by the habit of the language and never rounded") {
  CHECK(number_text("1234.50", Language::en) == "1,234.50");
  CHECK(number_text("1234.50", Language::fi) == "1\u00A0234,50");
  CHECK(number_text("1234.50", Language::sv) == "1\u00A0234,50");
  CHECK(number_text("1234.50", Language::de) == "1.234,50");
  CHECK(number_text("-1234567.123456", Language::de) == "-1.234.567,123456");
  CHECK(number_text("100", Language::en) == "100");
  CHECK(number_text("1000", Language::en) == "1,000");
  CHECK(number_text("-100.00", Language::en) == "-100.00");
  CHECK(number_text("0", Language::fi) == "0");
}

TEST_CASE("dates are set by the habit of the language") {
  const Date date = *Date::of(2026, 11, 1);
  CHECK(date_text(date, Language::en) == "2026-11-01");
  CHECK(date_text(date, Language::fi) == "1.11.2026");
  CHECK(date_text(date, Language::sv) == "2026-11-01");
  CHECK(date_text(date, Language::de) == "01.11.2026");
}

TEST_CASE("every phrase is there in every language and takes its blanks in each alike") {
  for (std::size_t i = 0; i <= static_cast<std::size_t>(Phrase::source); ++i) {
    const std::string english = phrase(static_cast<Phrase>(i), Language::en);
    for (const Language language : kAll) {
      const std::string text = phrase(static_cast<Phrase>(i), language);
      CAPTURE(english);
      CHECK_FALSE(text.empty());
      std::size_t holes = 0;
      std::size_t of_english = 0;
      for (std::size_t at = text.find("{}"); at != std::string::npos; at = text.find("{}", at + 1))
        ++holes;
      for (std::size_t at = english.find("{}"); at != std::string::npos;
           at = english.find("{}", at + 1))
        ++of_english;
      CHECK(holes == of_english);
    }
  }
  CHECK(phrase(Phrase::discount_within, Language::fi, {"2", "7"}) ==
        "2 %, kun maksetaan 7 päivän kuluessa");
  CHECK(phrase(Phrase::payable, Language::de, {"{}"}) == "Zahlbetrag {}");
}

TEST_CASE("units are written as people do and unknown ones as they are") {
  CHECK(unit_text("hour", Language::en) == "hour");
  CHECK(unit_text("hour", Language::de) == "Std.");
  CHECK(unit_text("pcs", Language::fi) == "kpl");
  CHECK(unit_text("HUR", Language::fi) == "HUR");
}

TEST_CASE("base64 pads what is no multiple of three") {
  CHECK(base64("") == "");
  CHECK(base64("f") == "Zg==");
  CHECK(base64("fo") == "Zm8=");
  CHECK(base64("foo") == "Zm9v");
  CHECK(base64("light work.") == "bGlnaHQgd29yay4=");
  CHECK(base64(std::string("\x00\xff\xfe", 3)) == "AP/+");
}
