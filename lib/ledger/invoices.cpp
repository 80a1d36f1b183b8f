#include "ledger/invoices.hpp"

#include "ledger/connection.hpp"
#include "text/nearest.hpp"

namespace billctl {
namespace {

#define BILLCTL_INVOICE_COLUMNS                                                                    \
  "id, type, state, revision, draft_number, coalesce(number, ''), coalesce(series, ''), "          \
  "coalesce(series_year, ''), sequence, corrects_id, reissues_id, client_id, bill_to_id, "         \
  "currency, scope, "                                                                              \
  "engagement_id, project_id, name, title, subtitle, po_number, cost_centre, terms, invoice_on, "  \
  "due_on, ar_period, period_first_on, period_last_on, rounding, rounding_mode, "                  \
  "quantity_decimals, bill_by, group_projects, group_hours, group_travel, annex, notes, "          \
  "notes_at_issue, job_id, by_hand, unallocated_minor, starting_minor, adjustments_minor, "        \
  "exclusions_minor, milestones_minor, lines_minor, excl_tax_minor, tax_minor, incl_tax_minor, "   \
  "prepaid_minor, payable_minor, tax_accounting_minor, accounting_currency, exchange_rate_micro, " \
  "contract, seller, buyer, terms_snapshot, created_at, issued_at, coalesce(previous_seal, ''), "  \
  "coalesce(seal, ''), signature, imported"

constexpr const char* kFind =
    "SELECT invoice_id FROM invoice_name WHERE tenant_id = :tenant AND name = :name";
constexpr const char* kNames =
    "SELECT name FROM invoice_name WHERE tenant_id = :tenant ORDER BY name LIMIT 10000";
constexpr const char* kNamesOf =
    "SELECT name FROM invoice_name WHERE tenant_id = :tenant AND invoice_id = :id ORDER BY name";
constexpr const char* kHeader =
    "SELECT " BILLCTL_INVOICE_COLUMNS " FROM invoice WHERE id = :id AND tenant_id = :tenant";
// By rowid: an index over the tenant would ask for a sort of all.
constexpr const char* kAllHeaders =
    "SELECT " BILLCTL_INVOICE_COLUMNS
    " FROM invoice NOT INDEXED WHERE tenant_id = :tenant AND id > :after ORDER BY id";
constexpr const char* kOpenHeaders = "SELECT " BILLCTL_INVOICE_COLUMNS
                                     " FROM invoice INDEXED BY invoice_open WHERE tenant_id = "
                                     ":tenant AND id > :after AND state IN ('draft', 'held') "
                                     "ORDER BY id";
constexpr const char* kHeadersOfClient =
    "SELECT " BILLCTL_INVOICE_COLUMNS
    " FROM invoice INDEXED BY invoice_of_client WHERE client_id = :client AND tenant_id = :tenant "
    "AND id > :after ORDER BY id";
constexpr const char* kNewestOfClient =
    "SELECT " BILLCTL_INVOICE_COLUMNS
    " FROM invoice INDEXED BY invoice_of_client WHERE client_id = :client AND tenant_id = :tenant "
    "ORDER BY id DESC LIMIT :limit";
constexpr const char* kOpen =
    "SELECT id FROM invoice WHERE tenant_id = :tenant AND state IN ('draft', 'held') ORDER BY id";
constexpr const char* kTaxes =
    "SELECT tax, category, rate_micro, base_minor, amount_minor, overridden, stale, reason, vatex "
    "FROM tax_row WHERE invoice_id = :id ORDER BY position";
constexpr const char* kPrepayments =
    "SELECT p.contract_line_id, c.code, p.applied_minor, p.tax_minor FROM prepayment AS p "
    "JOIN contract_line AS c ON c.id = p.contract_line_id WHERE p.invoice_id = :id ORDER BY c.code";
constexpr const char* kPlaced =
    "SELECT line, item_id, share_minor, update_row_minor, report_minor FROM placed "
    "WHERE invoice_id = :id ORDER BY line, item_id";
constexpr const char* kPlacedItems =
    "SELECT p.line, p.item_id, p.share_minor, p.update_row_minor, p.report_minor, i.entry_id, "
    "e.ref, "
    "i.kind, i.project_id, i.price_source, i.default_price FROM placed AS p "
    "JOIN item AS i ON i.id = p.item_id JOIN entry AS e ON e.id = i.entry_id "
    "WHERE p.invoice_id = :id ORDER BY p.line, p.item_id";
constexpr const char* kPlacedWork =
    "SELECT DISTINCT i.project_id, i.task_id, i.member_id, i.kind FROM placed AS p "
    "JOIN item AS i ON i.id = p.item_id WHERE p.invoice_id = :id ORDER BY 1, 2, 3, 4";
// Asks the small index of the items without a price, not the row of each item.
constexpr const char* kPriceGaps =
    "SELECT p.line, e.ref, i.default_price FROM placed AS p "
    "CROSS JOIN item AS i INDEXED BY item_price_gap ON i.id = p.item_id "
    "JOIN entry AS e ON e.id = i.entry_id "
    "JOIN line AS l ON l.invoice_id = p.invoice_id AND l.line = p.line "
    "WHERE p.invoice_id = :id AND (i.price_source = 'none' OR i.default_price = 1) "
    "AND p.update_row_minor IS NULL AND l.source = 'items' ORDER BY p.line, p.item_id";
constexpr const char* kProjects =
    "SELECT i.project_id FROM placed AS p JOIN item AS i ON i.id = p.item_id "
    "WHERE p.invoice_id = :id AND i.project_id IS NOT NULL UNION "
    "SELECT project_id FROM line WHERE invoice_id = :id AND project_id IS NOT NULL UNION "
    "SELECT project_id FROM invoice WHERE id = :id AND project_id IS NOT NULL ORDER BY 1";
constexpr const char* kEngagements =
    "SELECT i.engagement_id FROM placed AS p JOIN item AS i ON i.id = p.item_id "
    "WHERE p.invoice_id = :id AND i.engagement_id IS NOT NULL UNION "
    "SELECT engagement_id FROM invoice WHERE id = :id AND engagement_id IS NOT NULL ORDER BY 1";
constexpr const char* kSequences =
    "SELECT sequence FROM invoice WHERE tenant_id = :tenant AND series = :series "
    "AND series_year = :year AND sequence IS NOT NULL ORDER BY sequence";
constexpr const char* kCreditedBy =
    "SELECT coalesce(c.number, c.draft_number) FROM invoice AS o "
    "JOIN invoice AS c ON c.client_id = o.client_id AND c.corrects_id = o.id "
    "WHERE o.id = :id AND c.type = 'credit_note' AND c.state <> 'voided' ORDER BY c.id";

template <class Value>
Value stored(const std::optional<Value>& value, const char* what) {
  if (value) return *value;
  throw Error(Reason::corrupt, std::string("an invoice has a ") + what + " that is none",
              "run `billctl verify`");
}

std::optional<Date> date_or_none(const Query& query, int column) {
  if (query.is_null(column)) return std::nullopt;
  return stored(Date::parse(query.text(column)), "date");
}

/// Reads the columns of a row one after the other.
class Columns {
 public:
  explicit Columns(const Query& query) : query_(query) {}
  std::int64_t integer() { return query_.integer(next_++); }
  std::int64_t integer_or_zero() { return query_.integer_or_null(next_++).value_or(0); }
  std::optional<std::int64_t> integer_or_none() { return query_.integer_or_null(next_++); }
  std::string_view text() { return query_.text(next_++); }
  std::string string() { return query_.string(next_++); }
  std::optional<Date> date() { return date_or_none(query_, next_++); }
  template <class IdType>
  IdType id() {
    return query_.id<IdType>(next_++);
  }

 private:
  const Query& query_;
  int next_ = 0;
};

void read_identity(Columns& columns, Invoice& invoice) {
  invoice.id = columns.id<InvoiceId>();
  invoice.type = stored(invoice_type_of(columns.text()), "type");
  invoice.state = stored(invoice_state_of(columns.text()), "state");
  invoice.revision = columns.integer();
  invoice.draft_number = columns.string();
  invoice.number = columns.string();
  invoice.series = columns.string();
  invoice.series_year = columns.string();
  invoice.sequence = columns.integer_or_zero();
  invoice.corrects = columns.id<InvoiceId>();
  invoice.reissues = columns.id<InvoiceId>();
  invoice.client = columns.id<ClientId>();
  invoice.bill_to = columns.id<ClientId>();
  invoice.currency = stored(Currency::of(columns.text()), "currency");
  invoice.scope = stored(parse_invoice_scope(columns.text()), "scope");
  invoice.engagement = columns.id<EngagementId>();
  invoice.project = columns.id<ProjectId>();
}

void read_heading(Columns& columns, Invoice& invoice) {
  for (std::string* field : {&invoice.name, &invoice.title, &invoice.subtitle, &invoice.po_number,
                             &invoice.cost_centre, &invoice.terms}) {
    *field = columns.string();
  }
  invoice.invoice_on = columns.date();
  invoice.due_on = columns.date();
  invoice.ar_period = columns.string();
  const Date first = stored(columns.date(), "period");
  const Date last = stored(columns.date(), "period");
  if (last < first) stored(std::optional<Date>(), "period");
  invoice.period = Period::from_to(first, last);
}

void read_manner(Columns& columns, Invoice& invoice) {
  invoice.rounding = stored(rounding_of(columns.text()), "rounding");
  invoice.rounding_mode = stored(parse_rounding_mode(columns.text()), "rounding mode");
  invoice.quantity_decimals = static_cast<int>(columns.integer());
  invoice.bill_by = stored(parse_bill_by(columns.text()), "bill_by");
  for (std::string* field : {&invoice.group_projects, &invoice.group_hours, &invoice.group_travel,
                             &invoice.annex, &invoice.notes, &invoice.notes_at_issue}) {
    *field = columns.string();
  }
  invoice.job = columns.id<JobId>();
  invoice.by_hand = columns.integer() != 0;
}

void read_amounts(Columns& columns, Invoice& invoice) {
  for (std::int64_t* minor : {&invoice.unallocated_minor, &invoice.summary.starting_minor,
                              &invoice.summary.adjustments_minor, &invoice.summary.exclusions_minor,
                              &invoice.summary.milestones_minor, &invoice.amounts.lines_minor,
                              &invoice.amounts.excl_tax_minor, &invoice.amounts.tax_minor,
                              &invoice.amounts.incl_tax_minor, &invoice.amounts.prepaid_minor,
                              &invoice.amounts.payable_minor}) {
    *minor = columns.integer();
  }
  invoice.tax_accounting_minor = columns.integer_or_none();
  invoice.accounting_currency = columns.string();
  if (const auto micro = columns.integer_or_none())
    invoice.exchange_rate = Decimal::from_micro(*micro);
}

void read_seals(Columns& columns, Invoice& invoice) {
  for (std::string* field :
       {&invoice.contract, &invoice.seller, &invoice.buyer, &invoice.terms_snapshot})
    *field = columns.string();
  invoice.created_at = Instant::from_seconds(columns.integer());
  if (const auto at = columns.integer_or_none()) invoice.issued_at = Instant::from_seconds(*at);
  for (std::string* field : {&invoice.previous_seal, &invoice.seal, &invoice.signature})
    *field = columns.string();
  invoice.imported = columns.integer() != 0;
}

Invoice invoice_of(const Query& query) {
  Invoice invoice;
  Columns columns(query);
  read_identity(columns, invoice);
  read_heading(columns, invoice);
  read_manner(columns, invoice);
  read_amounts(columns, invoice);
  read_seals(columns, invoice);
  return invoice;
}

Placed placed_of(const Query& query, InvoiceId invoice) {
  Placed placed;
  placed.invoice = invoice;
  placed.line = query.integer(0);
  placed.item = query.id<ItemId>(1);
  placed.share_minor = query.integer(2);
  placed.update_row_minor = query.integer_or_null(3);
  placed.report_minor = query.integer_or_null(4);
  return placed;
}

PlacedItem placed_item_of(const Query& query, InvoiceId invoice) {
  PlacedItem item;
  item.placed = placed_of(query, invoice);
  item.entry = query.id<EntryId>(5);
  item.entry_ref = query.string(6);
  item.kind = stored(item_kind_of(query.text(7)), "kind of item");
  item.project = query.id<ProjectId>(8);
  item.price_source = stored(price_source_of(query.text(9)), "price source");
  item.default_price = query.boolean(10);
  return item;
}

template <class RowOf>
auto rows_of(Ledger& ledger, const char* sql, InvoiceId id, RowOf row_of) {
  Query query(ledger, sql);
  query.bind(":id", id);
  std::vector<decltype(row_of(query))> rows;
  while (query.step()) rows.push_back(row_of(query));
  return rows;
}

}  // namespace

std::optional<InvoiceId> Invoices::find(std::string_view name) {
  Query query(ledger_, kFind);
  query.bind(":tenant", tenant_).bind(":name", name);
  if (!query.step()) return std::nullopt;
  return query.id<InvoiceId>(0);
}

InvoiceId Invoices::named(std::string_view name) {
  if (const auto id = find(name)) return *id;
  std::vector<std::string> names;
  Query query(ledger_, kNames);
  query.bind(":tenant", tenant_);
  while (query.step()) names.push_back(query.string(0));
  std::string hint = did_you_mean(name, names);
  if (hint.empty()) hint = "see `billctl invoice list`";
  throw Error(Reason::not_found, "invoice " + std::string(name) + ": there is none of that name",
              hint);
}

std::vector<std::string> Invoices::names(InvoiceId id) {
  Query query(ledger_, kNamesOf);
  query.bind(":tenant", tenant_).bind(":id", id);
  std::vector<std::string> names;
  while (query.step()) names.push_back(query.string(0));
  return names;
}

Invoice Invoices::header(InvoiceId id) {
  Query query(ledger_, kHeader);
  query.bind(":id", id).bind(":tenant", tenant_);
  if (!query.step()) throw Error(Reason::not_found, "there is no invoice of that row");
  return invoice_of(query);
}

Document Invoices::document(InvoiceId id) {
  Document document;
  document.invoice = header(id);
  document.lines = lines(id);
  document.taxes = taxes(document.invoice);
  document.prepayments = prepayments(id);
  return document;
}

std::vector<TaxRow> Invoices::taxes(const Invoice& invoice) {
  return rows_of(ledger_, kTaxes, invoice.id, [&](const Query& query) {
    const TaxIdentity identity{query.string(0), tax_category_of(query.text(1)),
                               Decimal::from_micro(query.integer(2))};
    const Money base(query.integer(3), invoice.currency);
    TaxRow row{identity, base, Money(query.integer(4), invoice.currency), false, false, "", ""};
    row.overridden = query.boolean(5);
    row.stale = query.boolean(6);
    row.reason = query.string(7);
    row.vatex = query.string(8);
    return row;
  });
}

std::vector<AppliedPrepayment> Invoices::prepayments(InvoiceId id) {
  return rows_of(ledger_, kPrepayments, id, [](const Query& query) {
    return AppliedPrepayment{query.id<ContractLineId>(0), query.string(1), query.integer(2),
                             query.integer(3)};
  });
}

std::vector<Placed> Invoices::placed(InvoiceId id) {
  return rows_of(ledger_, kPlaced, id, [&](const Query& query) { return placed_of(query, id); });
}

std::vector<PlacedItem> Invoices::placed_items(InvoiceId id) {
  return rows_of(ledger_, kPlacedItems, id,
                 [&](const Query& query) { return placed_item_of(query, id); });
}

std::vector<PlacedWork> Invoices::placed_work(InvoiceId id) {
  return rows_of(ledger_, kPlacedWork, id, [](const Query& query) {
    return PlacedWork{query.id<ProjectId>(0), query.id<TaskId>(1), query.id<MemberId>(2),
                      stored(item_kind_of(query.text(3)), "kind of item")};
  });
}

std::vector<PriceGap> Invoices::price_gaps(InvoiceId id) {
  return rows_of(ledger_, kPriceGaps, id, [](const Query& query) {
    return PriceGap{query.integer(0), query.string(1), query.boolean(2)};
  });
}

std::vector<ProjectId> Invoices::projects(InvoiceId id) {
  return rows_of(ledger_, kProjects, id, [](const Query& query) { return query.id<ProjectId>(0); });
}

std::vector<EngagementId> Invoices::engagements(InvoiceId id) {
  return rows_of(ledger_, kEngagements, id,
                 [](const Query& query) { return query.id<EngagementId>(0); });
}

std::vector<std::int64_t> Invoices::sequences(std::string_view series, std::string_view year) {
  Query query(ledger_, kSequences);
  query.bind(":tenant", tenant_).bind(":series", series).bind(":year", year);
  std::vector<std::int64_t> sequences;
  while (query.step()) sequences.push_back(query.integer(0));
  return sequences;
}

std::vector<std::string> Invoices::credited_by(InvoiceId id) {
  return rows_of(ledger_, kCreditedBy, id, [](const Query& query) { return query.string(0); });
}

void Invoices::each(Which which, InvoiceId after, const std::function<bool(Invoice&)>& visit) {
  Query query(ledger_, which == Which::open ? kOpenHeaders : kAllHeaders);
  query.bind(":tenant", tenant_).bind(":after", after);
  while (query.step()) {
    Invoice invoice = invoice_of(query);
    if (!visit(invoice)) return;
  }
}

void Invoices::each_of(ClientId client, InvoiceId after,
                       const std::function<bool(Invoice&)>& visit) {
  Query query(ledger_, kHeadersOfClient);
  query.bind(":client", client).bind(":tenant", tenant_).bind(":after", after);
  while (query.step()) {
    Invoice invoice = invoice_of(query);
    if (!visit(invoice)) return;
  }
}

std::vector<Invoice> Invoices::newest_of(ClientId client, std::int64_t limit) {
  Query query(ledger_, kNewestOfClient);
  query.bind(":client", client).bind(":tenant", tenant_).bind(":limit", limit);
  std::vector<Invoice> invoices;
  while (query.step()) invoices.push_back(invoice_of(query));
  return invoices;
}

std::vector<InvoiceId> Invoices::open() {
  Query query(ledger_, kOpen);
  query.bind(":tenant", tenant_);
  std::vector<InvoiceId> ids;
  while (query.step()) ids.push_back(query.id<InvoiceId>(0));
  return ids;
}

}  // namespace billctl
