#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "commands.hpp"
#include "invocation.hpp"
#include "ledger/books_table.hpp"
#include "ledger/invoices.hpp"
#include "output.hpp"
#include "pipeline/edit_heading.hpp"
#include "pipeline/heading_text.hpp"
#include "text/visible.hpp"

namespace billctl::cmd {
namespace {

/// The editor that the person has chosen, as other programs have it.
std::string editor() {
  for (const char* name : {"VISUAL", "EDITOR"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return value;
  }
  return "vi";
}

/// A file of our own in the folder for such; it stays where an edit failed.
class EditedFile {
 public:
  explicit EditedFile(const std::string& text) {
    const char* folder = std::getenv("TMPDIR");
    path_ = std::string(folder != nullptr && *folder != '\0' ? folder : "/tmp") +
            "/billctl-invoice-XXXXXX";
    const int file = mkstemp(path_.data());
    if (file < 0) throw Error(Reason::io, path_ + ": can't be made");
    close(file);
    std::ofstream out(path_, std::ios::binary);
    out << text;
    out.close();
    if (!out) throw Error(Reason::io, path_ + ": can't be written");
  }

  const std::string& path() const { return path_; }
  void remove() const { unlink(path_.c_str()); }

  std::string edited() const {
    const std::string command = editor();
    const pid_t child = fork();
    if (child < 0) throw Error(Reason::failed, "the editor can't be started");
    if (child == 0) {
      execl("/bin/sh", "sh", "-c", (command + " \"$1\"").c_str(), "sh", path_.c_str(), nullptr);
      _exit(127);
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
      throw Error(Reason::interrupted, "the editor `" + command + "` failed; nothing was changed",
                  "set VISUAL or EDITOR");
    std::ostringstream text;
    text << std::ifstream(path_, std::ios::binary).rdbuf();
    return text.str();
  }

 private:
  std::string path_;
};

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

Report edit_in_editor(Invocation& invocation) {
  const std::string& name = invocation.arguments().front();
  Session& session = invocation.session();
  std::string before;
  session.ledger.read([&] {
    Invoices invoices(session.ledger, session.tenant.id);
    const Books books = read_books(session.ledger, session.tenant.id, BooksPart::without_tasks);
    before = heading_text(books, invoices.header(invoices.named(name)));
  });
  const EditedFile file(before);
  try {
    HeadingEdit edit = heading_edit(name, before, file.edited(), session.today);
    if (edit.is_empty()) {
      file.remove();
      throw Error(Reason::interrupted, "the text was not changed; nothing was done");
    }
    edit.revision = invocation.integer("--revision");
    Report report = edit_heading(session, edit, Json::object({{"invoice", name}}));
    file.remove();
    return report;
  } catch (const Error& error) {
    if (access(file.path().c_str(), F_OK) != 0) throw;
    throw Error(error.code(), error.message() + "; your text is in " + file.path(), error.hint());
  }
}

/// On a terminal, on one line; nothing reads `none`.
std::string shown(const std::string& text) {
  return text.empty() ? "none" : visible(text);
}

Outcome run(Invocation& invocation) {
  const HeadingEdit edit = edit_of(invocation);
  const bool terminal = isatty(STDIN_FILENO) != 0 && isatty(STDERR_FILENO) != 0;
  const Report report = edit.is_empty() && terminal
                            ? edit_in_editor(invocation)
                            : edit_heading(invocation.session(), edit, arguments_of(invocation));
  Outcome outcome;
  outcome.body = report.body;
  outcome.exit = report.exit;
  outcome.text = [](const Json& body) {
    std::string text;
    for (const Json& each : body["changed"].as_array())
      text += "  " + cell_text(each["field"]) + ": " + shown(cell_text(each["from"])) + " -> " +
              shown(cell_text(each["to"])) + "\n";
    return cell_text(body["invoice"]) + ": " + (text.empty() ? "nothing to change\n" : "edited\n") +
           text;
  };
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
