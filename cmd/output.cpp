#include "output.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <optional>

#include "text/error_json.hpp"
#include "text/utf8.hpp"
#include "text/visible.hpp"
#include "text/xml_text.hpp"

namespace billctl::cmd {
namespace {

void say(const std::string& line) {
  std::fprintf(stderr, "%s\n", visible(line).c_str());
}

/// A reader that went away (`| head`) is no failure of what was committed; a full disk is.
bool write_out(const std::string& text) {
  errno = 0;
  const bool whole = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  const bool flushed = std::fflush(stdout) == 0;
  return (whole && flushed) || errno == EPIPE || errno == EBADF;
}

/// Line by line: what a command's text took from data without a look reaches no terminal raw.
std::string visible_lines(std::string_view text) {
  std::string safe;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    safe += visible(text.substr(at, end - at));
    if (end < text.size()) safe += '\n';
    at = end + 1;
  }
  return safe;
}

Json envelope(const std::string& command, bool dry_run, Json body) {
  Json whole = Json::object({{"format", 1}, {"command", command}, {"dry_run", dry_run}});
  for (auto& [key, value] : body.as_object()) whole.set(key, std::move(value));
  return whole;
}

const Json* rows_of(const Outcome& outcome) {
  return outcome.rows.empty() ? nullptr : outcome.body.find(outcome.rows);
}

std::string flat(const Json& value) {
  if (!value.is_array()) return value.is_object() ? value.compact() : cell_text(value);
  std::string text;
  for (const Json& element : value.as_array()) {
    if (!element.is_string()) return value.compact();
    text += (text.empty() ? "" : ";") + element.as_string();
  }
  return text;
}

/// A signed amount or quantity is a number to a spreadsheet, not a formula.
bool is_number(const std::string& text) {
  return Decimal::parse(text).has_value();
}

using Columns = std::vector<std::pair<std::string, std::string>>;  // name, cell

/// @param depth how many levels of objects become columns of their own: `amounts.payable`.
void add_columns(const Json& row, const std::string& prefix, int depth, Columns& columns) {
  for (const auto& [key, value] : row.as_object()) {
    if (value.is_object() && depth > 0) {
      add_columns(value, prefix + key + ".", depth - 1, columns);
    } else {
      columns.emplace_back(prefix + key, flat(value));
    }
  }
}

void add_line(const Columns& columns, std::string& text) {
  bool first = true;
  for (const auto& [name, cell] : columns) {
    text += first ? "" : ",";
    first = false;
    text += is_number(cell) ? exact_cell(cell) : spreadsheet_cell(cell);
  }
  text += "\r\n";
}

std::string heads_line(const Columns& columns) {
  std::string heads;
  for (const auto& [name, cell] : columns) heads += (heads.empty() ? "" : ",") + exact_cell(name);
  return heads + "\r\n";
}

/// The rows as CSV, or nothing when they have not all the same names.
std::optional<std::string> csv_of_alike(const Json::Array& rows, int depth) {
  std::string text;
  Columns first;
  Columns columns;
  for (const Json& row : rows) {
    if (!row.is_object()) continue;
    columns.clear();
    add_columns(row, "", depth, columns);
    if (text.empty()) {
      first = columns;
      text = heads_line(first);
    }
    constexpr auto kName = &Columns::value_type::first;
    if (!std::ranges::equal(first, columns, {}, kName, kName)) return std::nullopt;
    add_line(columns, text);
  }
  return text;
}

/// The same of any rows: all names that there are, and nothing where a row has not one of them.
std::string csv_of_unlike(const Json::Array& rows) {
  std::vector<Columns> all;
  Columns names;
  const auto named = [](Columns& row, const std::string& name) {
    return std::ranges::find(row, name, &Columns::value_type::first);
  };
  for (const Json& row : rows) {
    if (row.is_object()) add_columns(row, "", 0, all.emplace_back());
  }
  for (const Columns& row : all) {
    for (const auto& [name, cell] : row) {
      if (named(names, name) == names.end()) names.emplace_back(name, "");
    }
  }
  std::string text = heads_line(names);
  for (Columns& row : all) {
    Columns whole = names;
    for (auto& [name, cell] : whole) {
      if (const auto found = named(row, name); found != row.end()) cell = found->second;
    }
    add_line(whole, text);
  }
  return text;
}

/// Objects within rows become columns; where they differ from row to row (the arguments of the
/// journal's verbs) each stays whole in one cell.
std::string csv_of(const Outcome& outcome) {
  constexpr int kAllLevels = 100;
  const Json* rows = rows_of(outcome);
  const Json single = Json::array({outcome.body});
  if (rows == nullptr || !rows->is_array()) rows = &single;
  for (const int depth : {kAllLevels, 0}) {
    if (const auto text = csv_of_alike(rows->as_array(), depth)) return *text;
  }
  return csv_of_unlike(rows->as_array());
}

}  // namespace

std::string page_text(std::string_view text) {
  return xml_text(visible_lines(text));
}

std::string cell_text(const Json& value) {
  if (value.is_string()) return value.as_string();
  if (value.is_integer()) return std::to_string(value.as_integer());
  if (value.is_bool()) return value.as_bool() ? "yes" : "no";
  return value.is_null() ? "" : value.compact();
}

std::string table(const std::vector<std::string>& heads,
                  const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::string> names;
  std::vector<bool> right;
  std::vector<std::size_t> widths;
  for (const std::string& head : heads) {
    right.push_back(!head.empty() && head[0] == '>');
    names.push_back(right.back() ? head.substr(1) : head);
    widths.push_back(display_width(names.back()));
  }
  std::vector<std::vector<std::string>> safe;
  for (const auto& row : rows) {
    safe.emplace_back();
    for (std::size_t i = 0; i < heads.size(); ++i) {
      safe.back().push_back(i < row.size() ? visible(row[i]) : "");
      widths[i] = std::max(widths[i], display_width(safe.back()[i]));
    }
  }
  std::string text;
  const auto add = [&](const std::vector<std::string>& row) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string gap(widths[i] - display_width(row[i]), ' ');
      if (i > 0) line += "  ";
      line += right[i] ? gap + row[i] : row[i] + gap;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  };
  add(names);
  for (const auto& row : safe) add(row);
  return text;
}

std::string fields_text(const Json& object) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& [field, value] : object.as_object()) {
    const std::string cell = flat(value);
    if (!cell.empty() && cell != "[]") rows.push_back({field, cell});
  }
  return table({"field", "value"}, rows);
}

ExitStatus print(Invocation& invocation, Outcome outcome) {
  const bool dry = invocation.dry_run() == DryRun::yes;
  const Json* rows = rows_of(outcome);
  const bool empty =
      outcome.found_nothing || (rows != nullptr && rows->is_array() && rows->as_array().empty());
  if (outcome.body.is_object() && outcome.body.find("repeated") != nullptr)
    outcome.talk.insert(outcome.talk.begin(),
                        "note: done before under this key of --once; nothing was changed now");
  std::string text;
  if (outcome.is_raw) {
    text = outcome.raw;
  } else if (invocation.format() == Format::json) {
    text = envelope(invocation.command().name, dry, std::move(outcome.body)).pretty() + "\n";
  } else if (invocation.format() == Format::csv) {
    text = csv_of(outcome);
  } else if (outcome.text) {
    text = outcome.text(outcome.body);
    if (!outcome.coloured) text = visible_lines(text);
  }
  const bool whole = write_out(text);
  for (const std::string& line : outcome.failures) say(line);
  if (!invocation.quiet()) {
    for (const std::string& line : invocation.talk()) say(line);
    for (const std::string& line : outcome.talk) say(line);
    if (dry && invocation.writes()) say("dry run: nothing was written");
  }
  if (!whole) {
    std::fprintf(stderr, "billctl: stdout: can't be written\n");
    return ExitStatus::io;
  }
  if (outcome.exit == ExitStatus::done && empty && invocation.has("--fail-if-empty"))
    return ExitStatus::empty;
  return outcome.exit;
}

ExitStatus print_error(const Error& error, const std::string& command, Format format) {
  const ExitStatus exit = exit_status(error.code());
  if (format == Format::json) write_out(refusal_json(command, error).pretty() + "\n");
  if (error.mistakes().empty()) {
    say("billctl: " + error.message());
    if (!error.hint().empty()) say("hint: " + error.hint());
    return exit;
  }
  for (const Mistake& mistake : error.mistakes()) {
    say("billctl: " + to_text(mistake));
    if (!mistake.hint.empty()) say("hint: " + mistake.hint);
  }
  if (error.mistakes_total() > error.mistakes().size()) {
    say("billctl: and " + std::to_string(error.mistakes_total() - error.mistakes().size()) +
        " more mistakes");
  }
  return exit;
}

}  // namespace billctl::cmd
