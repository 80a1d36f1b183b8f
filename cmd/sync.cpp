#include "pipeline/sync.hpp"

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "sorting.hpp"

namespace billctl::cmd {
namespace {

std::string text_of(const Json& body) {
  const Json::Array& invoices = body["invoices"].as_array();
  const std::string provider = body["provider"].as_string();
  if (invoices.empty()) return provider + ": nothing to do\n";
  std::vector<std::vector<std::string>> rows;
  for (const Json& each : invoices) {
    rows.push_back({cell_text(each["invoice"]), cell_text(each["state"]),
                    cell_text(each["remote_id"]), cell_text(each["attempts"]),
                    cell_text(each["next_try"]), cell_text(each["message"])});
  }
  std::string text =
      table({"invoice", "state", "remote id", ">tries", "next try", "message"}, rows);
  text += provider + ":";
  for (const char* state : {"queued", "accepted", "deferred", "unknown", "rejected"}) {
    if (body[state].as_integer() > 0) text += " " + cell_text(body[state]) + " " + state;
  }
  return text + "\n";
}

Outcome told(Report report) {
  Outcome outcome = outcome_of(std::move(report));
  outcome.rows = "invoices";
  const auto count = [&](const char* state) { return outcome.body[state].as_integer(); };
  if (count("rejected") > 0)
    outcome.talk.push_back(
        "hint: what was rejected is sent again only by `billctl sync --failed` or `sync "
        "--rebuild`");
  if (count("unknown") > 0)
    outcome.talk.push_back(
        "hint: look it up at the receiver, then `billctl sync resolve INVOICE --accepted ID` or "
        "`--absent`");
  outcome.text = [](const Json& body) { return text_of(body); };
  return outcome;
}

SyncRequest request_of(Invocation& invocation) {
  SyncRequest request;
  request.invoices = invocation.arguments();
  request.provider = invocation.value_or("--provider", "");
  request.failed = invocation.has("--failed");
  request.rebuild = invocation.has("--rebuild");
  return request;
}

const Option kProvider = {
    "--provider", "CODE", "the provider, when several are configured", {}, false};

}  // namespace

const Command& sync_command() {
  static const Command kCommand = {
      .name = "sync",
      .summary = "bring issued invoices to the bookkeeping system",
      .example = "billctl sync\nbillctl sync DRAFT00007 --provider books",
      .arguments = {{"INVOICE", "by any name; without one, issued and stale ones not yet accepted",
                     false, true}},
      .options =
          {kProvider,
           {"--failed", "", "only what was deferred, rejected or is unknown, now", {}, false},
           {"--rebuild", "", "make rejected documents anew, under a new key", {}, false}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run =
          [](Invocation& invocation) {
            return told(sync(invocation.session(), request_of(invocation)));
          },
  };
  return kCommand;
}

const Command& sync_status_command() {
  static const Command kCommand = {
      .name = "sync status",
      .summary = "tell where each document stands",
      .example = "billctl sync status --failed\nbillctl sync status --client acme --state rejected",
      .arguments = {{"INVOICE", "by any name; without one, all", false, true}},
      .options = {kProvider,
                  {"--failed", "", "only what was deferred, rejected or is unknown", {}, false},
                  from_job_option()},
      .filters = true,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run =
          [](Invocation& invocation) {
            const Filter filter = invocation.filter();
            Outcome outcome =
                told(sync_status(invocation.session(), request_of(invocation), filter));
            if (!filter.sort.empty()) page_rows(*outcome.body.find("invoices"), "invoice", filter);
            return outcome;
          },
  };
  return kCommand;
}

const Command& sync_resolve_command() {
  static const Command kCommand = {
      .name = "sync resolve",
      .summary = "say what became of a document whose outcome is unknown",
      .example =
          "billctl sync resolve INV00042 --accepted B-1017\nbillctl sync resolve INV00043 --absent",
      .arguments = {{"INVOICE", "by any name", true, false}},
      .options = {kProvider,
                  {"--accepted", "ID", "the receiver has it, under this id", {}, false},
                  {"--absent", "", "the receiver never got it: queue it again", {}, false}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run =
          [](Invocation& invocation) {
            ResolveRequest request;
            request.invoice = invocation.arguments().front();
            request.provider = invocation.value_or("--provider", "");
            request.accepted = invocation.value_or("--accepted", "");
            request.absent = invocation.has("--absent");
            return told(sync_resolve(invocation.session(), request));
          },
  };
  return kCommand;
}

}  // namespace billctl::cmd
