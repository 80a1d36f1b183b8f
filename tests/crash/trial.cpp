#include "crash/trial.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <sstream>

#include "crash/power_disk.hpp"

namespace billctl::crash {
namespace {

constexpr const char* kLedger = "ledger.db";
constexpr int kOutsideFailed = 6, kPartly = 3, kIo = 7, kUnknown = 8;
constexpr std::size_t kChainMax = 3;
constexpr std::int64_t kRecoveryCalls = 40;

bool is_one_of(int code, const std::vector<int>& codes) {
  return std::ranges::find(codes, code) != codes.end();
}

const Books* ledger_of(const Seen& seen) {
  const auto found = seen.ledgers.find(kLedger);
  return found == seen.ledgers.end() ? nullptr : &found->second;
}

std::string ended(const Ran& ran) {
  if (ran.was_killed) return "was ended";
  if (ran.signal != 0) return "died of signal " + std::to_string(ran.signal);
  return "exit " + std::to_string(ran.code());
}

std::string told(const Step& step) {
  std::string text = "billctl";
  for (const std::string& word : step.words) text += " " + word;
  return text;
}

}  // namespace

/// What the folder shows but for files that the disk did not let go.
Seen Trials::seen_but(const std::string& kept, const Seen& wanted) const {
  Seen seen = place_.look();
  std::istringstream lines(kept);
  for (std::string path; std::getline(lines, path);) {
    const std::string name = path.substr(std::min(path.size(), place_.books().size() + 1));
    if (!wanted.files.contains(name)) seen.files.erase(name);
    if (!wanted.ledgers.contains(name)) seen.ledgers.erase(name);
  }
  return seen;
}

/// What the disturbed run itself may not do.
std::string Trials::complaint_of_run(const Stage& stage, const Ran& ran) const {
  if (ran.was_killed) return "";
  if (ran.signal != 0) return ended(ran) + "\n" + ran.said;
  const int code = ran.code();
  const bool goes_out = stage.step.reach == Reach::outside;
  const bool outside_failed = goes_out && (code == kOutsideFailed || code == kPartly);
  if (code == stage.codes.front() && !(outside_failed && code == kPartly)) {
    const std::string wrong = difference(*stage.seen_after, seen_but(ran.kept, *stage.seen_after));
    return wrong.empty() ? "" : "exit " + std::to_string(code) + ", and not done: " + wrong;
  }
  if (code == kIo && stage.step.reach == Reach::ledger) {
    const std::string wrong =
        difference(*stage.seen_before, seen_but(ran.kept, *stage.seen_before));
    return wrong.empty() ? "" : "exit 7, and something is written: " + wrong + "\n" + ran.said;
  }
  if (code == kIo || code == kUnknown || outside_failed) return "";
  return "exit " + std::to_string(code) + ", needed " + std::to_string(stage.codes.front()) +
         ", 7 or 8\n" + ran.said;
}

/// A person looks whether a mail went out, and says so.
void Trials::settle_unknown(const Stage& stage) {
  const Tree tree = read_tree(place_.books());
  const Books* books = nullptr;
  const Seen seen = place_.look(tree);
  books = ledger_of(seen);
  if (books == nullptr) return;
  for (const std::string& row : books->unknown_mails) {
    const std::size_t bar = row.find('|');
    const std::string number = row.substr(0, bar);
    const std::string key = row.substr(bar + 1);
    const bool went = std::ranges::any_of(seen.files, [&](const auto& file) {
      return file.first.find("new/") != std::string::npos
                 ? file.first.find(key) != std::string::npos
                 : file.first == "sent.mbox" && file.second->find(key) != std::string::npos;
    });
    Words words = {"send", "resolve", number, went ? "--sent" : "--absent"};
    if (stage.step.words.front() == "--config")
      words.insert(words.begin(), {stage.step.words[0], stage.step.words[1]});
    place_.run(words);
  }
}

/// The same command again; what failed outside is due by then.
Ran Trials::again(const Stage& stage, const Ran& disturbed) {
  const bool later = disturbed.code() == kOutsideFailed || disturbed.code() == kPartly;
  Ran ran = place_.run(stage.step.words, {}, later && stage.step.reach == Reach::outside);
  if (stage.step.reach != Reach::outside) return ran;
  settle_unknown(stage);
  return place_.run(stage.step.words, {}, true);
}

void Trials::run_again(Verdict& verdict, const Stage& stage, const Ran& disturbed) {
  const Ran ran = again(stage, disturbed);
  if (ran.signal == 0 && is_one_of(ran.code(), stage.codes)) return;
  verdict.wrong = told(stage.step) + " again: " + ended(ran) + "\n" + ran.said;
}

std::string Trials::verify() {
  const Ran ran = place_.run({"verify"});
  return ran.code() == 0 ? "" : "verify: " + ended(ran) + "\n" + ran.said;
}

void Trials::check_confirmed(Verdict& verdict, const Books& confirmed, const Seen& seen) const {
  const Books* books = ledger_of(seen);
  verdict.lost =
      books == nullptr ? std::string("the ledger") : missing(confirmed.numbers, books->numbers);
  if (verdict.lost.empty()) verdict.lost = missing(confirmed.events, books->events);
}

/// After the same command again: as after one clean run, which `verify` was run on.
void Trials::check_end(Verdict& verdict, const Stage& stage, const Books* confirmed,
                       const std::string& kept) {
  const Tree tree = read_tree(place_.books(), stage.after);
  if (is_same(stage.after, tree)) return;
  const Seen seen = seen_but(kept, *stage.seen_after);
  if (confirmed != nullptr && stage.step.reach != Reach::replace)
    check_confirmed(verdict, *confirmed, seen);
  if (!verdict.ok()) return;
  verdict.wrong = difference(*stage.seen_after, seen);
  if (verdict.ok()) verdict.wrong = verify();
}

Verdict Trials::fault(std::size_t number, Fault fault, std::int64_t at) {
  const Stage& stage = stages_[number];
  Verdict verdict;
  write_tree(place_.books(), stage.before);
  const Before before{[&] { return std::make_unique<FaultDisk>(place_.books(), fault, at); },
                      [](Disk& used) { return static_cast<FaultDisk&>(used).calls(); },
                      [](Disk& used) { return static_cast<FaultDisk&>(used).kept(); }};
  const Ran ran = place_.run(stage.step.words, before);
  verdict.was_hit = ran.was_killed || ran.calls >= at;
  verdict.what =
      stage.step.name + ": " + word(fault) + " at call " + std::to_string(at) + ", " + ended(ran);
  verdict.wrong = complaint_of_run(stage, ran);
  if (!verdict.ok()) return verdict;
  run_again(verdict, stage, ran);
  if (verdict.ok()) check_end(verdict, stage, ledger_of(*stage.seen_before), ran.kept);
  return verdict;
}

Verdict Trials::limit(std::size_t number, std::int64_t file_bytes_max) {
  const Stage& stage = stages_[number];
  Verdict verdict;
  write_tree(place_.books(), stage.before);
  Run request = place_.request({stage.step.words});
  request.file_bytes_max = file_bytes_max;
  const Ran ran = crash::run(request);
  verdict.was_hit = ran.code() != stage.codes.front();
  verdict.what = stage.step.name + ": no file over " + std::to_string(file_bytes_max) + " bytes, " +
                 ended(ran);
  verdict.wrong = complaint_of_run(stage, ran);
  if (!verdict.ok()) return verdict;
  run_again(verdict, stage, ran);
  if (verdict.ok()) check_end(verdict, stage, ledger_of(*stage.seen_before));
  return verdict;
}

Verdict Trials::cut(std::size_t first, Splitmix& dice) {
  Verdict verdict;
  const auto below = [&](std::size_t many) {
    return static_cast<std::size_t>(dice.between(0, static_cast<std::int64_t>(many) - 1));
  };
  const std::size_t chain = std::min(1 + below(kChainMax), stages_.size() - first);
  std::vector<Words> commands;
  std::int64_t calls = 0;
  for (std::size_t i = first; i < first + chain; ++i) {
    commands.push_back(stages_[i].step.words);
    calls += stages_[i].calls;
  }
  const bool at_end = dice.between(0, 4) == 0;
  const std::int64_t at = at_end ? 0 : dice.between(1, calls);
  const std::uint64_t seed = dice.next();
  write_tree(place_.books(), stages_[first].before);
  const Before before{[&] { return std::make_unique<PowerDisk>(place_.books(), at, seed); },
                      [](Disk& used) { return static_cast<PowerDisk&>(used).calls(); },
                      {},
                      [](Disk& used) { static_cast<PowerDisk&>(used).cut(); }};
  const Ran ran = crash::run(place_.request(commands), before);
  verdict.was_hit = true;
  const std::size_t done = ran.codes.size();
  verdict.what = stages_[first].step.name + " and " + std::to_string(chain - 1) +
                 " more: power went at call " + std::to_string(at) + " of " +
                 std::to_string(calls) + ", " + std::to_string(done) + " commands had ended";
  for (std::size_t i = 0; i < done; ++i) {
    if (ran.codes[i] == stages_[first + i].codes.front()) continue;
    verdict.wrong = "exit " + std::to_string(ran.codes[i]) + " before the cut\n" + ran.said;
    return verdict;
  }
  const std::size_t reached = std::min(first + done, first + chain - 1);
  const Stage& stage = stages_[reached];
  if (done < chain && dice.between(0, 2) == 0) {
    const std::int64_t second = dice.between(1, kRecoveryCalls);
    const std::uint64_t other = dice.next();
    const Before once_more{
        [&] { return std::make_unique<PowerDisk>(place_.books(), second, other); }};
    const Ran recovered = place_.run(stage.step.words, once_more);
    verdict.what += ", and again at call " + std::to_string(second);
    const bool whole = recovered.was_killed || is_one_of(recovered.code(), stage.codes) ||
                       (stage.step.reach == Reach::outside && recovered.code() == kPartly);
    if (!whole) {
      verdict.wrong = told(stage.step) + " again: " + ended(recovered) + "\n" + recovered.said;
      return verdict;
    }
  }
  const Books* confirmed =
      done < chain ? ledger_of(*stage.seen_before) : ledger_of(*stage.seen_after);
  if (done == chain) {
    // Nothing is left to do: what was confirmed is there.
    const Seen seen = place_.look();
    verdict.lost = difference(*stage.seen_after, seen);
    if (verdict.ok() && stage.step.reach != Reach::replace)
      check_confirmed(verdict, *confirmed, seen);
    if (!verdict.ok()) return verdict;
  }
  run_again(verdict, stage, ran);
  if (verdict.ok()) check_end(verdict, stage, confirmed);
  return verdict;
}

}  // namespace billctl::crash
