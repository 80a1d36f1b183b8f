#include "ledger/drafts.hpp"

#include "ledger/bulk_source.hpp"
#include "ledger/connection.hpp"

namespace billctl {
namespace {

constexpr const char* kOpen =
    "SELECT v.id, v.draft_number, v.client_id, v.bill_to_id, v.currency, v.scope, "
    "v.engagement_id, v.project_id, v.po_number, v.job_id, "
    "EXISTS (SELECT 1 FROM tax_row AS t WHERE t.invoice_id = v.id AND t.category = 'O'), "
    "EXISTS (SELECT 1 FROM tax_row AS t WHERE t.invoice_id = v.id) "
    "FROM invoice AS v WHERE v.tenant_id = :tenant AND v.state IN ('draft', 'held') "
    "AND v.type = 'invoice' ORDER BY v.id";
constexpr const char* kIssuedTotals =
    "SELECT excl_tax_minor FROM invoice WHERE client_id = :client AND tenant_id = :tenant "
    "AND currency = :currency AND type = 'invoice' AND state = 'issued' ORDER BY excl_tax_minor";
constexpr const char* kIsAdjusted =
    "SELECT 1 FROM adjustment WHERE invoice_id = :id AND kind <> 'daily' AND undone_at IS NULL "
    "LIMIT 1";
constexpr const char* kWasSubmitted = "SELECT 1 FROM submission WHERE invoice_id = :id LIMIT 1";
constexpr const char* kClientCode = "SELECT code FROM client WHERE id = :id";
constexpr const char* kLastId = "SELECT seq FROM sqlite_sequence WHERE name = 'invoice'";
constexpr const char* kPutInvoices =
    "INSERT INTO invoice (id, tenant_id, draft_number, client_id, bill_to_id, currency, scope, "
    "engagement_id, project_id, name, title, subtitle, po_number, cost_centre, terms, "
    "period_first_on, period_last_on, rounding, rounding_mode, quantity_decimals, bill_by, "
    "group_projects, group_hours, group_travel, annex, job_id, starting_minor, adjustments_minor, "
    "exclusions_minor, milestones_minor, lines_minor, excl_tax_minor, tax_minor, incl_tax_minor, "
    "prepaid_minor, payable_minor, created_at) "
    "SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, "
    "c19, c20, c21, c22, c23, c24, c25, c26, c27, c28, c29, c30, c31, c32, c33, c34, c35, c36 "
    "FROM bulk_rows";
constexpr const char* kPutNames =
    "INSERT INTO invoice_name (tenant_id, name, invoice_id) SELECT c0, c1, c2 FROM bulk_rows";
constexpr const char* kPutLines =
    "INSERT INTO line (invoice_id, line, position, kind, description, quantity_micro, unit, "
    "unit_price_micro, allowance_minor, amount_minor, tax, project_id, task_id, first_on, last_on) "
    "SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14 FROM bulk_rows";
constexpr const char* kPutPlaced =
    "INSERT INTO placed (invoice_id, line, item_id, share_minor) "
    "SELECT c0, c1, c2, c3 FROM bulk_rows";
constexpr const char* kPutItemPlaces =
    "INSERT INTO item_placed (item_id, invoice_id) SELECT c0, c1 FROM bulk_rows";
constexpr const char* kPutTaxes =
    "INSERT INTO tax_row (invoice_id, position, tax, category, rate_micro, base_minor, "
    "amount_minor, overridden, stale, reason, vatex) "
    "SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 FROM bulk_rows";
constexpr const char* kPutAdjustments =
    "INSERT INTO adjustment (invoice_id, item_id, line, kind, amount_minor, reason, at, actor, "
    "event_id) SELECT c0, c1, c2, c3, c4, c5, c6, c7, (SELECT coalesce(max(id), 0) + 1 FROM event) "
    "FROM bulk_rows";
constexpr const char* kUpdate =
    "UPDATE invoice SET revision = :revision, period_first_on = :first, period_last_on = :last, "
    "bill_by = :bill_by, group_projects = :projects, group_hours = :hours, group_travel = :travel, "
    "annex = :annex, starting_minor = :starting, adjustments_minor = :adjustments, "
    "exclusions_minor = :exclusions, milestones_minor = :milestones, lines_minor = :lines, "
    "excl_tax_minor = :excl_tax, tax_minor = :tax, incl_tax_minor = :incl_tax, "
    "prepaid_minor = :prepaid, payable_minor = :payable WHERE id = :id";
constexpr const char* kDropLines = "DELETE FROM line WHERE invoice_id = :id";
constexpr const char* kDropPlaced = "DELETE FROM placed WHERE invoice_id = :id";
constexpr const char* kDropDaily =
    "DELETE FROM adjustment WHERE invoice_id = :id AND kind = 'daily'";
// A credit note may name items whose place is the invoice that it corrects: those stay there.
constexpr const char* kGiveBack =
    "INSERT INTO item_open (item_id) SELECT item_id FROM item_placed "
    "WHERE item_id IN (SELECT item_id FROM placed WHERE invoice_id = :id) AND invoice_id = :id "
    "ORDER BY item_id";
constexpr const char* kUnplace =
    "DELETE FROM item_placed WHERE invoice_id = :id "
    "AND item_id IN (SELECT item_id FROM placed WHERE invoice_id = :id)";
// In this order, for references point the other way.
/// A price that changed while they were drafted must reach them: compile looks at them once more.
constexpr const char* kLookAgain =
    "INSERT OR IGNORE INTO entry_open (entry_id) SELECT i.entry_id FROM item_placed AS p "
    "JOIN item AS i ON i.id = p.item_id WHERE p.invoice_id = :id ORDER BY i.entry_id";
constexpr const char* kErase[] = {
    kLookAgain,
    kGiveBack,
    kUnplace,
    kDropPlaced,
    kDropLines,
    "DELETE FROM adjustment WHERE invoice_id = :id",
    "DELETE FROM material_event WHERE invoice_id = :id",
    "DELETE FROM tax_row WHERE invoice_id = :id",
    "DELETE FROM picked_tax WHERE invoice_id = :id",
    "DELETE FROM prepayment WHERE invoice_id = :id",
    "DELETE FROM approval WHERE invoice_id = :id",
    "DELETE FROM invoice_name WHERE invoice_id = :id",
    "DELETE FROM invoice WHERE id = :id",
};

/// Dates as text that lives as long as the insert.
struct DatesOf {
  std::string first, last;
};
template <class Row, class FirstOf, class LastOf>
std::vector<DatesOf> dates_of(std::span<const Row> rows, FirstOf first_of, LastOf last_of) {
  std::vector<DatesOf> dates;
  dates.reserve(rows.size());
  for (const Row& row : rows) dates.push_back({first_of(row), last_of(row)});
  return dates;
}

std::string text_or_empty(const std::optional<Date>& date) {
  return date ? date->to_text() : std::string();
}

std::optional<std::int64_t> micro(const std::optional<Decimal>& value) {
  if (!value) return std::nullopt;
  return value->micro();
}

void money_cell(const Invoice& draft, int column, BulkCell& cell) {
  const std::int64_t amounts[] = {draft.summary.starting_minor,   draft.summary.adjustments_minor,
                                  draft.summary.exclusions_minor, draft.summary.milestones_minor,
                                  draft.amounts.lines_minor,      draft.amounts.excl_tax_minor,
                                  draft.amounts.tax_minor,        draft.amounts.incl_tax_minor,
                                  draft.amounts.prepaid_minor,    draft.amounts.payable_minor};
  cell.integer(amounts[column]);
}

void text_cell(const Invoice& draft, int column, BulkCell& cell) {
  const std::string* texts[] = {&draft.name,      &draft.title,       &draft.subtitle,
                                &draft.po_number, &draft.cost_centre, &draft.terms};
  cell.text(*texts[column]);
}

void grouping_cell(const Invoice& draft, int column, BulkCell& cell) {
  const std::string* texts[] = {&draft.group_projects, &draft.group_hours, &draft.group_travel,
                                &draft.annex};
  cell.text(*texts[column]);
}

}  // namespace

std::vector<OpenDraft> Drafts::open() {
  Query query(ledger_, kOpen);
  query.bind(":tenant", tenant_);
  std::vector<OpenDraft> drafts;
  while (query.step()) {
    OpenDraft& draft = drafts.emplace_back();
    draft.id = query.id<InvoiceId>(0);
    draft.draft_number = query.string(1);
    draft.client = query.id<ClientId>(2);
    draft.bill_to = query.id<ClientId>(3);
    draft.currency = Currency::of(query.text(4)).value_or(Currency::none());
    draft.scope = parse_invoice_scope(query.text(5)).value_or(InvoiceScope::client);
    draft.engagement = query.id<EngagementId>(6);
    draft.project = query.id<ProjectId>(7);
    draft.po_number = query.string(8);
    draft.job = query.id<JobId>(9);
    draft.outside_scope = query.boolean(10);
    draft.taxed = query.boolean(11);
  }
  return drafts;
}

std::vector<std::int64_t> Drafts::issued_totals(ClientId client, Currency currency) {
  Query query(ledger_, kIssuedTotals);
  query.bind(":client", client).bind(":tenant", tenant_).bind(":currency", currency.code());
  std::vector<std::int64_t> totals;
  while (query.step()) totals.push_back(query.integer(0));
  return totals;
}

bool Drafts::is_adjusted(InvoiceId draft) {
  Query query(ledger_, kIsAdjusted);
  query.bind(":id", draft);
  return query.step();
}

bool Drafts::was_submitted(InvoiceId draft) {
  Query query(ledger_, kWasSubmitted);
  query.bind(":id", draft);
  return query.step();
}

std::string Drafts::client_code(ClientId client) {
  Query query(ledger_, kClientCode);
  query.bind(":id", client);
  return query.step() ? query.string(0) : std::string();
}

InvoiceId Drafts::next_id() {
  Query query(ledger_, kLastId);
  const std::int64_t last = query.step() ? query.integer(0) : 0;
  return InvoiceId{last + 1};
}

void Drafts::put_invoices(std::span<const Invoice> drafts) {
  const auto dates = dates_of(
      drafts, [](const Invoice& draft) { return draft.period.first().to_text(); },
      [](const Invoice& draft) { return draft.period.last().to_text(); });
  const auto cell_of = [&](const Invoice& draft, int column, BulkCell& cell) {
    const auto at = static_cast<std::size_t>(&draft - drafts.data());
    switch (column) {
      case 0:
        return cell.id(draft.id);
      case 1:
        return cell.id(tenant_);
      case 2:
        return cell.text(draft.draft_number);
      case 3:
        return cell.id(draft.client);
      case 4:
        return cell.id(draft.bill_to);
      case 5:
        return cell.text(draft.currency.code());
      case 6:
        return cell.text(word(draft.scope));
      case 7:
        return cell.id(draft.engagement);
      case 8:
        return cell.id(draft.project);
      case 15:
        return cell.text(dates[at].first);
      case 16:
        return cell.text(dates[at].last);
      case 17:
        return cell.text(word(draft.rounding));
      case 18:
        return cell.text(word(draft.rounding_mode));
      case 19:
        return cell.integer(std::int64_t{draft.quantity_decimals});
      case 20:
        return cell.text(word(draft.bill_by));
      case 25:
        return cell.id(draft.job);
      case 36:
        return cell.integer(draft.created_at.seconds());
      default:
        if (column < 15) return text_cell(draft, column - 9, cell);
        if (column < 25) return grouping_cell(draft, column - 21, cell);
        return money_cell(draft, column - 26, cell);
    }
  };
  insert_rows<Invoice>(ledger_, kPutInvoices, drafts, cell_of);
  insert_rows<Invoice>(ledger_, kPutNames, drafts,
                       [&](const Invoice& draft, int column, BulkCell& cell) {
                         if (column == 0) return cell.id(tenant_);
                         if (column == 1) return cell.text(draft.draft_number);
                         cell.id(draft.id);
                       });
}

void Drafts::put_lines(std::span<const Line> lines) {
  const auto dates = dates_of(
      lines, [](const Line& line) { return text_or_empty(line.first_on); },
      [](const Line& line) { return text_or_empty(line.last_on); });
  const auto text_or_null = [](const std::string& text, BulkCell& cell) {
    if (!text.empty()) cell.text(text);
  };
  insert_rows<Line>(ledger_, kPutLines, lines, [&](const Line& line, int column, BulkCell& cell) {
    const auto at = static_cast<std::size_t>(&line - lines.data());
    switch (column) {
      case 0:
        return cell.id(line.invoice);
      case 1:
        return cell.integer(line.line);
      case 2:
        return cell.integer(line.position);
      case 3:
        return cell.text(line.kind);
      case 4:
        return cell.text(line.description);
      case 5:
        return cell.integer(micro(line.quantity));
      case 6:
        return cell.text(line.unit);
      case 7:
        return cell.integer(micro(line.unit_price));
      case 8:
        return cell.integer(line.allowance_minor);
      case 9:
        return cell.integer(line.amount_minor);
      case 10:
        return cell.text(line.tax);
      case 11:
        return cell.id(line.project);
      case 12:
        return cell.id(line.task);
      case 13:
        return text_or_null(dates[at].first, cell);
      default:
        return text_or_null(dates[at].last, cell);
    }
  });
}

void Drafts::put_placed(std::span<const Placed> placed) {
  insert_rows<Placed>(
      ledger_, kPutPlaced, placed, [](const Placed& row, int column, BulkCell& cell) {
        const std::int64_t cells[] = {row.invoice.value, row.line, row.item.value, row.share_minor};
        cell.integer(cells[column]);
      });
}

void Drafts::put_item_places(std::span<const ItemPlace> places) {
  insert_rows<ItemPlace>(ledger_, kPutItemPlaces, places,
                         [](const ItemPlace& place, int column, BulkCell& cell) {
                           cell.integer(column == 0 ? place.item.value : place.invoice.value);
                         });
}

void Drafts::put_taxes(std::span<const TaxRowOf> rows) {
  insert_rows<TaxRowOf>(ledger_, kPutTaxes, rows,
                        [](const TaxRowOf& of, int column, BulkCell& cell) {
                          const TaxRow& row = of.row;
                          const auto& category = row.identity.category;
                          switch (column) {
                            case 0:
                              return cell.id(of.invoice);
                            case 1:
                              return cell.integer(of.position);
                            case 2:
                              return cell.text(row.identity.tax);
                            case 3:
                              return cell.text(category ? word(*category) : std::string_view());
                            case 4:
                              return cell.integer(row.identity.rate.micro());
                            case 5:
                              return cell.integer(row.base.minor());
                            case 6:
                              return cell.integer(row.amount.minor());
                            case 7:
                              return cell.integer(std::int64_t{row.overridden});
                            case 8:
                              return cell.integer(std::int64_t{row.stale});
                            case 9:
                              return cell.text(row.reason);
                            default:
                              return cell.text(row.vatex);
                          }
                        });
}

void Drafts::put_adjustments(std::span<const Adjustment> adjustments) {
  insert_rows<Adjustment>(ledger_, kPutAdjustments, adjustments,
                          [](const Adjustment& row, int column, BulkCell& cell) {
                            switch (column) {
                              case 0:
                                return cell.id(row.invoice);
                              case 1:
                                return cell.id(row.item);
                              case 2:
                                if (row.line != 0) cell.integer(row.line);
                                return;
                              case 3:
                                return cell.text(word(row.kind));
                              case 4:
                                return cell.integer(row.amount_minor);
                              case 5:
                                return cell.text(row.reason);
                              case 6:
                                return cell.integer(row.at.seconds());
                              default:
                                return cell.text(row.actor);
                            }
                          });
}

void Drafts::update(const Invoice& draft) {
  Query(ledger_, kUpdate)
      .bind(":id", draft.id)
      .bind(":revision", draft.revision)
      .bind(":first", draft.period.first().to_text())
      .bind(":last", draft.period.last().to_text())
      .bind(":bill_by", word(draft.bill_by))
      .bind(":projects", draft.group_projects)
      .bind(":hours", draft.group_hours)
      .bind(":travel", draft.group_travel)
      .bind(":annex", draft.annex)
      .bind(":starting", draft.summary.starting_minor)
      .bind(":adjustments", draft.summary.adjustments_minor)
      .bind(":exclusions", draft.summary.exclusions_minor)
      .bind(":milestones", draft.summary.milestones_minor)
      .bind(":lines", draft.amounts.lines_minor)
      .bind(":excl_tax", draft.amounts.excl_tax_minor)
      .bind(":tax", draft.amounts.tax_minor)
      .bind(":incl_tax", draft.amounts.incl_tax_minor)
      .bind(":prepaid", draft.amounts.prepaid_minor)
      .bind(":payable", draft.amounts.payable_minor)
      .run();
}

void Drafts::clear(InvoiceId draft) {
  for (const char* sql : {kDropLines, kDropPlaced, kDropDaily})
    Query(ledger_, sql).bind(":id", draft).run();
}

void Drafts::erase(InvoiceId draft) {
  for (const char* sql : kErase) Query(ledger_, sql).bind(":id", draft).run();
}

}  // namespace billctl
