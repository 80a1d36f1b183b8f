#include "provider/maildir.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "mail/message.hpp"
#include "text/shared_files.hpp"

namespace billctl {
namespace {

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

class Maildir final : public MailCarrier {
 public:
  explicit Maildir(std::string folder) : folder_(std::move(folder)) {}

  MailResult deliver(const Mail& mail) override {
    // With the first mail: who only looks or rehearses leaves nothing behind.
    for (const char* part : {"/tmp", "/new", "/cur"})
      if (!make_folders(folder_ + part)) return failure("making the folders");
    const std::string name = name_of(mail);
    const std::string building = folder_ + "/tmp/" + name;
    const std::string path = folder_ + "/new/" + name;
    unlink(building.c_str());
    const int file =
        open(building.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) return failure("making the file");
    follow_folder(building);
    const bool whole = write_all(file, with_line_feeds(mail.payload)) && fsync(file) == 0;
    const int error = errno;
    close(file);
    errno = error;
    if (!whole || rename(building.c_str(), path.c_str()) != 0) {
      MailResult result = failure("writing the file");
      unlink(building.c_str());
      return result;
    }
    if (!sync_folder(folder_ + "/new")) return {MailOutcome::unknown, "the folder can't be synced"};
    return {MailOutcome::sent, ""};
  }

  /// A reader renames what it has seen: `cur/<name>:2,S`. What is nowhere may have been taken away.
  std::optional<MailResult> find(const Mail& mail) override {
    const std::string name = name_of(mail);
    if (access((folder_ + "/new/" + name).c_str(), F_OK) == 0)
      return MailResult{MailOutcome::sent, ""};
    std::error_code failure;
    for (const auto& each : std::filesystem::directory_iterator(folder_ + "/cur", failure)) {
      if (each.path().filename().string().starts_with(name))
        return MailResult{MailOutcome::sent, ""};
    }
    return std::nullopt;
  }

 private:
  static std::string name_of(const Mail& mail) {
    return std::to_string(mail.queued_at.seconds()) + "." + mail.key + ".billctl";
  }

  MailResult failure(const char* doing) const {
    const int error = errno;  // before anything allocates
    return {MailOutcome::closed,
            std::string(doing) + " in " + folder_ + ": " + std::strerror(error)};
  }

  std::string folder_;
};

}  // namespace

std::unique_ptr<MailCarrier> maildir(const std::string& folder) {
  return std::make_unique<Maildir>(folder);
}

}  // namespace billctl
