#include "ledger/issue_records.hpp"

#include "ledger/connection.hpp"

namespace billctl {
namespace {

constexpr const char* kAdd =
    "INSERT INTO issue_record (invoice_id, required, taken_as_given, distinct_people, "
    "shares_checksum) VALUES (:invoice, :required, :taken, :distinct, :checksum)";
// Each share is weighed by its item and line, so that two changes of one sum do not cancel out.
// Both factors stay below 2^31 and each term below 2^32: nothing overflows.
constexpr const char* kChecksum =
    "SELECT coalesce(sum((share_minor % 2147483647) * ((item_id * 31 + line) % 2147483647) "
    "  % 4294967291), 0) FROM placed WHERE invoice_id = :invoice";

std::string words(const std::vector<ApprovalRole>& roles) {
  std::string text;
  for (const ApprovalRole role : roles) text.append(text.empty() ? "" : ";").append(word(role));
  return text;
}

}  // namespace

void IssueRecords::add(InvoiceId invoice, const IssueRecord& record) {
  Query(ledger_, kAdd)
      .bind(":invoice", invoice)
      .bind(":required", words(record.required))
      .bind(":taken", words(record.taken_as_given))
      .bind(":distinct", record.distinct_people)
      .bind(":checksum", shares_checksum(invoice))
      .run();
}

std::int64_t IssueRecords::shares_checksum(InvoiceId invoice) {
  Query query(ledger_, kChecksum);
  query.bind(":invoice", invoice);
  return query.step() ? query.integer(0) : 0;
}

}  // namespace billctl
