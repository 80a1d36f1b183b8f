// ForeignNames: from the names in an export to rows of the ledger, making what is missing where the
// import may.
#pragma once

#include <map>
#include <set>
#include <string>

#include "intake/foreign/naming.hpp"
#include "pipeline/import_work/import_run.hpp"
#include "work/books.hpp"

namespace billctl {

class ForeignNames {
 public:
  /// @param books gets what is made. The map must outlive this.
  /// @param person the member who worked where a row names nobody.
  ForeignNames(ImportRun& run, Books& books, const ImportMap& map, std::set<NameKind> create,
               std::string person);

  struct Work {
    TaskId task;
    ProjectId project;
    MemberId member;
    std::string member_code;
    bool billable = true;
    bool known = false;  ///< false: something that the row names is unknown and not made
  };
  Work work_of(const ForeignEntry& entry);

  /// Each unknown name that may not be made is a mistake where it was first seen.
  void refuse_unknown();
  const Naming& naming() const { return naming_; }
  /// How many of each kind were made.
  const std::map<NameKind, std::int64_t>& made() const { return made_; }

 private:
  bool may_make(NameKind kind) const { return create_.contains(kind); }
  WorkNames names_of(const ForeignEntry& entry) const;
  void make_missing(const WorkNames& names, WorkCodes& codes);
  void refuse_unplaced(const WorkNames& names, const WorkCodes& codes, const Position& at);
  std::string make_client(const std::string& name);
  std::string make_project(const std::string& name, const std::string& client);
  std::string make_task(const std::string& name, const std::string& project);
  std::string make_member(const WorkNames& names);
  std::string free_code(NameKind kind, const std::string& name) const;
  std::int64_t add_record(RecordKind kind, const std::map<std::string, RecordValue>& values);
  void take_task(const WorkNames& names, const WorkCodes& codes, Work& work);

  ImportRun& run_;
  Books& books_;
  Naming naming_;
  std::set<NameKind> create_;
  std::string person_;
  std::map<ProjectId, TaskId> plain_tasks_;  ///< of projects for rows that name no task
  std::map<NameKind, std::int64_t> made_;
  std::set<std::string> unplaced_;
};

}  // namespace billctl
