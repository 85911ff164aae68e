// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "verify/verdict.h"

namespace keysift {

// The lines from the one where the detection's secret begins, with every
// secret of the text that stands in them masked: `all` are its detections,
// sorted by secret.
std::string SnippetOfLine(std::string_view text, const Detection& detection,
                          const std::vector<Detection>& all);

}  // namespace keysift
