#include "money/money.hpp"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <limits>

#include "outcome/error.hpp"

using namespace billctl;

namespace {

const Currency kEur = *Currency::of("EUR");
const Currency kJpy = *Currency::of("JPY");
const Currency kKwd = *Currency::of("KWD");

/// Whether the action aborts; it runs in a child.
template <class Action>
bool aborts(Action action) {
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGABRT, SIG_DFL);
    if (std::freopen("/dev/null", "w", stderr) == nullptr) _exit(1);
    action();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

}  // namespace

TEST_CASE("an amount is shown with all the digits of its currency") {
  CHECK(Money(123450, kEur).to_text() == "1234.50");
  CHECK(Money(-500, kEur).to_text() == "-5.00");
  CHECK(Money(-5, kEur).to_text() == "-0.05");
  CHECK(Money(1234, kJpy).to_text() == "1234");
  CHECK(Money(1234, kKwd).to_text() == "1.234");
  CHECK(Money::zero(kEur).to_text() == "0.00");
  CHECK(Money(std::numeric_limits<std::int64_t>::min(), kEur).to_text() == "-92233720368547758.08");
}

TEST_CASE("an amount with more digits than its currency is refused") {
  std::string_view why;
  CHECK(Money::parse("1234.5", kEur)->minor() == 123450);
  CHECK(Money::parse("-5", kEur)->minor() == -500);
  CHECK_FALSE(Money::parse("1.005", kEur, &why));
  CHECK(why == "more than 2 fraction digits");
  CHECK_FALSE(Money::parse("1.500", kEur));
  CHECK(Money::parse("1.500", kKwd)->minor() == 1500);
  CHECK(Money::parse("13", kJpy)->minor() == 13);
  CHECK_FALSE(Money::parse("13.0", kJpy));
  CHECK_FALSE(Money::parse("92233720368547758.08", kEur));
}

TEST_CASE("amounts add and compare within their currency") {
  const Money five(500, kEur);
  CHECK((five + Money(25, kEur)).to_text() == "5.25");
  CHECK((five - Money(525, kEur)).to_text() == "-0.25");
  CHECK((-five).absolute() == five);
  CHECK(five > Money(499, kEur));
  CHECK(five != Money(500, kJpy));
}

TEST_CASE("a sum of amounts that does not fit is an error and never a wrap") {
  const Money most(std::numeric_limits<std::int64_t>::max(), kEur);
  const Money least(std::numeric_limits<std::int64_t>::min(), kEur);
  CHECK_THROWS_AS(most + Money(1, kEur), Error);
  CHECK_THROWS_AS(least - Money(1, kEur), Error);
  CHECK_THROWS_AS(-least, Error);
  CHECK_THROWS_AS(least.absolute(), Error);
}

TEST_CASE("arithmetic 11: amounts of two currencies in one sum abort") {
  CHECK(aborts([] { (void)(Money(1, kEur) + Money(1, kJpy)); }));
  CHECK(aborts([] { (void)(Money(1, kEur) - Money(1, kJpy)); }));
  CHECK(aborts([] { (void)(Money(1, kEur) < Money(1, kJpy)); }));
  CHECK_FALSE(aborts([] { (void)(Money(1, kEur) + Money(1, kEur)); }));
}
