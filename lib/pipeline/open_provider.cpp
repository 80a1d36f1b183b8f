#include "pipeline/open_provider.hpp"

#include "outcome/error.hpp"
#include "provider/file_provider.hpp"

namespace billctl {

std::unique_ptr<Provider> open_provider(const ProviderSettings& settings) {
  if (settings.kind == ProviderKind::file) return file_provider(settings.path);
  throw Error(Reason::bad_config,
              "provider " + settings.code + " is of kind " + std::string(word(settings.kind)) +
                  ", which this billctl cannot reach",
              "use kind = \"file\"");
}

}  // namespace billctl
