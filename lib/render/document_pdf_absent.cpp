#include "outcome/error.hpp"
#include "render/document_pdf.hpp"

namespace billctl {

std::string document_pdf(const Paper&) {
  throw Error(Reason::failed, "this billctl was built without PDF",
              "--to html has the same on one page, or build with -DBILLCTL_PDF=ON");
}

}  // namespace billctl
