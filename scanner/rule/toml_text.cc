// SPDX-License-Identifier: Apache-2.0
#include "rule/toml_text.h"

#include <algorithm>

namespace keysift {
namespace {

class TextCheck {
 public:
  explicit TextCheck(std::string_view text) : text_(text) {
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    at_ = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  }

  // True if all is well; else at() is the byte that is not.
  bool Run() {
    while (at_ < text_.size()) {
      const char byte = text_[at_];
      if (byte == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (byte == '"') {
        if (!PassBasicString()) {
          return false;
        }
      } else if (byte == '\'') {
        PassLiteralString();
      } else if (!IsAscii()) {
        return false;
      } else {
        ++at_;
      }
    }
    return true;
  }
  size_t at() const { return at_; }

 private:
  bool IsAscii() const {
    return at_ >= text_.size() || static_cast<uint8_t>(text_[at_]) < 0x80;
  }
  bool StartsWith(std::string_view word) const {
    return text_.substr(at_).starts_with(word);
  }
  bool AtBlank() const {
    return at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) !=
                                     std::string_view::npos;
  }

  // Behind the closing quotes, or at the end of the line that cuts a string
  // off.
  bool PassBasicString() {
    const bool multi = StartsWith("\"\"\"");
    at_ += multi ? 3 : 1;
    while (at_ < text_.size() && (multi || text_[at_] != '\n')) {
      if (text_[at_] == '\\') {
        ++at_;
        const bool joins = AtBlank();
        while (AtBlank()) {
          ++at_;
        }
        if (!IsAscii()) {
          return false;
        }
        at_ += joins ? 0 : 1;
      } else if (multi ? StartsWith("\"\"\"") : text_[at_] == '"') {
        at_ += multi ? 3 : 1;
        PassSurplus(multi, '"');
        return true;
      } else {
        ++at_;
      }
    }
    at_ = std::min(at_, text_.size());
    return true;
  }

  void PassLiteralString() {
    const bool multi = StartsWith("'''");
    at_ += multi ? 3 : 1;
    while (at_ < text_.size() && (multi || text_[at_] != '\n')) {
      if (multi ? StartsWith("'''") : text_[at_] == '\'') {
        at_ += multi ? 3 : 1;
        PassSurplus(multi, '\'');
        return;
      }
      ++at_;
    }
  }

  // Up to two more quotes belong to a string of several lines.
  void PassSurplus(bool multi, char quote) {
    for (int i = 0; multi && i < 2 && at_ < text_.size() && text_[at_] == quote;
         ++i) {
      ++at_;
    }
  }

  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

Result<void> CheckTomlText(std::string_view text, const std::string& file) {
  TextCheck check(text);
  if (check.Run()) {
    return {};
  }
  const std::string_view before = text.substr(0, check.at());
  const size_t line = before.rfind('\n') + 1;  // 0 if there is none
  return Fail(
      ErrorKind::kUsage,
      "not valid TOML: characters beyond ASCII may stand only in "
      "strings and comments, and not behind a backslash",
      file + ":" +
          std::to_string(std::count(before.begin(), before.end(), '\n') + 1) +
          ":" + std::to_string(before.size() - line + 1));
}

}  // namespace keysift
