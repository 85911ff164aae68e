// SPDX-License-Identifier: Apache-2.0
#include "rule/regex_match.h"

#include <algorithm>

namespace keysift {
namespace {

bool IsWordAt(std::string_view text, size_t position) {
  return position < text.size() &&
         WordBytes()[static_cast<uint8_t>(text[position])];
}

bool Holds(RegexNode::Assertion assertion, std::string_view text, size_t at) {
  switch (assertion) {
    case RegexNode::Assertion::kTextStart:
      return at == 0;
    case RegexNode::Assertion::kTextEnd:
      return at == text.size();
    case RegexNode::Assertion::kLineStart:
      return at == 0 || text[at - 1] == '\n';
    case RegexNode::Assertion::kLineEnd:
      return at == text.size() || text[at] == '\n';
    case RegexNode::Assertion::kWordBorder:
    case RegexNode::Assertion::kNoWordBorder:
      break;
  }
  bool border = (at > 0 && IsWordAt(text, at - 1)) != IsWordAt(text, at);
  return border == (assertion == RegexNode::Assertion::kWordBorder);
}

bool Any(const Positions& positions) {
  return std::find(positions.begin(), positions.end(), true) != positions.end();
}

// Adds `from` to `to`; true if that changed it.
bool Merge(const Positions& from, Positions* to) {
  bool changed = false;
  for (size_t i = 0; i < from.size(); ++i) {
    changed = changed || (from[i] && !(*to)[i]);
    (*to)[i] = (*to)[i] || from[i];
  }
  return changed;
}

Positions RepeatEnds(const RegexNode& node, std::string_view text,
                     Positions current) {
  for (uint32_t i = 0; i < node.min && Any(current); ++i) {
    current = MatchEnds(node.parts[0], text, current);
  }
  Positions ends = current;
  for (uint32_t i = node.min; i < node.max && Any(current); ++i) {
    current = MatchEnds(node.parts[0], text, current);
    if (!Merge(current, &ends)) {
      break;
    }
  }
  return ends;
}

}  // namespace

Positions MatchEnds(const RegexNode& node, std::string_view text,
                    const Positions& starts) {
  Positions ends(text.size() + 1);
  switch (node.kind) {
    case RegexNode::Kind::kSet:
      for (size_t i = 0; i < text.size(); ++i) {
        ends[i + 1] = starts[i] && node.set[static_cast<uint8_t>(text[i])];
      }
      return ends;
    case RegexNode::Kind::kAssert:
      for (size_t i = 0; i <= text.size(); ++i) {
        ends[i] = starts[i] && Holds(node.assertion, text, i);
      }
      return ends;
    case RegexNode::Kind::kAlternate:
      for (const RegexNode& part : node.parts) {
        Merge(MatchEnds(part, text, starts), &ends);
      }
      return ends;
    case RegexNode::Kind::kRepeat:
      return RepeatEnds(node, text, starts);
    case RegexNode::Kind::kConcat:
    case RegexNode::Kind::kGroup:
      break;
  }
  ends = starts;
  for (const RegexNode& part : node.parts) {
    ends = MatchEnds(part, text, ends);
  }
  return ends;
}

Positions MatchEndsFrom(const RegexNode& node, std::string_view text,
                        size_t start) {
  Positions starts(text.size() + 1);
  starts[start] = true;
  return MatchEnds(node, text, starts);
}

Positions AllMatchEnds(const RegexNode& node, std::string_view text) {
  return MatchEnds(node, text, Positions(text.size() + 1, true));
}

}  // namespace keysift
