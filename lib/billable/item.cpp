#include "billable/item.hpp"

#include "outcome/words.hpp"

namespace billctl {
std::string_view word(ItemKind kind) {
  return word_of(kItemKindWords, kind);
}
std::optional<ItemKind> item_kind_of(std::string_view text) {
  return find_word<ItemKind>(kItemKindWords, text);
}

std::string_view word(ProductScope scope) {
  return word_of(kProductScopeWords, scope);
}
std::optional<ProductScope> product_scope_of(std::string_view text) {
  return find_word<ProductScope>(kProductScopeWords, text);
}

std::string_view word(PriceSource source) {
  return word_of(kPriceSourceWords, source);
}
std::optional<PriceSource> price_source_of(std::string_view text) {
  return find_word<PriceSource>(kPriceSourceWords, text);
}

std::string_view word(ItemState state) {
  return word_of(kItemStateWords, state);
}
std::optional<ItemState> item_state_of(std::string_view text) {
  return find_word<ItemState>(kItemStateWords, text);
}

}  // namespace billctl
