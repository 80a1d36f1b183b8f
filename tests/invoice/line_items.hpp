// Line items as tests write them: a small trade of two members, two projects and two job types.
#pragma once

#include <string>
#include <vector>

#include "invoice/grouping.hpp"
#include "invoice/line_text.hpp"
#include "work/books.hpp"

namespace billctl::test {

template <class Record>
void put(Register<Record>& records, std::int64_t id, std::string code, std::string name) {
  Record record;
  record.id.value = id;
  record.code = std::move(code);
  record.name = std::move(name);
  records.add(std::move(record));
}

inline Books small_trade() {
  Books books;
  put(books.members, 1, "bo", "Bo Berg");
  put(books.members, 2, "anna", "Anna Ek");
  put(books.projects, 1, "web", "Website");
  put(books.projects, 2, "app", "App");
  put(books.tasks, 1, "web-dev", "Building");
  put(books.tasks, 2, "web-design", "Drawing");
  put(books.tasks, 3, "app-dev", "Coding");
  put(books.job_types, 1, "dev", "Development");
  put(books.job_types, 2, "des", "Design");
  put(books.products, 1, "work", "Work");
  put(books.products, 2, "cable", "Cable");
  put(books.products, 3, "case", "Case");
  return books;
}

inline Decimal decimal(std::string_view text) {
  return *Decimal::parse(text);
}

inline Date day(int number) {
  return *Date::of(2026, 10, number);
}

/// Builds items with ids 1, 2, 3 … in the order in which they are put.
class Items {
 public:
  ItemGrouping grouping;
  MemberId member{2};
  ProjectId project{1};
  TaskId task{1};
  JobTypeId job_type{1};
  EngagementId engagement;
  Date on = day(5);

  LineItem& put(ItemKind kind, std::int64_t measure, std::string_view price,
                std::string_view unit) {
    LineItem item;
    item.id.value = static_cast<std::int64_t>(items_.size()) + 1;
    item.entry.value = item.id.value + 100;
    item.project = project;
    item.task = task;
    item.member = member;
    item.job_type = job_type;
    item.engagement = engagement;
    item.product = ProductId{1};
    item.unit_price = decimal(price);
    item.measure = measure;
    item.work_on = on;
    item.unit = UnitWord(unit);
    item.kind = kind;
    item.grouping = grouping;
    return items_.emplace_back(item);
  }
  LineItem& hours(std::string_view hours, std::string_view price) {
    return put(ItemKind::time, decimal(hours).micro() * 3600 / Decimal::kOne, price, "hour");
  }
  LineItem& minutes(std::int64_t minutes, std::string_view price) {
    return put(ItemKind::time, minutes * 60, price, "hour");
  }
  LineItem& pieces(ItemKind kind, std::string_view quantity, std::string_view price) {
    return put(kind, decimal(quantity).micro(), price, "pcs");
  }
  LineItem& mileage(std::int64_t metres, std::string_view price) {
    return put(ItemKind::mileage, metres, price, "km");
  }
  std::vector<LineItem> all() const { return items_; }

 private:
  std::vector<LineItem> items_;
};

inline GroupingRules euro_rules() {
  GroupingRules rules;
  rules.currency = *Currency::of("EUR");
  return rules;
}

/// A line as people read it: "Anna Ek: 2.5 hour x 80.00 = 200.00".
inline std::string read(const Grouping& grouping, const DraftLine& line, const Books& books,
                        std::string_view description = "") {
  const std::string text =
      line.description.empty()
          ? line_text(line, {&grouping.items[line.first], line.count}, description, books)
          : line.description;
  if (!line.quantity) return text;
  const Money amount(line.amount_minor, *Currency::of("EUR"));
  const Money allowance(line.allowance_minor, *Currency::of("EUR"));
  std::string money =
      line.quantity->to_text() + " " + line.unit + " x " + line.unit_price->to_text(2);
  if (line.allowance_minor != 0)
    money += (line.allowance_minor > 0 ? " + " : " - ") + allowance.absolute().to_text();
  return text + " | " + money + " = " + amount.to_text();
}

inline std::vector<std::string> read(const Grouping& grouping, const Books& books,
                                     std::string_view description = "") {
  std::vector<std::string> lines;
  for (const DraftLine& line : grouping.lines)
    lines.push_back(read(grouping, line, books, description));
  return lines;
}

}  // namespace billctl::test
