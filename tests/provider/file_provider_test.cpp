#include "provider/file_provider.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "ledger/scratch.hpp"
#include "text/sha256.hpp"

using namespace billctl;
using billctl::test::Scratch;

namespace {

Submission document(const std::string& payload) {
  Submission submission;
  submission.key = std::string(32, 'a');
  submission.payload = payload;
  submission.payload_digest = to_hex(sha256(payload));
  return submission;
}

PushOutcome push(Provider& provider, const Submission& submission) {
  return provider.push({&submission, 1}).front().outcome;
}

void write(const std::string& path, const std::string& text) {
  std::ofstream(path) << text;
}

}  // namespace

TEST_CASE("a document is dropped once and the same bytes again are a success") {
  const Scratch scratch;
  const auto provider = file_provider(scratch.path("outbox"));
  const Submission submission = document("{}");
  CHECK_FALSE(provider->find(submission));
  CHECK(push(*provider, submission) == PushOutcome::accepted);
  CHECK(push(*provider, submission) == PushOutcome::duplicate);
  CHECK(provider->find(submission)->outcome == PushOutcome::duplicate);
  const std::string path = scratch.path("outbox/" + submission.key + ".json");
  CHECK(std::filesystem::file_size(path) == 2);
  struct stat status {};
  REQUIRE(stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & 077) == 0);
  CHECK(std::distance(std::filesystem::directory_iterator(scratch.path("outbox")), {}) == 1);
}

TEST_CASE("the other name that a run cut off left of a document goes with the next look at it") {
  const Scratch scratch;
  const auto provider = file_provider(scratch.path("outbox"));
  const Submission submission = document("{}");
  CHECK(push(*provider, submission) == PushOutcome::accepted);
  const std::string path = scratch.path("outbox/" + submission.key + ".json");
  const std::string left = scratch.path("outbox/." + submission.key + ".part");
  std::filesystem::create_hard_link(path, left);
  CHECK(provider->find(submission)->outcome == PushOutcome::duplicate);
  CHECK_FALSE(std::filesystem::exists(left));
  std::filesystem::create_hard_link(path, left);
  CHECK(push(*provider, submission) == PushOutcome::duplicate);
  CHECK_FALSE(std::filesystem::exists(left));
}

TEST_CASE("other bytes under the same key are a conflict and stay as they are") {
  const Scratch scratch;
  const auto provider = file_provider(scratch.path("outbox"));
  CHECK(push(*provider, document("{\"a\":1}")) == PushOutcome::accepted);
  CHECK(push(*provider, document("{\"a\":2}")) == PushOutcome::conflict);
  std::ifstream file(scratch.path("outbox/" + std::string(32, 'a') + ".json"));
  CHECK(std::string(std::istreambuf_iterator<char>(file), {}) == "{\"a\":1}");
}

TEST_CASE("a symlink planted at the document's name is not followed") {
  const Scratch scratch;
  const auto provider = file_provider(scratch.path("outbox"));
  write(scratch.path("victim"), "keep");
  std::filesystem::create_directory(scratch.path("outbox"));
  std::filesystem::create_symlink(scratch.path("victim"),
                                  scratch.path("outbox/" + std::string(32, 'a') + ".json"));
  CHECK(push(*provider, document("{}")) != PushOutcome::accepted);
  std::ifstream file(scratch.path("victim"));
  CHECK(std::string(std::istreambuf_iterator<char>(file), {}) == "keep");
}

TEST_CASE("the receiver's answers are read and nonsense is unknown") {
  const Scratch scratch;
  const auto provider = file_provider(scratch.path("outbox"));
  const Submission submission = document("{}");
  push(*provider, submission);
  CHECK_FALSE(provider->poll(submission));
  const std::string base = scratch.path("outbox/" + submission.key);
  write(base + ".ack", "");
  CHECK(provider->poll(submission)->outcome == PushOutcome::accepted);
  write(base + ".ack", "{\"key\":\"" + submission.key + "\",\"remote_id\":\"B-7\"}");
  CHECK(provider->poll(submission)->remote_id == "B-7");
  write(base + ".ack", "<html>");
  CHECK(provider->poll(submission)->outcome == PushOutcome::unknown);
  write(base + ".err", "{\"code\":\"E1\",\"message\":\"no account\",\"retry\":false}");
  CHECK(provider->poll(submission)->outcome == PushOutcome::rejected);
  CHECK(provider->poll(submission)->message == "E1: no account");
  write(base + ".err", "{\"retry\":true}");
  CHECK(provider->poll(submission)->outcome == PushOutcome::deferred);
}

TEST_CASE("a document pushed again waits for a new answer and not for the one that was read") {
  const Scratch scratch;
  const auto provider = file_provider(scratch.path("outbox"));
  const Submission submission = document("{}");
  push(*provider, submission);
  write(scratch.path("outbox/" + submission.key + ".err"), "{\"retry\":true}");
  REQUIRE(provider->poll(submission)->outcome == PushOutcome::deferred);
  CHECK(push(*provider, submission) == PushOutcome::duplicate);
  CHECK_FALSE(provider->poll(submission));
}

TEST_CASE("a folder that can not be made defers the documents until it can") {
  const Scratch scratch;
  write(scratch.path("outbox"), "no folder");
  const Submission submission = document("{}");
  CHECK(push(*file_provider(scratch.path("outbox")), submission) == PushOutcome::deferred);
  std::filesystem::remove(scratch.path("outbox"));
  CHECK(push(*file_provider(scratch.path("outbox")), submission) == PushOutcome::accepted);
}
