#include "sync/provider.hpp"

#include "outcome/error.hpp"
#include "text/json.hpp"
#include "text/sha256.hpp"

namespace billctl {
namespace {

std::string text_of(const Json& object, std::string_view key) {
  if (!object.is_object()) return "";
  const Json& value = object[key];
  return value.is_string() ? value.as_string() : "";
}

}  // namespace

HeldDocument described_payload(std::string_view payload) {
  HeldDocument held;
  held.digest = to_hex(sha256(payload));
  try {
    const Json document = Json::parse(std::string(payload));
    if (!document.is_object()) return held;
    held.key = text_of(document, "key");
    held.number = text_of(document, "number");
    if (held.number.empty()) held.number = text_of(document, "draft_number");
    const std::string payable = text_of(document["amounts"], "payable");
    if (!payable.empty()) held.total = payable + " " + text_of(document, "currency");
  } catch (const Error&) {
    // What is no document has no number either.
  }
  return held;
}

}  // namespace billctl
