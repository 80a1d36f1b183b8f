// Codes: the codes by which people know records, looked up one by one and remembered, for listings
// that show a few rows of a large ledger.
#pragma once

#include <string>
#include <unordered_map>

#include "ledger/ledger.hpp"
#include "outcome/id.hpp"

namespace billctl {

class Codes {
 public:
  explicit Codes(Ledger& ledger) : ledger_(ledger) {}

  // Each: empty for no id and for a row that is not there.
  const std::string& of(ClientId id);
  const std::string& of(ProjectId id);
  const std::string& of(TaskId id);
  const std::string& of(MemberId id);
  const std::string& of(JobTypeId id);
  const std::string& of(ProductId id);

 private:
  template <class IdType>
  const std::string& find(std::unordered_map<IdType, std::string>& known, IdType id,
                          const char* sql);

  Ledger& ledger_;
  std::unordered_map<ClientId, std::string> clients_;
  std::unordered_map<ProjectId, std::string> projects_;
  std::unordered_map<TaskId, std::string> tasks_;
  std::unordered_map<MemberId, std::string> members_;
  std::unordered_map<JobTypeId, std::string> job_types_;
  std::unordered_map<ProductId, std::string> products_;
};

}  // namespace billctl
