#include "work/filter_test.hpp"

#include <algorithm>

namespace billctl {
namespace {

template <class IdType>
std::vector<IdType> in_order(std::vector<IdType> ids) {
  std::ranges::sort(ids);
  return ids;
}

template <class IdType>
bool holds(const std::vector<IdType>& ids, IdType id) {
  return std::ranges::binary_search(ids, id);
}

}  // namespace

FilterTest::FilterTest(const Filter& filter)
    : by_client_(filter.by_client || !filter.clients.empty()),
      clients_(in_order(filter.clients)),
      not_clients_(in_order(filter.not_clients)),
      projects_(in_order(filter.projects)),
      tasks_(in_order(filter.tasks)),
      members_(in_order(filter.members)),
      kinds_(filter.kinds),
      states_(filter.states),
      period_(filter.period) {}

bool FilterTest::takes_client(ClientId client) const {
  if (by_client_ && !holds(clients_, client)) return false;
  return not_clients_.empty() || !holds(not_clients_, client);
}

bool FilterTest::takes(const Work& work) const {
  if (!takes_client(work.client)) return false;
  if (!projects_.empty() && !holds(projects_, work.project)) return false;
  if (!tasks_.empty() && !holds(tasks_, work.task)) return false;
  return members_.empty() || holds(members_, work.member);
}

bool FilterTest::takes_kind(EntryKind kind) const {
  if (takes_kind(word(kind))) return true;
  if (kind == EntryKind::mileage) return takes_kind("travel_time");
  return kind == EntryKind::time && takes_kind("joined");
}

bool FilterTest::any_of(const std::vector<std::string>& words, std::string_view word) {
  return words.empty() || std::ranges::find(words, word) != words.end();
}

}  // namespace billctl
