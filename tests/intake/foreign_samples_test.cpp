#include <doctest/doctest.h>

#include <filesystem>
#include <set>

#include "foreign_reading.hpp"
#include "intake/foreign/naming.hpp"

using namespace billctl;

namespace {

struct Sample {
  ForeignFormat format;
  const char* file;
  std::int64_t seconds = 42720;
};

// The same five sessions as six programs export them. Harvest rounds 7 minutes to 0.12 h.
const std::vector<Sample> kSamples = {
    {ForeignFormat::toggl, "toggl-detailed.csv"},
    {ForeignFormat::clockify, "clockify-detailed-eu.csv"},
    {ForeignFormat::harvest, "harvest-detailed.csv", 42732},
    {ForeignFormat::kimai, "kimai-export.csv"},
    {ForeignFormat::timewarrior, "timewarrior-export.json"},
    {ForeignFormat::timeclock, "work.timeclock"},
};
constexpr std::int64_t kBillableSeconds = 42300;

ImportMap sample_map() {
  ImportMap map;
  map.tags.client = 1;
  map.tags.project = 2;
  map.tags.non_billable = {"Internal"};
  return map;
}

ReadExport read_sample(const Sample& sample, const std::string& folder,
                       std::size_t buffer_bytes = 1U << 20U) {
  ForeignOptions options = in_zone();
  options.dates = DateOrder::dmy;
  options.buffer_bytes = buffer_bytes;
  const auto source = open_source(folder + '/' + sample.file);
  return read_export(sample.format, *source, options);
}

void check_totals(const std::string& folder) {
  const ImportMap map = sample_map();
  for (const Sample& sample : kSamples) {
    CAPTURE(sample.file);
    const ReadExport read = read_sample(sample, folder);
    CHECK(read.mistakes == std::vector<std::string>{});
    REQUIRE(read.entries.size() == 5);
    const Naming naming(map);
    std::int64_t seconds = 0;
    std::int64_t billable = 0;
    std::set<std::string> refs;
    for (const ForeignEntry& entry : read.entries) {
      seconds += entry.seconds.value_or(0);
      if (naming.names_of(entry).billable) billable += entry.seconds.value_or(0);
      refs.insert(entry.ref);
      CHECK_FALSE(entry.seconds_differ);
      CHECK(entry.ref.starts_with(std::string(word(sample.format)) + ':'));
    }
    CHECK(seconds == sample.seconds);
    CHECK(billable == kBillableSeconds);
    CHECK(refs.size() == 5);
  }
}

/// The entry of the night in which summer time ends.
const ForeignEntry& night(const ReadExport& read) {
  for (const ForeignEntry& entry : read.entries) {
    if (entry.work_on == *Date::of(2026, 10, 25)) return entry;
  }
  FAIL("no entry of that night");
  return read.entries.front();
}

}  // namespace

TEST_CASE("each program's export of the same five sessions has the same totals") {
  check_totals(BILLCTL_TEST_DATA);
}

TEST_CASE("the shared samples have the same totals") {
  if (!std::filesystem::exists(BILLCTL_SHARED_SAMPLES)) {
    MESSAGE("skipped: no ../shared beside the project");
    return;
  }
  check_totals(BILLCTL_SHARED_SAMPLES);
}

TEST_CASE("samples are read alike whatever the size of the buffer") {
  for (const Sample& sample : kSamples) {
    CAPTURE(sample.file);
    const ReadExport whole = read_sample(sample, BILLCTL_TEST_DATA);
    for (const std::size_t buffer : {1U, 7U, 50U}) {
      const ReadExport again = read_sample(sample, BILLCTL_TEST_DATA, buffer);
      REQUIRE(again.entries.size() == whole.entries.size());
      for (std::size_t i = 0; i < whole.entries.size(); ++i) {
        CHECK(again.entries[i].ref == whole.entries[i].ref);
        CHECK(again.entries[i].description == whole.entries[i].description);
        CHECK(again.entries[i].at == whole.entries[i].at);
      }
    }
  }
}

TEST_CASE("X27 the night with the extra hour has the same instants in every program") {
  for (const Sample& sample : kSamples) {
    if (sample.format == ForeignFormat::harvest) continue;  // it has no times
    CAPTURE(sample.file);
    const ReadExport read = read_sample(sample, BILLCTL_TEST_DATA);
    const ForeignEntry& entry = night(read);
    CHECK(entry.started_at->to_text() == "2026-10-24T23:30:00Z");
    CHECK(entry.stopped_at->to_text() == "2026-10-25T02:30:00Z");
    CHECK(entry.seconds == 10800);
  }
}

TEST_CASE("the sample of toggl gives names tags and texts") {
  const ReadExport read = read_sample(kSamples[0], BILLCTL_TEST_DATA);
  const ForeignEntry& entry = read.entries[0];
  CHECK(entry.client == "Acme Oy");
  CHECK(entry.project == "Support");
  CHECK(entry.task == "Ticket");
  CHECK(entry.member == "Maija Meikäläinen");
  CHECK(entry.email == "maija@example.test");
  CHECK(entry.tags == std::vector<std::string>{"support", "urgent"});
  CHECK(entry.description == "ticket 4711: login fails, \"urgent\"");
  CHECK(entry.work_on == *Date::of(2026, 10, 1));
  CHECK(entry.at.line == 2);
  CHECK(read.entries[2].description == "=1+1 DST night");
  CHECK(read.entries[3].description == "month end\nsecond line");
  CHECK(read.entries[4].client.empty());
  CHECK_FALSE(read.entries[4].billable);
}

TEST_CASE("the sample of harvest has dates and decimal hours") {
  const ReadExport read = read_sample(kSamples[2], BILLCTL_TEST_DATA);
  CHECK_FALSE(read.entries[0].started_at);
  CHECK(read.entries[0].seconds == 9000);
  CHECK(read.entries[4].seconds == 432);
  CHECK(read.entries[0].approved == false);
  CHECK(read.entries[0].invoiced_as.empty());
  CHECK(read.entries[0].member == "Maija Meikäläinen");
}

TEST_CASE("the sample of kimai loses its guard and stops on the next day") {
  const ReadExport read = read_sample(kSamples[3], BILLCTL_TEST_DATA);
  CHECK(read.entries[2].description == "=1+1 DST night");
  CHECK(read.entries[3].stopped_at->to_text() == "2026-10-31T23:30:00Z");
  CHECK(read.entries[4].client == "Oma firma");
  CHECK_FALSE(read.entries[4].billable);
}

TEST_CASE("the sample of timewarrior is named by its tags") {
  const ReadExport read = read_sample(kSamples[4], BILLCTL_TEST_DATA);
  const ImportMap map = sample_map();
  const Naming naming(map);
  const WorkNames first = naming.names_of(read.entries[0]);
  CHECK(first.client == "Acme Oy");
  CHECK(first.project == "Support");
  CHECK(first.task.empty());
  const WorkNames internal = naming.names_of(read.entries[3]);
  CHECK(internal.client.empty());
  CHECK(internal.project.empty());
  CHECK_FALSE(internal.billable);
}

TEST_CASE("the sample of timeclock is named by its accounts") {
  const ReadExport read = read_sample(kSamples[5], BILLCTL_TEST_DATA);
  CHECK(read.entries[1].client == "Acme Oy");
  CHECK(read.entries[1].project == "Website");
  CHECK(read.entries[1].task == "Development");
  CHECK(read.entries[1].description == "CSV import; ääkköset €");
  CHECK(read.entries[3].client.empty());
  CHECK(read.entries[3].project == "Internal");
  CHECK_FALSE(read.entries[3].billable);
}
