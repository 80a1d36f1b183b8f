#include "provider/smtp.hpp"

#include <dlfcn.h>

#include "outcome/error.hpp"

namespace billctl {
namespace {

using OpenSmtp = MailCarrier* (*)(const SmtpSettings& settings);

/// Beside the library that this code is in.
std::string module_path() {
  Dl_info self{};
  static const char kHere = 0;
  if (dladdr(&kHere, &self) == 0 || self.dli_fname == nullptr) return "billctl_smtp.so";
  const std::string own = self.dli_fname;
  const std::size_t slash = own.rfind('/');
  return own.substr(0, slash == std::string::npos ? 0 : slash + 1) + "billctl_smtp.so";
}

OpenSmtp open_smtp(std::string& missing) {
  void* module = dlopen(module_path().c_str(), RTLD_NOW | RTLD_LOCAL);
  if (module == nullptr) {
    missing = "this billctl has no SMTP: " + std::string(dlerror());
    return nullptr;
  }
  auto* open = reinterpret_cast<OpenSmtp>(dlsym(module, "billctl_open_smtp"));
  if (open == nullptr) missing = module_path() + " is of another billctl";
  return open;
}

}  // namespace

std::unique_ptr<MailCarrier> smtp(const SmtpSettings& settings) {
  std::string missing;
  static const OpenSmtp kOpen = open_smtp(missing);
  if (kOpen == nullptr) {
    throw Error(Reason::failed, missing.empty() ? "this billctl has no SMTP" : missing,
                "use transport = \"sendmail\" or \"file\", or build with -DBILLCTL_SMTP=ON");
  }
  return std::unique_ptr<MailCarrier>(kOpen(settings));
}

}  // namespace billctl
