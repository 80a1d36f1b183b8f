#include "pipeline/export_journal.hpp"

#include <doctest/doctest.h>

using namespace billctl;

namespace {

Json posting(const char* number, const char* account, const char* amount, const char* currency) {
  return Json::object({{"date", "2026-11-02"},
                       {"number", number},
                       {"type", "invoice"},
                       {"client", "a:b"},
                       {"description", "Acme; Oy (x) | y\x1b"},
                       {"account", account},
                       {"amount", amount},
                       {"currency", currency}});
}

}  // namespace

TEST_CASE("journal: each entry has its head once and each account and commodity is declared") {
  const Json body = Json::object(
      {{"postings", Json::array({posting("I1", "assets:receivable:a%3Ab", "1346", "JPY"),
                                 posting("I1", "income:time", "-1346", "JPY"),
                                 posting("I2", "assets:receivable:a%3Ab", "1.500", "KWD"),
                                 posting("I2", "income:time", "-1.500", "KWD")})}});
  CHECK(journal_text(body) ==
        "commodity JPY\n"
        "commodity KWD\n"
        "    format 1000.000 KWD\n"
        "account assets:receivable:a%3Ab\n"
        "account income:time\n"
        "\n2026-11-02 * (I1) Acme, Oy 'x' , y\\x1b\n"
        "    assets:receivable:a%3Ab                         1346 JPY\n"
        "    income:time                                    -1346 JPY\n"
        "\n2026-11-02 * (I2) Acme, Oy 'x' , y\\x1b\n"
        "    assets:receivable:a%3Ab                        1.500 KWD\n"
        "    income:time                                   -1.500 KWD\n");
}

TEST_CASE("journal: of nothing it is empty") {
  CHECK(journal_text(Json::object({{"postings", Json::array()}})) == "");
}
