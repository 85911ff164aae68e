// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.h"
#include "store/bulk_store.h"

namespace keysift {

// Takes into `store` what the store in `path` holds, in one transaction.
// Merging the same again changes nothing, and the order of merges does not
// matter. Of a repository that both hold, the later scan counts: the higher
// revision where both come from one store, else the one seen last. Scans are
// joined by number (the shards of one scan have the same), decisions all kept.
Result<void> MergeStore(const BulkStore& store, const std::string& path);

}  // namespace keysift
