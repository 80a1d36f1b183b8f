#include "commands.hpp"
#include "invocation.hpp"
#include "output.hpp"
#include "pipeline/invoice_notes.hpp"
#include "text/visible.hpp"

namespace billctl::cmd {
namespace {

NoteRequest request_of(Invocation& invocation) {
  const auto& words = invocation.arguments();
  const auto message = invocation.value("--message");
  if (words.size() > 2 || (words.size() == 2 && message))
    throw Error(Reason::usage, "invoice note takes one text, behind the invoice or with -m",
                "put it in quotes");
  if (words.size() == 1 && !message)
    throw Error(Reason::usage, "invoice note: there is no text to add",
                "give it behind the invoice or with -m; --replace \"\" empties the notes");
  return {words.front(), message ? *message : words.back(), invocation.has("--replace")};
}

Outcome run(Invocation& invocation) {
  const NoteRequest request = request_of(invocation);
  const Json arguments = Json::object(
      {{"invoice", request.invoice}, {"text", request.text}, {"replace", request.replace}});
  Outcome outcome = outcome_of(note_invoice(invocation.session(), request, arguments));
  outcome.text = [](const Json& body) {
    return visible(cell_text(body["invoice"])) +
           (body["notes"].is_null() ? ": its notes are empty\n" : ": noted\n");
  };
  return outcome;
}

}  // namespace

const Command& invoice_note_command() {
  static const Command kCommand = {
      .name = "invoice note",
      .summary = "write into the notes of an invoice, in any state of it",
      .example =
          "billctl invoice note INV00042 \"paid twice, ask Acme\"\n"
          "billctl invoice note INV00042 --replace \"\"",
      .arguments = {{"INVOICE", "by any name", true, false},
                    {"TEXT", "put on top of the notes", false, true}},
      .options = {{"-m,--message", "TEXT", "the same text", {}, false},
                  {"--replace", "", "instead of the notes there are", {}, false}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
