// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "finding/scan_report.h"

namespace keysift {

// Reads back what the json format wrote: every field but the tool's version, so
// that writing it again gives the same bytes. `where` names the text in errors.
// Fields that it does not know are passed over; those that are not there are
// empty. Fails if the text is not JSON, not a report of keysift, or of a newer
// schema, and on a finding without fingerprint, rule or place.
Result<ScanReport> ReadReport(std::string_view text, const std::string& where);

}  // namespace keysift
