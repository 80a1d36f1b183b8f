#include "intake/csv_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "intake/encoding.hpp"
#include "text/visible.hpp"

namespace billctl {
namespace {

std::size_t index(char c) {
  return static_cast<unsigned char>(c);
}

std::string row_too_long() {
  return fmt::format("the row is too long, {} KiB is the most", CsvReader::kRowBytesMax >> 10U);
}

bool quoted_stop(char c) {
  return c == '"' || c == '\n' || c == '\r' || c == '\0';
}

}  // namespace

CsvReader::CsvReader(Window window, Mistakes& mistakes, std::optional<char> delimiter)
    : window_(std::move(window)), mistakes_(mistakes), file_(window_.name()), cells_(kCellsMax) {
  over_ = !pass_bom(window_, mistakes_);
  if (delimiter) {
    delimiter_ = *delimiter;
  } else {
    sniff();
  }
  for (const char stop : {delimiter_, '\n', '\r', '"', '\0'}) stops_[index(stop)] = true;
  read_header();
}

void CsvReader::sniff() {
  constexpr std::string_view kKnown = ",;\t";
  std::array<std::size_t, kKnown.size()> found{};
  bool quoted = false;
  for (std::size_t at = 0; at < kCellBytesMax; ++at) {
    if (at == window_.size() && !window_.more()) break;
    const char c = *(window_.begin() + at);
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n') break;
    const std::size_t which = kKnown.find(c);
    if (which != std::string_view::npos) ++found[which];
  }
  const auto most = std::max_element(found.begin(), found.end());
  delimiter_ = kKnown[static_cast<std::size_t>(most - found.begin())];
}

void CsvReader::read_header() {
  if (over_) return;
  const std::size_t before = mistakes_.total();
  const bool found = read_row();
  if (!found) {
    over_ = true;
    if (mistakes_.total() > before) return;
    mistakes_.add({file_, 1, 1}, "the file is empty, a header row is needed",
                  "billctl import KIND --template prints one");
    return;
  }
  header_.reserve(count_);
  for (std::size_t i = 0; i < count_; ++i) {
    header_.emplace_back(cells_[i].text);
    header_at_.push_back(at(i));
  }
}

bool CsvReader::next() {
  return !over_ && read_row();
}

void CsvReader::drop_apostrophes() {
  for (std::size_t i = 0; i < count_; ++i) cells_[i].text = without_apostrophe(cells_[i].text);
}

Position CsvReader::at(std::size_t cell) const {
  return position_in(bytes_, cells_[cell].start, file_, line_);
}

bool CsvReader::read_row() {
  for (;;) {
    window_.drop(std::exchange(row_bytes_, 0));
    line_ += std::exchange(row_lines_, 0);
    if (window_.size() == 0 && !window_.more()) {
      over_ = true;
      return false;
    }
    switch (scan_row()) {
      case CellEnd::more:
        if (!window_.more() && !window_.ended()) {
          wrong(window_.begin(), row_too_long());
          pass_bad_row();
        }
        break;
      case CellEnd::mistake:
        pass_bad_row();
        if (header_.empty()) return false;
        break;
      default:
        if (bytes_.empty()) break;  // a blank line
        if (has_no_mistake()) return true;
        if (header_.empty()) return false;
    }
  }
}

CsvReader::CellEnd CsvReader::scan_row() {
  count_ = 0;
  escaped_.clear();
  row_lines_ = 0;
  const char* at = window_.begin();
  CellEnd end = CellEnd::delimiter;
  while (end == CellEnd::delimiter) end = scan_cell(at);
  if (end == CellEnd::mistake || end == CellEnd::more) {
    row_lines_ = 0;
    return end;
  }
  row_bytes_ = static_cast<std::size_t>(at - window_.begin());
  const char* past = at;
  if (end == CellEnd::line) {
    ++row_lines_;
    past -= past - window_.begin() > 1 && past[-2] == '\r' ? 2 : 1;
  }
  bytes_ = {window_.begin(), static_cast<std::size_t>(past - window_.begin())};
  return end;
}

CsvReader::CellEnd CsvReader::scan_cell(const char*& at) {
  const char* const end = window_.end();
  if (at < end && *at == '"') return scan_quoted(at);
  const char* past = at;
  while (past < end && !stops_[index(*past)]) ++past;
  if (static_cast<std::size_t>(past - at) > kCellBytesMax) return too_long(at, false);
  if (count_ == kCellsMax) return too_many(at);
  cells_[count_++] = {{at, static_cast<std::size_t>(past - at)}, offset(at)};
  if (past < end && *past == '"') {
    return wrong(past, "a quote inside a cell that does not begin with one",
                 "put the whole cell in quotes and double those inside: \"5\"\" disk\"");
  }
  return end_of_cell(at, past);
}

CsvReader::CellEnd CsvReader::scan_quoted(const char*& at) {
  const char* const end = window_.end();
  const char* const open = at;
  bool escaped = false;
  const char* past = open + 1;
  for (;; ++past) {
    while (past < end && !quoted_stop(*past)) ++past;
    if (static_cast<std::size_t>(past - open) > kCellBytesMax + 1) return too_long(open, true);
    if (past == end) {
      if (!window_.ended()) return CellEnd::more;
      return wrong(open, "the quote that opens here is never closed, a closing one is needed");
    }
    if (*past == '\0') return wrong(past, "a NUL byte, text is needed");
    if (*past == '\n') ++row_lines_;
    if (*past == '\r') escaped = true;
    if (*past != '"') continue;
    if (past + 1 == end && !window_.ended()) return CellEnd::more;
    if (past + 1 == end || past[1] != '"') break;
    escaped = true;
    ++past;
  }
  if (count_ == kCellsMax) return too_many(open);
  if (escaped) escaped_.push_back(count_);
  cells_[count_++] = {{open + 1, static_cast<std::size_t>(past - open - 1)}, offset(open)};
  return end_of_cell(at, past + 1);
}

/// @param after the byte behind the cell and its closing quote; `at` moves on past the end it
/// marks.
CsvReader::CellEnd CsvReader::end_of_cell(const char*& at, const char* after) {
  const char* const end = window_.end();
  if (after == end) {
    at = after;
    return window_.ended() ? CellEnd::file : CellEnd::more;
  }
  at = after + 1;
  if (*after == delimiter_) return CellEnd::delimiter;
  if (*after == '\n') return CellEnd::line;
  if (*after == '\0') return wrong(after, "a NUL byte, text is needed");
  if (*after != '\r') {
    return wrong(after, "text behind a closing quote, the end of the cell is needed",
                 "a quote inside a quoted cell is written twice");
  }
  if (at == end && !window_.ended()) return CellEnd::more;
  if (at == end || *at != '\n') {
    return wrong(after, "a lone CR, rows end with LF or CRLF", "convert it: tr '\\r' '\\n' <FILE");
  }
  ++at;
  return CellEnd::line;
}

CsvReader::CellEnd CsvReader::too_long(const char* start, bool quoted) {
  const CellEnd end =
      wrong(start, fmt::format("the cell is too long, {} KiB is the most", kCellBytesMax >> 10U),
            quoted ? "is its closing quote missing?" : "");
  wrong_at_ = start + 1;
  wrong_in_quotes_ = quoted;
  return end;
}

CsvReader::CellEnd CsvReader::too_many(const char* start) {
  return wrong(start, fmt::format("a row has at most {} cells", kCellsMax));
}

CsvReader::CellEnd CsvReader::wrong(const char* at, std::string message, std::string hint) {
  mistakes_.add(position_in(window_.text(), offset(at), file_, line_), std::move(message),
                std::move(hint));
  wrong_at_ = at;
  wrong_in_quotes_ = false;
  return CellEnd::mistake;
}

/// Goes on behind the line end of the bad row, which may be far behind the window: a quoted cell
/// that was too long is read to its closing quote, byte by byte and without keeping any.
void CsvReader::pass_bad_row() {
  bool quoted = wrong_in_quotes_;
  const bool counts_quotes = quoted;
  std::size_t at = offset(wrong_at_);
  for (;;) {
    for (; at < window_.size(); ++at) {
      const char c = *(window_.begin() + at);
      if (c == '"' && counts_quotes) quoted = !quoted;
      if (c != '\n' || quoted) continue;
      pass(at + 1);
      return;
    }
    pass(at);
    at = 0;
    if (!window_.more()) {
      over_ = true;
      return;
    }
  }
}

void CsvReader::pass(std::size_t bytes) {
  line_ += static_cast<int>(std::count(window_.begin(), window_.begin() + bytes, '\n'));
  window_.drop(bytes);
}

bool CsvReader::has_no_mistake() {
  if (bytes_.size() > kRowBytesMax) {
    mistakes_.add({file_, line_, 1}, row_too_long());
    return false;
  }
  if (!is_text(bytes_, file_, line_, mistakes_)) return false;
  if (!header_.empty() && count_ != header_.size()) {
    const std::size_t at = count_ > header_.size() ? cells_[header_.size()].start : bytes_.size();
    mistakes_.add(
        position_in(bytes_, at, file_, line_),
        fmt::format("the row has {} cells, the header {}", count_, header_.size()),
        count_ > header_.size() ? "a cell that holds the delimiter is put in quotes" : "");
    return false;
  }
  if (!escaped_.empty()) unescape();
  return true;
}

/// Copies the cells that need it: doubled quotes become one, CRLF becomes LF.
void CsvReader::unescape() {
  unescaped_.clear();
  unescaped_.reserve(bytes_.size());  // so that no append moves what earlier cells point to
  for (const std::size_t i : escaped_) {
    const std::string_view raw = cells_[i].text;
    const std::size_t start = unescaped_.size();
    for (std::size_t at = 0; at < raw.size(); ++at) {
      const bool pair = at + 1 < raw.size() && ((raw[at] == '"' && raw[at + 1] == '"') ||
                                                (raw[at] == '\r' && raw[at + 1] == '\n'));
      if (pair) ++at;
      unescaped_ += raw[at];
    }
    cells_[i].text = std::string_view(unescaped_).substr(start);
  }
}

}  // namespace billctl
