#include "pipeline/import_work/import_past_invoices.hpp"

#include <fmt/format.h>

#include "approval/gate.hpp"
#include "catalogue/tax_type.hpp"
#include "invoice/line_amount.hpp"
#include "issue/parties.hpp"
#include "money/rounding.hpp"
#include "text/visible.hpp"

namespace billctl {
namespace {

/// The taxes that may have been on it: the client's, then the tenant's, then any of the config.
std::vector<const TaxType*> likely_taxes(const Config& config, const Client& client) {
  std::vector<const TaxType*> likely;
  for (const std::string& code : codes_in(client.tax)) {
    if (const TaxType* tax = config.find_tax(code)) likely.push_back(tax);
  }
  for (const TaxType* tax : config.default_taxes()) likely.push_back(tax);
  for (const TaxType& tax : config.taxes) likely.push_back(&tax);
  return likely;
}

/// What the tax was in percent of the amount before it, with as few digits as give the same tax:
/// 240.00 of 1000.00 -> 24.
Decimal effective_rate(Money base, Money tax, Rounding rounding) {
  constexpr std::int64_t kPercent = 100;
  const Int128 numerator = Int128{tax.absolute().minor()} * kPercent * Decimal::kOne;
  const Int128 exact = round_divide(numerator, Int128{base.absolute().minor()}, rounding);
  for (std::int64_t step = Decimal::kOne; step > 1; step /= 10) {
    const Int128 steps = round_divide(exact, Int128{step}, rounding);
    const Decimal rate = Decimal::from_micro(narrowed(steps * step, "a tax rate"));
    if (percent_of(base, rate, rounding) == tax) return rate;
  }
  return Decimal::from_micro(narrowed(exact, "a tax rate"));
}

}  // namespace

PastInvoiceImport::PastInvoiceImport(ImportRun& run, const Books& books, ImportReport& report)
    : run_(run),
      books_(books),
      table_(table_of(TableKind::past_invoices)),
      report_(report),
      cells_(table_, run.mistakes),
      invoices_(run.session.ledger, run.session.tenant.id),
      past_(run.session.ledger, run.session.tenant.id),
      seller_(to_json(seller_of(run.session.config)).canonical()) {}

void PastInvoiceImport::take(Source& source) {
  const auto rows = open_rows(source, column_names(table_), run_.mistakes);
  Row row;
  while (rows->next(row)) take_row(row);
}

void PastInvoiceImport::take_row(const Row& row) {
  ++report_.rows;
  cells_.begin(row);
  if (cells_.wrong()) return;
  const auto number = cells_.text(table_.place("number"));
  if (!number) return;
  if (!numbers_.emplace(*number).second)
    return cells_.refuse_row(fmt::format("{} is there twice in this file", shown(*number)));
  std::optional<Invoice> known;
  if (const auto id = invoices_.find(*number)) known = invoices_.header(*id);
  if (known && !known->imported) {
    return cells_.refuse(table_.place("number"), "an invoice of this ledger already",
                         "a number is never given twice");
  }
  names_wrong_ = false;
  const Given given = read(known);
  if (known && !cells_.wrong() && !names_wrong_) refuse_other(given, *known);
  if (cells_.wrong() || names_wrong_) return;
  if (known) {
    ++report_.unchanged;
    return;
  }
  check_whole(given);
  if (cells_.wrong()) return;
  const Document document = document_of(given);
  if (cells_.wrong()) return;
  past_.put(document);
  ++report_.added;
}

/// @param known for its currency, where the row leaves it out.
PastInvoiceImport::Given PastInvoiceImport::read(const std::optional<Invoice>& known) {
  Given given;
  given.number = cells_.row().cell(table_.place("number")).text;
  if (!known) check_number(given.number);
  if (const auto date = cells_.date(table_.place("date"))) given.date = *date;
  if (const auto po = cells_.text(table_.place("po_number"))) given.po_number = *po;
  read_client(given);
  if (const auto currency = cells_.text(table_.place("currency")))
    given.currency = Currency::of(*currency);
  else if (known)
    given.currency = known->currency;
  if (!given.currency) return given;
  const auto amount = [&](const char* column) -> std::optional<Money> {
    const auto read = cells_.amount(table_.place(column), *given.currency);
    return read ? std::optional<Money>(*read) : std::nullopt;
  };
  given.excl_tax = amount("excl_tax");
  given.tax = amount("tax");
  given.incl_tax = amount("incl_tax");
  return given;
}

void PastInvoiceImport::read_client(Given& given) {
  const std::size_t column = table_.place("client");
  const auto code = cells_.text(column);
  if (!code) return;
  const auto row = run_.references.find(TableKind::clients, *code);
  if (!row) {
    return cells_.refuse(column, "none of the clients",
                         run_.references.hint(TableKind::clients, *code));
  }
  names_wrong_ = *row == References::kWrong;
  given.client = ClientId{*row};
}

/// What our own series could once produce would stand in its way (X28).
void PastInvoiceImport::check_number(const std::string& number) {
  const NumberingSettings& numbering = run_.session.config.numbering;
  for (const Series* series :
       {&numbering.draft, &numbering.issued, &run_.session.config.credit_series()}) {
    if (!series->format.could_produce(number)) continue;
    return cells_.refuse(
        table_.place("number"),
        fmt::format("a number that the series {} could give", series->format.text()),
        "give [numbering] another format in the config");
  }
}

void PastInvoiceImport::refuse_other(const Given& given, const Invoice& known) {
  const auto differs = [&](const char* column, const std::string& there) {
    cells_.refuse(table_.place(column),
                  there.empty() ? "none in the ledger" : shown(there) + " in the ledger",
                  "history does not change");
  };
  const auto amount = [&](const char* column, const std::optional<Money>& seen,
                          std::int64_t minor) {
    const Money there(minor, known.currency);
    if (seen && *seen != there) differs(column, there.to_text());
  };
  if (given.currency && *given.currency != known.currency)
    return differs("currency", std::string(known.currency.code()));
  if (given.date && given.date != known.invoice_on)
    differs("date", known.invoice_on.value().to_text());
  if (given.client && given.client != known.client)
    differs("client", books_.clients.at(known.client).code);
  if (!given.po_number.empty() && given.po_number != known.po_number)
    differs("po_number", known.po_number);
  amount("excl_tax", given.excl_tax, known.amounts.excl_tax_minor);
  amount("tax", given.tax, known.amounts.tax_minor);
  amount("incl_tax", given.incl_tax, known.amounts.incl_tax_minor);
}

/// A new one needs every column, and its amounts must add up.
void PastInvoiceImport::check_whole(const Given& given) {
  const auto need = [&](const char* column, bool there) {
    if (!there)
      cells_.refuse(table_.place(column), "missing", "a past invoice needs it when it is new");
  };
  need("date", given.date.has_value());
  need("client", static_cast<bool>(given.client));
  need("currency", given.currency.has_value());
  need("excl_tax", given.excl_tax.has_value());
  need("tax", given.tax.has_value());
  need("incl_tax", given.incl_tax.has_value());
  if (cells_.wrong()) return;
  const Money sum = *given.excl_tax + *given.tax;
  if (*given.incl_tax != sum) {
    cells_.refuse(table_.place("incl_tax"), "not excl_tax + tax, which is " + sum.to_text(),
                  "the three amounts as they are on the invoice are needed");
  }
}

/// Its tax as it was, under the code of the tax that it most likely is; none where there was none.
std::optional<TaxRow> PastInvoiceImport::tax_of(const Given& given) {
  const Config& config = run_.session.config;
  const std::size_t column = table_.place("tax");
  if (given.tax->is_zero()) return std::nullopt;
  if (given.excl_tax->is_zero()) {
    cells_.refuse(column, "a tax on nothing", "excl_tax is what it was computed on");
    return std::nullopt;
  }
  const auto likely = likely_taxes(config, books_.clients.at(given.client));
  if (likely.empty()) {
    cells_.refuse(column, "a tax where the config has none", "write [tax.vat] in the config");
    return std::nullopt;
  }
  TaxRow row{{}, *given.excl_tax, *given.tax, true, false, "", ""};
  const TaxType* fits = nullptr;
  for (const TaxType* tax : likely) {
    const auto rate = tax->rate_on(*given.date);
    if (fits == nullptr && rate && percent_of(row.base, *rate, config.money.rounding) == row.amount)
      fits = tax;
  }
  const TaxType& tax = fits != nullptr ? *fits : *likely.front();
  row.identity.tax = tax.code;
  row.identity.category = tax.category;
  row.identity.rate = fits != nullptr ? *tax.rate_on(*given.date)
                                      : effective_rate(row.base, row.amount, config.money.rounding);
  return row;
}

Document PastInvoiceImport::document_of(const Given& given) {
  const Session& session = run_.session;
  const Client& client = books_.clients.at(given.client);
  const Money base = *given.excl_tax;
  Document document;
  if (auto tax = tax_of(given)) document.taxes.push_back(std::move(*tax));
  DraftLine piece;
  put_as_one_piece(base.minor(), base.currency(), piece);
  Line line;
  line.kind = "goods";
  line.description = given.number;
  line.quantity = piece.quantity;
  line.unit = piece.unit;
  line.unit_price = piece.unit_price;
  line.amount_minor = piece.amount_minor;
  if (!document.taxes.empty()) line.tax = document.taxes.front().identity.tax;
  document.lines.push_back(std::move(line));
  Invoice& invoice = document.invoice;
  invoice.imported = true;
  invoice.number = given.number;
  invoice.name = given.number;
  invoice.client = given.client;
  invoice.currency = base.currency();
  invoice.po_number = given.po_number;
  invoice.invoice_on = given.date;
  invoice.ar_period = given.date->to_text().substr(0, std::string_view("2026-10").size());
  invoice.rounding = session.config.money.rounding;
  invoice.quantity_decimals = session.config.money.quantity_decimals;
  invoice.summary.starting_minor = base.minor();
  invoice.amounts = {
      base.minor(),           base.minor(), given.tax->minor(), given.incl_tax->minor(), 0,
      given.incl_tax->minor()};
  invoice.seller = seller_;
  invoice.buyer = to_json(buyer_of(client, books_.clients.find(client.parent))).canonical();
  invoice.created_at = session.now;
  invoice.issued_at = session.now;
  return document;
}

}  // namespace billctl
