// SPDX-License-Identifier: Apache-2.0
#include "rule/hit_row.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "rule/rarity.h"

namespace keysift {
namespace {

using Kind = RegexNode::Kind;

constexpr uint64_t kMaxCoreWidth = 24;
constexpr uint64_t kMaxUnrolled = 64;
constexpr size_t kSmallSet = 4;  // as good as a literal

// Words that source code is full of, whatever their letters say: each counts
// for kCommonWordBits at most. Longer ones before those that they hold.
constexpr std::array<std::string_view, 46> kCommonWords = {
    "authorization", "credential", "password", "security", "webhook", "account",
    "private",       "service",    "session",  "project",  "license", "version",
    "default",       "passwd",     "secret",   "client",   "access",  "bearer",
    "server",        "public",     "config",   "string",   "signing", "token",
    "admin",         "email",      "oauth",    "login",    "value",   "image",
    "error",         "https",      "auth",     "data",     "file",    "host",
    "name",          "pass",       "port",     "test",     "type",    "user",
    "http",          "key",        "api",      "app"};
constexpr double kCommonWordBits = 9;

bool IsFixedCount(const RegexNode& node) {
  return node.kind == Kind::kRepeat && node.min == node.max;
}

// Without groups and assertions. Never matches less.
RegexNode Strip(const RegexNode& node) {
  switch (node.kind) {
    case Kind::kSet:
      return RegexNode::Set(node.set);
    case Kind::kAssert:
      return RegexNode();
    case Kind::kGroup:
      return Strip(node.parts[0]);
    case Kind::kRepeat: {
      RegexNode inside = Strip(node.parts[0]);
      if (node.max == 0 || inside.IsEmpty()) {
        return RegexNode();
      }
      return RegexNode::Repeat(std::move(inside), node.min, node.max);
    }
    case Kind::kConcat:
    case Kind::kAlternate:
      break;
  }
  std::vector<RegexNode> parts;
  ByteSet all;
  for (const RegexNode& part : node.parts) {
    RegexNode stripped = Strip(part);
    if (node.kind == Kind::kAlternate || !stripped.IsEmpty()) {
      all |= stripped.set;
      parts.push_back(std::move(stripped));
    }
  }
  if (node.kind == Kind::kConcat) {
    return RegexNode::Concat(std::move(parts));
  }
  if (std::all_of(parts.begin(), parts.end(),
                  [](const RegexNode& part) { return part.IsSet(); })) {
    return RegexNode::Set(all);
  }
  return RegexNode::Alternate(std::move(parts));
}

}  // namespace

void AppendRow(const RegexNode& node, RegexRow* row) {
  if (node.kind == Kind::kConcat) {
    for (const RegexNode& part : node.parts) {
      AppendRow(part, row);
    }
    return;
  }
  if (node.kind != Kind::kRepeat || node.parts[0].IsSet() || node.min == 0) {
    bool once = node.kind == Kind::kRepeat && node.min == 1 && node.max == 1;
    row->push_back(once ? node.parts[0] : node);
    return;
  }
  bool unroll = IsFixedCount(node) && MaxLength(node) <= kMaxUnrolled;
  uint32_t copies = unroll ? node.min : 1;
  for (uint32_t i = 0; i < copies; ++i) {
    AppendRow(node.parts[0], row);
  }
  if (node.max > copies) {
    bool unbounded = node.max == RegexNode::kUnbounded;
    row->push_back(RegexNode::Repeat(node.parts[0], node.min - copies,
                                     unbounded ? node.max : node.max - copies));
  }
}

RegexRow RowOf(const RegexNode& regex) {
  RegexRow row;
  AppendRow(Strip(regex), &row);
  return row;
}

namespace {

std::optional<double> LiteralBits(const RegexNode& item);

// The lower-case letter that a set stands for, with or without the other case;
// 0 if it is none.
char LetterOf(const RegexNode& item) {
  if (!item.IsSet()) {
    return 0;
  }
  for (char letter = 'a'; letter <= 'z'; ++letter) {
    ByteSet one = OneByte(static_cast<uint8_t>(letter));
    if (item.set == one || item.set == FoldAscii(one)) {
      return letter;
    }
  }
  return 0;
}

// What the common words of items [begin, end) count for too much.
double ExcessOfCommonWords(const RegexRow& row, size_t begin, size_t end) {
  std::string text;
  for (size_t i = begin; i < end; ++i) {
    text.push_back(LetterOf(row[i]));
  }
  double excess = 0;
  for (std::string_view word : kCommonWords) {
    for (size_t at = text.find(word); at != std::string::npos;
         at = text.find(word, at)) {
      double bits = 0;
      for (size_t i = 0; i < word.size(); ++i) {
        bits += Rarity(row[begin + at + i].set);
        text[at + i] = 0;
      }
      excess += std::max(0.0, bits - kCommonWordBits);
    }
  }
  return excess;
}

std::optional<double> BranchBits(const RegexNode& branch) {
  RegexRow items;
  AppendRow(branch, &items);
  double bits = 0;
  for (const RegexNode& item : items) {
    std::optional<double> part = LiteralBits(item);
    if (!part) {
      return std::nullopt;
    }
    bits += *part;
  }
  bits -= ExcessOfCommonWords(items, 0, items.size());
  return items.empty() ? std::nullopt : std::optional<double>(bits);
}

// The rarity of an item that is as good as a literal; nullopt for the others.
std::optional<double> LiteralBits(const RegexNode& item) {
  if (item.IsSet() && item.set.count() <= kSmallSet) {
    return Rarity(item.set);
  }
  if (IsFixedCount(item) && item.min <= 8 && item.parts[0].IsSet() &&
      item.parts[0].set.count() <= kSmallSet) {
    return item.min * Rarity(item.parts[0].set);
  }
  if (item.kind != Kind::kAlternate || MaxLength(item) > kMaxCoreWidth) {
    return std::nullopt;
  }
  double share = 0;
  for (const RegexNode& branch : item.parts) {
    std::optional<double> bits = BranchBits(branch);
    if (!bits) {
      return std::nullopt;
    }
    share += std::exp2(-*bits);
  }
  return std::max(0.0, -std::log2(share));
}

// An optional byte, as in api[_-]?key: may lie inside of a core.
bool IsGlue(const RegexNode& item) {
  return item.kind == Kind::kRepeat && item.max == 1 && item.parts[0].IsSet();
}

}  // namespace

std::vector<LiteralCore> FindCores(const RegexRow& row) {
  std::vector<LiteralCore> cores;
  size_t i = 0;
  while (i < row.size()) {
    if (!LiteralBits(row[i])) {
      ++i;
      continue;
    }
    LiteralCore core{i, i, 0, 0};
    uint64_t width = 0;
    for (; i < row.size(); ++i) {
      std::optional<double> bits = LiteralBits(row[i]);
      width += bits || IsGlue(row[i]) ? MaxLength(row[i]) : 0;
      if ((!bits && !IsGlue(row[i])) || width > kMaxCoreWidth) {
        break;
      }
      if (bits) {
        core.end = i + 1;
        core.bits += *bits;
        core.width = width;
      }
    }
    i = std::max(i, core.begin + 1);
    if (core.end > core.begin) {
      core.bits -= ExcessOfCommonWords(row, core.begin, core.end);
      cores.push_back(core);
    }
  }
  return cores;
}

}  // namespace keysift
