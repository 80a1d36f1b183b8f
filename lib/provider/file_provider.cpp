#include "provider/file_provider.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "outcome/error.hpp"
#include "text/json.hpp"
#include "text/sha256.hpp"
#include "text/shared_files.hpp"

namespace billctl {
namespace {

constexpr std::uintmax_t kReplyBytesMax = 1 << 20;

/// A descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::optional<std::string> read_file(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (file.number() < 0) return std::nullopt;
  std::string text;
  char buffer[65536];
  for (;;) {
    const ssize_t length = read(file.number(), buffer, sizeof buffer);
    if (length < 0 && errno == EINTR) continue;
    if (length < 0) return std::nullopt;
    if (length == 0) return text;
    text.append(buffer, static_cast<std::size_t>(length));
  }
}

std::string text_of(const Json& reply, std::string_view key) {
  const Json& value = reply[key];
  return value.is_string() ? value.as_string() : "";
}

bool is_there(const PushResult& result) {
  return result.outcome == PushOutcome::accepted || result.outcome == PushOutcome::duplicate;
}

class FileProvider final : public Provider {
 public:
  explicit FileProvider(std::string folder) : folder_(std::move(folder)) {}

  ProviderCaps caps() const override { return {256, true}; }

  std::vector<PushResult> push(std::span<const Submission> batch) override {
    // A folder that can't be made is the outside failing: each document then says so and waits.
    make_folders(folder_);
    std::vector<PushResult> results;
    for (const Submission& submission : batch) results.push_back(drop(submission));
    // The names are durable only with their folder; without that nothing is known of any of them.
    if (std::ranges::none_of(results, is_there)) return results;
    if (sync_folder(folder_)) return results;
    for (PushResult& result : results)
      if (is_there(result)) result = {PushOutcome::unknown, "", "the folder can't be synced", {}};
    return results;
  }

  std::optional<PushResult> find(const Submission& submission) override {
    const auto there = read_file(path_of(submission.key, ".json"));
    unlink(building_of(submission.key).c_str());  // what a run that was cut off left
    if (there) return compared(submission, *there);
    // The receiver may have taken the document away once it has answered.
    if (const auto text = small_file(path_of(submission.key, ".ack"))) {
      const PushResult answer = acknowledgement(submission, *text);
      if (answer.outcome == PushOutcome::accepted) return answer;
    }
    return std::nullopt;
  }

  std::optional<HeldDocument> held(const Submission& submission) override {
    require_folder();
    const std::string path = path_of(submission.key, ".json");
    if (const auto there = read_file(path)) return described_payload(*there);
    if (std::error_code failure; std::filesystem::exists(path, failure) || failure)
      throw Error(Reason::io, path + " can't be read");
    HeldDocument taken;
    taken.key = submission.key;
    taken.is_settled = !submission.remote_id.empty() || answered(submission);
    return taken.is_settled ? std::optional(taken) : std::nullopt;
  }

  std::vector<HeldDocument> documents() override {
    require_folder();
    std::vector<std::string> names;
    std::error_code failure;
    for (const auto& each : std::filesystem::directory_iterator(folder_, failure))
      names.push_back(each.path().filename().string());
    if (failure) throw Error(Reason::io, folder_ + " can't be read: " + failure.message());
    std::ranges::sort(names);
    std::vector<HeldDocument> all;
    for (const std::string& name : names) {
      if (!is_document_name(name)) continue;
      const auto bytes = read_file(folder_ + "/" + name);
      HeldDocument held = bytes ? described_payload(*bytes) : HeldDocument{};
      held.key = name.substr(0, kKeyLength);
      all.push_back(std::move(held));
    }
    return all;
  }

  std::optional<PushResult> poll(const Submission& submission) override {
    if (const auto text = small_file(path_of(submission.key, ".err"))) return refusal(*text);
    if (const auto text = small_file(path_of(submission.key, ".ack")))
      return acknowledgement(submission, *text);
    return std::nullopt;
  }

 private:
  static constexpr std::size_t kKeyLength = 32;

  static bool is_document_name(std::string_view name) {
    return name.size() == kKeyLength + 5 && name.ends_with(".json") &&
           name.substr(0, kKeyLength).find_first_not_of("0123456789abcdef") == name.npos;
  }

  /// @throws Error{io} when there is no folder to look into.
  void require_folder() const {
    const Descriptor folder(open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.number() < 0)
      throw Error(Reason::io, "folder " + folder_ + ": " + std::strerror(errno));
  }

  bool answered(const Submission& submission) const {
    const auto text = small_file(path_of(submission.key, ".ack"));
    return text && acknowledgement(submission, *text).outcome == PushOutcome::accepted;
  }

  std::string path_of(const std::string& key, const char* ending) const {
    return folder_ + "/" + key + ending;
  }

  std::string building_of(const std::string& key) const { return folder_ + "/." + key + ".part"; }

  static PushResult compared(const Submission& submission, const std::string& there) {
    if (to_hex(sha256(there)) == submission.payload_digest)
      return {PushOutcome::duplicate, "", "", {}};
    return {PushOutcome::conflict, "", "another document lies under the key " + submission.key, {}};
  }

  PushResult failure(const char* doing) const {
    const int error = errno;  // before anything allocates
    return {PushOutcome::deferred,
            "",
            std::string(doing) + " in " + folder_ + ": " + std::strerror(error),
            {}};
  }

  PushResult drop(const Submission& submission) const {
    const std::string path = path_of(submission.key, ".json");
    const std::string building = building_of(submission.key);
    unlink(building.c_str());
    if (const auto there = read_file(path)) {
      const PushResult same = compared(submission, *there);
      // A new attempt asks for a new answer: an .err that was read would be read at each sync.
      if (same.outcome == PushOutcome::duplicate) unlink(path_of(submission.key, ".err").c_str());
      return same;
    }
    {
      const Descriptor file(
          open(building.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
      if (file.number() < 0) return failure("making the file");
      follow_folder(building);
      if (!write_all(file.number(), submission.payload) || fsync(file.number()) != 0) {
        const PushResult result = failure("writing the file");
        unlink(building.c_str());
        return result;
      }
    }
    // link, unlike rename, never takes the place of a document that came in between.
    const bool linked = link(building.c_str(), path.c_str()) == 0;
    const int error = errno;
    unlink(building.c_str());
    if (linked) return {PushOutcome::accepted, "", "", {}};
    if (error == EEXIST) {
      if (const auto there = read_file(path)) return compared(submission, *there);
    }
    errno = error;
    return failure("naming the file");
  }

  static std::optional<std::string> small_file(const std::string& path) {
    std::error_code failure;
    const auto size = std::filesystem::file_size(path, failure);
    if (failure) return std::nullopt;
    if (size > kReplyBytesMax) return std::string("too large");
    return read_file(path);
  }

  /// A receiver may write what it likes; only what makes sense is taken.
  static std::optional<Json> parsed(const std::string& text) {
    try {
      return Json::parse(text);
    } catch (const Error&) {
      return std::nullopt;
    }
  }

  static PushResult acknowledgement(const Submission& submission, const std::string& text) {
    if (text.find_first_not_of(" \t\r\n") == std::string::npos)
      return {PushOutcome::accepted, "", "", {}};
    const auto reply = parsed(text);
    if (!reply || !reply->is_object())
      return {PushOutcome::unknown, "", "the .ack file is no JSON object", {}};
    const std::string key = text_of(*reply, "key");
    if (!key.empty() && key != submission.key) {
      return {PushOutcome::unknown, "", "the .ack file is for the key " + key, {}};
    }
    return {PushOutcome::accepted, text_of(*reply, "remote_id"), "", {}};
  }

  static PushResult refusal(const std::string& text) {
    const auto reply = parsed(text);
    if (!reply || !reply->is_object())
      return {PushOutcome::rejected, "", "the receiver wrote an .err file", {}};
    const std::string code = text_of(*reply, "code");
    const std::string said = text_of(*reply, "message");
    const std::string message = code.empty() ? said : code + (said.empty() ? "" : ": " + said);
    const Json& retry = (*reply)["retry"];
    const bool later = retry.is_bool() && retry.as_bool();
    return {later ? PushOutcome::deferred : PushOutcome::rejected, "", message, {}};
  }

  std::string folder_;
};

}  // namespace

std::unique_ptr<Provider> file_provider(const std::string& folder) {
  return std::make_unique<FileProvider>(folder);
}

}  // namespace billctl
