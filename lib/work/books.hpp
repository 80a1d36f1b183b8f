// Books: everything but entries that the verbs look things up in: parties, catalogue, tasks. Read
// once at the start of a run, inside its transaction.
#pragma once

#include <string>
#include <vector>

#include "catalogue/product.hpp"
#include "party/client.hpp"
#include "party/member.hpp"
#include "party/register.hpp"
#include "work/task.hpp"

namespace billctl {

struct Books {
  Register<Team> teams;
  Register<Member> members;
  Register<Client> clients;
  Register<Product> products;
  Register<JobType> job_types;
  Register<Engagement> engagements;
  Register<ContractLine> contract_lines;
  Register<Project> projects;
  Register<Task> tasks;
  std::vector<PriceListRow> price_list_rows;
  std::vector<Rate> rates;
  std::vector<Assignment> assignments;
};

/// The client of a task, or else of its project (pricing.md 1); none when neither has one.
ClientId client_of(const Books& books, TaskId task, ProjectId project);

}  // namespace billctl
