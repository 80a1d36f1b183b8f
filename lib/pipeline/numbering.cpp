#include "pipeline/numbering.hpp"

#include <algorithm>

#include "ledger/invoices.hpp"
#include "ledger/series.hpp"
#include "pipeline/report_json.hpp"
#include "text/nearest.hpp"

namespace billctl {
namespace {

struct NamedSeries {
  std::string code;
  const Series* series;
};

std::vector<NamedSeries> all_series(const Config& config) {
  std::vector<NamedSeries> all = {{"draft", &config.numbering.draft},
                                  {"issued", &config.numbering.issued}};
  if (config.numbering.credit) all.push_back({"credit", &*config.numbering.credit});
  return all;
}

std::string year_of(const Config& config, const Series& series, Date date) {
  return series_year(series.format.counting_year(date, config.tenant.fiscal_year_start));
}

// A date in the year that a series counts, to write its numbers with.
Date date_in(const Config& config, const Series& series, const std::string& year, Date today) {
  if (year.empty() || year == year_of(config, series, today)) return today;
  const MonthDay start = config.tenant.fiscal_year_start;
  for (const int shift : {0, -1}) {
    const auto date = Date::of(std::stoi(year) + shift, start.month, start.day);
    if (date && year_of(config, series, *date) == year) return *date;
  }
  return today;
}

/// @throws Error{usage} naming the nearest.
const Series& named_series(const Config& config, const std::string& series) {
  std::vector<std::string> codes;
  const Series* found = nullptr;
  for (const NamedSeries& named : all_series(config)) {
    codes.push_back(named.code);
    if (named.code == series) found = named.series;
  }
  if (found == nullptr) {
    const std::string shared =
        series == "credit" ? "; credit notes take the numbers of issued" : "";
    const std::string near = did_you_mean(series, codes);
    throw Error(Reason::usage, "no series \"" + series + "\"" + shared,
                near.empty() ? "the series are draft, issued and credit" : near);
  }
  return *found;
}

bool was_jumped(const std::vector<SeriesJump>& jumps, const SeriesKey& key, std::int64_t number) {
  return std::ranges::any_of(jumps, [&](const SeriesJump& jump) {
    return jump.key == key && jump.from <= number && number < jump.to;
  });
}

Json gaps_of(Session& session, const SeriesRow& row, const std::vector<SeriesJump>& jumps) {
  if (row.key.code == "draft") return Json();
  Json gaps = Json::array();
  std::int64_t expected = row.first;
  Invoices invoices(session.ledger, session.tenant.id);
  const auto add_up_to = [&](std::int64_t number) {
    for (; expected < number; ++expected) {
      if (!was_jumped(jumps, row.key, expected)) gaps.push(expected);
    }
  };
  for (const std::int64_t taken : invoices.sequences(row.key.code, row.key.year)) {
    add_up_to(taken);
    expected = taken + 1;
  }
  add_up_to(row.next);
  return gaps;
}

Json jumps_json(const std::vector<SeriesJump>& jumps, const SeriesKey& key) {
  Json list = Json::array();
  for (const SeriesJump& jump : jumps) {
    if (jump.key != key) continue;
    list.push(Json::object(
        {{"from", jump.from}, {"to", jump.to}, {"at", jump.at.to_text()}, {"by", jump.actor}}));
  }
  return list;
}

Json row_json(Session& session, const Series& series, const SeriesRow& row,
              const std::vector<SeriesJump>& jumps) {
  const Date date = date_in(session.config, series, row.key.year, session.today);
  return Json::object({{"series", row.key.code},
                       {"year", Json::text_or_null(row.key.year)},
                       {"format", series.format.text()},
                       {"first", row.first},
                       {"next", row.next},
                       {"next_number", session.config.number(series, row.next, date)},
                       {"last_date", date_json(row.last_on)},
                       {"last_seal", Json::text_or_null(row.last_seal)},
                       {"gaps", gaps_of(session, row, jumps)},
                       {"jumps", jumps_json(jumps, row.key)}});
}

}  // namespace

Json numbering_show(Session& session) {
  require_reading(session, "numbering show");
  Json list = Json::array();
  session.ledger.read([&] {
    SeriesTable table(session.ledger, session.tenant.id);
    const std::vector<SeriesJump> jumps = table.jumps();
    const std::vector<SeriesRow> rows = table.list();
    for (const NamedSeries& named : all_series(session.config)) {
      const SeriesKey now{named.code, year_of(session.config, *named.series, session.today)};
      bool told = false;
      for (const SeriesRow& row : rows) {
        if (row.key.code != named.code) continue;
        list.push(row_json(session, *named.series, row, jumps));
        told = told || row.key == now;
      }
      if (!told)
        list.push(row_json(session, *named.series, table.at(now, named.series->first), jumps));
    }
  });
  return Json::object({{"series", std::move(list)}});
}

Report numbering_set(Session& session, const std::string& series, std::int64_t next,
                     const Json& arguments) {
  const Series* found = &named_series(session.config, series);
  return perform(session, {.name = "numbering set", .arguments = arguments}, [&] {
    const SeriesKey key{series, year_of(session.config, *found, session.today)};
    SeriesTable table(session.ledger, session.tenant.id);
    const std::int64_t from = table.next(key, found->first);
    table.jump(key, found->first, next, session.now, session.actor.code);
    Report report;
    report.body =
        Json::object({{"series", series},
                      {"year", Json::text_or_null(key.year)},
                      {"from", from},
                      {"next", next},
                      {"next_number", session.config.number(*found, next, session.today)}});
    report.subjects.push_back({"series:" + series, "moved to " + std::to_string(next)});
    return report;
  });
}

std::string number_in(const Session& session, const SeriesKey& key, std::int64_t sequence) {
  const Series& series = named_series(session.config, key.code);
  return session.config.number(series, sequence,
                               date_in(session.config, series, key.year, session.today));
}

std::vector<std::string> issuing_series(const Config& config) {
  std::vector<std::string> codes = {"issued"};
  if (config.numbering.credit) codes.emplace_back("credit");
  return codes;
}

SeriesPlace series_place(Session& session, const std::string& series, const std::string& number) {
  const Series& found = named_series(session.config, series);
  const Date today = session.today;
  SeriesPlace place{{series, year_of(session.config, found, today)}, found.first, 0};
  if (number == "none") return place;
  const std::size_t letters = number.find_last_not_of("0123456789");
  const std::size_t digits = letters == std::string::npos ? 0 : letters + 1;
  const auto sequence = Decimal::parse(number.substr(digits));
  constexpr std::int64_t kOne = 1'000'000;
  if (sequence) {
    place.sequence = sequence->micro() / kOne;
    if (digits == 0) return place;
    std::vector<SeriesKey> keys = {place.key};
    for (const SeriesRow& row : SeriesTable(session.ledger, session.tenant.id).list()) {
      if (row.key.code == series) keys.push_back(row.key);
    }
    for (const SeriesKey& key : keys) {
      const Date date = date_in(session.config, found, key.year, today);
      if (session.config.number(found, place.sequence, date) != number) continue;
      place.key = key;
      return place;
    }
  }
  throw Error(Reason::usage, "\"" + number + "\" is no number of series " + series,
              "its numbers look like " + session.config.number(found, 42, today) +
                  "; `none` if none was given out");
}

}  // namespace billctl
