// Id: the ledger's row number of one kind of thing, so that a project's number is never taken for a
// client's. 0 means none, and only `Id{}` says it.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace billctl {

template <class Tag>
struct Id {
  std::int64_t value = 0;
  explicit operator bool() const { return value != 0; }
  auto operator<=>(const Id&) const = default;
};

using TenantId = Id<struct TenantTag>;
using TeamId = Id<struct TeamTag>;
using MemberId = Id<struct MemberTag>;
using ClientId = Id<struct ClientTag>;
using ProductId = Id<struct ProductTag>;
using PriceListRowId = Id<struct PriceListRowTag>;
using RateId = Id<struct RateTag>;
using JobTypeId = Id<struct JobTypeTag>;
using AssignmentId = Id<struct AssignmentTag>;
using EngagementId = Id<struct EngagementTag>;
using ContractLineId = Id<struct ContractLineTag>;
using ProjectId = Id<struct ProjectTag>;
using TaskId = Id<struct TaskTag>;
using EntryId = Id<struct EntryTag>;
using ItemId = Id<struct ItemTag>;
using InvoiceId = Id<struct InvoiceTag>;
using SubmissionId = Id<struct SubmissionTag>;
using JobId = Id<struct JobTag>;
using JobRunId = Id<struct JobRunTag>;
using EventId = Id<struct EventTag>;

}  // namespace billctl

template <class Tag>
struct std::hash<billctl::Id<Tag>> {
  std::size_t operator()(billctl::Id<Tag> id) const noexcept {
    return std::hash<std::int64_t>{}(id.value);
  }
};
