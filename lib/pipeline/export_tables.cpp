#include "pipeline/export_tables.hpp"

#include <map>
#include <unordered_map>

#include "ledger/books_table.hpp"
#include "ledger/entry_list.hpp"
#include "ledger/invoices.hpp"
#include "ledger/records.hpp"
#include "money/money.hpp"
#include "pipeline/import_work/import_run.hpp"
#include "pipeline/invoice_selection.hpp"
#include "text/visible.hpp"

namespace billctl {
namespace {

using Visit = std::function<void(TableKind, std::string_view)>;

std::string decimal_text(std::int64_t micro) {
  return Decimal::from_micro(micro).to_text();
}
std::string decimal_text(const std::optional<std::int64_t>& micro) {
  return micro ? decimal_text(*micro) : "";
}
std::string instant_text(const std::optional<std::int64_t>& at) {
  return at ? Instant::from_seconds(*at).to_text() : "";
}

/// A signed number is a number to a spreadsheet too, not a formula.
std::string written(const std::string& cell) {
  return Decimal::parse(cell) ? exact_cell(cell) : table_cell(cell);
}

class TablesExport {
 public:
  TablesExport(Session& session, const Visit& visit)
      : session_(session),
        visit_(visit),
        books_(read_books(session.ledger, session.tenant.id, BooksPart::as_needed)) {}

  std::int64_t table(TableKind kind) {
    rows_ = 0;
    visit_(kind, template_text(table_of(kind)));
    if (kind == TableKind::entries) {
      entries();
    } else if (kind == TableKind::past_invoices) {
      past_invoices();
    } else {
      records(kind);
    }
    return rows_;
  }

 private:
  void row(TableKind kind, const std::vector<std::string>& cells) {
    std::string line;
    for (const std::string& cell : cells)
      line += (&cell == cells.data() ? "" : ",") + written(cell);
    visit_(kind, line + "\n");
    ++rows_;
  }

  void records(TableKind kind) {
    Records records(session_.ledger, session_.tenant.id, record_kind_of(kind));
    const RecordShape& shape = records.shape();
    const Table& table = table_of(kind);
    records.each([&](const Record& record) {
      if (kind == TableKind::products && is_made_by_us(ProductId{record.id})) return;
      std::vector<std::string> cells;
      for (const Column& column : table.columns)
        cells.push_back(cell(column, record, shape, record.values[shape.place(column.name)]));
      row(kind, cells);
    });
  }

  bool is_made_by_us(ProductId id) {
    return books_.products.at(id).auto_created != DefaultProduct::none;
  }

  std::string cell(const Column& column, const Record& record, const RecordShape& shape,
                   const RecordValue& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    const auto* number = std::get_if<std::int64_t>(&value);
    if (number == nullptr) return "";
    if (column.refers_to) return code_of(*column.refers_to, *number);
    switch (column.type) {
      case CellType::decimal:
      case CellType::price:
      case CellType::positive:
        return decimal_text(*number);
      case CellType::amount:  // what was recognised on a contract line
        return Money(*number, currency_of(EngagementId{std::get<std::int64_t>(
                                  record.values[shape.place("engagement")])}))
            .to_text();
      default:
        return std::to_string(*number);
    }
  }

  std::string code_of(TableKind kind, std::int64_t id) {
    if (id == 0) return "";
    if (kind == TableKind::entries) {
      std::string ref;
      EntryList(session_.ledger, session_.tenant.id)
          .get(EntryId{id}, [&](const ListedEntry& entry) { ref = entry.row.ref; });
      return ref;
    }
    auto [found, is_new] = codes_.try_emplace(kind);
    if (is_new) {
      Records(session_.ledger, session_.tenant.id, record_kind_of(kind))
          .each_code([&](std::int64_t row, std::string_view code) { found->second[row] = code; });
    }
    return found->second.at(id);
  }

  Currency currency_of(EngagementId id) {
    const Engagement& engagement = books_.engagements.at(id);
    std::string code = engagement.currency;
    if (code.empty()) code = books_.clients.at(engagement.client).currency;
    return Currency::of(code).value_or(session_.config.tenant.currency);
  }

  void entries() {
    const auto numbers = invoiced_here();
    EntryList(session_.ledger, session_.tenant.id).each({}, [&](const ListedEntry& entry) {
      const EntryRow& of = entry.row;
      if (of.withdrawn_at) return true;
      const auto found = numbers.find(of.id.value);
      const bool on_invoice = entry.state == EntryState::invoiced && found != numbers.end();
      std::string elsewhere(on_invoice ? std::string_view(found->second) : of.invoiced_as);
      if (elsewhere.empty() && of.archived_at) elsewhere = "archived";
      const auto code = [&](TableKind kind, std::int64_t id) { return code_of(kind, id); };
      constexpr std::int64_t kMinute = 60;
      constexpr std::int64_t kMicroOfMetre = 1000;
      const auto scaled = [](const std::optional<std::int64_t>& value, std::int64_t by,
                             std::int64_t over) {
        return value ? decimal_text(*value * by / over) : std::string();
      };
      row(TableKind::entries,
          {std::string(of.ref),
           std::string(word(of.kind)),
           code(TableKind::tasks, of.task.value),
           of.task ? "" : code(TableKind::projects, of.project.value),
           code(TableKind::members, of.member.value),
           instant_text(of.started_at),
           instant_text(of.stopped_at),
           of.raw_seconds ? std::to_string(*of.raw_seconds) : "",
           of.started_at ? "" : of.work_on.to_text(),
           std::string(of.zone),
           decimal_text(of.quantity_micro),
           std::string(of.unit),
           decimal_text(of.unit_price_micro),
           of.amount_minor ? Money(*of.amount_minor, currency_or_tenants(entry.currency)).to_text()
                           : "",
           scaled(of.distance_metres, kMicroOfMetre, 1),
           scaled(of.transport_seconds, Decimal::kOne, kMinute),
           decimal_text(of.transport_unit_price_micro),
           code(TableKind::products, of.product.value),
           code(TableKind::job_types, of.job_type.value),
           std::string(of.description),
           std::string(word(of.charge)),
           instant_text(of.confirmed_at),
           std::string(of.confirmed_by),
           of.to_rebill ? "1" : "0",
           std::string(entry.parent_ref),
           elsewhere});
      return true;
    });
  }

  Currency currency_or_tenants(std::string_view code) {
    return Currency::of(code).value_or(session_.config.tenant.currency);
  }

  /// The number of the invoice that each entry is on, by row.
  std::unordered_map<std::int64_t, std::string> invoiced_here() {
    std::unordered_map<std::int64_t, std::string> numbers;
    Invoices invoices(session_.ledger, session_.tenant.id);
    Filter filter;
    filter.states = {"issued"};
    each_selected(session_, books_, filter, [&](SelectedInvoice& one) {
      const Invoice& invoice = one.invoice;
      if (invoice.imported || invoice.type == InvoiceType::credit_note) return;
      for (const PlacedItem& item : invoices.placed_items(invoice.id))
        numbers[item.entry.value] = invoice.number;
    });
    return numbers;
  }

  void past_invoices() {
    Filter filter;
    filter.states = {"issued", "voided"};
    each_selected(session_, books_, filter, [&](SelectedInvoice& one) {
      const Invoice& invoice = one.invoice;
      if (!invoice.imported) return;
      const auto amount = [&](std::int64_t minor) {
        return Money(minor, invoice.currency).to_text();
      };
      row(TableKind::past_invoices,
          {invoice.number, invoice.invoice_on ? invoice.invoice_on->to_text() : "",
           books_.clients.at(invoice.client).code, std::string(invoice.currency.code()),
           amount(invoice.amounts.excl_tax_minor), amount(invoice.amounts.tax_minor),
           amount(invoice.amounts.incl_tax_minor), invoice.po_number});
    });
  }

  Session& session_;
  const Visit& visit_;
  Books books_;
  std::map<TableKind, std::unordered_map<std::int64_t, std::string>> codes_;
  std::int64_t rows_ = 0;
};

}  // namespace

std::vector<std::pair<TableKind, std::int64_t>> export_tables(Session& session,
                                                              const Visit& visit) {
  require_reading(session, "export csv");
  std::vector<std::pair<TableKind, std::int64_t>> rows;
  session.ledger.read([&] {
    TablesExport tables(session, visit);
    for (const std::string& word : table_kind_words()) {
      const TableKind kind = *table_kind_of(word);
      rows.emplace_back(kind, tables.table(kind));
    }
  });
  return rows;
}

}  // namespace billctl
