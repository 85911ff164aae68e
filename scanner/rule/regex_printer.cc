// SPDX-License-Identifier: Apache-2.0
// Prints regex trees. A reader of `rules show` sees the result, so common sets
// are named (\d, \w) and runs of two-case letters become (?i:…).
#include <cassert>
#include <string>
#include <string_view>

#include "rule/regex_node.h"

namespace keysift {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

void AppendHex(size_t byte, std::string* out) {
  *out += "\\x";
  out->push_back(kHexDigits[byte >> 4]);
  out->push_back(kHexDigits[byte & 15]);
}

// `special`: what must be escaped here, of the printable ones.
void AppendByte(size_t byte, std::string_view special, std::string* out) {
  constexpr std::string_view kNamed = "\t\n\v\f\r";
  constexpr std::string_view kNames = "tnvfr";
  char character = static_cast<char>(byte);
  size_t named = kNamed.find(character);
  if (named != std::string_view::npos) {
    out->push_back('\\');
    out->push_back(kNames[named]);
  } else if (byte < 0x20 || byte >= 0x7f) {
    AppendHex(byte, out);
  } else {
    if (special.find(character) != std::string_view::npos) {
      out->push_back('\\');
    }
    out->push_back(character);
  }
}

void AppendLiteral(size_t byte, std::string* out) {
  AppendByte(byte, "\\.+*?()|[]{}^$", out);
}

size_t FirstByte(const ByteSet& set) {
  size_t byte = 0;
  while (byte < set.size() && !set[byte]) {
    ++byte;
  }
  return byte;
}

// The inside of [...], without a leading ^.
void AppendMembers(ByteSet set, std::string* out) {
  if ((set & WordBytes()) == WordBytes()) {
    *out += "\\w";
    set &= ~WordBytes();
  }
  bool dash = set['-'];
  set.reset('-');
  for (size_t byte = 0; byte < set.size(); ++byte) {
    if (!set[byte]) {
      continue;
    }
    size_t last = byte;
    while (last + 1 < set.size() && set[last + 1]) {
      ++last;
    }
    AppendByte(byte, "\\[]^", out);
    if (last > byte + 1) {
      out->push_back('-');
    }
    if (last > byte) {
      AppendByte(last, "\\[]^", out);
    }
    byte = last;
  }
  if (dash) {
    out->push_back('-');
  }
}

void AppendSet(const ByteSet& set, std::string* out) {
  if (set.count() == 1) {
    AppendLiteral(FirstByte(set), out);
  } else if (set.all()) {
    *out += "(?s:.)";
  } else if (set == ~OneByte('\n')) {
    *out += ".";
  } else if (set == Digits()) {
    *out += "\\d";
  } else if (set == ~Digits()) {
    *out += "\\D";
  } else if (set == WordBytes()) {
    *out += "\\w";
  } else if (set == ~WordBytes()) {
    *out += "\\W";
  } else if (set.none()) {
    *out += "[^\\x00-\\xff]";
  } else {
    bool negated = set.count() > 128;
    *out += negated ? "[^" : "[";
    AppendMembers(negated ? ~set : set, out);
    *out += "]";
  }
}

void AppendAssertion(RegexNode::Assertion assertion, std::string* out) {
  switch (assertion) {
    case RegexNode::Assertion::kTextStart:
      *out += "\\A";
      break;
    case RegexNode::Assertion::kTextEnd:
      *out += "\\z";
      break;
    case RegexNode::Assertion::kLineStart:
      *out += "(?m:^)";
      break;
    case RegexNode::Assertion::kLineEnd:
      *out += "(?m:$)";
      break;
    case RegexNode::Assertion::kWordBorder:
      *out += "\\b";
      break;
    case RegexNode::Assertion::kNoWordBorder:
      *out += "\\B";
      break;
  }
}

// Both cases of one letter, and nothing else.
bool IsLetterPair(const RegexNode& node) {
  if (node.kind != RegexNode::Kind::kSet || node.set.count() != 2) {
    return false;
  }
  size_t first = FirstByte(node.set);
  return 'A' <= first && first <= 'Z' && node.set[first + ('a' - 'A')];
}

// A byte that reads the same under (?i).
bool IsCaseless(const RegexNode& node) {
  return IsLetterPair(node) ||
         (node.kind == RegexNode::Kind::kSet && node.set.count() == 1 &&
          FoldAscii(node.set) == node.set && FirstByte(node.set) < 0x80);
}

class Printer {
 public:
  explicit Printer(bool captures) : captures_(captures) {}

  void Append(const RegexNode& node) {
    switch (node.kind) {
      case RegexNode::Kind::kSet:
        AppendSet(node.set, &out);
        break;
      case RegexNode::Kind::kAssert:
        AppendAssertion(node.assertion, &out);
        break;
      case RegexNode::Kind::kConcat:
        AppendConcat(node);
        break;
      case RegexNode::Kind::kAlternate:
        AppendBranches(node);
        break;
      case RegexNode::Kind::kRepeat:
        AppendAtom(node.parts[0]);
        AppendCounts(node);
        break;
      case RegexNode::Kind::kGroup:
        AppendGroup(node);
        break;
    }
  }

  std::string out;

 private:
  void AppendConcat(const RegexNode& node) {
    for (size_t i = 0; i < node.parts.size(); ++i) {
      size_t end = CaselessRun(node, i);
      if (end > i) {
        out += "(?i:";
        for (; i < end; ++i) {
          size_t byte = FirstByte(node.parts[i].set);
          AppendLiteral(IsLetterPair(node.parts[i]) ? byte + ('a' - 'A') : byte,
                        &out);
        }
        out += ")";
        --i;
      } else {
        AppendInRow(node.parts[i]);
      }
    }
  }

  // The end of the longest caseless run from `begin` that starts and ends with
  // a letter pair and holds two or more; `begin` if there is none.
  static size_t CaselessRun(const RegexNode& node, size_t begin) {
    if (!IsLetterPair(node.parts[begin])) {
      return begin;
    }
    size_t end = begin;
    for (size_t i = begin; i < node.parts.size() && IsCaseless(node.parts[i]);
         ++i) {
      if (IsLetterPair(node.parts[i])) {
        end = i + 1;
      }
    }
    return end - begin >= 2 ? end : begin;
  }

  void AppendBranches(const RegexNode& node) {
    for (size_t i = 0; i < node.parts.size(); ++i) {
      if (i > 0) {
        out += "|";
      }
      Append(node.parts[i]);
    }
  }

  // As a part of a concatenation.
  void AppendInRow(const RegexNode& node) {
    if (node.kind == RegexNode::Kind::kAlternate) {
      AppendWrapped(node);
    } else {
      Append(node);
    }
  }

  void AppendWrapped(const RegexNode& node) {
    out += "(?:";
    Append(node);
    out += ")";
  }

  // As something that a repetition may follow.
  void AppendAtom(const RegexNode& node) {
    if (node.kind == RegexNode::Kind::kGroup && !captures_) {
      AppendAtom(node.parts[0]);
    } else if (node.kind == RegexNode::Kind::kSet ||
               (node.kind == RegexNode::Kind::kGroup && captures_)) {
      Append(node);
    } else {
      AppendWrapped(node);
    }
  }

  void AppendGroup(const RegexNode& node) {
    if (!captures_) {
      AppendInRow(node.parts[0]);
      return;
    }
    out += node.name.empty() ? "(" : "(?P<" + node.name + ">";
    Append(node.parts[0]);
    out += ")";
  }

  void AppendCounts(const RegexNode& node) {
    bool unbounded = node.max == RegexNode::kUnbounded;
    if (unbounded && node.min <= 1) {
      out += node.min == 0 ? "*" : "+";
    } else if (node.min == 0 && node.max == 1) {
      out += "?";
    } else {
      out += "{";
      out += std::to_string(node.min);
      if (unbounded) {
        out += ",";
      } else if (node.max != node.min) {
        out += ",";
        out += std::to_string(node.max);
      }
      out += "}";
    }
    if (node.lazy) {
      out += "?";
    }
  }

  bool captures_;
};

}  // namespace

std::string PrintRegex(const RegexNode& node, bool captures) {
  Printer printer(captures);
  printer.Append(node);
  return std::move(printer.out);
}

}  // namespace keysift
