// Desk: a firm with a client and drafts of typed numbers, for tests of what happens to invoices
// from the draft on. Lines are written directly, so that no test here hangs on compile or generate.
//
//   Desk desk;                                       // acme, EUR, VAT 25.5 %, terms net14
//   desk.draft({.lines = {{"10", "95"}}});           // DRAFT00001: 950.00 + 242.25
//   desk.issue({"DRAFT00001"}).body["issued"]
#pragma once

#include <string>
#include <vector>

#include "invoice/invoice.hpp"
#include "pipeline/fixture.hpp"
#include "pipeline/issue_invoices.hpp"

namespace billctl::test {

struct DeskLine {
  std::string quantity = "1";
  std::string price = "100";
  std::string tax = "vat";
  std::string kind = "time";
  std::string project = "";       ///< gives the line an item of an entry of that project
  std::string price_source = "";  ///< of its item, e.g. none; default_price when `default`
};

struct DeskDraft {
  std::string client = "acme";
  std::string currency = "EUR";
  std::vector<DeskLine> lines = {DeskLine{}};
  std::string first = "2026-10-01", last = "2026-10-31";
  std::string terms = "net14";
  bool credit_note = false;
};

class Desk {
 public:
  /// @param toml beside the smallest config, terms net14 and VAT.
  explicit Desk(const std::string& toml = "");

  Fixture& firm() { return firm_; }
  /// @returns its draft number.
  std::string draft(const DeskDraft& draft = {});
  InvoiceId id(const std::string& name);
  Invoice header(const std::string& name);

  /// The clock stands at 2026-11-01 unless the firm's was set.
  Report issue(const std::vector<std::string>& invoices, const IssueManner& manner = {},
               DryRun dry_run = DryRun::no);
  /// The codes of the reasons against one invoice, in order: "missing_address no_lines".
  std::string reasons(const std::string& invoice, const IssueManner& manner = {});
  /// Acts as another member from now on.
  void act_as(const std::string& member) { actor_ = member; }
  Session session(DryRun dry_run = DryRun::no);

 private:
  void put_item(InvoiceId invoice, std::int64_t line, const DeskLine& desk_line,
                const DeskDraft& draft);
  Fixture firm_;
  std::string actor_;
  std::int64_t entries_ = 0;
};

/// A day, for tests.
Date day(const char* text);
/// The codes of [{code, detail}], a blank between.
std::string codes(const Json& reasons);

}  // namespace billctl::test
