// verify --files: the ledger's own file, and what was handed to file providers.
#include <sys/stat.h>

#include <fstream>
#include <iterator>

#include "ledger/outbox.hpp"
#include "pipeline/verify_checks.hpp"

namespace billctl {
namespace {

void check_ledger_file(const std::string& path, std::vector<Violation>& found) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return;
  if ((status.st_mode & S_IWOTH) != 0)
    found.push_back({path, "everybody on this machine can write it"});
  if ((status.st_mode & S_IROTH) != 0)
    found.push_back({path, "everybody on this machine can read it", true});
}

/// A receiver may have taken the file away; one that is there has the bytes that were queued.
void check_dropped(const Submission& submission, const std::string& folder,
                   std::vector<Violation>& found) {
  const std::string path = folder + "/" + submission.key + ".json";
  std::ifstream in(path, std::ios::binary);
  if (!in) return;
  const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (bytes != submission.payload)
    found.push_back({path, "has other bytes than were queued for " + submission.provider});
}

}  // namespace

std::vector<Violation> verify_files(const Session& session) {
  std::vector<Violation> found;
  check_ledger_file(session.ledger.path(), found);
  Outbox outbox(session.ledger, session.tenant.id);
  for (const ProviderSettings& provider : session.config.providers) {
    if (provider.kind != ProviderKind::file) continue;
    for (const SubmissionId id : outbox.all(provider.code))
      check_dropped(outbox.read(id), provider.path, found);
  }
  return found;
}

}  // namespace billctl
