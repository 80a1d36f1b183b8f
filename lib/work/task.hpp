// Task, Project, Engagement: what work is recorded on.
#pragma once

#include <optional>
#include <string>

#include "money/decimal.hpp"
#include "outcome/id.hpp"

namespace billctl {

struct Engagement {
  EngagementId id;
  std::string code;
  std::string name;
  ClientId client;
  std::string currency;
  std::string cost_centre;
  ClientId bill_to;
  std::string invoice_scope, bill_by, terms, po_number, contract;
  std::string group_projects, group_hours, group_travel, annex;
};

/// A line of an engagement's contract: what prepayments hang on (S4-34).
struct ContractLine {
  ContractLineId id;
  std::string code;
  EngagementId engagement;
  bool fixed_price = false;  ///< type fixed, otherwise time and material
  ProjectId project;         ///< none: serves the projects that have no line of their own
  std::int64_t recognised_minor = 0;
};

enum class ProjectStatus { billable, not_billable, closed };

struct Project {
  ProjectId id;
  std::string code;
  std::string name;
  ClientId client;
  EngagementId engagement;
  std::string currency;
  ClientId bill_to;
  std::string po_number;
  ProjectStatus status = ProjectStatus::billable;
  std::string billable_kinds;  ///< `time:2026-01-01;expense`, empty: all (S1-9)
  std::string time_rule;
  std::string pm;  ///< members' codes, `;` between
  bool internal = false;
  std::string comment;
};

enum class TaskStatus { draft, open, done };

struct Task {
  TaskId id;
  std::string code;
  std::string name;
  ClientId client;  ///< none: the project's
  ProjectId project;
  TeamId team;
  bool billable = true;
  ProductId product;
  std::string price_list;
  std::string unit;  ///< of unit_price and quantity; empty: hour
  std::optional<Decimal> unit_price;
  std::optional<Decimal> quantity;
  TaskStatus status = TaskStatus::open;
  std::string done_on;
  std::string source_type;  ///< ticket, work_order, delivery_note, business_order, contract
  std::string source_ref;
};

}  // namespace billctl
