#include "catalogue/rate_card.hpp"

#include <algorithm>
#include <functional>

namespace billctl {
namespace {

// The bits are in the order in which differences decide, so a greater number is more particular.
constexpr unsigned kProject = 16, kClient = 8, kMember = 4, kRole = 2, kJobType = 1;

}  // namespace

std::size_t RateCard::Hash::operator()(const Key& key) const noexcept {
  std::uint64_t hash = static_cast<std::uint64_t>(key.project.value);
  const auto mix = [&hash](std::int64_t value) {
    hash = (hash ^ static_cast<std::uint64_t>(value)) * 0x9E3779B97F4A7C15U;
    hash ^= hash >> 29;
  };
  mix(key.client.value);
  mix(key.member.value);
  mix(key.role);
  mix(key.job_type.value);
  return hash;
}

unsigned RateCard::shape_of(const Key& key) {
  return (key.project ? kProject : 0) | (key.client ? kClient : 0) | (key.member ? kMember : 0) |
         (key.role != 0 ? kRole : 0) | (key.job_type ? kJobType : 0);
}

std::uint32_t RateCard::role(std::string_view name) {
  if (name.empty()) return 0;
  const auto number = static_cast<std::uint32_t>(roles_.size() + 1);
  return roles_.emplace(name, number).first->second;
}

void RateCard::add(const Rate& rate, Currency base) {
  const Key key{rate.project, rate.client, rate.member, role(rate.role), rate.job_type};
  const unsigned shape = shape_of(key);
  if (std::ranges::find(shapes_, shape) == shapes_.end()) {
    shapes_.push_back(shape);
    std::ranges::sort(shapes_, std::greater<>());
  }
  std::uint32_t& first = first_[key];
  rows_.push_back({rate.id.value, rate.unit_price, valid_from(rate.valid_from_on),
                   valid_until(rate.valid_until_on), currency_of(rate.currency, base), first});
  first = static_cast<std::uint32_t>(rows_.size());
}

CataloguePrice RateCard::find(const Query& query) const {
  CataloguePrice found;
  const unsigned known =
      shape_of({query.project, query.client, query.member, query.role, query.job_type});
  for (const unsigned shape : shapes_) {
    if ((shape & ~known) != 0) continue;  // it names what the entry does not have
    Key key;
    if (shape & kProject) key.project = query.project;
    if (shape & kClient) key.client = query.client;
    if (shape & kMember) key.member = query.member;
    if (shape & kRole) key.role = query.role;
    if (shape & kJobType) key.job_type = query.job_type;
    const auto first = first_.find(key);
    if (first == first_.end()) continue;
    const Row* best = nullptr;
    for (std::uint32_t at = first->second; at != 0; at = rows_[at - 1].next) {
      const Row& row = rows_[at - 1];
      if (query.on < row.from || row.until < query.on) continue;
      if (row.currency != query.currency) {
        found.other_currency = true;
      } else if (best == nullptr || row.from >= best->from) {
        best = &row;
      }
    }
    if (best != nullptr) return {best->price, best->id, false};
  }
  return found;
}

}  // namespace billctl
