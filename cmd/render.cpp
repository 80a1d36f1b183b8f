#include <sys/stat.h>

#include "commands.hpp"
#include "invocation.hpp"
#include "pipeline/render_invoice.hpp"
#include "render/document_text.hpp"
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

Outcome run(Invocation& invocation) {
  const std::string to = invocation.value_or("--to", "");
  const std::string target = invocation.value_or("-o", "");
  check(invocation, to, target);
  std::optional<Annex> annex;
  if (const auto word = invocation.value("--annex")) annex = parse_annex(*word);
  Outcome outcome;
  outcome.is_raw = true;
  for (const std::string& name : names_of(invocation)) {
    const RenderedInvoice rendered = printed_invoice(invocation.session(), name, annex);
    const std::string text = document_text(rendered.printed);
    if (target.empty()) {
      outcome.raw += text;
      continue;
    }
    const std::string path =
        is_folder(target) ? target + "/" + safe_file_name(rendered.invoice) + ".txt" : target;
    write_whole_file(path, text);
    outcome.talk.push_back(rendered.invoice + ": " + path);
  }
  return outcome;
}

}  // namespace

const Command& render_command() {
  static const Command kCommand = {
      .name = "render",
      .summary = "write the document of an invoice as the client gets it",
      .example = "billctl render INV00042 --to text\nbillctl render --all --to text -o documents",
      .arguments = {{"INVOICE", "by any name it ever had", false, false}},
      .options =
          {{"--to", "FORMAT", "in which form", {"text"}, false},
           {"-o", "FILE", "into this file or folder, instead of stdout", {}, false},
           {"--all", "", "every issued one that the filters leave, into a folder", {}, false},
           {"--annex", "ANNEX", "the list of work behind it", annex_words(), false}},
      .filters = true,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
