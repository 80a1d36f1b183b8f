// A ledger whose file was changed: every command that reads ends with a documented exit code. The
// input is a list of changes: three bytes of offset, one of length, then the bytes that stand
// there.
#include "ledger/ledger.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "program.hpp"
#include "targets.hpp"

namespace billctl::fuzz {
namespace {

constexpr const char* kConfig =
    "ledger = \"ledger.db\"\n[tenant]\ntest = true\nname = \"Example Oy\"\ncurrency = "
    "\"EUR\"\nzone = \"UTC\"\n"
    "country = \"FI\"\nstreet = \"Katu 1\"\ncity = \"Helsinki\"\npostal_code = \"00100\"\n"
    "[terms.net14]\ndays = 14\n[providers.books]\nkind = \"file\"\npath = \"outbox\"\n";
constexpr std::array<std::pair<const char*, const char*>, 4> kTables = {{
    {"tables/clients.csv",
     "code,name,street,city,postal_code,country\nacme,Acme,Tie 1,Espoo,02100,FI\n"},
    {"tables/projects.csv", "code,name,client\nweb,Website,acme\n"},
    {"tables/tasks.csv", "code,name,project,unit_price\ndev,Development,web,100.00\n"},
    {"tables/entries.csv",
     "id,kind,task,date,seconds,confirmed_at\ne1,time,dev,2026-10-05,5400,2026-11-01T06:00:00Z\n"
     "e2,time,dev,2026-10-06,600,2026-11-01T06:00:00Z\ne3,time,dev,2026-11-01,60,2026-11-01T06:00:"
     "00Z\n"},
}};

/// What commands print goes nowhere while one of these is there.
class Silence {
 public:
  Silence() {
    std::fflush(nullptr);
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      kept_[i] = dup(static_cast<int>(i) + 1);
      const int nowhere = open("/dev/null", O_WRONLY);
      dup2(nowhere, static_cast<int>(i) + 1);
      close(nowhere);
    }
  }
  ~Silence() {
    std::fflush(nullptr);
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      dup2(kept_[i], static_cast<int>(i) + 1);
      close(kept_[i]);
    }
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  std::array<int, 2> kept_{};
};

int run(std::vector<std::string> words) {
  const Silence silence;
  return cmd::start(std::move(words));
}

/// Books with an invoice that is issued and one that is a draft, in a folder of this process.
struct Books {
  std::filesystem::path folder;
  std::string file;

  Books() {
    std::string name = (std::filesystem::temp_directory_path() / "billctl-fuzz-XXXXXX").string();
    must(mkdtemp(name.data()) != nullptr, "a folder can be made");
    folder = name;
    std::filesystem::create_directory(folder / "tables");
    std::ofstream(folder / "billctl.toml") << kConfig;
    for (const auto& [path, text] : kTables) std::ofstream(folder / path) << text;
    chmod((folder / "billctl.toml").c_str(), 0600);
    std::filesystem::current_path(folder);
    setenv("BILLCTL_NOW", "2026-11-02T06:00:00Z", 1);
    for (const std::vector<std::string>& words : {std::vector<std::string>{"init"},
                                                  {"import", "all", "tables"},
                                                  {"compile"},
                                                  {"generate", "--period", "2026-10-05"},
                                                  {"issue", "--all-ready"},
                                                  {"sync"},
                                                  {"generate", "--period", "2026-10-06"}})
      must(run(words) == 0, "the books can be made");
    std::ifstream in(folder / "ledger.db", std::ios::binary);
    file.assign(std::istreambuf_iterator<char>(in), {});
  }
  ~Books() { std::filesystem::remove_all(folder); }
  Books(const Books&) = delete;
  Books& operator=(const Books&) = delete;
};

}  // namespace

void ledger(std::string_view bytes) {
  static const Books kBooks;
  std::string changed = kBooks.file;
  while (bytes.size() > 4) {
    const auto offset = static_cast<std::size_t>(number(bytes, 3)) % changed.size();
    const auto length = static_cast<std::size_t>(number(bytes, 1)) % 16 + 1;
    const std::string_view piece = bytes.substr(0, std::min(length, changed.size() - offset));
    changed.replace(offset, piece.size(), piece);
    bytes.remove_prefix(piece.size());
  }
  for (const char* log : {"ledger.db-wal", "ledger.db-shm"})
    std::filesystem::remove(kBooks.folder / log);
  std::ofstream(kBooks.folder / "ledger.db", std::ios::binary | std::ios::trunc) << changed;
  for (const std::vector<std::string>& words : {std::vector<std::string>{"verify", "--json"},
                                                {"invoice", "list"},
                                                {"invoice", "show", "INV00001", "--json"},
                                                {"compile", "--dry-run"},
                                                {"render", "INV00001", "--to", "text"}}) {
    const int exit = run(words);
    must(exit >= 0 && exit <= 12 && exit != 2, "a damaged ledger ends in a documented way");
  }
}

}  // namespace billctl::fuzz
