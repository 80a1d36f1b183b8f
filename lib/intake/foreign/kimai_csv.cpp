// Kimai's export as CSV. Its header is in the user's language, so a header of which nothing is
// known is read by the order of its default template; it has no end date, so a stop before its
// start is on the next day; its duration is h:mm, decimal hours or seconds; and text that a
// spreadsheet could take for a formula has an apostrophe and a blank in front, which go.
#include <algorithm>
#include <cstdlib>

#include "intake/foreign/formats.hpp"
#include "intake/foreign/local_session.hpp"

namespace billctl {
namespace {

constexpr std::int64_t kDaySeconds = 86400;

std::string_view without_guard(std::string_view text) {
  if (!text.starts_with("' ")) return text;
  const std::string_view rest = text.substr(2);
  constexpr std::string_view kFormulaStarts = "=+-@\t\r\n";
  const bool guarded = (!rest.empty() && kFormulaStarts.find(rest.front()) != rest.npos) ||
                       rest.find("DDE") != rest.npos;
  return guarded ? rest : text;
}

class KimaiReader : public ForeignReader {
 public:
  KimaiReader(Window window, const ForeignOptions& options, Mistakes& mistakes)
      : sheet_(std::move(window), mistakes), options_(options), dates_(options.dates) {
    times_.start_date = sheet_.find({"Date", "Datum", "Päivämäärä", "Fecha", "Data"});
    if (!times_.start_date && sheet_.width() >= kTemplateWidth) {
      find_by_place();
    } else {
      find_by_name();
    }
  }

  bool next(ForeignEntry& entry) override {
    while (sheet_.next()) {
      entry = {};
      if (read(entry)) return true;
    }
    return false;
  }

 private:
  static constexpr std::size_t kTemplateWidth = 25;

  /// Kimai's DefaultTemplate: Date From To Duration Currency Price Internal Hourly Fixed Name User
  /// E-mail Staff Customer Project Activity Description Billable Tags …
  void find_by_place() {
    times_ = {0, 1, 0, 2, 3};
    currency_ = 4;
    price_ = 5;
    hourly_ = 7;
    fixed_ = 8;
    name_ = 9;
    user_ = 10;
    email_ = 11;
    customer_ = 13;
    project_ = 14;
    activity_ = 15;
    description_ = 16;
    billable_ = 17;
    tags_ = 18;
  }

  void find_by_name() {
    times_.start_date = sheet_.need({"Date", "Datum", "Päivämäärä", "Fecha", "Data"});
    times_.stop_date = times_.start_date;
    times_.start_time = sheet_.need({"From", "Begin", "Von", "Beginn"});
    times_.stop_time = sheet_.find({"To", "End", "Bis", "Ende"});
    times_.duration = sheet_.need({"Duration", "Dauer"});
    currency_ = sheet_.find({"Currency", "Währung"});
    price_ = sheet_.find({"Price", "Rate", "Preis", "Lohn"});
    hourly_ = sheet_.find({"Hourly price", "Hourly rate", "Stundenpreis", "Stundenlohn"});
    fixed_ = sheet_.find({"Fixed price", "Fixed rate", "Festpreis", "Festlohn"});
    name_ = sheet_.find({"Name", "Alias"});
    user_ = sheet_.find({"User", "Username", "Benutzer"});
    email_ = sheet_.find({"E-mail", "Email"});
    customer_ = sheet_.need({"Customer", "Kunde"});
    project_ = sheet_.need({"Project", "Projekt"});
    activity_ = sheet_.find({"Activity", "Tätigkeit"});
    description_ = sheet_.find({"Description", "Beschreibung"});
    billable_ = sheet_.find({"Billable", "Abrechenbar"});
    tags_ = sheet_.find({"Tags", "Schlagworte", "Schlagwörter"});
  }

  bool read(ForeignEntry& entry) {
    const auto text = [this](std::optional<std::size_t> column) {
      return std::string(without_guard(sheet_.cell(column)));
    };
    entry.at = sheet_.at_row();
    entry.client = text(customer_);
    entry.project = text(project_);
    entry.task = text(activity_);
    entry.description = text(description_);
    entry.email = text(email_);
    entry.member = text(name_);
    if (entry.member.empty()) entry.member = text(user_);
    entry.tags = parse_foreign_tags(text(tags_));
    if (sheet_.cell(billable_).empty()) {
      entry.billable = !billable_;  // Kimai writes 1 or nothing
    } else if (!read_billable(sheet_, billable_, entry)) {
      return false;
    }
    return read_session(entry) && read_price(entry);
  }

  bool read_session(ForeignEntry& entry) {
    const auto started = read_local_time(sheet_, dates_, times_.start_date, times_.start_time);
    if (!started) return false;
    std::optional<LocalTime> stopped;
    if (!sheet_.cell(times_.stop_time).empty()) {
      stopped = read_local_time(sheet_, dates_, times_.start_date, times_.stop_time);
      if (!stopped) return false;
    }
    std::optional<ForeignDuration> duration;
    if (!read_kimai_duration(*started, stopped, duration)) return false;
    if (stopped) stopped->date = stop_date(*started, *stopped, duration);
    if (!stopped && duration && duration->seconds == 0) duration.reset();  // still running
    if (!set_times(sheet_, times_, options_, *started, stopped, duration, entry)) return false;
    identify(identity_, started->to_text(), entry);
    return true;
  }

  /// A whole number is seconds or hours, whichever is nearer to the time from start to stop.
  bool read_kimai_duration(LocalTime started, std::optional<LocalTime> stopped,
                           std::optional<ForeignDuration>& duration) {
    if (!read_duration(sheet_, times_.duration, duration)) return false;
    const std::string_view text = sheet_.cell(times_.duration);
    const bool whole = !text.empty() && text.find_first_not_of("0123456789") == text.npos;
    if (!whole || !duration) return true;
    const std::int64_t as_seconds = duration->seconds / 3600;
    if (!stopped) return true;
    std::int64_t length = stopped->seconds() - started.seconds();
    if (length < 0) length += kDaySeconds;
    if (std::llabs(as_seconds - length) < std::llabs(duration->seconds - length)) {
      duration = ForeignDuration{as_seconds, 0};
    }
    return true;
  }

  /// The day on which the stop comes nearest to the duration; without one, the first on which it is
  /// not before the start.
  static Date stop_date(LocalTime started, LocalTime stopped,
                        const std::optional<ForeignDuration>& duration) {
    const std::int64_t length = stopped.seconds() - started.seconds();
    std::int64_t days = length < 0 ? 1 : 0;
    if (duration) {
      const std::int64_t missing = duration->seconds - length + kDaySeconds / 2;
      days = std::max(days, missing / kDaySeconds);
    }
    return started.date.add_days(static_cast<std::int32_t>(days));
  }

  bool read_price(ForeignEntry& entry) {
    if (!options_.take_prices) return true;
    const std::string currency = currency_in(sheet_.cell(currency_));
    if (!read_hourly_price(sheet_, fixed_, currency, entry)) return false;
    if (!entry.hourly_price) return read_hourly_price(sheet_, hourly_, currency, entry);
    // A fixed price is for the whole entry.
    if (!entry.seconds) return true;
    return read_amount_as_price(sheet_, price_ ? price_ : fixed_, currency, entry);
  }

  ExportSheet sheet_;
  ForeignOptions options_;
  ForeignDates dates_;
  RowIdentity identity_{"kimai"};
  SessionColumns times_;
  std::optional<std::size_t> currency_, price_, hourly_, fixed_, name_, user_, email_, customer_,
      project_, activity_, description_, billable_, tags_;
};

}  // namespace

std::unique_ptr<ForeignReader> open_kimai_csv(Window window, const ForeignOptions& options,
                                              Mistakes& mistakes) {
  return std::make_unique<KimaiReader>(std::move(window), options, mistakes);
}

}  // namespace billctl
