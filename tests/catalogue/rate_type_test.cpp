#include "billable/rate_type.hpp"

#include <doctest/doctest.h>

using namespace billctl;

namespace {

Currency eur() {
  return *Currency::of("EUR");
}

Rate rate(std::int64_t id, const char* price, const char* role, std::int64_t client = 0,
          std::int64_t job_type = 0) {
  Rate row;
  row.id = {id};
  row.unit_price = *Decimal::parse(price);
  row.role = role;
  row.client = {client};
  row.job_type = {job_type};
  return row;
}

/// For client 1 by a junior, job type 1.
RatedHour hour() {
  RatedHour hour;
  hour.client = {1};
  hour.role = "junior";
  hour.job_type = {1};
  hour.work_on = *Date::parse("2026-10-05");
  hour.currency = eur();
  return hour;
}

std::string price(const std::vector<Rate>& rates, const char* text, std::int64_t job_type = 0) {
  const auto found = rate_of_type(rates, *parse_rate_type(text), {job_type}, hour(), eur());
  return found ? found->to_text() : "none";
}

}  // namespace

TEST_CASE("S4-25 a rate type is a role or a job type by name") {
  CHECK(parse_rate_type("role:senior")->role == "senior");
  CHECK(parse_rate_type("job_type:dev")->job_type == "dev");
  for (const char* text : {"", "senior", "role:", "job_type:", "member:anna"})
    CHECK_FALSE(parse_rate_type(text));
}

TEST_CASE("S4-25 of the rows that name the rate type the most particular one that fits counts") {
  const std::vector<Rate> rates = {rate(1, "80", "junior"), rate(2, "120", "senior"),
                                   rate(3, "110", "senior", 1), rate(4, "130", "senior", 2),
                                   rate(5, "100", "", 1)};
  CHECK(price(rates, "role:senior") == "110");
  CHECK(price(rates, "role:junior") == "80");
  CHECK(price(rates, "role:boss") == "none");  // 100 for the client names no role
}

TEST_CASE("S4-25 another job type keeps the role of the entry") {
  const std::vector<Rate> rates = {rate(1, "70", "", 0, 2), rate(2, "60", "junior", 0, 2),
                                   rate(3, "90", "senior", 0, 2), rate(4, "80", "", 0, 1)};
  CHECK(price(rates, "job_type:des", 2) == "60");
  CHECK(price(rates, "job_type:dev", 1) == "80");
  CHECK(price(rates, "job_type:none", 3) == "none");
}

TEST_CASE("S4-25 a rate type counts on its days and in the currency of the entry") {
  std::vector<Rate> rates = {rate(1, "80", "senior"), rate(2, "85", "senior"),
                             rate(3, "99", "senior")};
  rates[1].valid_from_on = "2026-10-01";
  rates[2].currency = "USD";
  CHECK(price(rates, "role:senior") == "85");
  rates[1].valid_from_on = "2026-11-01";
  CHECK(price(rates, "role:senior") == "80");
  rates[0].valid_until_on = "2026-10-01";
  CHECK(price(rates, "role:senior") == "none");
}
