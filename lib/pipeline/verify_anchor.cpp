// The heads of the chains, and `verify --anchor FILE`: those that were kept where who writes the
// ledger does not write.
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <tuple>

#include "ledger/chain_heads.hpp"
#include "pipeline/verify_checks.hpp"
#include "text/json.hpp"

namespace billctl {
namespace {

constexpr const char* kHowMade = "make one with `billctl log --heads --json >FILE`";

Json read_anchor(const std::string& file) {
  std::error_code ignored;
  std::ifstream in(file, std::ios::binary);
  if (!in && errno == ENOENT) throw Error(Reason::bad_input, "there is no " + file, kHowMade);
  if (!in || std::filesystem::is_directory(file, ignored))
    throw Error(Reason::io, "anchor " + file + " can't be read", "name a file that you may read");
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  Json anchor = Json::parse(text, file)["heads"];
  for (const char* part : {"series", "journals"}) {
    if (!anchor.is_object() || !anchor[part].is_array())
      throw Error(Reason::bad_input, file + " is no anchor: it has no heads of " + part, kHowMade);
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
  return Json::object({{"series", std::move(series)}, {"journals", std::move(journals)}});
}

std::vector<Violation> verify_anchor(const Session& session, const std::string& file) {
  std::vector<Violation> found;
  const Json anchor = read_anchor(file);
  compare_series(session.ledger, anchor, found);
  compare_journals(session.ledger, anchor, found);
  return found;
}

}  // namespace billctl
