#include "pipeline/generate.hpp"

#include <algorithm>

#include "ledger/books_table.hpp"
#include "ledger/entries.hpp"
#include "ledger/invoices.hpp"
#include "pipeline/compile.hpp"
#include "pipeline/draft_gathering.hpp"
#include "pipeline/draft_run.hpp"
#include "pipeline/open_targets.hpp"
#include "pipeline/report_json.hpp"

namespace billctl {
namespace {

/// What is to be taken follows its entries and prices first; entries asked for are compiled, and
/// told when they can't be.
void follow(Session& session, const GenerateRequest& request, const std::vector<EntryId>& asked,
            GenerateReport& report) {
  CompileRequest compile;
  compile.filter = request.filter;
  compile.entries = request.entries;
  compile.mandatory_product = request.mandatory_product;
  compile.keep_findings = !request.entries.empty();
  const LateMode late = request.late.value_or(session.config.invoice.late);
  auto& period = compile.filter.period;
  if (period && late == LateMode::include)
    period = Period::from_to(Date::first_of_all(), period->last());
  const CompileResult result = follow_changes(session, compile);
  report.remade = result.remade;
  for (const EntryFinding& found : result.findings) {
    const bool was_asked = std::ranges::find(asked, found.entry) != asked.end();
    if (was_asked && found.finding.code != Reason::already_compiled)
      report.left.push_back({{}, found.entry, {}, found.finding});
  }
}

/// One must be chosen, so those that may be are told (S0-22).
std::string hint_of_targets(Session& session, const GenerateRequest& request) {
  const std::string open = open_targets(session, request);
  return open.empty() ? "there is no open invoice for this work; draft a new one without --into"
                      : "open invoices: " + open;
}

/// The open invoice that --into names.
std::optional<Invoice> target_of(Session& session, const GenerateRequest& request) {
  if (request.into != Into::named) return std::nullopt;
  if (request.target.empty()) {
    throw Error(Reason::usage, "--into needs the open invoice to add to",
                hint_of_targets(session, request));
  }
  Invoices invoices(session.ledger, session.tenant.id);
  const auto named = invoices.find(request.target);
  if (!named) {
    throw Error(Reason::not_found, "no invoice \"" + request.target + "\"",
                hint_of_targets(session, request));
  }
  const Invoice target = invoices.header(*named);
  if (!is_open(target.state))
    throw Error(Reason::wrong_state,
                "invoice " + request.target + ": " + std::string(word(target.state)) +
                    ", only a draft takes items",
                hint_of_targets(session, request));
  if (target.type != InvoiceType::invoice)
    throw Error(Reason::wrong_target, request.target + ": a credit note takes no items",
                hint_of_targets(session, request));
  return target;
}

/// Goods follow the selection of the session that they are attached to (S0-26): those that can
/// still be taken.
GenerateRequest with_attached(Session& session, const GenerateRequest& asked) {
  GenerateRequest request = asked;
  Entries entries(session.ledger, session.tenant.id);
  for (const EntryId entry : asked.entries) {
    for (const EntryId attached : entries.attached(entry)) {
      const bool there = std::ranges::find(request.entries, attached) != request.entries.end();
      if (!there && !entries.locked(attached)) request.entries.push_back(attached);
    }
  }
  return request;
}

Json invoice_json(const DraftedInvoice& drafted) {
  return Json::object({{"invoice", drafted.invoice},
                       {"client", drafted.client_code},
                       {"currency", drafted.currency.code()},
                       {"lines", drafted.lines},
                       {"amounts", amounts_json(drafted.amounts, drafted.currency)}});
}

std::string cell(const Json& value) {
  return value.is_string() ? value.as_string() : std::string();
}

Json left_json(Session& session, const LeftItem& left) {
  ItemQueue queue(session.ledger, session.tenant.id);
  return Json::object({{"item", left.item ? Json(left.item.value) : Json()},
                       {"entry", queue.words(left.entry).ref},
                       {"code", word(left.finding.code)},
                       {"detail", Json::text_or_null(left.finding.detail)}});
}

/// What was asked for by name and could not be done is told as a single refusal is.
void put_refusal(Report& report) {
  const Json& first = report.body["left"].as_array().front();
  const std::string detail = cell(first["detail"]);
  report.body.set(
      "error",
      Json::object({{"code", first["code"]},
                    {"message", "entry " + cell(first["entry"]) + ": " + cell(first["code"]) +
                                    (detail.empty() ? "" : ", " + detail)},
                    {"hint", "`billctl explain entry:" + cell(first["entry"]) + "` says why"},
                    {"exit", static_cast<int>(report.exit)},
                    {"file", Json()},
                    {"line", Json()},
                    {"column", Json()}}));
}

Report to_report(Session& session, const GenerateReport& found) {
  Report report;
  Json invoices = Json::array();
  Json names = Json::array();
  for (const DraftedInvoice& drafted : found.invoices) {
    invoices.push(invoice_json(drafted));
    names.push(drafted.invoice);
    report.subjects.push_back(
        {"invoice:" + drafted.invoice, drafted.joined ? "joined by items" : "drafted"});
  }
  Json left = Json::array();
  for (const LeftItem& item : found.left) left.push(left_json(session, item));
  Json late = Json::array();
  for (const LateItem& item : found.late)
    late.push(Json::object({{"item", item.item.value}, {"work_date", item.work_on.to_text()}}));
  report.body.set("invoices", std::move(invoices));
  report.body.set("remade", found.remade);
  report.body.set("left", std::move(left));
  report.body.set("late", std::move(late));
  report.changes = Json::object({{"invoices", std::move(names)},
                                 {"remade", found.remade},
                                 {"archived", found.archived},
                                 {"left", found.left.size()}});
  report.exit = found.exit();
  if (report.exit == ExitStatus::refused) put_refusal(report);
  return report;
}

}  // namespace

ExitStatus GenerateReport::exit() const {
  if (left.empty()) return ExitStatus::done;
  // Nothing drafted: a refusal, of entries asked for by name or of every client.
  return invoices.empty() && archived == 0 ? ExitStatus::refused : ExitStatus::partly;
}

GenerateReport generate_drafts(Session& session, const GenerateRequest& asked) {
  GenerateReport report;
  const std::optional<Invoice> target = target_of(session, asked);
  const GenerateRequest request = with_attached(session, asked);
  follow(session, request, asked.entries, report);
  const bool by_source = !request.source_types.empty();
  Books books = read_books(session.ledger, session.tenant.id,
                           by_source ? BooksPart::all : BooksPart::without_tasks);
  Drafting drafting(session, request, books, by_source ? nullptr : &books);
  const Invoice* named = target ? &*target : nullptr;
  Gathering gathering(drafting, named, report);
  gathering.read();
  DraftRun(drafting, gathering, named, report).run();
  gathering.leave_queue();
  return report;
}

Report generate(Session& session, const GenerateRequest& request, const Json& arguments,
                GenerateReport* details) {
  const Verb verb{"generate", arguments, true, {}};
  return perform(session, verb, [&] {
    GenerateReport found = generate_drafts(session, request);
    Report report = to_report(session, found);
    if (details != nullptr) *details = std::move(found);
    return report;
  });
}

}  // namespace billctl
