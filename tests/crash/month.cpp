#include "crash/month.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>
#include <sstream>
#include <stdexcept>

#include "crash/fault_disk.hpp"

namespace billctl::crash {
namespace {

constexpr std::int64_t kNow = 1'793'599'200;       // 2026-11-02T06:00:00Z
constexpr std::int64_t kLater = kNow + 12 * 3600;  // when what was deferred is due again

constexpr const char* kReport = "report.json";
constexpr const char* kMailbox = "sent.mbox";  ///< of the program that stands for sendmail

/// A report says what its run did, and another run does the rest of it.
bool is_whole_report(const std::string& bytes) {
  return bytes.starts_with("{") && bytes.ends_with("}\n");
}

/// A restore that is run again sets aside what the first one put in place.
bool is_set_aside_again(const std::string& name) {
  return name.find(".before-restore-") != std::string::npos && name.ends_with("-2");
}

Words split(const std::string& line) {
  std::istringstream in(line);
  return {std::istream_iterator<std::string>(in), {}};
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  if (at == std::string::npos) throw std::runtime_error("the example has no " + what);
  return text.replace(at, what.size(), by);
}

/// A ledger of a program that knew the first five migrations.
std::string old_ledger(const std::string& scratch) {
  const std::string path = scratch + "/old.db";
  std::filesystem::remove(path);
  std::string sql = "PRAGMA application_id = 0x62696C6C; BEGIN;";
  Tree schemas = read_tree(BILLCTL_SOURCE_DIR "/schemas");
  for (const auto& [name, text] : schemas)
    if (name >= "001" && name < "006" && name.ends_with(".sql")) sql += *text;
  sql +=
      "PRAGMA user_version = 5; INSERT INTO tenant VALUES (1, 'main', 0, 0);"
      "INSERT INTO client (tenant_id, code, name) VALUES (1, 'old', 'Old Oy'); COMMIT;"
      "PRAGMA journal_mode = WAL;";
  sqlite3* handle = nullptr;
  sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, "unix");
  const int code = sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr);
  sqlite3_close(handle);
  if (code != SQLITE_OK) throw std::runtime_error("the old ledger can't be made");
  return file_bytes(path).value();
}

/// The example's inputs; its ledger is a real one, which may deliver by a mail program too.
Tree inputs(const std::string& scratch) {
  Tree tree = read_tree(BILLCTL_SOURCE_DIR "/examples/month-end");
  const auto put = [&](const std::string& name, std::string text) {
    tree[name] = std::make_shared<const std::string>(std::move(text));
  };
  const std::string config = replaced(*tree.at("billctl.toml"), "test = true\n", "test = false\n") +
                             "\n[mail]\nfrom = \"billing@example.test\"\nattach = [\"text\"]\n";
  put("billctl.toml", config + "transport = \"file\"\npath = \"mail\"\n");
  put("sendmail.toml",
      config + "transport = \"sendmail\"\ncommand = [\"tee\", \"-a\", \"sent.mbox\"]\n");
  put("support.toml", *tree.at("support.toml") + "send = true\n");
  put("old.db", old_ledger(scratch));
  tree.erase("expected.txt");
  tree.erase("run.sh");
  return tree;
}

}  // namespace

const std::vector<Step>& month() {
  static const std::vector<Step> kMonth = {
      {"init", split("init"), Reach::steps},
      {"init new", split("init --test fresh"), Reach::steps},
      {"migrate", split("migrate --ledger old.db --yes"), Reach::ledger},
      {"import all", split("import all tables"), Reach::ledger},
      {"import entries",
       split("import entries toggl-october.csv --from toggl --map toggl-map.toml"), Reach::ledger},
      {"entry add",
       split("entry add --task web-dev --member bo --hours 2 --date 2026-10-15 -m more --once a"),
       Reach::ledger},
      {"entry edit", split("entry edit w2 --hours 1.75"), Reach::ledger},
      {"entry confirm", split("entry confirm e22"), Reach::ledger},
      {"compile", split("compile"), Reach::ledger},
      {"entry split", split("entry split w10 --hours 0.25 --once b"), Reach::ledger},
      {"client edit", split("client edit zeta --street Katu --city Turku --postal-code 20100"),
       Reach::ledger},
      {"compile again", split("compile"), Reach::ledger},
      {"generate", split("generate --period 2026-10 --not-client epsilon,zeta"), Reach::ledger},
      {"adjust", split("invoice adjust DRAFT00001 --item 1 --by=-5 --reason goodwill --once c"),
       Reach::ledger},
      {"line add",
       split("invoice line add DRAFT00001 --description Setup --unit-price 250 --once d"),
       Reach::ledger},
      {"exclude", split("invoice exclude DRAFT00001 --item 2 --reason no --once e"), Reach::ledger},
      {"generate more", split("generate --period 2026-09"), Reach::ledger},
      {"material release", split("invoice material release DRAFT00005 20 --yes --once f"),
       Reach::ledger},
      {"material link", split("invoice material link DRAFT00005 --period 2026-09 --once g"),
       Reach::ledger},
      {"material apply", split("invoice material apply DRAFT00005 --once h"), Reach::ledger},
      {"approve", split("approve --all-waiting --role finance"), Reach::ledger},
      {"issue", split("issue --all-ready"), Reach::ledger},
      {"sync", split("sync"), Reach::outside},
      {"send", split("send --all-unsent"), Reach::outside},
      {"rebill-job", split("rebill-job run support.toml --report report.json"), Reach::outside},
      {"import clients", split("import clients clients-corrected.csv"), Reach::ledger},
      {"issue more", split("issue --all-ready"), Reach::ledger},
      {"void", split("invoice void INV00006 --yes --once i"), Reach::ledger},
      {"credit",
       split("invoice credit INV00001 --all --reason wrong --items reopen --yes --once j"),
       Reach::ledger},
      {"approve credit", split("approve --all-waiting --role finance"), Reach::ledger},
      {"backup", split("backup copy.db"), Reach::steps},
      {"issue credit", split("issue --all-ready"), Reach::ledger},
      {"sendmail", split("--config sendmail.toml send --all-unsent"), Reach::outside},
      {"sync more", split("sync"), Reach::outside},
      {"render", split("render --all --to html -o documents"), Reach::steps},
      {"period close", split("period close 2026-09"), Reach::ledger},
      {"copy", split("invoice copy INV00003 --once k"), Reach::ledger},
      {"delete", split("invoice delete DRAFT00009 --yes --once l"), Reach::ledger},
      {"restore", split("restore copy.db --yes"), Reach::replace},
      {"restore confirm", split("restore confirm --last issued=INV00008"), Reach::ledger},
      {"numbering", split("numbering set issued --next 20"), Reach::ledger},
  };
  return kMonth;
}

Place::Place(std::string scratch)
    : books_(scratch + "/books"), copy_(scratch + "/copy"), said_(scratch + "/said") {}

Run Place::request(std::vector<Words> commands, bool later) const {
  return {books_, later ? kLater : kNow, said_, std::move(commands)};
}

Ran Place::run(const Words& words, const Before& before, bool later) const {
  return crash::run(request({words}, later), before);
}

Seen Place::look() const {
  return look(read_tree(books_));
}

Seen Place::look(const Tree& tree) const {
  Seen seen;
  Tree ledgers;
  for (const auto& [name, bytes] : tree) {
    if (is_database(*bytes) || is_transient(name)) {
      if (!name.ends_with("-shm")) ledgers[name] = bytes;
    } else {
      seen.files[name] = bytes;
    }
  }
  write_tree(copy_, ledgers);
  for (const auto& [name, bytes] : ledgers) {
    if (!is_database(*bytes) || is_transient(name)) continue;
    try {
      seen.ledgers[name] = read_books(copy_ + "/" + name);
    } catch (const std::runtime_error& damaged) {
      seen.files[name + " (" + damaged.what() + ")"] = std::make_shared<const std::string>();
    }
  }
  return seen;
}

namespace {

/// The same mails, in whatever order: one that was unknown goes after the others, by a person's
/// word.
bool are_same_mails(const std::string& left, const std::string& right) {
  const auto lines = [](const std::string& text) {
    std::vector<std::string> all;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) all.push_back(line);
    std::ranges::sort(all);
    return all;
  };
  return lines(left) == lines(right);
}

bool is_as_wanted(const std::string& name, const std::string& wanted, const std::string& seen) {
  if (name == kReport) return is_whole_report(seen);
  if (name == kMailbox) return are_same_mails(wanted, seen);
  return wanted == seen;
}

}  // namespace

std::string difference(const Seen& wanted, const Seen& seen) {
  std::set<std::string> names;
  for (const auto& [name, bytes] : wanted.files) names.insert(name);
  for (const auto& [name, bytes] : seen.files) names.insert(name);
  for (const std::string& name : names) {
    const auto left = wanted.files.find(name);
    const auto right = seen.files.find(name);
    if (left == wanted.files.end()) return "file " + name + " is only here";
    if (right == seen.files.end()) return "file " + name + " is missing";
    if (!is_as_wanted(name, *left->second, *right->second))
      return "file " + name + " has other bytes";
  }
  for (const auto& [name, books] : wanted.ledgers) {
    const auto here = seen.ledgers.find(name);
    if (here == seen.ledgers.end()) return "ledger " + name + " is missing";
    if (const std::string wrong = difference(books, here->second); !wrong.empty())
      return name + ": " + wrong;
  }
  for (const auto& [name, books] : seen.ledgers)
    if (!wanted.ledgers.contains(name) && !is_set_aside_again(name))
      return "ledger " + name + " is only here";
  return "";
}

bool is_same(const Tree& wanted, const Tree& tree) {
  const auto counts = [](const Tree::value_type& file) {
    return !is_transient(file.first) || (file.first.ends_with("-wal") && !file.second->empty());
  };
  const auto covers = [&](const Tree& one, const Tree& other) {
    return std::ranges::all_of(one, [&](const auto& file) {
      const auto same = other.find(file.first);
      return !counts(file) || (same != other.end() && *same->second == *file.second);
    });
  };
  return covers(wanted, tree) && covers(tree, wanted);
}

std::vector<Stage> clean_month(const Place& place) {
  std::vector<Stage> stages;
  const std::string scratch = place.books() + "-made";
  std::filesystem::create_directories(scratch);
  write_tree(place.books(), inputs(scratch));
  std::vector<Words> all;
  for (const Step& step : month()) all.push_back(step.words);
  all.push_back({"verify"});
  warm_up(place.request(all));
  write_tree(place.books(), inputs(scratch));
  for (const Step& step : month()) {
    Stage stage;
    stage.step = step;
    stage.before = stages.empty() ? read_tree(place.books()) : stages.back().after;
    stage.seen_before = stages.empty() ? std::make_shared<const Seen>(place.look(stage.before))
                                       : stages.back().seen_after;
    const Before counted{[&] { return std::make_unique<FaultDisk>(place.books(), Fault::none, 0); },
                         [](Disk& used) { return static_cast<FaultDisk&>(used).calls(); }};
    const Ran first = place.run(step.words, counted);
    stage.calls = first.calls;
    stage.after = read_tree(place.books(), stage.before);
    stage.seen_after = std::make_shared<const Seen>(place.look(stage.after));
    const Ran again = place.run(step.words);
    stage.codes = {first.code(), again.code()};
    for (const Ran* ran : {&first, &again}) {
      if (ran->code() != 0 && ran->code() != 3 && !(ran == &again && ran->code() == 4))
        throw std::runtime_error(step.name + ": exit " + std::to_string(ran->code()) + "\n" +
                                 ran->said);
    }
    if (step.reach != Reach::replace) {
      const std::string wrong = difference(*stage.seen_after, place.look());
      if (!wrong.empty()) throw std::runtime_error(step.name + ": done twice: " + wrong);
    }
    write_tree(place.books(), stage.after);
    if (const Ran verified = place.run({"verify"}); verified.code() != 0)
      throw std::runtime_error(step.name + ": verify\n" + verified.said);
    stages.push_back(std::move(stage));
  }
  return stages;
}

}  // namespace billctl::crash
