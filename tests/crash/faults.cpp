// Faults at random points of the month, and power cuts.
//
//   crash_faults [--points N] [--cuts N] [--seed S] [--command NAME] [--trial T]
//
// Each call of each command that changes something is a point; a point fails in one of seven ways.
// The points of each command are taken in an order that the seed gives, command by command. With
// `--seed S --trial T` one of them is done again, and its folder is kept.
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <stdexcept>

#include "crash/tapped_vfs.hpp"
#include "crash/trial.hpp"

namespace billctl::crash {
namespace {

struct Options {
  std::int64_t points = 0, cuts = 0, trial = -1;
  std::uint64_t seed = std::random_device{}();
  std::string command;
};

Options options_of(int count, char** words) {
  Options options;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string name = words[i];
    const std::string value = words[i + 1];
    if (name == "--points") {
      options.points = std::stoll(value);
    } else if (name == "--cuts") {
      options.cuts = std::stoll(value);
    } else if (name == "--seed") {
      options.seed = std::stoull(value);
    } else if (name == "--trial") {
      options.trial = std::stoll(value);
    } else if (name == "--command") {
      options.command = value;
    } else {
      throw std::runtime_error("no option " + name);
    }
  }
  return options;
}

/// The points of one command in the order of the seed: each call in each way, and file sizes.
struct Points {
  std::size_t stage = 0;
  std::vector<std::pair<std::int64_t, Fault>> all;
};

constexpr std::int64_t kLimitsPerCommand = 12;  // as points with Fault::none

Points points_of(std::size_t stage, std::int64_t calls, Splitmix& dice) {
  Points points;
  points.stage = stage;
  for (std::int64_t at = 1; at <= calls; ++at)
    for (int fault = 1; fault < kFaults; ++fault)
      points.all.emplace_back(at, static_cast<Fault>(fault));
  for (std::int64_t i = 0; i < kLimitsPerCommand; ++i)
    points.all.emplace_back(dice.between(8, 800) * 1024, Fault::none);
  for (std::size_t i = points.all.size(); i > 1; --i)
    std::swap(
        points.all[i - 1],
        points.all[static_cast<std::size_t>(dice.between(0, static_cast<std::int64_t>(i) - 1))]);
  return points;
}

class Harness {
 public:
  Harness(Options options, const std::string& scratch)
      : options_(std::move(options)), place_(scratch), stages_(clean_month(place_)) {
    Splitmix dice(options_.seed);
    for (std::size_t i = 0; i < stages_.size(); ++i) {
      calls_ += stages_[i].calls;
      if (options_.command.empty() || stages_[i].step.name == options_.command)
        points_.push_back(points_of(i, stages_[i].calls, dice));
    }
    if (points_.empty()) throw std::runtime_error("no command " + options_.command);
  }

  int run() {
    std::printf("seed %llu: %zu commands, %lld calls that change something\n",
                static_cast<unsigned long long>(options_.seed), stages_.size(),
                static_cast<long long>(calls_));
    Trials trials(place_, stages_);
    const auto many = static_cast<std::int64_t>(points_.size());
    each(options_.points, "point", [&](std::int64_t i) {
      const Points& of = points_[static_cast<std::size_t>(i % many)];
      const auto& [at, fault] = of.all[static_cast<std::size_t>(i / many) % of.all.size()];
      return fault == Fault::none ? trials.limit(of.stage, at) : trials.fault(of.stage, fault, at);
    });
    each(options_.cuts, "cut", [&](std::int64_t i) {
      Splitmix dice(options_.seed + static_cast<std::uint64_t>(i) * 0x9E3779B97F4A7C15U);
      return trials.cut(points_[static_cast<std::size_t>(i % many)].stage, dice);
    });
    std::printf(
        "%lld points (%lld hit), %lld power cuts, %lld violations, %lld confirmed but lost\n",
        static_cast<long long>(options_.points), static_cast<long long>(hit_),
        static_cast<long long>(options_.cuts), static_cast<long long>(wrong_),
        static_cast<long long>(lost_));
    return wrong_ + lost_ > 0 ? 1 : 0;
  }

 private:
  template <class Try>
  void each(std::int64_t count, const char* kind, const Try& attempt) {
    if (options_.trial >= count) return;
    const std::int64_t from = std::max<std::int64_t>(options_.trial, 0);
    const std::int64_t to = options_.trial < 0 ? count : options_.trial + 1;
    for (std::int64_t i = from; i < to; ++i) {
      const Verdict verdict = attempt(i);
      if (kind[0] == 'p') hit_ += verdict.was_hit ? 1 : 0;
      wrong_ += verdict.wrong.empty() ? 0 : 1;
      lost_ += verdict.lost.empty() ? 0 : 1;
      if (!verdict.ok() || options_.trial >= 0)
        std::printf("%s %lld: %s: %s%s%s\n", kind, static_cast<long long>(i), verdict.what.c_str(),
                    verdict.wrong.c_str(), verdict.lost.empty() ? "" : "LOST ",
                    verdict.lost.c_str());
      std::fflush(stdout);
    }
  }

  Options options_;
  Place place_;
  std::vector<Stage> stages_;
  std::vector<Points> points_;
  std::int64_t calls_ = 0, hit_ = 0, wrong_ = 0, lost_ = 0;
};

}  // namespace
}  // namespace billctl::crash

int main(int count, char** words) {
  using namespace billctl::crash;
  const char* folder = std::getenv("TMPDIR");
  std::string scratch = std::string(folder != nullptr ? folder : "/tmp") + "/billctl-crash-XXXXXX";
  try {
    umask(077);
    const Options options = options_of(count, words);
    if (mkdtemp(scratch.data()) == nullptr) throw std::runtime_error("no scratch folder");
    for (const char* name : {"BILLCTL_CONFIG", "BILLCTL_LEDGER", "BILLCTL_AS", "BILLCTL_NOW",
                             "BILLCTL_LOCK_WAIT", "XDG_CONFIG_HOME"})
      unsetenv(name);
    register_tapped_vfs();
    const int code = Harness(options, scratch).run();
    if (options.trial < 0) {
      std::filesystem::remove_all(scratch);
    } else {
      std::printf("kept: %s\n", scratch.c_str());
    }
    return code;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "crash_faults: %s\n", failure.what());
    return 2;
  }
}
