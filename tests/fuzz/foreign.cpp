// Other programs' exports: the same entries however the bytes arrive, none of them impossible.
#include "intake/foreign/foreign_entry.hpp"
#include "targets.hpp"

namespace billctl::fuzz {
namespace {

std::string read(ForeignFormat format, std::string_view text, std::size_t buffer, std::size_t piece,
                 unsigned habits) {
  const auto source = memory_source("f", std::string(text), piece);
  ForeignOptions options{*Zone::load("Europe/Helsinki"), {}, "maija", (habits & 4U) != 0, buffer};
  if ((habits & 1U) != 0) options.dates = (habits & 2U) != 0 ? DateOrder::dmy : DateOrder::mdy;
  Mistakes mistakes;
  const auto reader = open_foreign(format, *source, options, mistakes);
  std::string seen;
  for (ForeignEntry entry; reader->next(entry);) {
    must(!entry.ref.empty(), "an entry has an identity");
    must(!entry.seconds || *entry.seconds >= 0, "no entry is negative");
    must(!entry.stopped_at || !entry.started_at || *entry.started_at <= *entry.stopped_at,
         "no entry ends before it begins");
    must(!entry.hourly_price || !entry.hourly_price->is_negative(), "no price is negative");
    seen += entry.ref + '\x1f' + entry.slot + '\x1f' + entry.client + '\x1f' + entry.project +
            '\x1f' + entry.task + '\x1f' + entry.description + '\x1f' + entry.work_on.to_text() +
            '\x1f' + std::to_string(entry.seconds.value_or(-1)) + '\n';
  }
  for (const Mistake& mistake : mistakes.kept()) {
    must(mistake.at.line >= 1 && mistake.at.column >= 1, "a mistake stands somewhere");
    seen += to_text(mistake) + '\n';
  }
  return seen;
}

}  // namespace

void foreign(std::string_view bytes) {
  if (bytes.empty()) return;
  const std::vector<std::string> words = foreign_format_words();
  const auto first = static_cast<unsigned>(number(bytes, 1));
  const ForeignFormat format = *foreign_format_of(words[first % words.size()]);
  const unsigned habits = first / static_cast<unsigned>(words.size());
  const std::string whole = read(format, bytes, 8192, 0, habits);
  must(whole == read(format, bytes, 16, 1, habits), "a small buffer reads the same");
}

}  // namespace billctl::fuzz
