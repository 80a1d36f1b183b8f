#include "sorting.hpp"

#include <algorithm>

#include "money/decimal.hpp"
#include "outcome/error.hpp"
#include "output.hpp"
#include "text/nearest.hpp"

namespace billctl::cmd {
namespace {

bool less(const Json& a, const Json& b) {
  if (a.is_null() || b.is_null()) return a.is_null() && !b.is_null();
  const std::string first = cell_text(a);
  const std::string second = cell_text(b);
  const auto x = Decimal::parse(first);
  const auto y = Decimal::parse(second);
  return x && y ? *x < *y : first < second;
}

void check_field(const Json& row, const std::string& field) {
  if (row.find(field) != nullptr) return;
  std::vector<std::string> fields;
  for (const auto& [key, value] : row.as_object()) fields.push_back(key);
  throw Error(Reason::usage, "--sort \"" + field + "\" is no field of these rows",
              did_you_mean(field, fields));
}

}  // namespace

void sort_rows(Json& rows, const std::string& sort) {
  if (sort.empty() || rows.as_array().empty()) return;
  const bool downwards = sort.front() == '-';
  const std::string field = downwards ? sort.substr(1) : sort;
  check_field(rows.as_array().front(), field);
  std::ranges::stable_sort(rows.as_array(), [&](const Json& a, const Json& b) {
    return downwards ? less(b[field], a[field]) : less(a[field], b[field]);
  });
}

void limit_rows(Json& rows, std::optional<std::int64_t> limit) {
  auto& all = rows.as_array();
  if (limit && *limit < static_cast<std::int64_t>(all.size()))
    all.resize(static_cast<std::size_t>(*limit));
}

void rows_after(Json& rows, const std::string& key, const std::string& after) {
  if (after.empty()) return;
  auto& all = rows.as_array();
  // `item:17` and `entry:e1` name what stands behind the colon.
  const auto is_named = [&](const Json& row) {
    const std::string name = cell_text(row[key]);
    return name == after || key + ":" + name == after;
  };
  const auto found = std::ranges::find_if(all, is_named);
  if (found == all.end())
    throw Error(Reason::not_found, "--after \"" + after + "\" is no row of this list");
  all.erase(all.begin(), found + 1);
}

void page_rows(Json& rows, const std::string& key, const Filter& filter) {
  sort_rows(rows, filter.sort);
  if (!filter.sort.empty()) rows_after(rows, key, filter.after);
  limit_rows(rows, filter.limit);
}

}  // namespace billctl::cmd
