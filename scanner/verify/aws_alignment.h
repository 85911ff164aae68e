// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "verify/alignment.h"
#include "verify/aws_part.h"

namespace keysift {

// Pairs whose names say so, and nobody else's do: "prod" with "prod".
PartPairs PairAwsPartsByName(std::string_view text,
                             const std::vector<AwsPart>& ids,
                             const std::vector<AwsPart>& secrets);

// Pairs by place. Both lists must be sorted by offset.
PartPairs AlignAwsParts(std::string_view text, const std::vector<AwsPart>& ids,
                        const std::vector<AwsPart>& secrets);

}  // namespace keysift
