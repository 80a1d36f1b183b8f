#include "mail/address.hpp"

#include <doctest/doctest.h>

using namespace billctl;

TEST_CASE("one bare address is an address") {
  for (const char* good : {"bo@example.test", "bo.b+tag@mail.example.test", "B_o-1@localhost",
                           "o'neil@example.test", "x@1.2.3.4"})
    CHECK_MESSAGE(is_mail_address(good), good);
}

TEST_CASE("what could end a header or name a second receiver is no address") {
  for (const char* bad : {"",
                          "@",
                          "bo",
                          "bo@",
                          "@example.test",
                          "bo@example.test,al@example.test",
                          "bo@example.test;al@example.test",
                          "bo@example.test\r\nBcc: x@y.z",
                          "bo\n@example.test",
                          "bo @example.test",
                          "<bo@example.test>",
                          "Bo <bo@example.test>",
                          "\"bo\"@example.test",
                          "bo@example..test",
                          ".bo@example.test",
                          "bo.@example.test",
                          "bo@-example.test",
                          "bo@example.test.",
                          "-oQ/tmp@example.test",
                          "b\xc3\xb6@example.test",
                          "bo@b\xc3\xb6.test",
                          "bo@al@example.test",
                          "bo(x)@example.test",
                          "bo@[127.0.0.1]"})
    CHECK_MESSAGE(!is_mail_address(bad), bad);
  CHECK_FALSE(is_mail_address(std::string("bo\0@example.test", 16)));
  CHECK_FALSE(is_mail_address(std::string(65, 'a') + "@example.test"));
  CHECK_FALSE(is_mail_address("bo@" + std::string(64, 'a') + ".test"));
  CHECK(is_mail_address(std::string(64, 'a') + "@" + std::string(63, 'a') + ".test"));
}

TEST_CASE("the domain stands behind the at") {
  CHECK(domain_of("bo@example.test") == "example.test");
  CHECK(domain_of("bo") == "bo");
}
