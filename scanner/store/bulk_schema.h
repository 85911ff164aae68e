// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/result.h"
#include "base/sqlite.h"

namespace keysift {

// A store's tables and views are of this version; README.md beside this file
// documents them.
inline constexpr int64_t kBulkSchemaVersion = 1;
// SQLite's application_id: "ksft", so that `file` and we know a store.
inline constexpr int64_t kBulkApplicationId = 0x6b736674;

// Makes tables in an empty database, in one transaction.
Result<void> CreateBulkSchema(const Database& database);

// Makes the views that are not there; a store of an earlier version lacks some.
Result<void> CreateBulkViews(const Database& database);

// Fails unless `database` is a store of this version: kDamaged if it is
// something else, kUnsupported if a newer keysift wrote it.
Result<void> CheckBulkSchema(const Database& database);

}  // namespace keysift
