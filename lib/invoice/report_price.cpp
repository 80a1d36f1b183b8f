#include "invoice/report_price.hpp"

#include <map>

#include "money/allocation.hpp"

namespace billctl {
namespace {

using PlaceNumbers = std::vector<std::size_t>;

/// What happens to the lines and the pool while they are worked through.
class Matching {
 public:
  Matching(std::span<const MatchedLine> lines, std::span<const MatchedPlace> places)
      : lines_(lines), places_(places) {
    prices_.minor.resize(places.size(), 0);
    for (std::size_t i = 0; i < places.size(); ++i) {
      by_line_[places[i].line].push_back(i);
      if (places[i].floats) hours_.push_back(i);
    }
  }

  ReportPrices run() {
    for (const MatchedLine& line : lines_) match(line);
    if (pool_feeds_) pay_orphans();
    return std::move(prices_);
  }

 private:
  void match(const MatchedLine& line) {
    const auto found = by_line_.find(line.line);
    if (found == by_line_.end() || line.line == 0) {
      pool_ = checked_add(pool_, line.amount_minor, "report prices");
      pool_feeds_ = true;
      return;
    }
    std::int64_t rest = line.amount_minor;
    PlaceNumbers hours;
    for (const std::size_t at : found->second) {
      if (places_[at].floats) {
        hours.push_back(at);
      } else {
        rest = checked_subtract(rest, keep(at), "report prices");
      }
    }
    if (!hours.empty()) return share(rest, hours);
    pool_ = checked_add(pool_, rest, "report prices");
    if (rest != 0) pool_feeds_ = true;
  }

  /// Its own price, whatever its line says.
  std::int64_t keep(std::size_t at) {
    prices_.minor[at] = places_[at].update_row_minor;
    return prices_.minor[at];
  }

  void pay_orphans() {
    PlaceNumbers hours;
    const auto orphans = by_line_.find(0);
    if (orphans != by_line_.end()) {
      for (const std::size_t at : orphans->second) {
        if (places_[at].floats) {
          hours.push_back(at);
        } else {
          pool_ = checked_subtract(pool_, keep(at), "report prices");
        }
      }
    }
    share(pool_, hours.empty() ? hours_ : hours);
  }

  /// Adds the amount to what the hours have, pro rata to their original value.
  void share(std::int64_t minor, const PlaceNumbers& hours) {
    if (minor == 0) return;
    std::vector<Share> shares;
    Int128 sum = 0;
    for (const std::size_t at : hours) {
      shares.push_back({places_[at].original_weight, places_[at].item.value, 0});
      sum = checked_add(sum, places_[at].original_weight, "report prices");
    }
    if (sum == 0) {
      prices_.unallocated_minor = checked_add(prices_.unallocated_minor, minor, "report prices");
      return;
    }
    allocate(minor, shares);
    for (std::size_t i = 0; i < hours.size(); ++i)
      prices_.minor[hours[i]] =
          checked_add(prices_.minor[hours[i]], shares[i].minor, "a report price");
  }

  std::span<const MatchedLine> lines_;
  std::span<const MatchedPlace> places_;
  std::map<std::int64_t, PlaceNumbers> by_line_;
  PlaceNumbers hours_;
  std::int64_t pool_ = 0;
  bool pool_feeds_ = false;  ///< a line without items, or one with a residual
  ReportPrices prices_;
};

}  // namespace

ReportPrices match_report_prices(std::span<const MatchedLine> lines,
                                 std::span<const MatchedPlace> places) {
  return Matching(lines, places).run();
}

}  // namespace billctl
