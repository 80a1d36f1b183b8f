#include <sys/stat.h>

#include "commands.hpp"
#include "invocation.hpp"
#include "pipeline/render_invoice.hpp"
#include "render/document_text.hpp"
#include "render/ubl_document.hpp"
#include "render/whole_file.hpp"

namespace billctl::cmd {
namespace {

bool is_folder(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

std::vector<std::string> names_of(Invocation& invocation) {
  const bool all = invocation.has("--all");
  if (all == !invocation.arguments().empty())
    throw Error(Reason::usage, "render needs an invoice by name, or --all");
  return all ? invoices_to_render(invocation.session(), invocation.filter())
             : invocation.arguments();
}

void check(Invocation& invocation, const std::string& to, const std::string& target) {
  if (to.empty()) throw Error(Reason::usage, "render needs --to FORMAT", "--to text");
  if (invocation.has("--all") && !is_folder(target))
    throw Error(Reason::usage, "render --all needs -o DIR, a folder that is there");
}

std::string ubl_of(const RenderedInvoice& rendered, Outcome& outcome) {
  UblDocument ubl = ubl_document(rendered.printed);
  for (const Finding& gap : ubl.gaps)
    outcome.talk.push_back("warning: " + rendered.invoice + " is not for Peppol: " + gap.detail);
  return std::move(ubl.xml);
}

std::string document_of(const std::string& to, const RenderedInvoice& rendered, Outcome& outcome) {
  return to == "ubl" ? ubl_of(rendered, outcome) : document_text(rendered.printed);
}

std::string file_of(const std::string& to, const std::string& target, const std::string& invoice) {
  if (!is_folder(target)) return target;
  return target + "/" + safe_file_name(invoice) + (to == "ubl" ? ".xml" : ".txt");
}

Outcome run(Invocation& invocation) {
  const std::string to = invocation.value_or("--to", "");
  const std::string target = invocation.value_or("-o", "");
  check(invocation, to, target);
  std::optional<Annex> annex;
  if (const auto word = invocation.value("--annex")) annex = parse_annex(*word);
  Outcome outcome;
  outcome.is_raw = true;
  std::size_t written = 0;
  for (const std::string& name : names_of(invocation)) {
    try {
      const RenderedInvoice rendered = printed_invoice(invocation.session(), name, annex);
      const std::string document = document_of(to, rendered, outcome);
      if (target.empty()) {
        outcome.raw += document;
      } else {
        const std::string path = file_of(to, target, rendered.invoice);
        write_whole_file(path, document);
        outcome.talk.push_back(rendered.invoice + ": " + path);
      }
      ++written;
    } catch (const Error& error) {  // of many, the others are written
      if (!invocation.has("--all") || error.code() != Reason::einvoice_incomplete) throw;
      outcome.failures.push_back("billctl: " + error.message());
    }
  }
  if (!outcome.failures.empty())
    outcome.exit = written > 0 ? ExitStatus::partly : ExitStatus::refused;
  return outcome;
}

}  // namespace

const Command& render_command() {
  static const Command kCommand = {
      .name = "render",
      .summary = "write the document of an invoice as the client gets it",
      .example = "billctl render INV00042 --to text\nbillctl render --all --to ubl -o documents",
      .arguments = {{"INVOICE", "by any name it ever had", false, false}},
      .options =
          {{"--to", "FORMAT", "in which form", {"text", "ubl"}, false},
           {"-o", "FILE", "into this file or folder, instead of stdout", {}, false},
           {"--all", "", "every issued one that the filters leave, into a folder", {}, false},
           {"--annex", "ANNEX", "the list of work behind it", annex_words(), false},
           from_job_option()},
      .filters = true,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
