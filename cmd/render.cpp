#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "pipeline/render_invoice.hpp"
#include "render/whole_file.hpp"
#include "text/shared_files.hpp"

namespace billctl::cmd {
namespace {

bool is_folder(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool ends_in_slash(const std::string& path) {
  return path.size() > 1 && path.ends_with('/');
}

// What clients get is nobody else's business.
void make_folder(const std::string& path) {
  if (is_folder(path)) return;
  if (mkdir(path.c_str(), 0700) == 0) {
    follow_folder(path);
  } else if (!is_folder(path)) {
    throw Error(Reason::io, path + ": can't be made: " + std::strerror(errno),
                "the folder above must exist and be writable");
  }
  sync_folder_of(path);
}

RenderRequest request_of(Invocation& invocation) {
  RenderRequest request;
  request.all = invocation.has("--all");
  request.invoices = invocation.arguments();
  if (request.all == !request.invoices.empty())
    throw Error(Reason::usage, "render needs an invoice by name, or --all",
                "billctl render INV00042 --to text");
  const std::string to = invocation.value_or("--to", "");
  request.medium = find_medium(to);
  if (request.medium == nullptr)
    throw Error(Reason::usage, "render needs --to FORMAT", "--to text");
  if (const auto word = invocation.value("--annex")) request.manner.annex = parse_annex(*word);
  request.manner.again = invocation.has("--again");
  request.target = invocation.value_or("-o", "");
  if (request.all && request.target.empty())
    throw Error(Reason::usage, "render --all needs -o DIR",
                "billctl render --all --to " + to + " -o documents");
  if (request.all) request.filter = invocation.filter();
  return request;
}

// A folder is made with its first document: only once the words were understood.
void settle_target(RenderRequest& request, DryRun dry_run) {
  if (request.target.empty()) return;
  request.is_folder = request.all || ends_in_slash(request.target) || is_folder(request.target);
  while (ends_in_slash(request.target)) request.target.pop_back();
  if (request.is_folder && dry_run == DryRun::no) make_folder(request.target);
}

std::string files_text(const Json& documents) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& each : documents.as_array()) {
    rows.push_back({cell_text(each["invoice"]), cell_text(each["file"]), cell_text(each["bytes"]),
                    cell_text(each["outcome"])});
  }
  return table({"invoice", "file", ">bytes", "outcome"}, rows);
}

Outcome run(Invocation& invocation) {
  RenderRequest request = request_of(invocation);
  Session& session = invocation.session();
  settle_target(request, session.dry_run);
  Rendering rendering = render(session, request);
  Outcome outcome;
  outcome.body = std::move(rendering.report.body);
  outcome.exit = rendering.report.exit;
  outcome.rows = "documents";
  outcome.is_raw = request.target.empty() && invocation.format() == Format::table;
  if (outcome.is_raw) outcome.raw = std::move(rendering.content);
  outcome.text = [](const Json& body) { return files_text(body["documents"]); };
  for (const Json& each : outcome.body["refused"].as_array()) {
    const std::string invoice = cell_text(each["invoice"]);
    const std::string detail = cell_text(each["reasons"].as_array().front()["detail"]);
    const bool named = detail.find(invoice) != std::string::npos;
    outcome.failures.push_back("billctl: " + (named ? "" : "invoice " + invoice + ": ") + detail);
  }
  for (const Json& each : outcome.body["warnings"].as_array()) {
    outcome.talk.push_back("warning: " + cell_text(each["invoice"]) +
                           " is not for Peppol: " + cell_text(each["detail"]));
  }
  for (const Json& each : outcome.body["documents"].as_array()) {
    if (each["sent_at"].is_null()) continue;
    outcome.talk.push_back("invoice " + cell_text(each["invoice"]) + ": as it was sent at " +
                           cell_text(each["sent_at"]) + "; --again makes a marked copy");
  }
  return outcome;
}

}  // namespace

const Command& render_command() {
  static const Command kCommand = {
      .name = "render",
      .summary = "write the document of an invoice as the client gets it",
      .example = "billctl render INV00042 --to text\nbillctl render --all --to html -o documents",
      .arguments = {{"INVOICE", "by any name it ever had", false, false}},
      .options =
          {{"--to", "FORMAT", "in which form", medium_words(), false},
           {"-o", "FILE", "into this file or folder, instead of stdout", {}, false},
           {"--all", "", "every issued one that the filters leave, into a folder", {}, false},
           {"--annex", "ANNEX", "the list of work behind it", annex_words(), false},
           {"--again", "", "made anew and marked COPY, also when it was sent", {}, false},
           from_job_option()},
      .filters = true,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
