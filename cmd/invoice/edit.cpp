#include "commands.hpp"
#include "invocation.hpp"
#include "invoice/heading_editor.hpp"
#include "output.hpp"
#include "pipeline/edit_heading.hpp"
#include "pipeline/heading_text.hpp"

namespace billctl::cmd {
namespace {

HeadingEdit edit_of(Invocation& invocation) {
  HeadingEdit edit;
  edit.invoice = invocation.arguments().front();
  edit.name = invocation.value("--name");
  edit.title = invocation.value("--title");
  edit.subtitle = invocation.value("--subtitle");
  edit.po_number = invocation.value("--po");
  edit.terms = invocation.value("--terms");
  edit.bill_to = invocation.value("--bill-to");
  edit.revision = invocation.integer("--revision");
  if (const auto date = invocation.value("--date")) edit.date = heading_date(*date);
  if (const auto period = invocation.value("--period"))
    edit.period = heading_period(*period, invocation.today());
  if (const auto month = invocation.value("--ar-period"))
    edit.ar_period = heading_month(*month, invocation.today());
  if (const auto bill_by = invocation.value("--bill-by")) edit.bill_by = parse_bill_by(*bill_by);
  if (const auto annex = invocation.value("--annex")) edit.annex = parse_annex(*annex);
  return edit;
}

Json arguments_of(Invocation& invocation) {
  Json arguments = Json::object({{"invoice", invocation.arguments().front()}});
  for (const Option& option : invocation.command().options) {
    if (const auto value = invocation.value(option.name))
      arguments.set(option.name.substr(2), *value);
  }
  return arguments;
}

Outcome run(Invocation& invocation) {
  const HeadingEdit edit = edit_of(invocation);
  Outcome outcome =
      outcome_of(edit.is_empty() && can_edit()
                     ? edit_in_editor(invocation, edit.invoice, edit.revision)
                     : edit_heading(invocation.session(), edit, arguments_of(invocation)));
  outcome.text = [](const Json& body) { return edited_heading_text(body); };
  return outcome;
}

}  // namespace

const Command& invoice_edit_command() {
  static const Command kCommand = {
      .name = "invoice edit",
      .summary = "change what stands around the lines of a draft",
      .example =
          "billctl invoice edit DRAFT00007 --po PO-4711 --date 2026-10-31\n"
          "billctl invoice edit DRAFT00007",
      .arguments = {{"INVOICE", "by any name", true, false}},
      .options = {{"--name", "TEXT", "its name", {}, false},
                  {"--date", "DATE", "the invoice date, or none: the day of issue", {}, false},
                  {"--terms", "CODE", "of [terms.*]", {}, false},
                  {"--po", "NUMBER", "the client's PO number", {}, false},
                  {"--title", "TEXT", "printed above the lines", {}, false},
                  {"--subtitle", "TEXT", "printed below the title", {}, false},
                  {"--period", "PERIOD", "of the work; once issued, of the material", {}, false},
                  {"--ar-period", "MONTH", "another AR period than the date's, or none", {}, false},
                  {"--bill-to", "CLIENT", "whom it is billed to", {}, false},
                  {"--bill-by", "UNIT", "hour or day", bill_by_words(), false},
                  {"--annex", "ANNEX", "the list of entries behind it", annex_words(), false},
                  {"--revision", "N", "refuse when the draft has changed since", {}, false}},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = run,
  };
  return kCommand;
}

}  // namespace billctl::cmd
