// Edits of master data: `client edit`, `project edit`, `task edit`, `product edit` and
// `member edit`. A field is edited by the rules of an import (spec/import.md), and a later
// import then leaves it alone (kept_local), unless it is told to give in.
#pragma once

#include <string>
#include <vector>

#include "intake/tables.hpp"
#include "pipeline/session.hpp"

namespace billctl {

struct FieldEdit {
  std::string field;  ///< a column of the kind's import table: `payment_terms`
  std::string value;  ///< as a cell of it; empty: blank
};

/// The kinds that have an edit, as import tables: clients, projects, tasks, products, members.
/// @param noun of that kind: `client`.
TableKind editable_kind(const std::string& noun);

/// `client edit CODE`: `{client, changed: [{field, from, to}]}`. Pending items follow at the next
/// compile or generate.
/// @throws Error{not_found} with the nearest code; {usage} with every mistake in a value.
Report edit_record(Session& session, const std::string& noun, const std::string& code,
                   const std::vector<FieldEdit>& edits);

}  // namespace billctl
