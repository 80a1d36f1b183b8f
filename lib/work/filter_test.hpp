// FilterTest: a Filter as a quick question about one entry or item after the other.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "calendar/date.hpp"
#include "outcome/id.hpp"
#include "work/entry.hpp"
#include "work/filter.hpp"

namespace billctl {

class FilterTest {
 public:
  explicit FilterTest(const Filter& filter);

  /// What work is done for, on and by.
  struct Work {
    ClientId client;
    ProjectId project;
    TaskId task;
    MemberId member;
  };
  bool in_period(Date work_on) const { return !period_ || period_->contains(work_on); }
  bool takes_client(ClientId client) const;
  /// Client, project, task and member; a kind is asked for apart.
  bool takes(const Work& work) const;
  /// An entry's kind; `travel_time` names mileage and `joined` names time, of which they are made.
  bool takes_kind(EntryKind kind) const;
  /// An item's kind or state by its word.
  bool takes_kind(std::string_view word) const { return any_of(kinds_, word); }
  bool takes_state(std::string_view word) const { return any_of(states_, word); }

 private:
  static bool any_of(const std::vector<std::string>& words, std::string_view word);

  bool by_client_;
  std::vector<ClientId> clients_, not_clients_;  // each in order
  std::vector<ProjectId> projects_;
  std::vector<TaskId> tasks_;
  std::vector<MemberId> members_;
  std::vector<std::string> kinds_, states_;
  std::optional<Period> period_;
};

}  // namespace billctl
