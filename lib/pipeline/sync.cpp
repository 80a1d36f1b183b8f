#include "pipeline/sync.hpp"

#include <algorithm>

#include "pipeline/restore.hpp"
#include "pipeline/sync_run.hpp"
#include "provider/file_provider.hpp"
#include "text/nearest.hpp"

namespace billctl {
namespace {

const ProviderSettings& chosen_provider(const Config& config, const std::string& code) {
  if (config.providers.empty()) {
    throw Error(Reason::bad_config, "no provider to sync to",
                "add [providers.books] with kind = \"file\" and path = \"outbox\" to the config");
  }
  std::vector<std::string> codes;
  for (const ProviderSettings& provider : config.providers) codes.push_back(provider.code);
  if (code.empty() && codes.size() > 1) {
    throw Error(Reason::usage, "several providers are configured",
                "name one with --provider " + codes.front());
  }
  const ProviderSettings* found = config.find_provider(code.empty() ? codes.front() : code);
  if (found == nullptr) {
    throw Error(Reason::not_found, "no provider \"" + code + "\"", did_you_mean(code, codes));
  }
  return *found;
}

std::unique_ptr<Provider> open_provider(const ProviderSettings& settings) {
  if (settings.kind == ProviderKind::file) return file_provider(settings.path);
  throw Error(Reason::bad_config,
              "provider " + settings.code + " is of kind " + std::string(word(settings.kind)) +
                  ", which this billctl cannot reach",
              "use kind = \"file\"");
}

Json arguments_of(const SyncRequest& request, const std::string& provider) {
  Json names = Json::array();
  for (const std::string& name : request.invoices) names.push(name);
  return Json::object({{"provider", provider},
                       {"invoices", std::move(names)},
                       {"failed", request.failed},
                       {"rebuild", request.rebuild}});
}

}  // namespace

Report sync(Session& session, const SyncRequest& request) {
  const ProviderSettings& settings = chosen_provider(session.config, request.provider);
  require_permission(session.config.roles, session.actor.code, "sync");
  require_confirmed(session);
  SyncRun run(session, request, settings);
  const Verb verb{"sync", arguments_of(request, settings.code)};
  if (session.dry_run == DryRun::yes) {
    return perform(session, verb, [&] {
      run.queue();
      run.touch(run.due());
      return run.report();
    });
  }
  const std::unique_ptr<Provider> provider = open_provider(settings);
  session.ledger.write(DryRun::no, [&] { run.queue(); });
  run.poll(*provider);
  run.deliver(*provider, run.due());
  return perform(session, verb, [&] { return run.report(); });
}

Report sync_status(Session& session, const SyncRequest& request) {
  require_reading(session, "sync status");
  const ProviderSettings& settings = chosen_provider(session.config, request.provider);
  Report report;
  session.ledger.read([&] {
    Outbox outbox(session.ledger, session.tenant.id);
    Invoices invoices(session.ledger, session.tenant.id);
    std::vector<InvoiceId> only;
    for (const std::string& name : request.invoices) only.push_back(invoices.named(name));
    SyncRun::Counts counts;
    Json list = Json::array();
    SyncRun run(session, request, settings);
    for (const Submission& submission : outbox.list(settings.code)) {
      if (!only.empty() && std::find(only.begin(), only.end(), submission.invoice) == only.end())
        continue;
      using enum SubmissionState;
      const bool failed = submission.state == deferred || submission.state == unknown ||
                          submission.state == rejected;
      if (request.failed && !failed) continue;
      ++counts[submission.state];
      const std::string state = run.told_state(submission);
      list.push(
          SyncRun::submission_json(submission, name_of(run.header(submission.invoice)), state));
    }
    report.body = SyncRun::totals_json(settings.code, counts, std::move(list));
  });
  return report;
}

Report sync_resolve(Session& session, const ResolveRequest& request) {
  if (request.absent == !request.accepted.empty()) {
    throw Error(Reason::usage, "sync resolve needs one answer: --accepted ID or --absent");
  }
  const ProviderSettings& settings = chosen_provider(session.config, request.provider);
  const Verb verb{"sync resolve", Json::object({{"invoice", request.invoice},
                                                {"provider", settings.code},
                                                {"accepted", Json::text_or_null(request.accepted)},
                                                {"absent", request.absent}})};
  return perform(session, verb, [&] {
    Outbox outbox(session.ledger, session.tenant.id);
    Invoices invoices(session.ledger, session.tenant.id);
    const InvoiceId id = invoices.named(request.invoice);
    auto submission = outbox.current(id, settings.code);
    if (!submission || (submission->state != SubmissionState::unknown &&
                        submission->state != SubmissionState::sending)) {
      const std::string state = submission ? std::string(word(submission->state)) : "none";
      throw Error(Reason::wrong_state,
                  "invoice " + request.invoice + ": its sync state is " + state + ", not unknown",
                  "see `billctl sync status " + request.invoice + "`");
    }
    submission->state = request.absent ? SubmissionState::queued : SubmissionState::accepted;
    submission->remote_id = request.accepted;
    submission->message.clear();
    submission->next_try_at.reset();
    outbox.set_state(*submission, session.now);
    SyncRun::Counts counts;
    ++counts[submission->state];
    SyncRequest none;
    SyncRun run(session, none, settings);
    const std::string name = name_of(run.header(id));
    Report report;
    report.body = SyncRun::totals_json(
        settings.code, counts,
        Json::array(
            {SyncRun::submission_json(*submission, name, std::string(word(submission->state)))}));
    report.subjects = {{"invoice:" + name, "sync " + std::string(word(submission->state))}};
    return report;
  });
}

}  // namespace billctl
