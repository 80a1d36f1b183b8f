// verify --anchor FILE: the heads of the chains, kept where who writes the ledger does not.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <tuple>

#include "ledger/chain_heads.hpp"
#include "pipeline/verify_checks.hpp"
#include "text/json.hpp"

namespace billctl {
namespace {

Json heads_json(Ledger& ledger) {
  Json series = Json::array();
  for (const SeriesHead& head : series_heads(ledger)) {
    series.push(Json::object({{"tenant", head.tenant},
                              {"series", head.series},
                              {"year", head.year},
                              {"seal", head.seal},
                              {"documents", head.documents}}));
  }
  Json journals = Json::array();
  for (const JournalHead& head : journal_heads(ledger)) {
    journals.push(
        Json::object({{"tenant", head.tenant}, {"digest", head.digest}, {"events", head.events}}));
  }
  return Json::object(
      {{"format", 1}, {"series", std::move(series)}, {"journals", std::move(journals)}});
}

[[noreturn]] void refuse_io(const std::string& file, const char* what) {
  throw Error(Reason::io, "anchor " + file + ": " + what + ": " + std::strerror(errno),
              "name a file in a folder that is there, outside the ledger's");
}

void write_anchor(const std::string& file, const std::string& text) {
  const int out = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (out < 0) refuse_io(file, "can't be made");
  const auto written = ::write(out, text.data(), text.size());
  const bool whole = written == static_cast<ssize_t>(text.size()) && fsync(out) == 0;
  const int failure = errno;
  close(out);
  if (whole) return;
  unlink(file.c_str());
  errno = failure;
  refuse_io(file, "can't be written");
}

Json read_anchor(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in) refuse_io(file, "can't be read");
  Json anchor = Json::parse(text, file);
  for (const char* part : {"series", "journals"}) {
    if (!anchor[part].is_array()) {
      throw Error(Reason::bad_input, file + " is no anchor: it has no " + part,
                  "name another file; one that is not there is made");
    }
  }
  return anchor;
}

std::string text_of(const Json& object, const char* key) {
  return object[key].is_string() ? object[key].as_string() : "";
}

std::int64_t count_of(const Json& object, const char* key) {
  return object[key].is_integer() ? object[key].as_integer() : 0;
}

void compare_series(Ledger& ledger, const Json& anchor, std::vector<Violation>& found) {
  std::map<std::tuple<std::string, std::string, std::string>, std::int64_t> documents;
  for (const SeriesHead& head : series_heads(ledger))
    documents[{head.tenant, head.series, head.year}] = head.documents;
  for (const Json& head : anchor["series"].as_array()) {
    const std::string tenant = text_of(head, "tenant");
    const std::string year = text_of(head, "year");
    const std::string name = "series " + text_of(head, "series") + (year.empty() ? "" : " " + year);
    if (!number_of_seal(ledger, tenant, text_of(head, "seal"))) {
      found.push_back({name, "the document that it ended with then is gone"});
    }
    const std::int64_t now = documents[{tenant, text_of(head, "series"), year}];
    if (now < count_of(head, "documents")) {
      found.push_back({name, "had " + std::to_string(count_of(head, "documents")) +
                                 " documents then, now " + std::to_string(now)});
    }
  }
}

void compare_journals(Ledger& ledger, const Json& anchor, std::vector<Violation>& found) {
  for (const Json& head : anchor["journals"].as_array()) {
    const auto now = events_up_to(ledger, text_of(head, "tenant"), text_of(head, "digest"));
    const std::string name = "journal of " + text_of(head, "tenant");
    if (!now) {
      found.push_back({name, "the event that it ended with then is gone"});
    } else if (*now != count_of(head, "events")) {
      found.push_back({name, "had " + std::to_string(count_of(head, "events")) +
                                 " events up to its end then, now " + std::to_string(*now)});
    }
  }
}

}  // namespace

std::vector<Violation> verify_anchor(const Session& session, const std::string& file) {
  struct stat status {};
  if (lstat(file.c_str(), &status) != 0 && errno == ENOENT) {
    if (session.dry_run == DryRun::no)
      write_anchor(file, heads_json(session.ledger).pretty() + "\n");
    return {};
  }
  std::vector<Violation> found;
  const Json anchor = read_anchor(file);
  compare_series(session.ledger, anchor, found);
  compare_journals(session.ledger, anchor, found);
  return found;
}

}  // namespace billctl
