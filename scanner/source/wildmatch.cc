// SPDX-License-Identifier: Apache-2.0
#include "source/wildmatch.h"

#include <cctype>
#include <string>
#include <utility>

// Problem: match git's ignore patterns as git does (gitignore(5), "PATTERN
// FORMAT"), on patterns that a repository under scan may have made to be slow.
// Idea: no backtracking. The pattern becomes a list of tokens; all positions in
// it that the text read so far can have led to are kept at once, so a byte of
// text costs at most one step per token (Thompson's simulation, CACM 1968).
// A token kFolders stands for "**/": nothing, or anything up to a slash.
// Rejected: fnmatch(3), which has no ** and other brackets.
// Cost: O(tokens × text). Test: tests/source/wildmatch_test.cc, and
// ignore_rules_test.cc, which asks git itself.

namespace keysift {
namespace {

using ClassTest = int (*)(int);

ClassTest NamedClass(std::string_view name) {
  struct Entry {
    std::string_view name;
    ClassTest test;
  };
  static constexpr Entry kEntries[] = {
      {"alnum", std::isalnum}, {"alpha", std::isalpha},
      {"blank", std::isblank}, {"cntrl", std::iscntrl},
      {"digit", std::isdigit}, {"graph", std::isgraph},
      {"lower", std::islower}, {"print", std::isprint},
      {"punct", std::ispunct}, {"space", std::isspace},
      {"upper", std::isupper}, {"xdigit", std::isxdigit}};
  for (const Entry& entry : kEntries) {
    if (entry.name == name) {
      return entry.test;
    }
  }
  return nullptr;
}

uint8_t Byte(std::string_view text, size_t at) {
  return static_cast<uint8_t>(text[at]);
}

// What stands at one place inside a bracket: a byte, or a named class.
struct BracketItem {
  bool is_class = false;
  std::string_view name;
  uint8_t byte = 0;
  size_t next = 0;  // npos: the bracket is broken
};

BracketItem ReadItem(std::string_view pattern, size_t at) {
  BracketItem item;
  item.next = std::string_view::npos;
  if (pattern[at] == '[' && at + 1 < pattern.size() && pattern[at + 1] == ':') {
    const size_t close = pattern.find(']', at + 2);
    if (close == std::string_view::npos) {
      return item;
    }
    if (close > at + 2 && pattern[close - 1] == ':') {
      item.is_class = true;
      item.name = pattern.substr(at + 2, close - 1 - (at + 2));
      item.next = close + 1;
      return item;
    }
  }
  if (pattern[at] == '\\') {
    ++at;
    if (at == pattern.size()) {
      return item;
    }
  }
  item.byte = Byte(pattern, at);
  item.next = at + 1;
  return item;
}

}  // namespace

Wildmatch::Wildmatch(std::string_view pattern, Slash slash) {
  Compile(pattern, slash);
}

void Wildmatch::AddByte(uint8_t byte) {
  Token token;
  token.set.set(byte);
  tokens_.push_back(token);
}

size_t Wildmatch::CompileStars(std::string_view pattern, size_t at,
                               Slash slash) {
  const size_t begin = at;
  while (at < pattern.size() && pattern[at] == '*') {
    ++at;
  }
  const bool starts_part = begin == 0 || pattern[begin - 1] == '/';
  const bool ends_part = at == pattern.size() || pattern[at] == '/';
  const bool whole_parts = at - begin >= 2 && starts_part && ends_part;
  if (slash == Slash::kPath && !whole_parts) {
    tokens_.push_back({Kind::kStar});
  } else if (slash == Slash::kPath && at < pattern.size()) {
    tokens_.push_back({Kind::kFolders});
    ++at;  // the slash
  } else {
    tokens_.push_back({Kind::kStarStar});
  }
  return at;
}

size_t Wildmatch::CompileItem(std::string_view pattern, size_t at,
                              ByteSet* set) {
  const BracketItem item = ReadItem(pattern, at);
  at = item.next;
  if (at == std::string_view::npos) {
    return at;
  }
  if (item.is_class) {
    const ClassTest test = NamedClass(item.name);
    for (int byte = 0; test != nullptr && byte < 128; ++byte) {
      if (test(byte) != 0) {
        set->set(static_cast<size_t>(byte));
      }
    }
    return test == nullptr ? std::string_view::npos : at;
  }
  uint8_t last = item.byte;
  if (at + 1 < pattern.size() && pattern[at] == '-' && pattern[at + 1] != ']') {
    const BracketItem end = ReadItem(pattern, at + 1);
    if (end.next == std::string_view::npos || end.is_class) {
      return std::string_view::npos;
    }
    last = end.byte;
    at = end.next;
  }
  for (int byte = item.byte; byte <= last; ++byte) {
    set->set(static_cast<size_t>(byte));
  }
  return at;
}

size_t Wildmatch::CompileBracket(std::string_view pattern, size_t at,
                                 Slash slash) {
  ++at;  // [
  const bool negated =
      at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^');
  at += negated ? 1 : 0;
  Token token;
  // A ] that comes first is a byte like others.
  for (bool first = true; at < pattern.size() && (first || pattern[at] != ']');
       first = false) {
    at = CompileItem(pattern, at, &token.set);
  }
  if (at >= pattern.size()) {
    return std::string_view::npos;
  }
  if (negated) {
    token.set.flip();
  }
  if (slash == Slash::kPath) {
    token.set.reset('/');
  }
  tokens_.push_back(token);
  return at + 1;
}

void Wildmatch::Compile(std::string_view pattern, Slash slash) {
  size_t at = 0;
  while (at < pattern.size() && !broken_) {
    const char c = pattern[at];
    if (c == '*') {
      at = CompileStars(pattern, at, slash);
    } else if (c == '?') {
      Token any;
      any.set.set();
      any.set.set('/', slash == Slash::kName);
      tokens_.push_back(any);
      ++at;
    } else if (c == '[') {
      at = CompileBracket(pattern, at, slash);
      broken_ = at == std::string_view::npos;
    } else if (c == '\\') {
      broken_ = at + 1 == pattern.size();
      if (!broken_) {
        AddByte(Byte(pattern, at + 1));
      }
      at += 2;
    } else {
      AddByte(Byte(pattern, at));
      ++at;
    }
  }
}

void Wildmatch::SkipEmpty(States* states) const {
  for (size_t i = 0; i < tokens_.size(); ++i) {
    if (states->before[i] && tokens_[i].kind != Kind::kSet) {
      states->before[i + 1] = true;
    }
  }
}

void Wildmatch::Step(const States& now, char c, States* next) const {
  next->before.assign(tokens_.size() + 1, false);
  next->inside.assign(tokens_.size() + 1, false);
  for (size_t i = 0; i < tokens_.size(); ++i) {
    const Token& token = tokens_[i];
    if (token.kind == Kind::kFolders) {
      // Left only behind a slash.
      if (now.before[i] || now.inside[i]) {
        next->inside[i] = true;
        next->before[i + 1] = next->before[i + 1] || c == '/';
      }
    } else if (!now.before[i]) {
      continue;
    } else if (token.kind == Kind::kSet) {
      next->before[i + 1] =
          next->before[i + 1] || token.set[static_cast<uint8_t>(c)];
    } else if (token.kind == Kind::kStarStar || c != '/') {
      next->before[i] = true;
    }
  }
  SkipEmpty(next);
}

bool Wildmatch::Matches(std::string_view text) const {
  if (broken_) {
    return false;
  }
  States now{std::vector<bool>(tokens_.size() + 1),
             std::vector<bool>(tokens_.size() + 1)};
  States next;
  now.before[0] = true;
  SkipEmpty(&now);
  for (const char c : text) {
    Step(now, c, &next);
    std::swap(now, next);
  }
  return now.before[tokens_.size()];
}

}  // namespace keysift
