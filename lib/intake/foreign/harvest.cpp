// Harvest's detailed time report: a date and decimal hours, no times and no id. Its columns differ
// by year and role, its dates and decimals by the account's settings. What it prints is what
// counts: 0.12 h is 432 s, also where the work was 7 minutes.
#include "intake/foreign/foreign_text.hpp"
#include "intake/foreign/formats.hpp"

namespace billctl {
namespace {

class HarvestReader : public ForeignReader {
 public:
  HarvestReader(Window window, const ForeignOptions& options, Mistakes& mistakes)
      : sheet_(std::move(window), mistakes), options_(options), dates_(options.dates) {
    date_ = sheet_.need({"Date"});
    hours_ = sheet_.need({"Hours"});
    client_ = sheet_.need({"Client"});
    project_ = sheet_.need({"Project"});
    task_ = sheet_.find({"Task"});
    notes_ = sheet_.find({"Notes"});
    billable_ = sheet_.find({"Billable?"});
    invoiced_ = sheet_.find({"Invoiced?"});
    approved_ = sheet_.find({"Approved?"});
    first_name_ = sheet_.find({"First Name"});
    last_name_ = sheet_.find({"Last Name"});
    rate_ = sheet_.find({"Billable Rate", "Hourly Rate"});
    currency_ = sheet_.find({"Currency"});
  }

  bool next(ForeignEntry& entry) override {
    while (sheet_.next()) {
      entry = {};
      if (read(entry)) return true;
    }
    return false;
  }

 private:
  bool read(ForeignEntry& entry) {
    entry.at = sheet_.at_row();
    entry.client = sheet_.cell(client_);
    entry.project = sheet_.cell(project_);
    entry.task = sheet_.cell(task_);
    entry.description = sheet_.cell(notes_);
    entry.member = sheet_.cell(first_name_);
    const std::string_view last = sheet_.cell(last_name_);
    if (!entry.member.empty() && !last.empty()) entry.member += ' ';
    entry.member += last;
    return read_work(entry) && read_flags(entry) && read_price(entry);
  }

  bool read_work(ForeignEntry& entry) {
    std::string why;
    const auto date = dates_.parse(sheet_.cell(date_), why);
    if (!date) {
      const bool two_ways = why.ends_with("in two ways");
      sheet_.wrong(date_, why, two_ways ? "say which with --dates dmy or --dates mdy" : "");
      return false;
    }
    const auto duration = parse_foreign_duration(sheet_.cell(hours_), why);
    if (!duration) {
      sheet_.wrong(hours_, why);
      return false;
    }
    entry.work_on = *date;
    entry.seconds = duration->seconds;
    identify(identity_, date->to_text(), entry);
    // A date alone is not one piece of work: what it was done on stays when its hours are
    // corrected.
    for (const std::string* name : {&entry.client, &entry.project, &entry.task}) {
      entry.slot += '|' + *name;
    }
    return true;
  }

  bool read_flags(ForeignEntry& entry) {
    if (!read_billable(sheet_, billable_, entry)) return false;
    std::optional<bool> invoiced;
    if (!read_flag(invoiced_, invoiced) || !read_flag(approved_, entry.approved)) return false;
    if (invoiced.value_or(false)) entry.invoiced_as = word(ForeignFormat::harvest);
    return true;
  }

  bool read_flag(std::optional<std::size_t> column, std::optional<bool>& flag) {
    if (sheet_.cell(column).empty()) return true;
    flag = parse_foreign_flag(sheet_.cell(column));
    if (!flag) sheet_.wrong(column, "yes or no is needed");
    return flag.has_value();
  }

  bool read_price(ForeignEntry& entry) {
    if (!options_.take_prices) return true;
    return read_hourly_price(sheet_, rate_, currency_in(sheet_.cell(currency_)), entry);
  }

  ExportSheet sheet_;
  ForeignOptions options_;
  ForeignDates dates_;
  RowIdentity identity_{"harvest"};
  std::optional<std::size_t> date_, hours_, client_, project_, task_, notes_, billable_, invoiced_,
      approved_, first_name_, last_name_, rate_, currency_;
};

}  // namespace

std::unique_ptr<ForeignReader> open_harvest(Window window, const ForeignOptions& options,
                                            Mistakes& mistakes) {
  return std::make_unique<HarvestReader>(std::move(window), options, mistakes);
}

}  // namespace billctl
