#include "ledger/codes.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {

constexpr const char* kClient = "SELECT code FROM client WHERE id = :id";
constexpr const char* kProject = "SELECT code FROM project WHERE id = :id";
constexpr const char* kTask = "SELECT code FROM task WHERE id = :id";
constexpr const char* kMember = "SELECT code FROM member WHERE id = :id";
constexpr const char* kJobType = "SELECT code FROM job_type WHERE id = :id";
constexpr const char* kProduct = "SELECT code FROM product WHERE id = :id";

}  // namespace

template <class IdType>
const std::string& Codes::find(std::unordered_map<IdType, std::string>& known, IdType id,
                               const char* sql) {
  const auto [found, added] = known.try_emplace(id);
  if (added && id) {
    Query query(ledger_, sql);
    query.bind(":id", id);
    if (query.step()) found->second = query.text(0);
  }
  return found->second;
}

const std::string& Codes::of(ClientId id) {
  return find(clients_, id, kClient);
}
const std::string& Codes::of(ProjectId id) {
  return find(projects_, id, kProject);
}
const std::string& Codes::of(TaskId id) {
  return find(tasks_, id, kTask);
}
const std::string& Codes::of(MemberId id) {
  return find(members_, id, kMember);
}
const std::string& Codes::of(JobTypeId id) {
  return find(job_types_, id, kJobType);
}
const std::string& Codes::of(ProductId id) {
  return find(products_, id, kProduct);
}

}  // namespace billctl
