// Timeclock files of hledger and ledger:
//
//     i 2026-10-01 09:00:00 Acme Oy:Support:Ticket  ticket 4711
//     o 2026-10-01 11:30:00
//
// The account is client:project:task, two blanks end it. Local times, no duration: an hour that
// exists twice can't be told apart and is refused. An account whose first part is `internal` has no
// client and is not billable. An `i` without its `o` at the end of the file is running.
#include <fmt/format.h>

#include <algorithm>

#include "intake/foreign/foreign_text.hpp"
#include "intake/foreign/formats.hpp"
#include "intake/foreign/local_session.hpp"
#include "intake/line_reader.hpp"

namespace billctl {
namespace {

class TimeclockReader : public ForeignReader {
 public:
  TimeclockReader(Window window, const ForeignOptions& options, Mistakes& mistakes)
      : lines_(std::move(window), mistakes), mistakes_(mistakes), options_(options) {}

  bool next(ForeignEntry& entry) override {
    while (lines_.next()) {
      if (lines_.text().empty() || lines_.text().find_first_of(";#*") == 0) continue;
      if (lines_.text().find_first_not_of(" \t") == std::string_view::npos) continue;
      if (read_line(entry)) return true;
    }
    if (!in_) return false;
    const bool taken = close(std::nullopt, entry);
    in_.reset();
    return taken;
  }

 private:
  /// A clock-in that waits for its clock-out.
  struct In {
    LocalTime at;
    int line;
    std::string account;
    std::string description;
  };

  /// True when the line ends a session, which is then in the entry.
  bool read_line(ForeignEntry& entry) {
    const char letter = lines_.text().front();
    constexpr std::string_view kOther = "hb";  // hours required, and so on: nothing of ours
    if (kOther.find(letter) != std::string_view::npos) return false;
    const bool in = letter == 'i' || letter == 'I';
    if (!in && letter != 'o' && letter != 'O') {
      lines_.wrong(0, "a line that begins with neither i nor o");
      return false;
    }
    std::string_view rest;
    const auto at = read_time(rest);
    if (!at) {
      after_bad_in_ = in;
      return false;
    }
    if (in) {
      clock_in(*at, rest);
      return false;
    }
    if (!in_) {
      if (!after_bad_in_) lines_.wrong(0, "a clock-out without a clock-in before it");
      after_bad_in_ = false;
      return false;
    }
    const bool taken = close(*at, entry);
    in_.reset();
    return taken;
  }

  /// The date and time behind the letter; `rest` is what follows them.
  std::optional<LocalTime> read_time(std::string_view& rest) {
    const std::string_view line = lines_.text();
    const std::size_t date_at = std::min(line.find_first_not_of(' ', 1), line.size());
    const std::size_t date_end = std::min(line.find(' ', date_at), line.size());
    const std::size_t time_at = std::min(line.find_first_not_of(' ', date_end), line.size());
    const std::size_t time_end = std::min(line.find(' ', time_at), line.size());
    std::string why;
    const std::string_view date_text = line.substr(date_at, date_end - date_at);
    const auto date = dates_.parse(date_text, why);
    if (!date) {
      lines_.wrong(date_at, fmt::format("the date is {}, {}", shown(date_text), why));
      return std::nullopt;
    }
    const std::string_view time_text = line.substr(time_at, time_end - time_at);
    const auto time = parse_foreign_time(time_text);
    if (!time) {
      lines_.wrong(time_at, fmt::format("the time is {}, no time of day", shown(time_text)));
      return std::nullopt;
    }
    rest = line.substr(time_end);
    if (!rest.empty()) rest.remove_prefix(1);
    return LocalTime{*date, *time};
  }

  void clock_in(LocalTime at, std::string_view rest) {
    after_bad_in_ = false;
    if (in_) {
      lines_.wrong(0, fmt::format("a clock-in while that of line {} is open", in_->line));
    }
    const std::size_t end = std::min(rest.find("  "), rest.size());
    const std::size_t text = std::min(rest.find_first_not_of(' ', end), rest.size());
    in_ = In{at, lines_.line(), std::string(rest.substr(0, end)), std::string(rest.substr(text))};
  }

  bool close(std::optional<LocalTime> out, ForeignEntry& entry) {
    entry = {};
    entry.at = {lines_.file(), in_->line, 1};
    entry.description = in_->description;
    read_account(entry);
    RecordedTimes recorded;
    recorded.started = in_->at;
    if (out) recorded.stopped = *out;
    std::optional<TimesMistake> mistake;
    const auto times = resolve_foreign(recorded, 0, options_.zone, mistake);
    if (!times) {
      const bool at_start = mistake->of == TimesMistake::Of::started;
      const int line = at_start ? in_->line : lines_.line();
      mistakes_.add({lines_.file(), line, 3},
                    fmt::format("the time is \"{}\", {}",
                                at_start ? in_->at.to_text() : out->to_text(), mistake->why),
                    "say in which zone the file is with --zone");
      return false;
    }
    entry.started_at = times->started_at;
    entry.stopped_at = times->stopped_at;
    entry.seconds = times->seconds;
    entry.work_on = *times->work_on;
    const std::string start = in_->at.to_text();
    entry.ref = identity_.of({options_.member, start, in_->account, in_->description});
    entry.slot = options_.member + '|' + start;
    return true;
  }

  void read_account(ForeignEntry& entry) {
    std::string_view rest = in_->account;
    const auto part = [&rest](bool last) {
      const std::size_t end = last ? rest.size() : std::min(rest.find(':'), rest.size());
      std::string text(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      return text;
    };
    entry.client = part(false);
    entry.project = part(false);
    entry.task = part(true);
    // So that the map's [tags] non_billable serves accounts as well.
    for (const std::string* name : {&entry.client, &entry.project, &entry.task}) {
      if (!name->empty()) entry.tags.push_back(*name);
    }
    if (entry.client != "internal" && entry.client != "Internal") return;
    entry.client.clear();
    entry.billable = false;
  }

  LineReader lines_;
  Mistakes& mistakes_;
  ForeignOptions options_;
  ForeignDates dates_{std::nullopt};
  RowIdentity identity_{"timeclock"};
  std::optional<In> in_;
  bool after_bad_in_ = false;  ///< the next clock-out belongs to a clock-in that is told already
};

}  // namespace

std::unique_ptr<ForeignReader> open_timeclock(Window window, const ForeignOptions& options,
                                              Mistakes& mistakes) {
  return std::make_unique<TimeclockReader>(std::move(window), options, mistakes);
}

}  // namespace billctl
