// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/span.h"

namespace keysift {

// How far apart the parts of one credential may stand.
struct Nearness {
  uint64_t lines;
  uint64_t bytes;
};

constexpr uint64_t kTooFar = UINT64_MAX;
constexpr uint64_t kLineCost = 1000;

// How far two spans are apart, kLineCost per line; empty lines, section heads
// and braces that close count as more. kTooFar if they overlap or more than
// `most` lies between them.
uint64_t PartDistance(std::string_view text, Span a, Span b, Nearness most);

// Indexes of an id and of its secret.
using PartPairs = std::vector<std::pair<size_t, size_t>>;

// What speaks against an id and a secret, by their indexes; kTooFar: they are
// no pair.
using PairCost = std::function<uint64_t(size_t id, size_t secret)>;

// Pairs by place, each part in one pair at most. Both lists must be sorted by
// offset, and `cost` too far for what is more than `reach` bytes apart.
PartPairs AlignParts(const std::vector<Span>& ids,
                     const std::vector<Span>& secrets, uint64_t reach,
                     const PairCost& cost);

}  // namespace keysift
