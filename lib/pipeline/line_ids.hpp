// Line ids: given once on an invoice, never shifted, never used again. A line made anew keeps the
// id of the line that held one of its items; others get the next above all that were ever given.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "invoice/grouping.hpp"
#include "invoice/invoice.hpp"

namespace billctl {

class LineIds {
 public:
  /// @param last the highest id of a line that is gone; 0: none.
  LineIds(const std::vector<Line>& lines, const std::vector<Placed>& placed, std::int64_t last = 0);

  /// The ids of the lines of a grouping, in its order.
  std::vector<std::int64_t> of(const Grouping& grouping);

 private:
  std::int64_t kept(const Grouping& grouping, const DraftLine& line);
  std::int64_t kept_text(const DraftLine& line);

  std::map<ItemId, std::set<std::int64_t>> lines_of_;
  std::vector<std::pair<std::string, std::int64_t>> texts_;  ///< description rows of quotes
  std::set<std::int64_t> given_;
  std::int64_t last_ = 0;
};

/// Lines made anew where they stood before, as somebody may have moved them; a new one stands
/// behind the one before it. @param kept lines that were not made anew, and stay.
std::vector<Line> in_places(const std::vector<Line>& before, const std::vector<Line>& made,
                            const std::vector<Line>& kept = {});

}  // namespace billctl
