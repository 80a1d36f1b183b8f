#include "work/books.hpp"

namespace billctl {

ClientId client_of(const Books& books, TaskId task, ProjectId project) {
  if (const Task* found = books.tasks.find(task); found != nullptr && found->client)
    return found->client;
  if (const Project* found = books.projects.find(project)) return found->client;
  return ClientId{};
}

}  // namespace billctl
