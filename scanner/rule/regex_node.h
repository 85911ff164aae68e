// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keysift {

using ByteSet = std::bitset<256>;

ByteSet OneByte(uint8_t byte);
ByteSet ByteRange(uint8_t first, uint8_t last);  // both included
ByteSet Digits();
ByteSet WordBytes();                      // [0-9A-Za-z_]
ByteSet SpaceBytes();                     // [\t\n\v\f\r ]
ByteSet FoldAscii(const ByteSet& bytes);  // with the other case of each letter

// A regex over bytes as a tree. Flags are gone: (?i) has become classes of two
// letters, `.` the class that it stands for. A value; copy it freely.
struct RegexNode {
  enum class Kind : uint8_t {
    kSet,        // one byte of `set`
    kConcat,     // `parts` in a row; without parts: the empty string
    kAlternate,  // one of `parts`, the earlier ones preferred
    kRepeat,     // parts[0], `min` to `max` times
    kGroup,      // parts[0], captured as `group`
    kAssert,     // the empty string, where `assertion` holds
  };
  enum class Assertion : uint8_t {
    kTextStart,
    kTextEnd,
    kLineStart,
    kLineEnd,
    kWordBorder,
    kNoWordBorder,
  };
  static constexpr uint32_t kUnbounded = UINT32_MAX;

  Kind kind = Kind::kConcat;
  Assertion assertion = Assertion::kTextStart;
  bool lazy = false;
  uint32_t min = 0;
  uint32_t max = 0;
  int group = 0;
  std::string name;  // of a group; "" if it has none
  ByteSet set;
  std::vector<RegexNode> parts;

  static RegexNode Set(const ByteSet& set);
  static RegexNode Concat(std::vector<RegexNode> parts);
  static RegexNode Alternate(std::vector<RegexNode> parts);
  static RegexNode Repeat(RegexNode part, uint32_t min, uint32_t max);
  static RegexNode Assert(Assertion assertion);

  bool IsSet() const { return kind == Kind::kSet; }
  bool IsEmpty() const { return kind == Kind::kConcat && parts.empty(); }
};

// No length is known: the regex can match strings of any length.
constexpr uint64_t kUnboundedLength = UINT64_MAX;

// How short and how long a string that matches can be, in bytes.
uint64_t MinLength(const RegexNode& node);
uint64_t MaxLength(const RegexNode& node);

// Sums and products of lengths in which kUnboundedLength stays what it is.
uint64_t AddLengths(uint64_t a, uint64_t b);
uint64_t MultiplyLength(uint64_t length, uint64_t times);

// How often a string that matches can hold `byte`.
uint64_t MaxCountOf(uint8_t byte, const RegexNode& node);

// True if some assertion of this kind stands anywhere in the tree.
bool HasAssertion(const RegexNode& node, RegexNode::Assertion assertion);

// The regex in the syntax that RE2 (Latin-1) and Hyperscan share, readable and
// free of flags but for scoped ones. Groups keep numbers and names only
// with `captures`; else they become (?:…) where needed.
std::string PrintRegex(const RegexNode& node, bool captures);

}  // namespace keysift
