#include "billable/product_choice.hpp"

#include "billable/pricing.hpp"

namespace billctl {
namespace {

/// `hour min day` fit time and travel time, `km` fits mileage, every other unit the other kinds.
bool fits(const Tariff& tariff, ItemKind kind, ProductId product) {
  const ProductTerms* terms = tariff.products.find(product);
  if (terms == nullptr) return false;
  switch (kind) {
    case ItemKind::time:
    case ItemKind::joined:
    case ItemKind::travel_time:
      return tariff.units.time(terms->unit).has_value();
    case ItemKind::mileage:
      return terms->unit == Units::kKm;
    default:
      return terms->unit != Units::kKm && !tariff.units.time(terms->unit);
  }
}

ProductChoice chosen(const Tariff& tariff, ProductId product, ProductScope scope) {
  ProductChoice choice{product, scope, 0, DefaultProduct::none};
  if (const ProductTerms* terms = tariff.products.find(product)) {
    choice.unit = terms->unit;
    choice.auto_created = terms->auto_created;
  }
  return choice;
}

ProductChoice fallback(const Tariff& tariff, ItemKind kind) {
  const DefaultProduct which = default_product_of(kind);
  const ProductId made = tariff.defaults[static_cast<std::size_t>(which)];
  if (made) return chosen(tariff, made, ProductScope::fallback);
  const UnitNumber unit = which == DefaultProduct::transport ? Units::kKm : Units::kHour;
  return {ProductId{}, ProductScope::fallback, unit, which};
}

class Search {
 public:
  Search(const Tariff& tariff, ItemKind kind) : tariff_(tariff), kind_(kind) {}

  /// The product of one scope, or none. `own` is the task's product, which names no kind.
  ProductId at(AssignmentScope scope, std::int64_t target, ProductId own = {},
               bool own_serves_all = false) const {
    if (target == 0 && scope != AssignmentScope::tenant) return {};
    // Joined hours are time in another dress.
    const ItemKind asked = kind_ == ItemKind::joined ? ItemKind::time : kind_;
    const auto found = tariff_.assignments.find(scope, target, word(asked));
    if (found.named) return found.named;
    if (own && (own_serves_all || fits(tariff_, kind_, own))) return own;
    return fits(tariff_, kind_, found.any) ? found.any : ProductId{};
  }

 private:
  const Tariff& tariff_;
  ItemKind kind_;
};

}  // namespace

ProductChoice choose_product(const Tariff& tariff, const Entry& entry, const EntryTerms& terms,
                             ItemKind kind) {
  if (entry.product && kind != ItemKind::travel_time)
    return chosen(tariff, entry.product, ProductScope::entry);
  const Search search(tariff, kind);
  const ProductId of_task = terms.task != nullptr ? terms.task->product : ProductId{};
  // A task's own quantity is served by the task's product whatever its unit (S2-2).
  const bool own_quantity = entry.source == "task";
  if (const auto found = search.at(AssignmentScope::task, entry.task.value, of_task, own_quantity))
    return chosen(tariff, found, ProductScope::task);
  if (const auto found = search.at(AssignmentScope::contact, terms.client_id.value))
    return chosen(tariff, found, ProductScope::contact);
  if (const auto found = search.at(AssignmentScope::membership, entry.member.value))
    return chosen(tariff, found, ProductScope::membership);
  TeamId team = terms.member != nullptr ? terms.member->team : TeamId{};
  if (terms.task != nullptr && terms.task->team) team = terms.task->team;
  if (const auto found = search.at(AssignmentScope::team, team.value))
    return chosen(tariff, found, ProductScope::team);
  if (const auto found = search.at(AssignmentScope::tenant, 0))
    return chosen(tariff, found, ProductScope::tenant);
  return fallback(tariff, kind);
}

}  // namespace billctl
