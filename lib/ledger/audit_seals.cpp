// Every seal computed anew from the stored rows of its document.
#include "issue/seal.hpp"
#include "ledger/audit_run.hpp"
#include "ledger/invoices.hpp"

namespace billctl {
namespace {

constexpr const char* kIssued =
    "SELECT v.id, v.tenant_id, v.number, coalesce(c.code, ''), coalesce(o.number, ''), "
    "  r.unsealed_digest "
    "FROM invoice AS v LEFT JOIN client AS c ON c.id = v.client_id "
    "LEFT JOIN invoice AS o ON o.id = v.corrects_id "
    "LEFT JOIN issue_record AS r ON r.invoice_id = v.id "
    "WHERE v.state IN ('issued', 'voided') AND v.seal <> '' ORDER BY v.id";

void check_seal(AuditRun& run, const Query& row) {
  const std::string number = AuditRun::text_of(row, 2);
  try {
    Invoices invoices(run.ledger(), row.id<TenantId>(1));
    const Document document = invoices.document(row.id<InvoiceId>(0));
    const std::string canonical = canonical_bytes(document, {row.string(3), row.string(4)});
    if (seal_of(document.invoice.previous_seal, canonical) != document.invoice.seal) {
      run.error(number, "is not as it was sealed");
    } else if (!row.is_null(5) && unsealed_digest(document) != row.text(5)) {
      // Where no record is, `approvals` tells it.
      run.error(number,
                "has not the terms, contract, tax reasons, work or origin that it was issued with");
    }
  } catch (const Error& error) {
    if (error.code() != Reason::corrupt) throw;
    run.error(number, "can't be read: " + error.message());
  }
}

}  // namespace

void audit_seals(AuditRun& run) {
  Query issued(run.ledger(), kIssued);
  while (issued.step()) check_seal(run, issued);
}

}  // namespace billctl
