// Provider: the outside as `sync` sees it. A provider must give the same document the same answer
// however often it is pushed under one key; what it can't promise, it says in its caps.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sync/submission.hpp"

namespace billctl {

/// What became of one document.
enum class PushOutcome {
  accepted,
  duplicate,     ///< the provider has this very document under this key: as good as accepted
  rejected,      ///< final: the provider will never take these bytes
  deferred,      ///< try later; nothing happened there
  rate_limited,  ///< try later, not before the named time
  auth_failed,   ///< nobody's document will pass: the run stops
  conflict,      ///< the provider has another document under this key: a person is needed
  unknown,       ///< the answer is lost or makes no sense: look it up before anything else
};

struct PushResult {
  PushOutcome outcome = PushOutcome::unknown;
  std::string remote_id;
  std::string message;
  std::optional<std::int64_t> retry_after_seconds;
};

struct ProviderCaps {
  std::size_t batch_max = 1;
  bool can_find = false;  ///< can be asked whether it has a document
};

/// What a provider has of one document, as far as it says.
struct HeldDocument {
  std::string key;
  std::string number;       ///< empty: it does not say
  std::string total;        ///< payable, as `125.50 EUR`; empty: it does not say
  std::string digest;       ///< SHA-256 in hex of its bytes; empty: it has not kept them
  bool is_settled = false;  ///< it was taken and answered, and the bytes may be gone
};

/// Number and total of a delivered payload; both empty where it is none.
HeldDocument described_payload(std::string_view payload);

class Provider {
 public:
  virtual ~Provider() = default;
  virtual ProviderCaps caps() const = 0;
  /// Delivers the documents; one result for each, in their order. Throws nothing but Error{io} when
  /// not even a first one could be tried.
  virtual std::vector<PushResult> push(std::span<const Submission> batch) = 0;
  /// What it says of a document that may have arrived; nothing when it has none of that key.
  virtual std::optional<PushResult> find(const Submission& submission) = 0;
  /// What it has said since of a document that it took; nothing when it said nothing.
  virtual std::optional<PushResult> poll(const Submission& submission) = 0;
  /// What it has of a document that it took; nothing when it has nothing of it. Changes nothing
  /// there. @throws Error{io} when it can't be asked.
  virtual std::optional<HeldDocument> held(const Submission& submission) = 0;
  /// All that it has, by key; empty where it can't list. @throws Error{io}.
  virtual std::vector<HeldDocument> documents() = 0;
};

}  // namespace billctl
