// Fixture: a whole firm for a test in a few lines: a ledger in a scratch folder, a config, and rows
// by the names of the import's columns. What is added or changed is queued as an import queues it.
//
//   Fixture firm("[compile]\nrequire_confirmed = false\n");
//   firm.add("clients", "code=acme currency=USD name='Acme Oy'");
//   firm.add("tasks", "code=dev client=acme unit_price=95");
//   firm.add("entries", "id=e1 task=dev seconds=3600 date=2026-10-05");   // confirmed, kind time
//   firm.change("tasks", "dev", "billable=0");
//   Session session = firm.session();
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "config/config.hpp"
#include "ledger/ledger.hpp"
#include "ledger/scratch.hpp"
#include "pipeline/session.hpp"

namespace billctl::test {

class Fixture {
 public:
  /// @param toml lines added to the smallest config: a test tenant `main` with EUR and UTC.
  explicit Fixture(const std::string& toml = "");

  Ledger& ledger() { return *ledger_; }
  TenantId tenant() const { return tenant_.id; }
  const Config& config() const { return *config_; }
  /// A config edited between two runs; earlier sessions go on with the old one.
  void configure(const std::string& toml);

  Session session(DryRun dry_run = DryRun::no);
  /// The clock of sessions from now on; 2026-11-01T06:00:00Z at first.
  void set_clock(std::string_view instant) { now_ = *Instant::parse(instant); }

  /// Adds a row of an import kind: clients, projects, tasks, entries, rates … `fields` are
  /// `column=value`, a blank between, values with blanks in single quotes. A name is the code
  /// unless given; an entry is of kind time, confirmed and of 2026-10-05 unless said otherwise
  /// (`confirmed_at=` takes the confirmation away). @returns its row.
  std::int64_t add(const std::string& kind, const std::string& fields);
  /// Changes fields of a row found by its code, or `id` of an entry.
  void change(const std::string& kind, const std::string& code, const std::string& fields);

  std::int64_t row(const std::string& kind, const std::string& code);
  EntryId entry(const std::string& id) { return {row("entries", id)}; }
  ClientId client(const std::string& code) { return {row("clients", code)}; }

  /// The first column of the first row, as text; empty for NULL and for no row.
  std::string ask(const std::string& sql);
  std::int64_t number(const std::string& sql);
  /// All rows, columns with `|` between, rows with a blank: `time|1000 mileage|2000`.
  std::string rows(const std::string& sql);
  void execute(const std::string& sql);

 private:
  Scratch scratch_;
  std::unique_ptr<Ledger> ledger_;
  std::vector<std::unique_ptr<Config>> old_configs_;
  std::unique_ptr<Config> config_;
  Tenant tenant_;
  Instant now_ = *Instant::parse("2026-11-01T06:00:00Z");
};

}  // namespace billctl::test
