#include "invoice/line_text.hpp"

#include <algorithm>
#include <vector>

#include "money/rounding.hpp"

namespace billctl {
namespace {

template <class Record>
std::string_view name_of(const Register<Record>& records, typename Register<Record>::IdType id) {
  const Record* record = records.find(id);
  return record == nullptr ? std::string_view() : std::string_view(record->name);
}

void append(std::string& text, std::string_view between, std::string_view part) {
  if (part.empty()) return;
  if (!text.empty()) text += between;
  text += part;
}

/// "Website: " and "Website, Design: ", as far as the lines are kept apart by them.
std::string where(const DraftLine& line, const Books& books) {
  std::string text(name_of(books.projects, line.project));
  append(text, ", ", name_of(books.tasks, line.task));
  return text;
}

/// The names of the products on the line, each once.
std::string products(std::span<const LineItem> items, const Books& books) {
  std::vector<ProductId> seen;
  std::string text;
  for (const LineItem& item : items) {
    if (std::ranges::find(seen, item.product) != seen.end()) continue;
    seen.push_back(item.product);
    append(text, ", ", name_of(books.products, item.product));
  }
  return text;
}

/// The work type: the job type, or what the work was sold as.
std::string work(std::span<const LineItem> items, const Books& books) {
  const std::string_view job_type = name_of(books.job_types, items.front().job_type);
  return job_type.empty() ? products(items, books) : std::string(job_type);
}

/// "12.5 hours", whatever unit they are sold in.
std::string hours(std::span<const LineItem> items) {
  std::int64_t seconds = 0;
  for (const LineItem& item : items) seconds = checked_add(seconds, item.measure, "the hours");
  const Decimal hours = seconds_in_unit(seconds, 3600, 4, Rounding::half_away);
  return hours.to_text() + (hours == Decimal::from_integer(1) ? " hour" : " hours");
}

std::string_view member(std::span<const LineItem> items, const Books& books) {
  const std::string_view name = name_of(books.members, items.front().member);
  return name.empty() ? std::string_view("Work") : name;
}

std::string entry(const DraftLine& line, std::span<const LineItem> items,
                  std::string_view description, const Books& books) {
  const std::string date = items.front().work_on.to_text();
  const std::string_view name = name_of(books.members, items.front().member);
  std::string text;
  if (line.shape == LineShape::employee_entry) append(text, ", ", name);
  append(text, ", ", date);
  if (line.shape == LineShape::entry) append(text, ", ", name);
  append(text, ", ", work(items, books));
  append(text, ": ", description);
  return text;
}

std::string_view travel(ItemKind kind) {
  if (kind == ItemKind::mileage) return "Mileage";
  return kind == ItemKind::travel_time ? "Travel time" : "Allowances";
}

/// A single expense, bill, instalment or quote.
std::string own(std::span<const LineItem> items, std::string_view description, const Books& books) {
  std::string text;
  if (items.front().kind == ItemKind::expense) text = items.front().work_on.to_text();
  append(text, ", ", description.empty() ? products(items, books) : description);
  return text;
}

std::string what(const DraftLine& line, std::span<const LineItem> items,
                 std::string_view description, const Books& books) {
  switch (line.shape) {
    case LineShape::employee:
      return std::string(member(items, books));
    case LineShape::employee_jobtype:
      return std::string(member(items, books)) + ", " + work(items, books);
    case LineShape::jobtype:
      return work(items, books);
    case LineShape::total_hours:
      return "Hours";
    case LineShape::lump_sum:
      return "Work, " + hours(items);
    case LineShape::entry:
    case LineShape::entry_anonymous:
    case LineShape::employee_entry:
      return entry(line, items, description, books);
    case LineShape::travel_all:
      return "Travel and expenses";
    case LineShape::travel_kind:
      return std::string(travel(items.front().kind));
    case LineShape::allowance_mileage:
      return "Allowances and mileage";
    case LineShape::goods:
      return products(items, books);
    case LineShape::own:
      return own(items, description, books);
    case LineShape::text:
      break;
  }
  return std::string(description);
}

}  // namespace

bool tells_of_entry(LineShape shape) {
  return shape == LineShape::entry || shape == LineShape::entry_anonymous ||
         shape == LineShape::employee_entry || shape == LineShape::own;
}

std::string line_text(const DraftLine& line, std::span<const LineItem> items,
                      std::string_view description, const Books& books) {
  std::string text = where(line, books);
  append(text, ": ", what(line, items, description, books));
  return text;
}

}  // namespace billctl
