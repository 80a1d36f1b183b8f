// Filter: which of the ledger's records a command is about; the same options on every listing and
// every `--all-…` (spec/cli.md, "Filters"). Empty lists and absent values restrict nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "calendar/period.hpp"
#include "outcome/id.hpp"

namespace billctl {

struct Filter {
  bool by_client =
      false;  ///< --client or --selection was given: only `clients`, though it be empty
  std::vector<ClientId> clients;
  std::vector<ClientId> not_clients;
  std::vector<ProjectId> projects;
  std::vector<TaskId> tasks;
  std::vector<MemberId> members;
  std::vector<std::string> kinds;
  std::vector<std::string> states;
  std::optional<Period> period;  ///< of --period, or --since and --until
  /// Of --from-job RUN:FACT: only these; at most one of the two is there.
  std::optional<std::vector<InvoiceId>> invoices;
  std::optional<std::vector<EntryId>> entries;
  std::optional<std::int64_t> limit;
  std::string after;  ///< the id after which a page begins
  std::string sort;   ///< a field, `-` in front for downwards
};

}  // namespace billctl
