// PastInvoiceImport: invoices that another program issued (spec/import.md, past_invoices). One that
// is there already is history: the same row again changes nothing, another one is refused.
//
//     2024-117,2024-12-31,acme,EUR,1000.00,240.00,1240.00 -> an issued invoice of one line of
//     1000.00, taxed by `vat` at 24 %, whatever `vat` is today
#pragma once

#include <optional>
#include <set>
#include <string>

#include "intake/row_cells.hpp"
#include "intake/source.hpp"
#include "ledger/invoices.hpp"
#include "ledger/past_invoices.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/import_work/import_report.hpp"
#include "pipeline/import_work/import_run.hpp"
#include "work/books.hpp"

namespace billctl {

class PastInvoiceImport {
 public:
  PastInvoiceImport(ImportRun& run, const Books& books, ImportReport& report);

  /// Reads the file and writes what it says; mistakes go to the run.
  void take(Source& source);

 private:
  /// What a row gives; absent and empty cells give nothing.
  struct Given {
    std::string number;
    std::optional<Date> date;
    ClientId client;
    std::optional<Currency> currency;
    std::optional<Money> excl_tax, tax, incl_tax;
    std::string po_number;
  };

  void take_row(const Row& row);
  Given read(const std::optional<Invoice>& known);
  void read_client(Given& given);
  void refuse_other(const Given& given, const Invoice& known);
  void check_number(const std::string& number);
  void check_whole(const Given& given);
  Document document_of(const Given& given);
  std::optional<TaxRow> tax_of(const Given& given);

  ImportRun& run_;
  const Books& books_;
  const Table& table_;
  ImportReport& report_;
  RowCells cells_;
  Invoices invoices_;
  PastInvoices past_;
  std::string seller_;
  std::set<std::string> numbers_;  ///< of this file
  bool names_wrong_ = false;       ///< the row names a client whose own row is wrong
};

}  // namespace billctl
