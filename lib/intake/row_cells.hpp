// RowCells: a row's cells as values of their columns' types. A cell that does not hold what its
// column needs is a mistake with file:line:column, what was seen and what is needed, e.g.
//
//     entries.csv:7:21: seconds is "1e9", an exponent, where plain digits are needed
//       hint: a whole number from 0 on is needed
//
// An absent column and an empty cell are no mistakes (spec/import.md: they leave what is there),
// but for the columns that say which record is meant.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "intake/cell_text.hpp"
#include "intake/mistakes.hpp"
#include "intake/row.hpp"
#include "intake/tables.hpp"

namespace billctl {

/// What a cell gives: a value, or why there is none.
template <class T>
struct Given {
  enum class State { absent, empty, value, wrong };
  State state = State::absent;
  std::optional<T> value = std::nullopt;

  explicit operator bool() const { return value.has_value(); }
  const T& operator*() const { return *value; }
  const T* operator->() const { return &*value; }
  /// The cell is there and empty: with `--empty clear` it blanks.
  bool is_empty() const { return state == State::empty; }
};

class RowCells {
 public:
  RowCells(const Table& table, Mistakes& mistakes);

  /// Goes to the next row; the row must outlive what is read of it. A cell that is always needed
  /// and empty is a mistake here.
  void begin(const Row& row);
  /// Whether the row has had a mistake.
  bool wrong() const { return wrong_; }
  const Row& row() const { return *row_; }

  // Columns are places of the table; each function serves the types named beside it. Texts are
  // views into the row.
  Given<std::string_view> text(std::size_t column);  ///< text, word, code, currency, zone
  Given<std::vector<std::string_view>> list(std::size_t column);  ///< codes, emails
  Given<std::vector<BillableKind>> kinds(std::size_t column);     ///< kinds
  Given<bool> flag(std::size_t column);                           ///< flag
  Given<std::int64_t> count(std::size_t column);                  ///< count
  Given<Decimal> number(std::size_t column);                      ///< decimal, price, positive
  Given<std::int64_t> metres(std::size_t column);                 ///< kilometres
  Given<Money> amount(std::size_t column, Currency currency);     ///< amount
  Given<Date> date(std::size_t column);                           ///< date
  Given<Moment> moment(std::size_t column);                       ///< instant

  /// A mistake at that cell which the reader of the row found: `NAME is "SEEN", WHY`.
  void refuse(std::size_t column, std::string_view why, std::string hint = "");
  /// A mistake of the whole row.
  void refuse_row(std::string message, std::string hint = "");

 private:
  template <class T, class Parse>
  Given<T> parsed(std::size_t column, const Parse& parse);
  bool is_word_of(std::size_t column, std::string_view text) const;
  std::string hint_of(std::size_t column, std::string_view seen) const;

  const Table& table_;
  Mistakes& mistakes_;
  std::vector<std::vector<std::string>> words_;  ///< of each column
  const Row* row_ = nullptr;
  bool wrong_ = false;
};

}  // namespace billctl
