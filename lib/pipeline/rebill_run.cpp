#include "pipeline/rebill_run.hpp"

#include <algorithm>

#include "ledger/books_table.hpp"
#include "pipeline/prepay.hpp"
#include "pipeline/rebill_text.hpp"
#include "pipeline/report_json.hpp"
#include "pipeline/send.hpp"
#include "pipeline/sync_run.hpp"
#include "provider/sign_command.hpp"

namespace billctl {
namespace {

bool is_unfit(Reason code) {
  return code == Reason::no_product || code == Reason::unit_mismatch ||
         code == Reason::currency_mismatch || code == Reason::unit_unknown;
}

/// A disk that fails or a run that is interrupted is no client's fault: the whole run ends.
bool ends_the_run(const Error& error) {
  return exit_status(error.code()) != ExitStatus::refused;
}

}  // namespace

RebillRun::RebillRun(Session& session, RebillOrder order)
    : session_(session),
      order_(std::move(order)),
      job_(order_.job),
      period_(order_.period),
      clients_(order_.clients),
      jobs_(session.ledger, session.tenant.id),
      invoices_(session.ledger, session.tenant.id) {}

Report RebillRun::run() {
  const bool carried_out = order_.plan != nullptr && jobs_.run_of_plan(order_.plan->digest);
  job_id_ = jobs_.open(job_.name, period_);
  run_id_ = jobs_.begin(job_id_, session_.now, session_.actor.code,
                        order_.plan != nullptr ? order_.plan->digest : "");
  if (carried_out) {
    books_ = read_books(session_.ledger, session_.tenant.id);
    gather_unbilled();
  } else {
    make_drafts();
  }

  std::vector<ClientOutcome> outcomes;
  // A plan shows what would be issued; nobody signs it.
  Issuer issuer(session_, books_,
                order_.look ? Signer{} : sign_command(session_.config.invoice.sign_cmd));
  for (const ClientId client : clients_) {
    outcomes.push_back({client, JobOutcome::skipped, {}, {}});
    decide(outcomes.back(), issuer);
  }
  queue_for_sync(outcomes);
  Report report;
  report.body = body(outcomes);
  report.exit = exit_of(outcomes);
  report.subjects = std::move(subjects_);
  report.subjects.push_back({"job:" + job_.name, "run"});
  record(outcomes);
  jobs_.report(run_id_, static_cast<int>(report.exit), report.body.compact());
  return report;
}

void RebillRun::make_drafts() {
  compile_times();
  books_ = read_books(session_.ledger, session_.tenant.id);
  draft();
  title_drafts();
  apply_to_drafts();
  gather_unbilled();
  if (order_.plan == nullptr && !order_.look) return;
  for (const ClientId client : clients_)
    contents_[client] = drafted_content(invoices_, jobs_.open_invoices(job_id_, client));
  if (order_.plan != nullptr) compare_with_plan();
}

void RebillRun::compare_with_plan() {
  std::string moved;
  for (const ClientId client : clients_) {
    const std::string& code = books_.clients.at(client).code;
    if (order_.plan->clients.at(code) == contents_.at(client).digest) continue;
    moved += (moved.empty() ? "" : ", ") + code;
  }
  if (moved.empty()) return;
  throw Error(Reason::ledger_moved,
              "since the plan of " + order_.plan->made_at + " the items have moved of " + moved,
              "look with `billctl rebill-job plan` and write the plan anew with -o FILE");
}

std::vector<InvoiceId> RebillRun::issued() {
  std::vector<InvoiceId> all;
  for (const ClientId client : clients_) {
    for (const InvoiceId id : jobs_.issued_invoices(job_id_, client)) all.push_back(id);
  }
  return all;
}

void RebillRun::compile_times() {
  CompileRequest request;
  request.filter.by_client = true;
  request.filter.clients = clients_;
  // Late work is compiled along, so that it can be told, or taken.
  request.filter.period = Period::from_to(Date::first_of_all(), period_.last());
  request.mandatory_product = job_.mandatory_product;
  request.keep_findings = true;
  for (const EntryFinding& found : compile_entries(session_, request).findings) {
    if (!is_unfit(found.finding.code)) continue;
    const UnbilledEntry entry = jobs_.unbilled(found.entry, word(found.finding.code));
    unbilled_[ClientId{}].push_back(entry);
  }
}

void RebillRun::draft() {
  GenerateRequest request;
  request.filter.by_client = true;
  request.filter.clients = clients_;
  request.filter.period = period_;
  request.choices.scope = job_.scope;
  request.choices.projects = job_.group_projects;
  request.choices.hours = job_.group_hours;
  request.choices.travel = job_.group_travel;
  request.choices.annex = job_.annex;
  request.choices.bill_by = job_.bill_by;
  request.late = job_.late;
  request.contractual = job_.contractual;
  request.quote_rows = job_.quote_rows;
  request.split_by_rate = job_.split_by_rate;
  request.into = Into::job;
  request.job = job_id_;
  request.subtitle = rebill_subtitle(period_);
  request.to_rebill_only = true;
  request.source_types = job_.attached_to;
  request.mandatory_product = job_.mandatory_product;
  request.entry_text = rebill_entry_text(job_, session_.config, books_);
  drafted_ = generate_drafts(session_, request);
  for (const DraftedInvoice& draft : drafted_.invoices)
    subjects_.push_back({"invoice:" + name_of_invoice(draft.id), "drafted"});
}

void RebillRun::title_drafts() {
  for (const DraftedInvoice& draft : drafted_.invoices) {
    const std::string title = rebill_title(job_, period_, books_.clients.at(draft.client));
    if (!title.empty()) invoices_.set_title(draft.id, title);
  }
}

void RebillRun::apply_to_drafts() {
  if (job_.prepayments != Prepayments::apply) return;
  for (const DraftedInvoice& draft : drafted_.invoices)
    apply_prepayments(session_, books_, draft.id);
}

void RebillRun::gather_unbilled() {
  std::vector<UnbilledEntry> found = std::move(unbilled_[ClientId{}]);
  unbilled_.clear();
  // What is late is told as late, and is the job's to bill only where it takes late work along.
  const bool takes_late = job_.late.value_or(session_.config.invoice.late) == LateMode::include;
  const Period asked = takes_late ? Period::from_to(Date::first_of_all(), period_.last()) : period_;
  for (UnbilledEntry& entry : jobs_.unfit_entries(asked)) found.push_back(std::move(entry));
  for (const LeftItem& left : drafted_.left) {
    if (left.finding.code == Reason::no_product)
      found.push_back(jobs_.unbilled(left.entry, "no_product"));
  }
  for (const UnbilledEntry& entry : found) {
    const Task* task = books_.tasks.find(entry.task);
    const std::string source = task != nullptr ? task->source_type : "";
    const auto& sources = job_.attached_to;
    const bool attached =
        sources.empty() || std::find(sources.begin(), sources.end(), source) != sources.end();
    if (!attached || !entry.to_rebill || !asked.contains(entry.work_on)) continue;
    auto& of_client = unbilled_[client_of(books_, entry.task, entry.project)];
    if (std::find(of_client.begin(), of_client.end(), entry) == of_client.end())
      of_client.push_back(entry);
  }
}

void RebillRun::decide(ClientOutcome& outcome, Issuer& issuer) {
  for (const FailedClient& failed : drafted_.failed) {
    if (failed.client == outcome.client) outcome.add(JobOutcome::failed, {failed.finding});
  }
  const bool drafted_now =
      std::any_of(drafted_.invoices.begin(), drafted_.invoices.end(),
                  [&](const DraftedInvoice& draft) { return draft.client == outcome.client; });
  const std::vector<InvoiceId> drafts = jobs_.open_invoices(job_id_, outcome.client);
  if (job_.validate && !drafts.empty()) return issue_drafts(outcome, drafts, issuer);
  if (drafted_now) {
    outcome.invoices = drafts;
    return outcome.add(JobOutcome::created, {});
  }
  if (outcome.outcome == JobOutcome::failed) return;
  if (!drafts.empty() || jobs_.has_invoice(job_id_, outcome.client)) {
    return outcome.add(JobOutcome::skipped, {{Reason::already_done, ""}});
  }
  const auto unbilled = unbilled_.find(outcome.client);
  const bool lacked_product =
      unbilled != unbilled_.end() &&
      std::any_of(unbilled->second.begin(), unbilled->second.end(),
                  [](const UnbilledEntry& entry) { return entry.code == "no_product"; });
  if (lacked_product)
    return outcome.add(JobOutcome::not_validated, {{Reason::no_product_line, ""}});
  outcome.add(JobOutcome::skipped, {{Reason::no_billable_time, ""}});
}

void RebillRun::issue_drafts(ClientOutcome& outcome, const std::vector<InvoiceId>& drafts,
                             Issuer& issuer) {
  IssueManner manner;
  manner.date = job_date(job_, period_, session_.today);
  for (const std::string& role : session_.config.rebill.auto_approve) {
    if (const auto found = approval_role_of(role)) manner.approved_roles.push_back(*found);
  }
  for (const InvoiceId draft : drafts) {
    outcome.invoices.push_back(draft);
    try {
      const IssueOutcome issued = issuer.issue(draft, manner);
      if (issued.issued) note_issued(issued);
      outcome.add(issued.issued ? JobOutcome::created : JobOutcome::not_validated, issued.reasons);
    } catch (const Error& error) {
      if (ends_the_run(error)) throw;
      outcome.add(JobOutcome::failed, {{error.code(), error.message()}});
    }
  }
}

/// For the journal; an approval that the job needed not wait for is told there (X16).
void RebillRun::note_issued(const IssueOutcome& outcome) {
  std::string what = "issued";
  for (const ApprovalRole role : outcome.taken_as_given)
    what += ", " + std::string(word(role)) + " exempted by auto_approve";
  for (const std::string& name : {outcome.issued->draft_number, outcome.issued->number})
    subjects_.push_back({"invoice:" + name, what});
}

/// What was issued waits for the provider that `sync` goes to by itself (design/documents.md).
void RebillRun::queue_for_sync(const std::vector<ClientOutcome>& outcomes) {
  if (!job_.validate || session_.config.providers.size() != 1) return;
  SyncRequest request;
  for (const ClientOutcome& outcome : outcomes) {
    for (const InvoiceId id : outcome.invoices) {
      if (!is_open(invoices_.header(id).state)) request.invoices.push_back(name_of_invoice(id));
    }
  }
  if (!request.invoices.empty())
    SyncRun(session_, request, session_.config.providers.front()).queue();
}

void RebillRun::record(const std::vector<ClientOutcome>& outcomes) {
  for (const ClientOutcome& outcome : outcomes) {
    jobs_.record(run_id_, outcome, findings_json(outcome.reasons).compact());
    for (const InvoiceId invoice : outcome.invoices) {
      const bool open = is_open(invoices_.header(invoice).state);
      const bool refused = open && job_.validate;
      jobs_.record(run_id_, JobFact{refused ? "not_validated" : "created", invoice.value, ""});
    }
  }
  for (const auto& [client, entries] : unbilled_) {
    for (const UnbilledEntry& entry : entries)
      jobs_.record(run_id_, JobFact{"unbilled", entry.entry.value, entry.code});
  }
}

std::string RebillRun::name_of_invoice(InvoiceId id) {
  return name_of(invoices_.header(id));
}

Json RebillRun::totals_json(const std::vector<ClientOutcome>& outcomes) {
  std::map<Currency, std::pair<std::int64_t, Amounts>> totals;
  for (const ClientOutcome& outcome : outcomes) {
    for (const InvoiceId id : outcome.invoices) {
      const Invoice invoice = invoices_.header(id);
      if (job_.validate && is_open(invoice.state)) continue;
      auto& [count, sum] = totals[invoice.currency];
      ++count;
      add_amounts(sum, invoice.amounts);
    }
  }
  Json list = Json::array();
  for (const auto& [currency, total] : totals) {
    list.push(Json::object({{"currency", currency.code()},
                            {"invoices", total.first},
                            {"amounts", amounts_json(total.second, currency)}}));
  }
  return list;
}

Json RebillRun::outcome_json(const ClientOutcome& outcome) {
  Json names = Json::array();
  for (const InvoiceId id : outcome.invoices) names.push(name_of_invoice(id));
  return Json::object({{"client", books_.clients.at(outcome.client).code},
                       {"outcome", word(outcome.outcome)},
                       {"invoices", std::move(names)},
                       {"reasons", findings_json(outcome.reasons)}});
}

/// A number that a rolled back run gave means nothing: a plan counts invoices.
Json RebillRun::planned_json(const ClientOutcome& outcome) {
  const DraftedContent& content = contents_.at(outcome.client);
  Json totals = Json::array();
  for (const auto& [currency, amounts] : content.amounts)
    totals.push(Json::object(
        {{"currency", currency.code()}, {"amounts", amounts_json(amounts, currency)}}));
  return Json::object({{"client", books_.clients.at(outcome.client).code},
                       {"outcome", word(outcome.outcome)},
                       {"invoices", content.invoices},
                       {"lines", content.lines},
                       {"totals", std::move(totals)},
                       {"reasons", findings_json(outcome.reasons)},
                       {"digest", content.digest}});
}

Json RebillRun::unbilled_json() {
  Json list = Json::array();
  for (const ClientId client : clients_) {
    for (const UnbilledEntry& entry : unbilled_[client])
      list.push(Json::object({{"entry", entry.ref}, {"code", entry.code}}));
  }
  return list;
}

/// Of a plan: whose invoices would be unsent, by client, since their numbers are not given yet.
Json RebillRun::unmailable_json(const std::vector<ClientOutcome>& outcomes) {
  Json list = Json::array();
  if (!order_.look || !job_.send) return list;
  for (const ClientOutcome& outcome : outcomes) {
    if (outcome.outcome != JobOutcome::created) continue;
    for (const ClientId payer : contents_.at(outcome.client).payers) {
      if (const auto why = unmailable(books_.clients.at(payer)))
        list.push(Json::object(
            {{"client", books_.clients.at(outcome.client).code}, {"code", word(why->code)}}));
    }
  }
  return list;
}

Json RebillRun::late_json() {
  Json list = Json::array();
  for (const LateItem& late : drafted_.late) {
    list.push(Json::object({{"item", order_.look ? Json() : Json(late.item.value)},
                            {"entry", jobs_.entry_of(late.item)},
                            {"work_date", late.work_on.to_text()}}));
  }
  return list;
}

Json RebillRun::body(const std::vector<ClientOutcome>& outcomes) {
  Json list = Json::array();
  for (const ClientOutcome& outcome : outcomes)
    list.push(order_.look ? planned_json(outcome) : outcome_json(outcome));
  return Json::object({{"job", job_.name},
                       {"run", order_.look ? Json() : Json(run_id_.value)},
                       {"period", period_json(period_)},
                       {"clients", clients_.size()},
                       {"outcomes", std::move(list)},
                       {"unsent", unmailable_json(outcomes)},
                       {"unbilled", unbilled_json()},
                       {"late", late_json()},
                       {"totals", totals_json(outcomes)},
                       {"informed", Json()},
                       {"delivery", Json()},
                       {"note", Json::text_or_null(order_.note)},
                       {"exit", static_cast<int>(exit_of(outcomes))}});
}

}  // namespace billctl
