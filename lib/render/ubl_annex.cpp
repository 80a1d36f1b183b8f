// The work behind an invoice as a table that goes along (BG-24).
#include <algorithm>

#include "render/ubl_run.hpp"
#include "render/whole_file.hpp"
#include "text/base64.hpp"
#include "text/visible.hpp"

namespace billctl {
namespace {

/// CSV of RFC 4180 for people's spreadsheets; without members where the annex is anonymous.
std::string table_of(const std::vector<AnnexRow>& rows) {
  const bool named =
      std::ranges::any_of(rows, [](const AnnexRow& row) { return !row.member.empty(); });
  std::string csv = named ? "date,member," : "date,";
  csv += "work,description,quantity,unit,source\r\n";
  for (const AnnexRow& row : rows) {
    csv += row.on.to_text() + ',';
    if (named) csv += spreadsheet_cell(row.member) + ',';
    csv += spreadsheet_cell(row.work) + ',' + spreadsheet_cell(row.description) + ',' +
           exact_cell(row.quantity.to_text()) + ',' + spreadsheet_cell(row.unit) + ',' +
           spreadsheet_cell(row.source) + "\r\n";
  }
  return csv;
}

}  // namespace

void UblRun::annex() {
  if (printed_.annex.empty()) return;
  const std::string name = safe_file_name(invoice_.number) + "-work.csv";
  const auto reference = xml_.in("cac:AdditionalDocumentReference");
  xml_.put("cbc:ID", name);
  xml_.put(
      "cbc:DocumentDescription",
      phrase(is_credit() ? Phrase::annex_of_credit_note : Phrase::annex_of_invoice, language()));
  const auto attachment = xml_.in("cac:Attachment");
  xml_.put("cbc:EmbeddedDocumentBinaryObject", base64(table_of(printed_.annex)),
           {{"mimeCode", "text/csv"}, {"filename", name}});
}

}  // namespace billctl
