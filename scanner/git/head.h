// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/result.h"
#include "git/object_id.h"
#include "git/repository.h"

namespace keysift {

// Only the commit that HEAD names, without listing anything: for a scan of
// what is staged. nullopt on an unborn branch. Fails with kDamaged or kIo.
Result<std::optional<ObjectId>> ReadHead(const Repository& repository);

}  // namespace keysift
