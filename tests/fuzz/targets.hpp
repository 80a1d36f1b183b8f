// Fuzz targets: functions that take any bytes and must neither crash, hang nor break a promise of
// the part they feed. libFuzzer calls them by the million (the preset `fuzz`), corpus_replay.cpp
// calls them with each file of corpus/TARGET in every run of the tests.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace billctl::fuzz {

void csv(std::string_view bytes);      ///< first byte: which table; the rest as CSV
void jsonl(std::string_view bytes);    ///< the same as JSON Lines
void foreign(std::string_view bytes);  ///< first byte: which program's export
void config(std::string_view bytes);
void job(std::string_view bytes);
void import_map(std::string_view bytes);
void json(std::string_view bytes);
void dates(std::string_view bytes);  ///< dates, instants, periods, durations, zones
void money(std::string_view bytes);  ///< numbers, amounts, rounding, shares
void templates(std::string_view bytes);
void argv(std::string_view bytes);    ///< a word on each line
void ledger(std::string_view bytes);  ///< changes of a whole ledger's file: see ledger.cpp

/// Aborts with the words, so that a fuzzer keeps the input.
void must(bool holds, const char* words);

/// The next piece of the input, up to and without `end`.
std::string_view taken(std::string_view& bytes, char end);
/// A number of up to eight bytes from the front.
std::uint64_t number(std::string_view& bytes, int size);

}  // namespace billctl::fuzz
