// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "verify/aws_part.h"

namespace keysift {

// Indexes of an id and of its secret.
using AwsPairs = std::vector<std::pair<size_t, size_t>>;

// Pairs whose names say so, and nobody else's do: "prod" with "prod".
AwsPairs PairAwsPartsByName(std::string_view text,
                            const std::vector<AwsPart>& ids,
                            const std::vector<AwsPart>& secrets);

// Pairs by place. Both lists must be sorted by offset.
AwsPairs AlignAwsParts(std::string_view text, const std::vector<AwsPart>& ids,
                       const std::vector<AwsPart>& secrets);

}  // namespace keysift
