// bench_gen: a month of a large firm as canonical tables, the same bytes for the same seed on any
// machine (splitmix64 and a bounded draw of our own: the standard's distributions differ by
// library).
//
//   bench_gen --entries 1000000 --seed 42 --out DIR [--clients 10000]
#include <fmt/format.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <string>

#include "splitmix.hpp"

namespace {

/// A draw from 0 up to but without `past`.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : numbers_(seed) {}
  std::uint64_t below(std::uint64_t past) {
    return static_cast<std::uint64_t>(numbers_.between(0, static_cast<std::int64_t>(past) - 1));
  }

 private:
  billctl::Splitmix numbers_;
};

class File {
 public:
  File(const std::string& folder, const char* name, const char* head)
      : file_(std::fopen((folder + "/" + name).c_str(), "w")) {
    if (file_ == nullptr) std::exit(1);
    std::fputs(head, file_);
  }
  ~File() { std::fclose(file_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  template <class... Parts>
  void row(fmt::format_string<Parts...> format, Parts&&... parts) {
    line_.clear();
    fmt::format_to(std::back_inserter(line_), format, std::forward<Parts>(parts)...);
    line_ += '\n';
    std::fwrite(line_.data(), 1, line_.size(), file_);
  }

 private:
  std::FILE* file_;
  std::string line_;
};

struct Size {
  std::uint64_t entries, clients, projects, tasks;
  static constexpr std::uint64_t kMembers = 500, kTeams = 20, kJobTypes = 12, kProducts = 40;
};

/// @param clients 0: one for each hundred entries
Size size_of(std::uint64_t entries, std::uint64_t clients) {
  const auto at_least = [](std::uint64_t n, std::uint64_t least) { return n < least ? least : n; };
  if (clients == 0) clients = at_least(entries / 100, 5);
  return {entries, clients, at_least(entries / 50, 2 * clients),
          at_least(entries / 10, 4 * clients)};
}

void write_config(const std::string& folder) {
  File file(folder, "billctl.toml", "");
  file.row("ledger = \"ledger.db\"\n\n[tenant]\ncode = \"main\"\ntest = true\nname = \"Bench Oy\"");
  file.row("currency = \"EUR\"\nzone = \"Europe/Helsinki\"\ncountry = \"FI\"\nstreet = \"Katu 1\"");
  file.row(
      "city = \"Helsinki\"\npostal_code = \"00100\"\n\n[tax.vat]\nrate = \"25.5\"\ncategory = "
      "\"S\"");
  file.row(
      "default = true\n\n[terms.net14]\ndays = 14\n\n[invoice]\nallow = [\"unpriced\", "
      "\"default_price\"]");
  file.row("group_projects = \"project-task\"\ngroup_hours = \"employee-jobtype\"");
}

void write_parties(const std::string& folder, const Size& size) {
  File teams(folder, "teams.csv", "code,name\n");
  for (std::uint64_t i = 0; i < Size::kTeams; ++i) teams.row("team{},Team {}", i, i);
  File members(folder, "members.csv", "code,name,team,role\n");
  for (std::uint64_t i = 0; i < Size::kMembers; ++i) {
    members.row("m{},Member {},team{},{}", i, i, i % Size::kTeams,
                i % 3 == 0 ? "senior" : "junior");
  }
  File clients(folder, "clients.csv", "code,name,street,city,postal_code,country,price_list\n");
  for (std::uint64_t i = 0; i < size.clients; ++i) {
    clients.row("c{:06},Client {},Road {},Town,00{:03},FI,{}", i, i, i, i % 1000,
                i % 4 == 0 ? "std" : "");
  }
}

void write_catalogue(const std::string& folder, const Size& size) {
  File products(folder, "products.csv", "code,name,unit,unit_price\n");
  File lists(folder, "price_lists.csv", "list,product,unit_price\n");
  for (std::uint64_t i = 0; i < Size::kProducts; ++i) {
    products.row("p{},Product {},hour,{}.50", i, i, 60 + i);
    lists.row("std,p{},{}.25", i, 55 + i);
  }
  File job_types(folder, "job_types.csv", "code,name,billable\n");
  for (std::uint64_t i = 0; i < Size::kJobTypes; ++i)
    job_types.row("j{},Job type {},{}", i, i, i != 11);
  File rates(folder, "rates.csv", "unit_price,role,job_type\n");
  rates.row("95.00,senior,");
  rates.row("70.00,junior,");
  rates.row("120.00,senior,j3");
  File assignments(folder, "assignments.csv", "scope,target,product,kind\n");
  for (std::uint64_t i = 0; i < Size::kTeams; ++i) assignments.row("team,team{},p{},time", i, i);
  for (std::uint64_t i = 0; i < size.clients; i += 3)
    assignments.row("contact,c{:06},p{},time", i, i % Size::kProducts);
}

void write_tasks(const std::string& folder, const Size& size, Draw& draw) {
  File projects(folder, "projects.csv", "code,name,client,status\n");
  for (std::uint64_t i = 0; i < size.projects; ++i) {
    projects.row("pr{},Project {},c{:06},{}", i, i, i % size.clients,
                 i % 40 == 7 ? "not_billable" : "billable");
  }
  File tasks(folder, "tasks.csv", "code,name,project,team,billable,unit_price,unit\n");
  for (std::uint64_t i = 0; i < size.tasks; ++i) {
    const bool priced = draw.below(5) == 0;
    tasks.row("t{},Task {},pr{},team{},{},{},{}", i, i, draw.below(size.projects), i % Size::kTeams,
              draw.below(16) != 0, priced ? fmt::format("{}.00", 50 + draw.below(80)) : "",
              priced ? "hour" : "");
  }
}

void write_entries(const std::string& folder, const Size& size, Draw& draw) {
  File entries(folder, "entries.csv",
               "id,kind,task,member,started_at,stopped_at,seconds,date,distance_km,transport_"
               "minutes,quantity,amount,"
               "job_type,description,confirmed_at\n");
  for (std::uint64_t i = 0; i < size.entries; ++i) {
    const std::uint64_t day = 1 + draw.below(31);
    const std::uint64_t hour = 6 + draw.below(10);
    const std::uint64_t minutes = 5 + draw.below(470);
    const std::uint64_t task = draw.below(size.tasks);
    const std::uint64_t member = (task * 7 + draw.below(4)) % Size::kMembers;
    const std::uint64_t job_type = draw.below(3);
    const std::string_view confirmed = draw.below(50) == 0 ? "" : "2026-11-01T06:00:00Z";
    const std::uint64_t kind = draw.below(100);
    if (kind < 93) {
      const std::uint64_t end = hour * 60 + minutes;
      entries.row(
          "e{},time,t{},m{},2026-10-{:02}T{:02}:00:00Z,2026-10-{:02}T{:02}:{:02}:00Z,{},,,,,,j{},"
          "Work item {} of the "
          "month,{}",
          i, task, member, day, hour, day, end / 60, end % 60, minutes * 60, job_type, i % 1000,
          confirmed);
    } else if (kind < 97) {
      entries.row("e{},mileage,t{},m{},,,,2026-10-{:02},{}.{},{},,,,Drive {},{}", i, task, member,
                  day, 3 + draw.below(200), draw.below(10), 10 + draw.below(120), i % 1000,
                  confirmed);
    } else if (kind < 99) {
      entries.row("e{},expense,t{},m{},,,,2026-10-{:02},,,,{}.{:02},,Receipt {},{}", i, task,
                  member, day, 1 + draw.below(400), draw.below(100), i % 1000, confirmed);
    } else {
      entries.row("e{},goods,t{},m{},,,,2026-10-{:02},,,{},,,Parts {},{}", i, task, member, day,
                  1 + draw.below(9), i % 1000, confirmed);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t entries = 10'000;
  std::uint64_t seed = 42;
  std::uint64_t clients = 0;
  std::string out = "bench-data";
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string option = argv[i];
    if (option == "--entries") entries = std::strtoull(argv[i + 1], nullptr, 10);
    if (option == "--seed") seed = std::strtoull(argv[i + 1], nullptr, 10);
    if (option == "--clients") clients = std::strtoull(argv[i + 1], nullptr, 10);
    if (option == "--out") out = argv[i + 1];
  }
  std::filesystem::create_directories(out);
  Draw draw(seed);
  const Size size = size_of(entries, clients);
  write_config(out);
  write_parties(out, size);
  write_catalogue(out, size);
  write_tasks(out, size, draw);
  write_entries(out, size, draw);
  fmt::print("{} entries, {} clients, {} tasks, seed {}: {}\n", entries, size.clients, size.tasks,
             seed, out);
  return 0;
}
