#include "commands.hpp"
#include "invoice/edited.hpp"
#include "pipeline/change_lines.hpp"

namespace billctl::cmd {
namespace {

std::int64_t line_number(const std::string& text) {
  const auto number = parse_fixed(text, 0, 0);
  if (number && *number > 0) return *number;
  throw Error(Reason::usage, "\"" + text + "\" is no line",
              "a line is named by its number, see `billctl invoice show`");
}

std::optional<std::int64_t> line_option(const Invocation& invocation, const char* option) {
  const auto text = invocation.value(option);
  if (!text) return std::nullopt;
  return line_number(*text);
}

LineWords words_of(const Invocation& invocation) {
  LineWords words;
  words.description = invocation.value("--description");
  words.kind = invocation.value("--kind");
  words.unit = invocation.value("--unit");
  words.quantity = invocation.decimal("--quantity");
  words.unit_price = invocation.decimal("--unit-price");
  words.tax = invocation.value("--tax");
  return words;
}

Outcome add(Invocation& invocation) {
  return edited_outcome(add_line(invocation.session(), edit_target(invocation),
                                 words_of(invocation), edit_arguments(invocation)));
}

Outcome edit(Invocation& invocation) {
  const LineWords words = words_of(invocation);
  if (!words.description && !words.kind && !words.unit && !words.quantity && !words.unit_price &&
      !words.tax)
    throw Error(Reason::usage, "invoice line edit needs something to change",
                "say it with --description, --quantity, --unit-price, --unit, --tax or --kind");
  const std::int64_t line = line_number(invocation.arguments().at(1));
  return edited_outcome(edit_line(invocation.session(), edit_target(invocation), line, words,
                                  edit_arguments(invocation)));
}

Outcome remove(Invocation& invocation) {
  std::vector<std::int64_t> lines;
  for (std::size_t i = 1; i < invocation.arguments().size(); ++i)
    lines.push_back(line_number(invocation.arguments()[i]));
  return edited_outcome(remove_lines(invocation.session(), edit_target(invocation), lines,
                                     edit_arguments(invocation)));
}

Outcome move(Invocation& invocation) {
  const LinePosition place = {invocation.integer("--to"), line_option(invocation, "--before"),
                              line_option(invocation, "--after")};
  if (place.position.has_value() + place.before.has_value() + place.after.has_value() != 1)
    throw Error(Reason::usage, "invoice line move needs one of --to, --before and --after");
  const std::int64_t line = line_number(invocation.arguments().at(1));
  return edited_outcome(move_line(invocation.session(), edit_target(invocation), line, place,
                                  edit_arguments(invocation)));
}

std::vector<Option> word_options() {
  return {
      {"--description", "TEXT", "what it says", {}, false},
      {"--quantity", "N", "how many; may be negative", {}, false},
      {"--unit-price", "PRICE", "before tax, never negative", {}, false},
      {"--unit", "UNIT", "hour, pcs, km … or a code of UN/ECE Rec 20", {}, false},
      {"--tax", "CODE", "of the config, several with ; between; empty: untaxed", {}, false},
      {"--kind", "KIND", "what it is for, which decides the default tax", line_kind_words(), false},
      revision_option()};
}

const Argument kInvoice = {"INVOICE", "a draft, by any name", true, false};
const Argument kLine = {"LINE", "its number, which never shifts", true, false};

}  // namespace

const Command& invoice_line_add_command() {
  static const Command kCommand = {
      .name = "invoice line add",
      .summary = "type a line onto a draft",
      .example =
          "billctl invoice line add DRAFT00007 --description \"Setup\" --unit-price 250\n"
          "billctl invoice line add DRAFT00007 --description \"Thank you\"",
      .arguments = {kInvoice},
      .options = word_options(),
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = add,
  };
  return kCommand;
}

const Command& invoice_line_edit_command() {
  static const Command kCommand = {
      .name = "invoice line edit",
      .summary = "change a line of a draft",
      .example = "billctl invoice line edit DRAFT00007 2 --quantity 7.5",
      .arguments = {kInvoice, kLine},
      .options = word_options(),
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = edit,
  };
  return kCommand;
}

const Command& invoice_line_remove_command() {
  static const Command kCommand = {
      .name = "invoice line remove",
      .summary = "take lines off a draft; their items stay linked",
      .example = "billctl invoice line remove DRAFT00007 2",
      .arguments = {kInvoice, {"LINE", "their numbers", true, true}},
      .options = {revision_option()},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = remove,
  };
  return kCommand;
}

const Command& invoice_line_move_command() {
  static const Command kCommand = {
      .name = "invoice line move",
      .summary = "put a line of a draft in another place",
      .example = "billctl invoice line move DRAFT00007 3 --to 1",
      .arguments = {kInvoice, kLine},
      .options = {{"--to", "N", "the position, from 1", {}, false},
                  {"--before", "LINE", "in front of this line", {}, false},
                  {"--after", "LINE", "behind this line", {}, false},
                  revision_option()},
      .filters = false,
      .opens = Opens::ledger,
      .writes = Writes::yes,
      .run = move,
  };
  return kCommand;
}

}  // namespace billctl::cmd
