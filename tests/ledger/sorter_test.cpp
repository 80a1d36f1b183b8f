#include "ledger/sorter.hpp"

#include <doctest/doctest.h>

#include "splitmix.hpp"

using namespace billctl;

namespace {

struct Row {
  std::int64_t number;
  char ballast[40];
};

void check_sorted(std::size_t count, std::int64_t keys) {
  Splitmix random(count);
  Sorter<std::int64_t, Row> sorter;
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::int64_t key = random.between(1, keys);
    sum += key;
    sorter.add(key, {static_cast<std::int64_t>(i), {}});
  }
  std::size_t seen = 0;
  std::int64_t last_key = 0;
  std::int64_t last_number = -1;
  while (const auto* next = sorter.next()) {
    ++seen;
    sum -= next->key;
    const bool in_order =
        last_key < next->key || (last_key == next->key && last_number < next->row.number);
    if (!in_order) FAIL("out of order");
    last_key = next->key;
    last_number = next->row.number;
  }
  CHECK(seen == count);
  CHECK(sum == 0);
  CHECK(sorter.next() == nullptr);
}

}  // namespace

TEST_CASE("a sorter gives rows in order and equal ones as they were added") {
  check_sorted(0, 1);
  check_sorted(1, 1);
  check_sorted(1'000, 10);
  check_sorted(32'768, 1'000'000);
  check_sorted(65'536, 1'000'000);
  check_sorted(200'001, 300);
}

TEST_CASE("a spilled list gives back what was added") {
  for (const std::int64_t count : {0, 5, 16'384, 40'000}) {
    SpilledList<std::int64_t> list;
    for (std::int64_t i = 0; i < count; ++i) list.add(i);
    std::int64_t next = 0;
    list.each([&](std::int64_t row) {
      if (row != next++) FAIL("out of order");
    });
    CHECK(next == count);
    CHECK(list.size() == static_cast<std::size_t>(count));
  }
}
