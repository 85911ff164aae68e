// SPDX-License-Identifier: Apache-2.0
#include "content/decoded_key.h"

#include <cctype>
#include <string_view>

namespace keysift {
namespace {

constexpr int64_t kMaxKey = 64;
constexpr int64_t kMaxGap = 72;  // an indentation is part of it

bool IsKeyByte(int byte) {
  return byte > 0 &&
         (std::isalnum(byte) != 0 || byte == '_' || byte == '-' || byte == '.');
}

class KeySearch {
 public:
  explicit KeySearch(Sight* sight) : sight_(sight) {}

  Span Find(int64_t value) {
    int64_t at = value;
    SkipCall(&at);
    SkipBack(&at, " \t\"'`\\\n\r|>-(", kMaxGap);
    // The gap may have eaten the end of a tag: look there first.
    for (int64_t i = value; i > at; --i) {
      if (sight_->At(i - 1) == '>') {
        const Span tag = Name(i - 1);
        if (sight_->At(static_cast<int64_t>(tag.begin) - 1) == '<') {
          return tag;
        }
      }
    }
    const int sign = sight_->At(at - 1);
    if (sign != ':' && sign != '=') {
      return Span{0, 0};
    }
    SkipBack(&at, ":=> \t\"'`\\", 8);
    const Span key = Name(at);
    return IsValueAttribute(key) ? OtherAttribute(key) : key;
  }

 private:
  // name = base64.b64decode("value").
  void SkipCall(int64_t* at) {
    int64_t open = *at;
    SkipBack(&open, "\"'`b", 2);
    if (sight_->At(open - 1) == '(') {
      const Span callee = Name(open - 1);
      *at = callee.empty() ? *at : static_cast<int64_t>(callee.begin);
    }
  }

  void SkipBack(int64_t* at, std::string_view skipped, int64_t most) {
    for (int64_t i = 0; i < most; ++i) {
      const int byte = sight_->At(*at - 1);
      if (byte <= 0 ||
          skipped.find(static_cast<char>(byte)) == std::string_view::npos) {
        return;
      }
      --*at;
    }
  }

  Span Name(int64_t end) {
    int64_t begin = end;
    while (end - begin < kMaxKey && IsKeyByte(sight_->At(begin - 1))) {
      --begin;
    }
    return Span{static_cast<uint64_t>(begin), static_cast<uint64_t>(end)};
  }

  bool IsValueAttribute(const Span& key) {
    constexpr std::string_view kValue = "value";
    if (key.size() != kValue.size()) {
      return false;
    }
    for (uint64_t i = 0; i < kValue.size(); ++i) {
      if (sight_->At(static_cast<int64_t>(key.begin + i)) != kValue[i]) {
        return false;
      }
    }
    return true;
  }

  // key="name" or name="name" right before.
  Span OtherAttribute(const Span& value) {
    int64_t at = static_cast<int64_t>(value.begin);
    SkipBack(&at, " \t", 4);
    if (sight_->At(at - 1) != '"') {
      return value;
    }
    const Span name = Name(at - 1);
    return name.empty() ? value : name;
  }

  Sight* sight_;
};

}  // namespace

Span FindKeyBefore(Sight* sight, uint64_t value_begin) {
  return KeySearch(sight).Find(static_cast<int64_t>(value_begin));
}

}  // namespace keysift
