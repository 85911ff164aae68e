// SPDX-License-Identifier: Apache-2.0
// A recursive-descent parser: alternation > concatenation > repetition > atom.
// Flags are resolved while parsing, so the tree has none.
#include "rule/regex_syntax.h"

#include <utility>
#include <vector>

#include "rule/regex_escape.h"

namespace keysift {
namespace {

using Kind = RegexNode::Kind;
using Assertion = RegexNode::Assertion;

constexpr int kMaxDepth = 100;
constexpr uint32_t kMaxCount = 1000;  // RE2's own

struct Flags {
  bool fold = false;         // i
  bool lines = false;        // m
  bool dot_newline = false;  // s
  bool swap_lazy = false;    // U
};

bool SetFlag(char letter, bool on, Flags* flags) {
  switch (letter) {
    case 'i':
      flags->fold = on;
      return true;
    case 'm':
      flags->lines = on;
      return true;
    case 's':
      flags->dot_newline = on;
      return true;
    case 'U':
      flags->swap_lazy = on;
      return true;
    default:
      return false;
  }
}

class Parser {
 public:
  explicit Parser(std::string_view text) : cursor_{text} {}

  Result<Regex> Parse() {
    Result<RegexNode> root = ParseAlternation(0);
    if (!root) {
      return tl::unexpected(root.error());
    }
    if (!cursor_.AtEnd()) {
      return cursor_.FailHere("a \")\" that closes nothing; write \\)");
    }
    Result<void> counts = CheckCounts(*root, 1);
    if (!counts) {
      return tl::unexpected(counts.error());
    }
    Regex regex;
    regex.text =
        cursor_.differs ? PrintRegex(*root, true) : std::string(cursor_.text);
    regex.root = std::move(*root);
    regex.groups = groups_;
    return regex;
  }

 private:
  Result<RegexNode> ParseAlternation(int depth) {
    if (depth > kMaxDepth) {
      return cursor_.FailHere("groups nested too deep; at most 100");
    }
    std::vector<RegexNode> branches;
    do {
      Result<RegexNode> branch = ParseBranch(depth);
      if (!branch) {
        return branch;
      }
      branches.push_back(std::move(*branch));
    } while (cursor_.Take("|"));
    return RegexNode::Alternate(std::move(branches));
  }

  Result<RegexNode> ParseBranch(int depth) {
    std::vector<RegexNode> parts;
    while (!cursor_.AtEnd() && cursor_.Peek() != '|' && cursor_.Peek() != ')') {
      if (cursor_.Take("\\Q")) {
        TakeQuoted(&parts);
        continue;
      }
      Result<RegexNode> atom = ParseAtom(depth);
      if (!atom) {
        return atom;
      }
      Result<RegexNode> repeated = ParseCounts(std::move(*atom));
      if (!repeated) {
        return repeated;
      }
      if (!repeated->IsEmpty()) {
        parts.push_back(std::move(*repeated));
      }
    }
    return RegexNode::Concat(std::move(parts));
  }

  // Behind \Q: everything up to \E is literal.
  void TakeQuoted(std::vector<RegexNode>* parts) {
    cursor_.differs = true;
    while (!cursor_.AtEnd() && !cursor_.Take("\\E")) {
      parts->push_back(Literal(OneByte(static_cast<uint8_t>(cursor_.Peek()))));
      ++cursor_.position;
    }
  }

  RegexNode Literal(const ByteSet& set) {
    // RE2 would fold these beyond ASCII, Hyperscan would not.
    cursor_.differs |= flags_.fold && (set & ByteRange(0x80, 0xff)).any();
    return RegexNode::Set(flags_.fold ? FoldAscii(set) : set);
  }

  Result<RegexNode> ParseAtom(int depth) {
    char next = cursor_.Peek();
    switch (next) {
      case '(':
        return ParseGroup(depth);
      case '[': {
        Result<ByteSet> set = ParseClass(&cursor_, flags_.fold);
        if (!set) {
          return tl::unexpected(set.error());
        }
        return Literal(*set);
      }
      case '\\':
        return ParseBackslash();
      case '*':
      case '+':
      case '?':
        return cursor_.FailHere("nothing to repeat here; write \\" +
                                std::string(1, next) + " for the byte");
      default:
        break;
    }
    ++cursor_.position;
    switch (next) {
      case '.':
        return RegexNode::Set(flags_.dot_newline ? ~ByteSet() : ~OneByte('\n'));
      case '^':
        return RegexNode::Assert(flags_.lines ? Assertion::kLineStart
                                              : Assertion::kTextStart);
      case '$':
        return RegexNode::Assert(flags_.lines ? Assertion::kLineEnd
                                              : Assertion::kTextEnd);
      default:
        return Literal(OneByte(static_cast<uint8_t>(next)));
    }
  }

  Result<RegexNode> ParseBackslash() {
    if (cursor_.Take("\\b")) {
      return RegexNode::Assert(Assertion::kWordBorder);
    }
    if (cursor_.Take("\\B")) {
      return RegexNode::Assert(Assertion::kNoWordBorder);
    }
    if (cursor_.Take("\\A")) {
      return RegexNode::Assert(Assertion::kTextStart);
    }
    if (cursor_.Take("\\z")) {
      return RegexNode::Assert(Assertion::kTextEnd);
    }
    Result<ByteSet> set = ParseEscape(&cursor_);
    if (!set) {
      return tl::unexpected(set.error());
    }
    return Literal(*set);
  }

  Result<RegexNode> ParseGroup(int depth) {
    size_t start = cursor_.position;
    Flags outer = flags_;
    int group = 0;
    std::string name;
    if (cursor_.Take("(?P<") || cursor_.Take("(?<")) {
      if (cursor_.StartsWith("=") || cursor_.StartsWith("!")) {
        return RefuseLookAround(start);
      }
      cursor_.differs |= cursor_.text[cursor_.position - 2] != 'P';
      Result<std::string> read = ParseName();
      if (!read) {
        return tl::unexpected(read.error());
      }
      name = *read;
      group = ++groups_;
    } else if (cursor_.Take("(?")) {
      Result<bool> opens = ParseFlags(start);
      if (!opens) {
        return tl::unexpected(opens.error());
      }
      if (!*opens) {
        return RegexNode();  // (?i): holds up to the end of this group
      }
    } else {
      ++cursor_.position;
      group = ++groups_;
    }
    Result<RegexNode> inside = ParseAlternation(depth + 1);
    if (!inside) {
      return inside;
    }
    if (!cursor_.Take(")")) {
      return cursor_.FailAt(start, "a group without its end; add \")\"");
    }
    flags_ = outer;
    return group == 0 ? std::move(*inside)
                      : Captured(std::move(*inside), group, std::move(name));
  }

  static RegexNode Captured(RegexNode inside, int group, std::string name) {
    RegexNode node;
    node.kind = Kind::kGroup;
    node.group = group;
    node.name = std::move(name);
    node.parts.push_back(std::move(inside));
    return node;
  }

  Result<std::string> ParseName() {
    size_t start = cursor_.position;
    size_t end = cursor_.text.find('>', start);
    std::string name(cursor_.text.substr(
        start, end == std::string_view::npos ? end : end - start));
    bool good = end != std::string_view::npos && !name.empty();
    for (char letter : name) {
      good = good && WordBytes()[static_cast<uint8_t>(letter)];
    }
    if (!good) {
      return cursor_.FailAt(start,
                            "a group's name is made of letters, digits and "
                            "\"_\", as in (?P<secret>x)");
    }
    cursor_.position = end + 1;
    return name;
  }

  tl::unexpected<Error> RefuseLookAround(size_t start) const {
    return cursor_.FailAt(
        start,
        "look-around is not supported; match the neighbour itself and mark "
        "the secret with a group, or drop what must not match by an allowlist");
  }

  // Behind "(?". True: a group's inside follows. False: the flags stand alone.
  Result<bool> ParseFlags(size_t start) {
    if (cursor_.StartsWith("=") || cursor_.StartsWith("!")) {
      return RefuseLookAround(start);
    }
    if (cursor_.StartsWith("P=") || cursor_.StartsWith("P>")) {
      return cursor_.FailAt(start,
                            "back-references are not supported; list the "
                            "cases, as in \"[^\"]*\"|'[^']*'");
    }
    if (cursor_.StartsWith(">")) {
      return cursor_.FailAt(start,
                            "atomic groups are not supported; write (?:x): "
                            "neither engine backtracks");
    }
    bool on = true;
    while (!cursor_.AtEnd()) {
      char letter = cursor_.Peek();
      ++cursor_.position;
      if (letter == ':' || letter == ')') {
        return letter == ':';
      }
      if (letter == '-' && on) {
        on = false;
      } else if (!SetFlag(letter, on, &flags_)) {
        break;
      }
    }
    return cursor_.FailAt(start,
                          "this kind of group is not supported; there are "
                          "(x) (?:x) (?P<name>x) and the flags (?i) (?m) (?s) "
                          "(?U)");
  }

  // {n}, {n,}, {n,m} at the cursor. False, and nothing read, if it is none.
  bool TakeBraces(uint32_t* min, uint32_t* max) {
    size_t start = cursor_.position;
    bool taken = cursor_.Take("{") && TakeNumber(min);
    *max = *min;
    if (taken && cursor_.Take(",") && !TakeNumber(max)) {
      *max = RegexNode::kUnbounded;
    }
    taken = taken && cursor_.Take("}");
    cursor_.position = taken ? cursor_.position : start;
    return taken;
  }

  bool TakeNumber(uint32_t* number) {
    size_t start = cursor_.position;
    *number = 0;
    while (!cursor_.AtEnd() && '0' <= cursor_.Peek() && cursor_.Peek() <= '9') {
      // More than any limit is as good as its true value.
      *number =
          *number > kMaxCount
              ? *number
              : *number * 10 + static_cast<uint32_t>(cursor_.Peek() - '0');
      ++cursor_.position;
    }
    return cursor_.position > start;
  }

  bool TakeCount(uint32_t* min, uint32_t* max) {
    if (cursor_.Take("*")) {
      *min = 0;
      *max = RegexNode::kUnbounded;
    } else if (cursor_.Take("+")) {
      *min = 1;
      *max = RegexNode::kUnbounded;
    } else if (cursor_.Take("?")) {
      *min = 0;
      *max = 1;
    } else {
      return TakeBraces(min, max);
    }
    return true;
  }

  // The atom, with the repetition that follows it, if any.
  Result<RegexNode> ParseCounts(RegexNode atom) {
    size_t start = cursor_.position;
    if (cursor_.StartsWith("{,")) {
      return cursor_.FailHere("write {0,n} for at most n, or \\{ for the byte");
    }
    uint32_t min = 0;
    uint32_t max = 0;
    if (!TakeCount(&min, &max)) {
      return atom;
    }
    if (min > kMaxCount || (max > kMaxCount && max != RegexNode::kUnbounded) ||
        min > max) {
      return cursor_.FailAt(start, "in {n,m}, n is at most m and m at most " +
                                       std::to_string(kMaxCount));
    }
    if (atom.kind == Kind::kAssert || atom.IsEmpty()) {
      return cursor_.FailAt(start,
                            "nothing to repeat here: what stands before "
                            "matches no byte");
    }
    RegexNode node = RegexNode::Repeat(std::move(atom), min, max);
    node.lazy = cursor_.Take("?") != flags_.swap_lazy;
    size_t after = cursor_.position;
    if (cursor_.StartsWith("+")) {
      return cursor_.FailHere(
          "possessive repetition is not supported; leave the last \"+\" out: "
          "neither engine backtracks");
    }
    if (TakeCount(&min, &max)) {
      return cursor_.FailAt(after,
                            "a repetition of a repetition; write (?:x{2}){3}");
    }
    return node;
  }

  // RE2 refuses nested counts whose product is over its limit.
  Result<void> CheckCounts(const RegexNode& node, uint64_t product) {
    if (node.kind == Kind::kRepeat) {
      uint64_t count = node.max == RegexNode::kUnbounded ? node.min : node.max;
      product *= count == 0 ? 1 : count;
      if (product > kMaxCount) {
        return Fail(ErrorKind::kUsage,
                    "nested repetitions multiply to more than " +
                        std::to_string(kMaxCount) + "; lower one of them");
      }
    }
    for (const RegexNode& part : node.parts) {
      Result<void> checked = CheckCounts(part, product);
      if (!checked) {
        return checked;
      }
    }
    return {};
  }

  RegexCursor cursor_;
  Flags flags_;
  int groups_ = 0;
};

}  // namespace

Result<Regex> ParseRegex(std::string_view text) { return Parser(text).Parse(); }

}  // namespace keysift
