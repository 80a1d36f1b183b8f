#include "ledger/saved_filters.hpp"

#include "ledger/connection.hpp"
#include "text/json.hpp"

namespace billctl {
namespace {

constexpr const char* kFind =
    "SELECT name, options, saved_at, saved_by FROM saved_filter "
    "WHERE tenant_id = :tenant AND name = :name";
constexpr const char* kAll =
    "SELECT name, options, saved_at, saved_by FROM saved_filter "
    "WHERE tenant_id = :tenant ORDER BY name";
constexpr const char* kPut =
    "INSERT INTO saved_filter (tenant_id, name, options, saved_at, saved_by) "
    "VALUES (:tenant, :name, :options, :at, :by) "
    "ON CONFLICT (tenant_id, name) DO UPDATE SET "
    "options = excluded.options, saved_at = excluded.saved_at, saved_by = excluded.saved_by";
constexpr const char* kRemove =
    "DELETE FROM saved_filter WHERE tenant_id = :tenant AND name = :name";

std::string text_of(const FilterOptions& options) {
  Json json = Json::object();
  for (const auto& [option, values] : options) {
    Json list = Json::array();
    for (const std::string& value : values) list.push(value);
    json.set(option, std::move(list));
  }
  return json.compact();
}

SavedFilter filter_of(const Query& query) {
  SavedFilter filter;
  filter.name = query.string(0);
  const Json options = Json::parse(query.string(1));
  for (const auto& [option, values] : options.as_object()) {
    filter.options.emplace_back(option, std::vector<std::string>{});
    for (const Json& value : values.as_array())
      filter.options.back().second.push_back(value.as_string());
  }
  filter.saved_at = Instant::from_seconds(query.integer(2));
  filter.saved_by = query.string(3);
  return filter;
}

}  // namespace

std::optional<SavedFilter> SavedFilters::find(std::string_view name) {
  Query query(ledger_, kFind);
  query.bind(":tenant", tenant_).bind(":name", name);
  if (!query.step()) return std::nullopt;
  return filter_of(query);
}

std::vector<SavedFilter> SavedFilters::all() {
  Query query(ledger_, kAll);
  query.bind(":tenant", tenant_);
  std::vector<SavedFilter> filters;
  while (query.step()) filters.push_back(filter_of(query));
  return filters;
}

std::vector<std::string> SavedFilters::names() {
  std::vector<std::string> names;
  for (const SavedFilter& filter : all()) names.push_back(filter.name);
  return names;
}

void SavedFilters::put(const SavedFilter& filter) {
  Query(ledger_, kPut)
      .bind(":tenant", tenant_)
      .bind(":name", filter.name)
      .bind(":options", text_of(filter.options))
      .bind(":at", filter.saved_at.seconds())
      .bind(":by", filter.saved_by)
      .run();
}

void SavedFilters::remove(std::string_view name) {
  Query(ledger_, kRemove).bind(":tenant", tenant_).bind(":name", name).run();
}

}  // namespace billctl
