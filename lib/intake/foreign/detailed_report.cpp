// The detailed reports of Toggl and Clockify: a row for each session, with local start and stop in
// columns of their own. Toggl writes ISO dates and exact durations and puts the currency into the
// name of the amount's column; Clockify writes dates and times as its user has set them, prices as
// rates, and breaks among the work.
#include "intake/foreign/formats.hpp"
#include "intake/foreign/local_session.hpp"

namespace billctl {
namespace {

class DetailedReport : public ForeignReader {
 public:
  DetailedReport(ForeignFormat format, Window window, const ForeignOptions& options,
                 Mistakes& mistakes)
      : format_(format),
        sheet_(std::move(window), mistakes),
        options_(options),
        dates_(options.dates),
        identity_(word(format)) {
    times_.start_date = sheet_.need({"Start date"});
    times_.start_time = sheet_.need({"Start time"});
    times_.stop_date = sheet_.find({"End date", "Stop date"});
    times_.stop_time = sheet_.find({"End time", "Stop time"});
    times_.duration = sheet_.find({"Duration", "Duration (h)", "Duration (decimal)"});
    if (!times_.stop_date && !times_.duration) sheet_.need({"Duration"});
    member_ = sheet_.find({"User", "Member"});
    email_ = sheet_.find({"Email"});
    client_ = sheet_.find({"Client"});
    project_ = sheet_.need({"Project"});
    description_ = sheet_.find({"Description"});
    task_ = find_task();
    billable_ = sheet_.find({"Billable"});
    tags_ = sheet_.find({"Tags"});
    type_ = sheet_.find({"Type"});
    invoiced_ = sheet_.find({"Invoiced"});
    invoice_ = sheet_.find({"Invoice ID"});
    rate_ = sheet_.find_beginning("Billable Rate (");
    amount_ = sheet_.find_beginning("Amount (");
  }

  bool next(ForeignEntry& entry) override {
    while (sheet_.next()) {
      entry = {};
      if (read(entry)) return true;
    }
    return false;
  }

 private:
  /// Clockify lets a workspace rename its tasks: theirs is then the column between the description
  /// and the user.
  std::optional<std::size_t> find_task() const {
    const auto task = sheet_.find({"Task"});
    if (task || !description_ || member_ != *description_ + 2) return task;
    return *description_ + 1;
  }

  bool read(ForeignEntry& entry) {
    entry.at = sheet_.at_row();
    entry.client = sheet_.cell(client_);
    entry.project = sheet_.cell(project_);
    entry.task = sheet_.cell(task_);
    entry.member = sheet_.cell(member_);
    entry.email = sheet_.cell(email_);
    entry.description = sheet_.cell(description_);
    entry.tags = parse_foreign_tags(sheet_.cell(tags_));
    if (!read_billable(sheet_, billable_, entry) || !read_session(entry)) return false;
    if (sheet_.cell(type_) == "Break") entry.billable = false;
    return read_invoiced(entry) && read_price(entry);
  }

  bool read_session(ForeignEntry& entry) {
    const auto started = read_local_time(sheet_, dates_, times_.start_date, times_.start_time);
    if (!started) return false;
    std::optional<LocalTime> stopped;
    if (!sheet_.cell(times_.stop_date).empty()) {
      stopped = read_local_time(sheet_, dates_, times_.stop_date, times_.stop_time);
      if (!stopped) return false;
    }
    std::optional<ForeignDuration> duration;
    if (!read_duration(sheet_, times_.duration, duration)) return false;
    if (!set_times(sheet_, times_, options_, *started, stopped, duration, entry)) return false;
    identify(identity_, started->to_text(), entry);
    return true;
  }

  bool read_invoiced(ForeignEntry& entry) {
    const std::string_view text = sheet_.cell(invoiced_);
    if (text.empty()) return true;
    const auto invoiced = parse_foreign_flag(text);
    if (!invoiced) {
      sheet_.wrong(invoiced_, "yes or no is needed");
      return false;
    }
    if (*invoiced) entry.invoiced_as = sheet_.cell(invoice_);
    if (*invoiced && entry.invoiced_as.empty()) entry.invoiced_as = word(format_);
    return true;
  }

  bool read_price(ForeignEntry& entry) {
    if (!options_.take_prices) return true;
    if (rate_) return read_hourly_price(sheet_, rate_, currency_in(sheet_.name(*rate_)), entry);
    if (!amount_ || !entry.seconds) return true;
    return read_amount_as_price(sheet_, amount_, currency_in(sheet_.name(*amount_)), entry);
  }

  ForeignFormat format_;
  ExportSheet sheet_;
  ForeignOptions options_;
  ForeignDates dates_;
  RowIdentity identity_;
  SessionColumns times_;
  std::optional<std::size_t> member_, email_, client_, project_, task_, description_, billable_,
      tags_, type_, invoiced_, invoice_, rate_, amount_;
};

}  // namespace

std::unique_ptr<ForeignReader> open_toggl(Window window, const ForeignOptions& options,
                                          Mistakes& mistakes) {
  return std::make_unique<DetailedReport>(ForeignFormat::toggl, std::move(window), options,
                                          mistakes);
}

std::unique_ptr<ForeignReader> open_clockify(Window window, const ForeignOptions& options,
                                             Mistakes& mistakes) {
  return std::make_unique<DetailedReport>(ForeignFormat::clockify, std::move(window), options,
                                          mistakes);
}

}  // namespace billctl
