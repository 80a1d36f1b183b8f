// FileProvider: drops each document as `<path>/<key>.json`, whole or not at all, for an accounting
// system that watches the folder. It answers, when it likes, by `<key>.ack` ({"key", "remote_id",
// "at"} or empty) or `<key>.err` ({"key", "code", "message", "retry"}); the next `sync` reads them.
//
// The same bytes under the same key again are a success, other bytes a conflict: the drop is
// exactly-once without the receiver's help.
#pragma once

#include <memory>
#include <string>

#include "sync/provider.hpp"

namespace billctl {

/// @param folder made when it is missing; while it can't be, every document is deferred.
std::unique_ptr<Provider> file_provider(const std::string& folder);

}  // namespace billctl
