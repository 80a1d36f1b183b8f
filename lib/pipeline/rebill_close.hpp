// RebillClose: the second half of a job, once what it issued is committed: its invoices are mailed,
// the person to inform is told, and the run ends with its report complete (S3-9, S3-12, S3-24). A
// crash in between loses nothing: the same job again delivers what is not delivered.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "config/job_file.hpp"
#include "ledger/jobs.hpp"
#include "pipeline/session.hpp"

namespace billctl {

class RebillClose {
 public:
  /// @throws as require_mail (send.hpp), when the job is to send.
  RebillClose(Session& session, const JobFile& job, const Period& period);

  /// Whether there is a second half: mails of invoices, or the result to a person.
  bool goes_on() const;
  /// The session in which the first half is performed: a key of --once is stored at the very end.
  Session& first_half();
  /// With --once, the stored report of a job whose both halves were done; nothing otherwise.
  std::optional<Report> repeated();

  /// Runs the job; when it fails the person to inform is told before the error goes on.
  Report guard(const std::function<Report()>& run);

  /// Ends a run without a second half. Inside `Ledger::write`.
  void end(JobRunId run, Report& report);
  /// In a dry run: which of these invoices would have no address. Inside `Ledger::write`.
  void foretell(Report& report, const std::vector<InvoiceId>& issued);
  /// The second half. Not inside a write.
  Report deliver(JobRunId run, const std::vector<InvoiceId>& issued, Report report);

 private:
  struct Unsent {
    InvoiceId invoice;
    std::string name, code;
  };
  Verb verb() const;
  std::vector<Unsent> send(const std::vector<InvoiceId>& issued, Report& report);
  void put_unsent(Report& report, const std::vector<Unsent>& unsent);
  void inform(Report& report, const std::string& key);
  void inform_of_failure(const Error& error);

  Session& session_;
  const JobFile& job_;
  const Period period_;
  Session first_half_;
};

}  // namespace billctl
