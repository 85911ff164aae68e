// SPDX-License-Identifier: Apache-2.0
#include "rule/regex_node.h"

#include <algorithm>
#include <utility>

namespace keysift {

ByteSet OneByte(uint8_t byte) {
  ByteSet set;
  set.set(byte);
  return set;
}

ByteSet ByteRange(uint8_t first, uint8_t last) {
  ByteSet set;
  for (unsigned byte = first; byte <= last; ++byte) {
    set.set(byte);
  }
  return set;
}

ByteSet Digits() { return ByteRange('0', '9'); }

ByteSet WordBytes() {
  return Digits() | ByteRange('A', 'Z') | ByteRange('a', 'z') | OneByte('_');
}

ByteSet SpaceBytes() { return ByteRange('\t', '\r') | OneByte(' '); }

ByteSet FoldAscii(const ByteSet& bytes) {
  ByteSet folded = bytes;
  for (size_t letter = 'A'; letter <= 'Z'; ++letter) {
    size_t lower = letter + ('a' - 'A');
    if (bytes[letter] || bytes[lower]) {
      folded.set(letter);
      folded.set(lower);
    }
  }
  return folded;
}

RegexNode RegexNode::Set(const ByteSet& set) {
  RegexNode node;
  node.kind = Kind::kSet;
  node.set = set;
  return node;
}

RegexNode RegexNode::Concat(std::vector<RegexNode> parts) {
  if (parts.size() == 1) {
    return std::move(parts[0]);
  }
  RegexNode node;
  node.kind = Kind::kConcat;
  node.parts = std::move(parts);
  return node;
}

RegexNode RegexNode::Alternate(std::vector<RegexNode> parts) {
  if (parts.size() == 1) {
    return std::move(parts[0]);
  }
  RegexNode node;
  node.kind = Kind::kAlternate;
  node.parts = std::move(parts);
  return node;
}

RegexNode RegexNode::Repeat(RegexNode part, uint32_t min, uint32_t max) {
  RegexNode node;
  node.kind = Kind::kRepeat;
  node.min = min;
  node.max = max;
  node.parts.push_back(std::move(part));
  return node;
}

RegexNode RegexNode::Assert(Assertion assertion) {
  RegexNode node;
  node.kind = Kind::kAssert;
  node.assertion = assertion;
  return node;
}

uint64_t AddLengths(uint64_t a, uint64_t b) {
  return a > kUnboundedLength - b ? kUnboundedLength : a + b;
}

uint64_t MultiplyLength(uint64_t length, uint64_t times) {
  if (length == 0 || times == 0) {
    return 0;
  }
  return length > kUnboundedLength / times ? kUnboundedLength : length * times;
}

uint64_t MinLength(const RegexNode& node) {
  switch (node.kind) {
    case RegexNode::Kind::kSet:
      return 1;
    case RegexNode::Kind::kAssert:
      return 0;
    case RegexNode::Kind::kRepeat:
      return MultiplyLength(MinLength(node.parts[0]), node.min);
    case RegexNode::Kind::kAlternate: {
      uint64_t least = kUnboundedLength;
      for (const RegexNode& part : node.parts) {
        least = std::min(least, MinLength(part));
      }
      return least;
    }
    case RegexNode::Kind::kConcat:
    case RegexNode::Kind::kGroup:
      break;
  }
  uint64_t sum = 0;
  for (const RegexNode& part : node.parts) {
    sum = AddLengths(sum, MinLength(part));
  }
  return sum;
}

namespace {

// The greatest sum, over all strings that match, of 1 for each byte that a set
// of `counted` bytes takes part in.
uint64_t MaxSum(const RegexNode& node, const ByteSet& counted) {
  switch (node.kind) {
    case RegexNode::Kind::kSet:
      return (node.set & counted).any() ? 1 : 0;
    case RegexNode::Kind::kAssert:
      return 0;
    case RegexNode::Kind::kRepeat:
      return MultiplyLength(
          MaxSum(node.parts[0], counted),
          node.max == RegexNode::kUnbounded ? kUnboundedLength : node.max);
    case RegexNode::Kind::kAlternate: {
      uint64_t most = 0;
      for (const RegexNode& part : node.parts) {
        most = std::max(most, MaxSum(part, counted));
      }
      return most;
    }
    case RegexNode::Kind::kConcat:
    case RegexNode::Kind::kGroup:
      break;
  }
  uint64_t sum = 0;
  for (const RegexNode& part : node.parts) {
    sum = AddLengths(sum, MaxSum(part, counted));
  }
  return sum;
}

}  // namespace

uint64_t MaxLength(const RegexNode& node) { return MaxSum(node, ~ByteSet()); }

uint64_t MaxCountOf(uint8_t byte, const RegexNode& node) {
  return MaxSum(node, OneByte(byte));
}

bool HasAssertion(const RegexNode& node, RegexNode::Assertion assertion) {
  if (node.kind == RegexNode::Kind::kAssert) {
    return node.assertion == assertion;
  }
  return std::any_of(node.parts.begin(), node.parts.end(),
                     [assertion](const RegexNode& part) {
                       return HasAssertion(part, assertion);
                     });
}

}  // namespace keysift
