// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "store/bulk_status.h"

namespace keysift {

// What `bulk status`, `bulk diff` and `bulk timeline` print, safe for a
// terminal. `json`: one JSON object instead, for programs.
std::string StatusText(const BulkStatus& status, bool json);
std::string DiffText(const BulkDiff& diff, bool json);
std::string TimelineText(const std::vector<TimelineEntry>& entries, bool json);

}  // namespace keysift
