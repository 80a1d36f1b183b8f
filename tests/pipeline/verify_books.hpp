// VerifyBooks: a small whole ledger in which every check of `verify` has something to look at, and
// which is whole; and a way to break exactly one thing in it, past every trigger.
//
//   INV00001  e1 2 h and e2 1.5 h at 50.00, 175.00 + 25.5 % = 219.63; queued for `books`, accepted;
//             needed the approval of a project manager, and anna gave it
//   INV00002  e9, an instalment of 1000.00
//   INV00003  a credit note of 75.00 on INV00001
//   DRAFT00004  e3 1 h, e10 12.5 km at 0.50 and 30 min of travel; 10.00 prepaid; made by the job
//   DRAFT00005  e11 2 h, its line typed over as 120.00: by hand, so X4 rules
//   pending e4 and e14 · open e5 and e12 (its item was released) · parked e6 · archived e7 ·
//   withdrawn e8
#pragma once

#include <initializer_list>
#include <string>

#include "pipeline/fixture.hpp"
#include "pipeline/verify.hpp"

namespace billctl::test {

class VerifyBooks {
 public:
  VerifyBooks();

  Fixture& firm() { return firm_; }
  std::string path() { return firm_.ledger().path(); }

  /// Runs SQL from a foreign connection with the triggers and CHECKs out of the way, and puts the
  /// triggers back as they were.
  void tamper(const std::string& sql);

  Report verify(const VerifyRequest& request = {});
  /// The names of the checks that found something, in order, a blank between; warnings in (…).
  std::string broken(const VerifyRequest& request = {});
  /// What that check found: `subject: message`, one on a line.
  std::string found(const std::string& check, VerifyRequest request = {});

 private:
  void fill();
  void mail();
  void issue(std::int64_t invoice, const std::string& number, std::int64_t sequence);
  Fixture firm_;
};

struct Break {
  const char* sql;
  const char* checks;   ///< that report it; the first is the one meant
  const char* message;  ///< part of what the first one says
};

/// Breaks a whole ledger in each of these ways and checks that those checks report it, and no
/// other.
void each(std::initializer_list<Break> breaks);

}  // namespace billctl::test
