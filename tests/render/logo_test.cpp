#include "render/logo.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "ledger/scratch.hpp"
#include "outcome/error.hpp"
#include "render/papers.hpp"

using namespace billctl;
using namespace billctl::test;

TEST_CASE("a logo is a PNG of a bearable size and anything else is refused by name") {
  Scratch scratch;
  const std::string path = scratch.path("logo.png");
  const auto refusal = [&](const std::string& bytes) -> std::string {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
    try {
      read_logo(path);
      return "";
    } catch (const Error& error) {
      CHECK(error.code() == Reason::bad_config);
      return error.message();
    }
  };
  CHECK(refusal(tiny_png()).empty());
  const Logo logo = read_logo(path);
  CHECK(logo.width == 2);
  CHECK(logo.height == 1);
  CHECK(logo.png == tiny_png());
  CHECK(has(refusal("<svg/>"), "no PNG"));
  CHECK(has(refusal(""), "no PNG"));
  CHECK(has(refusal(tiny_png().substr(0, 20)), "no PNG"));
  CHECK(has(refusal(tiny_png() + std::string(1U << 20U, 'x')), "more than 1 MiB"));
  std::string wide = tiny_png();
  wide[16] = '\x7f';
  CHECK(has(refusal(wide), "dots"));
  CHECK_THROWS_AS(read_logo(scratch.path("absent.png")), Error);
}
