// WorkPlaces: what an import of entries asks of the tasks and projects that they name, held small:
// the first few are read one by one, and when many are asked for, all at once.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.hpp"
#include "money/currency.hpp"
#include "outcome/id.hpp"

namespace billctl {

class WorkPlaces {
 public:
  WorkPlaces(Ledger& ledger, TenantId tenant) : ledger_(ledger), tenant_(tenant) {}

  struct TaskPlace {
    ProjectId project;
    ClientId client;
    std::string_view source_type;  ///< empty: none; valid as long as this object
  };
  /// All empty for no task.
  TaskPlace of(TaskId task);

  /// The currency in which work is billed: the engagement's, else the project's, else the client's
  /// (the task's own, or else the project's); none when none of them names one (pricing.md 5).
  Currency currency(TaskId task, ProjectId project);

 private:
  struct Place {
    std::uint32_t project = 0;
    std::uint32_t client = 0;
    std::uint8_t source_type = 0;  ///< a place in source_types_
    bool known = false;
  };

  /// In what a project or a client is billed, and whose client.
  struct Billing {
    Currency currency = Currency::none();
    std::uint32_t client = 0;
    bool known = false;
  };

  const Billing& billing(ProjectId project);
  const Billing& billing(ClientId client);
  void read(TaskId task);
  void read_all();
  void put(class Query& query);
  std::uint8_t source_type(std::string_view word);

  Ledger& ledger_;
  TenantId tenant_;
  std::vector<Place> tasks_;  ///< by row
  std::deque<std::string> source_types_ = {""};
  int read_ = 0;
  bool all_read_ = false;

  std::vector<Billing> projects_;  ///< by row, each read when first asked for
  std::vector<Billing> clients_;
};

}  // namespace billctl
