// Job file: one mass re-invoicing as it is asked for (spec/config.md, end; S3-1 to S3-12). Sending
// what is not validated is a mistake in the file, found before any work (X17).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/date.hpp"
#include "calendar/period.hpp"
#include "config/config.hpp"
#include "config/template.hpp"
#include "invoice/options.hpp"
#include "outcome/error.hpp"

namespace billctl {

/// Where time may be attached (S3-3), as in tasks' source_type.
std::vector<std::string> source_type_words();

struct JobFile {
  enum class DateRule : std::uint8_t { today, period_end, fixed };

  std::string file;
  std::string content;  ///< the text that was read
  std::string name;  ///< of the job: its own, else the file's stem; with the period what it is once
  std::optional<Template> title;
  std::string period;     ///< as written: `last-month` is not yet a range
  Position period_at;     ///< where it stands, for a mistake found when it is resolved
  std::string selection;  ///< a named one, or empty: `clients`
  std::vector<std::string> clients;
  Position who_at;  ///< where those stand, for a name that the ledger does not have
  std::vector<std::string> attached_to;  ///< empty: all times to be invoiced
  bool employee_names = false;
  bool validate = false;  ///< issue
  bool send = false;
  bool mandatory_product = false;
  DateRule date = DateRule::today;
  std::optional<Date> fixed_date;  ///< of DateRule::fixed
  Prepayments prepayments = Prepayments::leave;
  std::string inform;  ///< one address, or empty

  // The options of generate; none: the client's, engagement's or config's. `group_hours` is always
  // set: entry, or entry-anonymous without employee names.
  GroupHours group_hours = GroupHours::entry_anonymous;
  std::optional<InvoiceScope> scope;
  std::optional<ProjectGrouping> group_projects;
  std::optional<GroupTravel> group_travel;
  std::optional<QuoteRows> quote_rows;
  std::optional<ContractualMode> contractual;
  std::optional<LateMode> late;
  std::optional<Annex> annex;
  std::optional<BillBy> bill_by;
  bool split_by_rate = false;

  std::vector<Setting> settings;  ///< every key there is, with where it came from
};

/// @throws Error{bad_job} with every mistake (the first 100, and how many there are).
JobFile parse_job(std::string_view text, const std::string& file);
/// @throws Error{bad_job} also when the file cannot be read.
JobFile load_job(const std::string& path);

/// The range that the job's period means on that local date.
/// @throws Error{bad_job} when it means none.
Period job_period(const JobFile& job, Date today);

/// The date of the job's invoices, on that local date.
Date job_date(const JobFile& job, const Period& period, Date today);

}  // namespace billctl
