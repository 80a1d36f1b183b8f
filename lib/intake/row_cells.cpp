#include "intake/row_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "invoice/options.hpp"
#include "text/nearest.hpp"

namespace billctl {
RowCells::RowCells(const Table& table, Mistakes& mistakes) : table_(table), mistakes_(mistakes) {
  words_.resize(table.columns.size());
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (table.columns[i].words != nullptr) words_[i] = table.columns[i].words();
  }
}

bool RowCells::is_word_of(std::size_t column, std::string_view text) const {
  if (std::ranges::find(words_[column], text) != words_[column].end()) return true;
  // The one set whose words have older names too (generate.md: all-qty, all-one).
  return table_.columns[column].words == group_hours_words && parse_group_hours(text);
}

std::string RowCells::hint_of(std::size_t column, std::string_view seen) const {
  const CellType type = table_.columns[column].type;
  if (type != CellType::word) return fmt::format("{} is needed", needed_words(type));
  const std::string near = did_you_mean(seen, words_[column]);
  return near.empty() ? fmt::format("one of {} is needed", fmt::join(words_[column], ", ")) : near;
}

void RowCells::begin(const Row& row) {
  row_ = &row;
  wrong_ = false;
  for (std::size_t i = 0; i < table_.columns.size(); ++i) {
    if (table_.columns[i].need != Need::always || !row.cell(i).text.empty()) continue;
    refuse(i, "empty");
  }
}

void RowCells::refuse(std::size_t column, std::string_view why, std::string hint) {
  wrong_ = true;
  const Column& of = table_.columns[column];
  const std::string_view seen = row_->cell(column).text;
  if (hint.empty()) hint = hint_of(column, seen);
  mistakes_.add(row_->at(column),
                seen.empty() ? fmt::format("{} is {}", of.name, why)
                             : fmt::format("{} is {}, {}", of.name, shown(seen), why),
                std::move(hint));
}

void RowCells::refuse_row(std::string message, std::string hint) {
  wrong_ = true;
  mistakes_.add(row_->at_row(), std::move(message), std::move(hint));
}

/// @param parse the text -> the value, or nothing and why.
template <class T, class Parse>
Given<T> RowCells::parsed(std::size_t column, const Parse& parse) {
  const Cell cell = row_->cell(column);
  if (!cell.present) return {};
  if (cell.text.empty()) return {Given<T>::State::empty, std::nullopt};
  std::string_view why;
  std::optional<T> value = parse(cell.text, why);
  if (value) return {Given<T>::State::value, std::move(value)};
  refuse(column, why);
  return {Given<T>::State::wrong, std::nullopt};
}

Given<std::string_view> RowCells::text(std::size_t column) {
  using Text = std::optional<std::string_view>;
  return parsed<std::string_view>(column, [&](std::string_view text, std::string_view& why) {
    switch (table_.columns[column].type) {
      case CellType::code:
        return parse_code(text, why);
      case CellType::word:
        why = "none of its words";
        return is_word_of(column, text) ? Text(text) : std::nullopt;
      case CellType::currency:
        why = "no currency";
        return Currency::of(text) ? Text(text) : std::nullopt;
      default:
        return Text(text);
    }
  });
}

Given<std::vector<std::string_view>> RowCells::list(std::size_t column) {
  const bool emails = table_.columns[column].type == CellType::emails;
  return parsed<std::vector<std::string_view>>(column, emails ? parse_emails : parse_list);
}

Given<std::vector<BillableKind>> RowCells::kinds(std::size_t column) {
  return parsed<std::vector<BillableKind>>(column, parse_kinds);
}

Given<bool> RowCells::flag(std::size_t column) {
  return parsed<bool>(column, parse_flag);
}

Given<std::int64_t> RowCells::count(std::size_t column) {
  return parsed<std::int64_t>(column, parse_count);
}

Given<Decimal> RowCells::number(std::size_t column) {
  switch (table_.columns[column].type) {
    case CellType::price:
      return parsed<Decimal>(column, parse_price);
    case CellType::positive:
      return parsed<Decimal>(column, parse_positive);
    default:
      return parsed<Decimal>(column, [](std::string_view text, std::string_view& why) {
        return Decimal::parse(text, &why);
      });
  }
}

Given<std::int64_t> RowCells::metres(std::size_t column) {
  return parsed<std::int64_t>(column, parse_kilometres);
}

Given<Money> RowCells::amount(std::size_t column, Currency currency) {
  return parsed<Money>(column, [currency](std::string_view text, std::string_view& why) {
    return Money::parse(text, currency, &why);
  });
}

Given<Date> RowCells::date(std::size_t column) {
  return parsed<Date>(column, parse_date);
}

Given<Moment> RowCells::moment(std::size_t column) {
  return parsed<Moment>(column, parse_moment);
}

}  // namespace billctl
