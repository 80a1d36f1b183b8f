#include "render/document_pdf.hpp"

#include <dlfcn.h>

#include "outcome/error.hpp"

namespace billctl {
namespace {

using PrintPdf = void (*)(const Paper& paper, std::string& bytes);

/// Beside the library that this code is in.
std::string module_path() {
  Dl_info self{};
  static const char kHere = 0;
  if (dladdr(&kHere, &self) == 0 || self.dli_fname == nullptr) return "billctl_pdf.so";
  const std::string own = self.dli_fname;
  const std::size_t slash = own.rfind('/');
  return own.substr(0, slash == std::string::npos ? 0 : slash + 1) + "billctl_pdf.so";
}

PrintPdf print_pdf() {
  void* module = dlopen(module_path().c_str(), RTLD_NOW | RTLD_LOCAL);
  if (module == nullptr) {
    throw Error(Reason::failed, "this billctl has no PDF: " + std::string(dlerror()),
                "--to html has the same on one page, or build with -DBILLCTL_PDF=ON");
  }
  auto* print = reinterpret_cast<PrintPdf>(dlsym(module, "billctl_print_pdf"));
  if (print == nullptr)
    throw Error(Reason::failed, module_path() + " is of another billctl", "install both anew");
  return print;
}

}  // namespace

std::string document_pdf(const Paper& paper) {
  static const PrintPdf kPrint = print_pdf();  // for good; tried again when it failed
  std::string bytes;
  kPrint(paper, bytes);
  return bytes;
}

}  // namespace billctl
