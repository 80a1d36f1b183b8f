#include "pipeline/sync.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "ledger/books_table.hpp"
#include "ledger/invoices.hpp"
#include "pipeline/filter_words.hpp"
#include "pipeline/invoice_selection.hpp"
#include "pipeline/open_provider.hpp"
#include "pipeline/restore.hpp"
#include "pipeline/sync_run.hpp"
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

/// The invoices that are asked for by name and by filter; nothing: all.
std::optional<std::set<InvoiceId>> asked_for(Session& session, const SyncRequest& request,
                                             const Filter& filter) {
  std::optional<std::set<InvoiceId>> asked;
  Invoices invoices(session.ledger, session.tenant.id);
  if (!request.invoices.empty()) asked.emplace();
  for (const std::string& name : request.invoices) asked->insert(invoices.named(name));
  Filter of_invoices = filter;
  of_invoices.states.clear();
  of_invoices.limit = std::nullopt;
  of_invoices.after.clear();
  of_invoices.sort.clear();
  const bool restricts = filter.invoices || filter.entries || filter.by_client ||
                         !filter.not_clients.empty() || filter.period || !filter.projects.empty() ||
                         !filter.tasks.empty() || !filter.members.empty() || !filter.kinds.empty();
  if (!restricts) return asked;
  std::set<InvoiceId> fitting;
  const Books books = read_books(session.ledger, session.tenant.id, BooksPart::as_needed);
  each_selected(session, books, of_invoices, [&](const SelectedInvoice& one) {
    if (!asked || asked->contains(one.invoice.id)) fitting.insert(one.invoice.id);
  });
  return fitting;
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

Report sync_status(Session& session, const SyncRequest& request, const Filter& filter) {
  require_reading(session, "sync status");
  constexpr std::array<std::string_view, 7> kStates = {
      "queued", "sending", "accepted", "deferred", "unknown", "rejected", "stale"};
  check_words(filter.states, kStates, "--state");
  const ProviderSettings& settings = chosen_provider(session.config, request.provider);
  Report report;
  session.ledger.read([&] {
    Outbox outbox(session.ledger, session.tenant.id);
    const auto only = asked_for(session, request, filter);
    InvoiceId after;
    if (!filter.after.empty())
      after = Invoices(session.ledger, session.tenant.id).named(filter.after);
    const bool paged = filter.sort.empty();  // sorted rows are paged in their own order
    bool begun = !after || !paged;
    SyncRun::Counts counts;
    Json list = Json::array();
    SyncRun run(session, request, settings);
    for (const Submission& submission : outbox.list(settings.code)) {
      if (only && !only->contains(submission.invoice)) continue;
      using enum SubmissionState;
      const bool failed = submission.state == deferred || submission.state == unknown ||
                          submission.state == rejected;
      if (request.failed && !failed) continue;
      const std::string state = run.told_state(submission);
      if (!filter.states.empty() && std::ranges::find(filter.states, state) == filter.states.end())
        continue;
      if (!begun) {
        begun = submission.invoice == after;
        continue;
      }
      if (paged && filter.limit && std::ssize(list.as_array()) >= *filter.limit) break;
      ++counts[submission.state];
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
