// Credit plan: which lines a credit note gets and what each takes back of which item, before
// anything is written (spec/cli.md, `invoice credit`).
#pragma once

#include <cstdint>
#include <vector>

#include "invoice/document.hpp"
#include "pipeline/credit.hpp"
#include "pipeline/session.hpp"

namespace billctl {

struct PlannedCredit {
  Document original;
  std::vector<Line> lines;     ///< numbered from 1, in the order of the invoice
  std::vector<Placed> placed;  ///< negative shares; line 0: of a card without a line
  bool completes = false;      ///< nothing is left of the invoice afterwards
};

/// @throws as make_credit.
PlannedCredit plan_credit(Session& session, const CreditRequest& request);

/// Part of an amount, in whole minor units: `part` of `whole`, both positive.
std::int64_t pro_rata(std::int64_t minor, std::int64_t part, std::int64_t whole);

}  // namespace billctl
