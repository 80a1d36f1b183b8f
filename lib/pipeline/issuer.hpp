// Issuer: makes drafts into issued invoices, one at a time, inside one write. All reasons against
// an invoice are gathered before a number is taken; then number, dates, parties, taxes, totals and
// seal are written in a savepoint of their own, read back, and compared (S3-7, S4-8, S4-13 to
// S4-15, X28, X33). So numbers have no gap, whatever is refused in between.
//
//   Issuer issuer(session, books);                 // inside perform()
//   const IssueOutcome outcome = issuer.issue(id, {});
//   if (!outcome.issued) …outcome.reasons
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "approval/rules.hpp"
#include "issue/readiness.hpp"
#include "ledger/invoices.hpp"
#include "ledger/issue_records.hpp"
#include "ledger/series.hpp"
#include "pipeline/approval_facts.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/prepay.hpp"
#include "pipeline/session.hpp"
#include "work/books.hpp"

namespace billctl {

/// Signs canonical bytes: `sign_cmd` (X33). @throws Error{failed} when it can't; it must have no
/// other effect, since the transaction around it may still be rolled back.
using Signer = std::function<std::string(std::string_view canonical)>;

/// How to issue; what is empty follows the draft and the config.
struct IssueManner {
  std::optional<Date> date = {};  ///< else the draft's own, else today (S4-13)
  bool date_period_end = false;   ///< the last day of the invoice's period
  std::string number = {};        ///< an override (S4-10, X28)
  bool reissue = false;  ///< the number is a re-issue's -R<n>: needs no permission to override
  std::string ar_period = {};  ///< YYYY-MM, else the draft's, else the month of the date (S4-14)
  std::string comment = {};    ///< put on top of the notes (S4-23)
  std::optional<std::int64_t> revision = {};      ///< refuse another one: changed
  std::vector<std::string> allow = {};            ///< beside invoice.allow
  std::vector<ApprovalRole> approved_roles = {};  ///< taken as given: rebill.auto_approve (X16)
  bool without_approvals = false;                 ///< the credit note of a void (X2)
};

struct IssueOutcome {
  std::string name;                          ///< by which the invoice was known before
  std::optional<Invoice> issued;             ///< as it is now
  std::vector<Finding> reasons;              ///< all of them, when it was refused
  std::vector<Finding> warnings;             ///< tax_country
  std::vector<ApprovalRole> taken_as_given;  ///< required, and not asked for: IssueManner
};

class Issuer {
 public:
  /// Inside `Ledger::write`; nothing else may issue in that write.
  Issuer(Session& session, const Books& books, Signer signer = {});

  IssueOutcome issue(InvoiceId id, const IssueManner& manner = {});

 private:
  struct Numbered;
  IssueManner manner_for(const Invoice& invoice, const IssueManner& asked);
  Numbered number_for(const Invoice& invoice, const IssueManner& manner);
  void put_dates(Invoice& invoice, const IssueManner& manner) const;
  bool is_allowed(const IssueManner& manner, Reason reason) const;
  IssueFacts gather(const CompletedDocument& completed, const Numbered& numbered,
                    const IssueManner& manner, const GateNow& gate);
  std::optional<Decimal> accounting_rate(const Invoice& invoice);
  void put_accounting_total(Invoice& invoice);
  std::string contract_of(InvoiceId invoice);
  std::string put_seal(CompletedDocument& completed, const Numbered& numbered,
                       const IssueManner& manner);
  void record(const Document& document, const Numbered& numbered, const IssueRecord& issued_with);
  void read_back(const CompletedDocument& written);
  SeriesRow& series(const SeriesKey& key, std::int64_t first);

  Session& session_;
  const Books& books_;
  Signer signer_;
  Invoices invoices_;
  Completion completion_;
  std::map<std::pair<std::string, std::string>, SeriesRow> series_;
  std::set<std::string> closed_months_;
  bool any_contract_;  ///< of an engagement in the books
};

}  // namespace billctl
