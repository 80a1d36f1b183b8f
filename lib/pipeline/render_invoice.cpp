#include "pipeline/render_invoice.hpp"

#include <set>

#include "ledger/books_table.hpp"
#include "ledger/invoice_annex.hpp"
#include "ledger/invoices.hpp"
#include "ledger/stored_documents.hpp"
#include "pipeline/approval_facts.hpp"
#include "pipeline/invoice_selection.hpp"
#include "pipeline/print_crew.hpp"
#include "render/whole_file.hpp"

namespace billctl {

PrintRoom::PrintRoom(Session& session)
    : session_(session),
      books_(read_books(session.ledger, session.tenant.id, BooksPart::without_tasks)),
      completion_(session, books_) {
  const std::string& logo = session.config.tenant.logo;
  if (!logo.empty()) logo_ = std::make_shared<const Logo>(read_logo(logo));
}

std::vector<AnnexRow> PrintRoom::annex_of(const Invoice& invoice, std::optional<Annex> annex) {
  const Annex which = annex.value_or(parse_annex(invoice.annex).value_or(Annex::none));
  std::vector<AnnexRow> rows;
  if (which == Annex::none) return rows;
  for (AnnexEntry& entry : annex_entries(session_.ledger, invoice.id)) {
    AnnexRow row;
    row.on = entry.on;
    if (which == Annex::entries) row.member = std::move(entry.member);
    row.work = entry.job_type.empty() ? std::move(entry.task) : std::move(entry.job_type);
    row.description = std::move(entry.description);
    row.quantity = entry.quantity;
    row.unit = std::move(entry.unit);
    row.source = std::move(entry.source);
    rows.push_back(std::move(row));
  }
  return rows;
}

RenderedInvoice PrintRoom::invoice(std::string_view name, const PrintManner& manner) {
  Invoices invoices(session_.ledger, session_.tenant.id);
  Document document = invoices.document(invoices.named(name));
  require_reading(session_, "render", is_managers_own(session_, books_, document.invoice));
  if (document.invoice.imported) {
    throw Error(Reason::wrong_state,
                "invoice " + document.invoice.number + " was issued by another program",
                "that program has its document; `billctl invoice show " + document.invoice.number +
                    "` tells what is known of it");
  }
  CompletedDocument completed = completion_.of(std::move(document));
  RenderedInvoice rendered;
  rendered.id = completed.document.invoice.id;
  rendered.invoice = name_of(completed.document.invoice);
  PrintedDocument& printed = rendered.printed;
  printed.annex = annex_of(completed.document.invoice, manner.annex);
  printed.language =
      completed.buyer.language.empty() ? session_.config.tenant.language : completed.buyer.language;
  printed.seller = std::move(completed.seller);
  printed.buyer = std::move(completed.buyer);
  printed.terms = std::move(completed.terms);
  printed.corrects = completed.names.corrects;
  printed.corrects_on = completed.corrects_on;
  printed.test = session_.tenant.test;
  printed.copy = manner.again;
  printed.logo = logo_;
  printed.document = std::move(completed.document);
  return rendered;
}

std::vector<std::string> PrintRoom::issued(const Filter& filter) {
  Filter issued = filter;
  if (issued.states.empty()) issued.states = {"issued", "voided"};
  std::vector<std::string> names;
  for (const SelectedInvoice& each : selected_invoices(session_, books_, issued)) {
    if (!each.invoice.imported) names.push_back(name_of(each.invoice));
  }
  return names;
}

namespace {

/// One run of `render`: this thread reads the ledger, the crew prints and writes.
class RenderRun {
 public:
  RenderRun(Session& session, const RenderRequest& request)
      : session_(session),
        request_(request),
        room_(session),
        stored_(session.ledger, session.tenant.id) {}

  Rendering run() {
    PrintCrew crew(request_.invoices.size() == 1 && !request_.all ? 0 : cores(), session_.dry_run);
    for (const std::string& name :
         request_.all ? room_.issued(request_.filter) : request_.invoices) {
      if (crew.has_failed()) break;
      take(crew, name);
    }
    return told(crew.finish());
  }

 private:
  void take(PrintCrew& crew, const std::string& name);
  std::string path_for(const std::string& invoice);
  Json told(const PrintedFile& file) const;
  Rendering told(std::vector<PrintedFile> files) const;

  Session& session_;
  const RenderRequest& request_;
  PrintRoom room_;
  StoredDocuments stored_;
  std::set<std::string> paths_;
};

void RenderRun::take(PrintCrew& crew, const std::string& name) {
  PrintOrder order;
  order.medium = request_.medium;
  order.invoice = name;
  try {
    RenderedInvoice rendered = room_.invoice(name, request_.manner);
    order.invoice = std::move(rendered.invoice);
    order.printed = std::move(rendered.printed);
    if (!request_.manner.again) order.sent = stored_.stored({rendered.id, request_.medium->word});
    order.path = path_for(order.invoice);
  } catch (const Error& error) {
    if (exit_status(error.code()) != ExitStatus::refused) throw;
    order.refusal = error;
  }
  crew.give(std::move(order));
}

// Two numbers may look alike to a file system, such as 2026/7 and 2026_7: neither may be lost.
std::string RenderRun::path_for(const std::string& invoice) {
  if (!request_.is_folder) return request_.target;
  const std::string stem = request_.target + "/" + safe_file_name(invoice);
  std::string path = stem + std::string(request_.medium->extension);
  for (int n = 2; !paths_.insert(path).second; ++n)
    path = stem + "-" + std::to_string(n) + std::string(request_.medium->extension);
  return path;
}

Json RenderRun::told(const PrintedFile& file) const {
  const bool to_file = !request_.target.empty();
  return Json::object(
      {{"invoice", file.invoice},
       {"to", request_.medium->word},
       {"file", to_file ? Json(file.path) : Json()},
       {"outcome", to_file ? Json(file.written ? "written" : "unchanged") : Json()},
       {"sent_at", file.sent_at ? Json(file.sent_at->to_text()) : Json()},
       {"copy", request_.manner.again},
       {"bytes", static_cast<std::int64_t>(file.bytes)},
       {"digest", file.digest},
       {"content", !to_file && request_.medium->is_text ? Json(file.content) : Json()}});
}

Rendering RenderRun::told(std::vector<PrintedFile> files) const {
  Rendering rendering;
  Json documents = Json::array();
  Json refused = Json::array();
  Json warnings = Json::array();
  for (PrintedFile& file : files) {
    if (file.refusal) {
      if (!request_.all) throw *file.refusal;
      const Json reason =
          Json::object({{"code", word(file.refusal->code())}, {"detail", file.refusal->message()}});
      refused.push(Json::object({{"invoice", file.invoice}, {"reasons", Json::array({reason})}}));
      continue;
    }
    documents.push(told(file));
    for (const Finding& each : file.warnings) {
      warnings.push(Json::object({{"invoice", file.invoice},
                                  {"code", word(each.code)},
                                  {"detail", Json::text_or_null(each.detail)}}));
    }
    rendering.content += file.content;
  }
  if (!refused.as_array().empty()) {
    const bool some = !documents.as_array().empty();
    rendering.report.exit = some ? ExitStatus::partly : ExitStatus::refused;
  }
  rendering.report.body = Json::object({{"documents", std::move(documents)},
                                        {"refused", std::move(refused)},
                                        {"warnings", std::move(warnings)}});
  return rendering;
}

}  // namespace

Rendering render(Session& session, const RenderRequest& request) {
  Rendering rendering;
  session.ledger.read([&] { rendering = RenderRun(session, request).run(); });
  return rendering;
}

}  // namespace billctl
