// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/object_id.h"

namespace keysift {

// One ref that a push moves, as git tells its hooks (githooks).
struct RefUpdate {
  std::string ref;               // the receiving side's name
  std::optional<ObjectId> from;  // what it has now; nullopt: nothing, or unsaid
  std::optional<ObjectId> to;    // what it shall have; nullopt: it is deleted
};

// An id as hooks get it: nullopt inside for 40 or 64 zeros. Fails with
// kUnsupported for a SHA-256 id, kUsage for anything else.
Result<std::optional<ObjectId>> ParseHookId(std::string_view text);

// pre-receive's standard input: "<old> SP <new> SP <ref> LF" lines. Fails with
// the number of a line that is none: what cannot be read must not pass.
Result<std::vector<RefUpdate>> ParseReceivedUpdates(std::string_view input);

// pre-push's: "<local-ref> SP <local-id> SP <remote-ref> SP <remote-id> LF".
Result<std::vector<RefUpdate>> ParsePushedUpdates(std::string_view input);

}  // namespace keysift
