// InvoiceAnnex: the entries behind an invoice as its annex lists them.
#pragma once

#include <string>
#include <vector>

#include "calendar/date.hpp"
#include "ledger/ledger.hpp"
#include "money/decimal.hpp"
#include "outcome/id.hpp"

namespace billctl {

struct AnnexEntry {
  Date on = Date::from_days(0);
  std::string member;    ///< name, or empty
  std::string job_type;  ///< name, or empty
  std::string task;      ///< name, or empty
  std::string description;
  Decimal quantity;
  std::string unit;
  std::string source;  ///< its reference where it came from, such as a ticket's number
};

/// By date, member and item.
std::vector<AnnexEntry> annex_entries(Ledger& ledger, InvoiceId invoice);

}  // namespace billctl
