// What Invoices reads of lines.
#include <algorithm>

#include "ledger/connection.hpp"
#include "ledger/invoices.hpp"

namespace billctl {
namespace {

constexpr const char* kLines =
    "SELECT line, position, kind, source, description, quantity_micro, unit, unit_price_micro, "
    "allowance_minor, amount_minor, tax, project_id, task_id, first_on, last_on, "
    "tax_rate_micro, worded, "
    "corrects_line FROM line "
    "WHERE invoice_id = :id ORDER BY line";
constexpr const char* kSealedLines =
    "SELECT line, position, kind, description, quantity_micro, unit, unit_price_micro, "
    "allowance_minor, amount_minor, tax FROM line WHERE invoice_id = :id ORDER BY line";
constexpr const char* kHasLines =
    "SELECT 1 FROM line WHERE invoice_id = :id AND quantity_micro IS NOT NULL LIMIT 1";

std::optional<Date> date_or_none(const Query& query, int column) {
  if (query.is_null(column)) return std::nullopt;
  if (const auto date = Date::parse(query.text(column))) return date;
  throw Error(Reason::corrupt, "a line has a date that is none", "run `billctl verify`");
}

Line line_of(const Query& query, InvoiceId invoice) {
  Line line;
  line.invoice = invoice;
  line.line = query.integer(0);
  line.position = query.integer(1);
  line.kind = query.string(2);
  line.typed = query.text(3) == "typed";
  line.description = query.string(4);
  line.quantity = query.decimal_or_null(5);
  line.unit = query.string(6);
  line.unit_price = query.decimal_or_null(7);
  line.allowance_minor = query.integer(8);
  line.amount_minor = query.integer(9);
  line.tax = query.string(10);
  line.project = query.id<ProjectId>(11);
  line.task = query.id<TaskId>(12);
  line.first_on = date_or_none(query, 13);
  line.last_on = date_or_none(query, 14);
  line.tax_rate = query.decimal_or_null(15);
  line.worded = query.boolean(16);
  line.corrects_line = query.integer_or_null(17).value_or(0);
  return line;
}

bool is_micro(const Query& query, int column, const std::optional<Decimal>& value) {
  const auto micro = query.integer_or_null(column);
  return micro.has_value() == value.has_value() && (!micro || *micro == value->micro());
}

// Of the columns of kSealedLines.
bool is_sealed_line(const Query& query, const Line& line) {
  return query.integer(0) == line.line && query.integer(1) == line.position &&
         query.text(2) == line.kind && query.text(3) == line.description &&
         is_micro(query, 4, line.quantity) && query.text(5) == line.unit &&
         is_micro(query, 6, line.unit_price) && query.integer(7) == line.allowance_minor &&
         query.integer(8) == line.amount_minor && query.text(9) == line.tax;
}

}  // namespace

// They stand in the order of their ids; that of positions is another only after a person moved one.
std::vector<Line> Invoices::lines(InvoiceId id) {
  Query query(ledger_, kLines);
  query.bind(":id", id);
  std::vector<Line> lines;
  while (query.step()) lines.push_back(line_of(query, id));
  if (!std::ranges::is_sorted(lines, {}, &Line::position))
    std::ranges::stable_sort(lines, {}, &Line::position);
  return lines;
}

bool Invoices::sealed_lines_are(InvoiceId id, const std::vector<Line>& lines) {
  std::vector<const Line*> expected;
  expected.reserve(lines.size());
  for (const Line& line : lines) expected.push_back(&line);
  std::ranges::sort(expected, {}, &Line::line);
  Query query(ledger_, kSealedLines);
  query.bind(":id", id);
  std::size_t at = 0;
  for (; query.step(); ++at) {
    if (at == expected.size() || !is_sealed_line(query, *expected[at])) return false;
  }
  return at == expected.size();
}

bool Invoices::has_lines(InvoiceId id) {
  Query query(ledger_, kHasLines);
  query.bind(":id", id);
  return query.step();
}

}  // namespace billctl
