#include "ledger/issue_records.hpp"

#include <algorithm>

#include "ledger/connection.hpp"

namespace billctl {
namespace {

constexpr const char* kAdd =
    "INSERT INTO issue_record (invoice_id, required, taken_as_given, distinct_people, "
    "unsealed_digest, shares_checksum, last_approval, last_material) "
    "VALUES (:invoice, :required, :taken, :distinct, :digest, :checksum, "
    "  (SELECT coalesce(max(event_id), 0) FROM approval WHERE invoice_id = :invoice), "
    "  (SELECT coalesce(max(id), 0) FROM material_event WHERE invoice_id = :invoice))";
constexpr const char* kFind =
    "SELECT required, taken_as_given, distinct_people, unsealed_digest FROM issue_record WHERE "
    "invoice_id = "
    ":invoice";
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

std::vector<ApprovalRole> roles(std::string_view words) {
  std::vector<ApprovalRole> found;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(';'), words.size());
    const auto role = approval_role_of(words.substr(0, end));
    if (!role) throw Error(Reason::corrupt, "an issue record names a role that is none");
    found.push_back(*role);
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return found;
}

}  // namespace

std::optional<IssueRecord> IssueRecords::find(InvoiceId invoice) {
  Query query(ledger_, kFind);
  query.bind(":invoice", invoice);
  if (!query.step()) return std::nullopt;
  return IssueRecord{roles(query.text(0)), roles(query.text(1)), query.boolean(2), query.string(3)};
}

void IssueRecords::add(InvoiceId invoice, const IssueRecord& record) {
  Query(ledger_, kAdd)
      .bind(":invoice", invoice)
      .bind(":required", words(record.required))
      .bind(":taken", words(record.taken_as_given))
      .bind(":distinct", record.distinct_people)
      .bind(":digest", record.unsealed_digest)
      .bind(":checksum", shares_checksum(invoice))
      .run();
}

std::int64_t IssueRecords::shares_checksum(InvoiceId invoice) {
  Query query(ledger_, kChecksum);
  query.bind(":invoice", invoice);
  return query.step() ? query.integer(0) : 0;
}

}  // namespace billctl
