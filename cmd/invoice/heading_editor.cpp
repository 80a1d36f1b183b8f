#include "invoice/heading_editor.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <sstream>

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

/// On a terminal, on one line; nothing reads `none`.
std::string shown(const std::string& text) {
  return text.empty() ? "none" : visible(text);
}

}  // namespace

bool can_edit() {
  return isatty(STDIN_FILENO) != 0 && isatty(STDERR_FILENO) != 0;
}

Report edit_in_editor(Invocation& invocation, const std::string& name,
                      std::optional<std::int64_t> revision) {
  Session& session = invocation.session();
  std::string before;
  session.ledger.read([&] {
    Invoices invoices(session.ledger, session.tenant.id);
    const Books books = read_books(session.ledger, session.tenant.id, BooksPart::as_needed);
    before = heading_text(books, invoices.header(invoices.named(name)));
  });
  const EditedFile file(before);
  try {
    HeadingEdit edit = heading_edit(name, before, file.edited(), session.today);
    edit.revision = revision;
    // A text that was left as it is changes nothing, and the journal tells of nothing.
    Session looking = session;
    if (edit.is_empty()) looking.dry_run = DryRun::yes;
    Report report = edit_heading(looking, edit, Json::object({{"invoice", name}}));
    file.remove();
    return report;
  } catch (const Error& error) {
    if (access(file.path().c_str(), F_OK) != 0) throw;
    throw Error(error.code(), error.message() + "; your text is in " + file.path(), error.hint());
  }
}

std::string edited_heading_text(const Json& body) {
  std::string text;
  for (const Json& each : body["changed"].as_array())
    text += "  " + cell_text(each["field"]) + ": " + shown(cell_text(each["from"])) + " -> " +
            shown(cell_text(each["to"])) + "\n";
  return cell_text(body["invoice"]) + ": " + (text.empty() ? "nothing to change\n" : "edited\n") +
         text;
}

}  // namespace billctl::cmd
