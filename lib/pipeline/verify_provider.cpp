// verify --provider: whether each provider has what the ledger calls delivered, and nothing else.
#include <algorithm>
#include <set>

#include "ledger/invoices.hpp"
#include "ledger/outbox.hpp"
#include "pipeline/completed_document.hpp"
#include "pipeline/open_provider.hpp"
#include "pipeline/verify_checks.hpp"

namespace billctl {
namespace {

class ProviderCheck {
 public:
  explicit ProviderCheck(const Session& session)
      : outbox_(session.ledger, session.tenant.id),
        invoices_(session.ledger, session.tenant.id),
        keys_(outbox_.every_key()) {}

  ProviderFindings findings() && { return std::move(findings_); }

  void ask(const ProviderSettings& settings) {
    const std::vector<Submission> current = outbox_.list(settings.code);
    const bool any = std::ranges::any_of(current, is_delivered);
    try {
      const std::unique_ptr<Provider> provider = open_provider(settings);
      if (!provider->caps().can_find) return;
      for (const Submission& submission : current) {
        if (is_delivered(submission)) compare(*provider, submission);
      }
      for (const HeldDocument& held : provider->documents()) {
        if (keys_.contains(held.key)) continue;
        tell(settings.code + ":" + held.key,
             "the provider has " + described(held) + ", of which this ledger knows nothing", true);
      }
    } catch (const Error& error) {
      if (error.code() != Reason::io && error.code() != Reason::bad_config) throw;
      if (!any) return;  // nothing was ever delivered, so there need not be anything
      findings_.unreachable = true;
      tell(settings.code, "can't be asked: " + error.message(), true);
    }
  }

 private:
  static bool is_delivered(const Submission& submission) {
    return submission.state == SubmissionState::accepted;
  }

  static std::string described(const HeldDocument& held) {
    if (held.number.empty()) return "a document";
    return held.number + (held.total.empty() ? "" : " of " + held.total);
  }

  void tell(const std::string& subject, const std::string& message, bool warning) {
    findings_.found.push_back({subject, message, warning});
  }

  void compare(Provider& provider, const Submission& submission) {
    const auto held = provider.held(submission);
    if (held && (held->is_settled || held->digest == submission.payload_digest)) return;
    const std::string name = name_of(invoices_.header(submission.invoice));
    const std::string at = submission.provider;
    if (!held) return tell(name, at + " was given it and does not have it", false);
    const HeldDocument ours = described_payload(outbox_.read(submission.id).payload);
    if (held->number != ours.number) {
      tell(name, at + " has it under the number " + or_none(held->number), false);
    } else if (held->total != ours.total) {
      tell(name, at + " has it over " + or_none(held->total) + ", the ledger over " + ours.total,
           false);
    } else {
      tell(name, at + " has other bytes of it than it was given", false);
    }
  }

  static std::string or_none(const std::string& text) { return text.empty() ? "none" : text; }

  Outbox outbox_;
  Invoices invoices_;
  std::set<std::string, std::less<>> keys_;
  ProviderFindings findings_;
};

}  // namespace

ProviderFindings verify_providers(const Session& session) {
  ProviderCheck check(session);
  for (const ProviderSettings& settings : session.config.providers) check.ask(settings);
  return std::move(check).findings();
}

}  // namespace billctl
