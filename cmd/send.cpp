#include "pipeline/send.hpp"

#include <unistd.h>

#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "refusals.hpp"

namespace billctl::cmd {
namespace {

std::string counts_text(const Json& body) {
  std::string text;
  for (const char* count : {"queued", "sent", "deferred", "unknown", "rejected", "no_email"}) {
    if (body[count].as_integer() == 0) continue;
    const std::string word = std::string(count) == "no_email" ? "without e-mail" : count;
    text += (text.empty() ? "" : ", ") + cell_text(body[count]) + " " + word;
  }
  return (text.empty() ? "nothing to send" : text) + "\n";
}

std::string text_of(const Json& body) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& each : body["invoices"].as_array()) {
    rows.push_back({cell_text(each["invoice"]), cell_text(each["to"]), cell_text(each["state"]),
                    cell_text(each["attempts"]), cell_text(each["next_try"]),
                    cell_text(each["message"])});
  }
  std::string text;
  if (!rows.empty())
    text = table({"invoice", "to", "state", ">tries", "next try", "message"}, rows);
  return text + counts_text(body);
}

std::string mails_text(const Json& body) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& each : body["mails"].as_array()) {
    const std::string way = cell_text(each["via"]);
    rows.push_back({cell_text(each["invoice"]), way == "mail" ? cell_text(each["to"]) : way,
                    cell_text(each["state"]) + (each["trial"].as_bool() ? " (trial)" : ""),
                    cell_text(each["attempts"]), cell_text(each["at"]), cell_text(each["next_try"]),
                    cell_text(each["message"])});
  }
  std::string text;
  if (!rows.empty())
    text = table({"invoice", "to", "state", ">tries", "at", "next try", "message"}, rows);
  return text + counts_text(body);
}

// Who gets paper is told in one line, however many they are.
void tell_others(Outcome& outcome) {
  std::string names;
  std::size_t more = 0;
  constexpr std::size_t kNamesMax = 5;
  for (const Json& each : outcome.body["not_by_mail"].as_array()) {
    if (more++ < kNamesMax) names += (names.empty() ? "" : ", ") + cell_text(each["invoice"]);
  }
  if (more > kNamesMax) names += " and " + std::to_string(more - kNamesMax) + " more";
  if (more > 0)
    outcome.talk.push_back("not by mail, as the client file says: " + names +
                           "; when they are on their way: billctl send INVOICE --mark-sent --via "
                           "post");
  for (const Json& each : outcome.body["already_sent"].as_array())
    outcome.talk.push_back("invoice " + cell_text(each["invoice"]) +
                           ": sent before; --resend sends it once more");
}

void tell_failures(Outcome& outcome) {
  for (const Json& each : outcome.body["invoices"].as_array()) {
    const std::string code = cell_text(each["code"]);
    if (code.empty() || code == "deferred") continue;
    const std::string message = cell_text(each["message"]);
    outcome.failures.push_back("billctl: invoice " + cell_text(each["invoice"]) + ": " + code +
                               (message.empty() ? "" : ": " + message));
  }
  for (const Json& each : outcome.body["notices"].as_array()) {
    if (cell_text(each["state"]) != "sent")
      outcome.failures.push_back("billctl: message to " + cell_text(each["to"]) + ": " +
                                 cell_text(each["state"]) + ": " + cell_text(each["message"]));
  }
}

void tell_hints(Outcome& outcome) {
  if (outcome.body["unknown"].as_integer() > 0)
    outcome.talk.push_back(
        "hint: ask the client or the mail server, then `billctl send resolve INVOICE --sent` or "
        "`--absent`");
  if (outcome.body["rejected"].as_integer() > 0)
    outcome.talk.push_back(
        "hint: correct the client's address and import it, and the next send goes there");
  if (outcome.body["no_email"].as_integer() > 0)
    outcome.talk.push_back("hint: give the client an address: billctl import clients FILE");
}

Outcome told(Report report) {
  Outcome outcome = outcome_of(std::move(report));
  outcome.rows = "invoices";
  outcome.text = [](const Json& body) { return text_of(body); };
  return outcome;
}

Outcome eml_outcome(Invocation& invocation) {
  if (invocation.arguments().size() != 1)
    throw Error(Reason::usage, "--eml needs one invoice", "billctl send status INV00042 --eml");
  Outcome outcome;
  const std::string message = queued_message(invocation.session(), invocation.arguments().front());
  outcome.body = Json::object({{"eml", message}});
  outcome.is_raw = invocation.format() != Format::json;
  if (outcome.is_raw) outcome.raw = message;
  return outcome;
}

SendRequest request_of(Invocation& invocation) {
  SendRequest request;
  request.invoices = invocation.arguments();
  request.all_unsent = invocation.has("--all-unsent");
  if (request.all_unsent) request.filter = invocation.filter();
  request.to = invocation.value_or("--to", "");
  // What a script left empty is no leave to mail the client.
  if (invocation.has("--to") && request.to.empty())
    throw Error(Reason::usage, "--to \"\" is no e-mail address",
                "one address such as bo@example.test");
  request.resend = invocation.has("--resend");
  request.attach = invocation.values("--attach");
  if (const auto word = invocation.value("--annex")) request.annex = parse_annex(*word);
  return request;
}

Outcome mark(Invocation& invocation) {
  for (const char* option : {"--all-unsent", "--to", "--resend", "--attach", "--annex"}) {
    if (invocation.has(option))
      throw Error(Reason::usage,
                  std::string("--mark-sent sends nothing, so it takes no ") + option);
  }
  MarkSentRequest request;
  request.invoices = invocation.arguments();
  if (request.invoices.empty())
    throw Error(Reason::usage, "--mark-sent needs invoices by name",
                "billctl send INV00042 --mark-sent --via post --on 2026-11-02");
  request.via = invocation.value_or("--via", "");
  request.on = invocation.date("--on");
  Outcome outcome = told(mark_sent(invocation.session(), request));
  tell_refusals(outcome, "send");
  return outcome;
}

void ask(Invocation& invocation, const SendRequest& request) {
  if (isatty(STDIN_FILENO) == 0 || invocation.has("--yes")) return;
  const std::size_t count = count_to_send(invocation.session(), request);
  if (count > 1) invocation.confirm_on_terminal("send " + std::to_string(count) + " invoices");
}

Outcome run(Invocation& invocation) {
  if (invocation.has("--mark-sent")) return mark(invocation);
  for (const char* option : {"--via", "--on"}) {
    if (invocation.has(option))
      throw Error(Reason::usage, std::string(option) + " goes with --mark-sent");
  }
  const SendRequest request = request_of(invocation);
  ask(invocation, request);
  Outcome outcome = told(send(invocation.session(), request));
  tell_refusals(outcome, "send");
  tell_failures(outcome);
  tell_others(outcome);
  tell_hints(outcome);
  return outcome;
}

}  // namespace

const Command& send_command() {
  static const Command kCommand = {
      .name = "send",
      .summary = "mail issued invoices to their clients",
      .example =
          "billctl send --all-unsent\nbillctl send INV00042 --to me@example.test\nbillctl "
          "send INV00043 --mark-sent --via post",
      .arguments = {{"INVOICE", "by any name", false, true}},
      .options =
          {{"--all-unsent",
            "",
            "every issued one that is not sent and the filters leave",
            {},
            false},
           {"--to", "ADDRESS", "a trial: to this address alone, and it does not count", {}, false},
           {"--resend", "", "once more, though it was sent or is unknown", {}, false},
           {"--attach", "FILE", "this file goes along", {}, true},
           {"--annex", "ANNEX", "the list of work behind it", annex_words(), false},
           {"--mark-sent", "", "send nothing: it went another way", {}, false},
           {"--via", "WAY", "which way", {"post", "hand", "einvoice", "portal", "mail"}, false},
           {"--on", "DATE", "on this day (default: today)", {}, false},
           from_job_option()},
      .filters = true,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run,
  };
  return kCommand;
}

const Command& send_status_command() {
  static const Command kCommand = {
      .name = "send status",
      .summary = "tell where each mail stands",
      .example = "billctl send status INV00042",
      .arguments = {{"INVOICE", "by any name, with every mail about it; without one, all", false,
                     true}},
      .options = {{"--eml",
                   "",
                   "print the newest message about one invoice, as it was queued",
                   {},
                   false}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::no,
      .run =
          [](Invocation& invocation) {
            if (invocation.has("--eml")) return eml_outcome(invocation);
            Outcome outcome = told(send_status(invocation.session(), invocation.arguments()));
            outcome.rows = "mails";
            outcome.text = [](const Json& body) { return mails_text(body); };
            return outcome;
          },
  };
  return kCommand;
}

const Command& send_resolve_command() {
  static const Command kCommand = {
      .name = "send resolve",
      .summary = "say what became of a mail whose outcome is unknown",
      .example = "billctl send resolve INV00042 --sent\nbillctl send resolve INV00043 --absent",
      .arguments = {{"INVOICE", "by any name", true, false}},
      .options = {{"--sent", "", "the client has it", {}, false},
                  {"--absent", "", "it never arrived: the next send tries again", {}, false}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run =
          [](Invocation& invocation) {
            SendResolveRequest request;
            request.invoice = invocation.arguments().front();
            request.sent = invocation.has("--sent");
            request.absent = invocation.has("--absent");
            return told(send_resolve(invocation.session(), request));
          },
  };
  return kCommand;
}

}  // namespace billctl::cmd
