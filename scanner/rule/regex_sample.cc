// SPDX-License-Identifier: Apache-2.0
#include "rule/regex_sample.h"

#include <algorithm>

namespace keysift {
namespace {

constexpr uint32_t kMostExtra = 8;

}  // namespace

std::string RegexSampler::Sample(const RegexNode& node) {
  std::string out;
  Append(node, &out);
  return out;
}

void RegexSampler::Append(const RegexNode& node, std::string* out) {
  switch (node.kind) {
    case RegexNode::Kind::kAssert:
      return;
    case RegexNode::Kind::kSet: {
      uint64_t skip = Below(node.set.count() - 1);
      for (size_t byte = 0; byte < node.set.size(); ++byte) {
        if (node.set[byte] && skip-- == 0) {
          out->push_back(static_cast<char>(byte));
          return;
        }
      }
      return;
    }
    case RegexNode::Kind::kAlternate:
      Append(node.parts[Below(node.parts.size() - 1)], out);
      return;
    case RegexNode::Kind::kRepeat: {
      uint32_t extra =
          node.max == RegexNode::kUnbounded ? kMostExtra : node.max - node.min;
      uint64_t choice = Below(3);
      uint64_t more = choice == 0   ? 0
                      : choice == 1 ? extra
                                    : Below(std::min(extra, kMostExtra));
      for (uint64_t i = 0; i < node.min + more; ++i) {
        Append(node.parts[0], out);
      }
      return;
    }
    case RegexNode::Kind::kConcat:
    case RegexNode::Kind::kGroup:
      for (const RegexNode& part : node.parts) {
        Append(part, out);
      }
      return;
  }
}

}  // namespace keysift
