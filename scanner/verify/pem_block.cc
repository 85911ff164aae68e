// SPDX-License-Identifier: Apache-2.0
// Problem: keys do not only stand in files of their own; they stand in JSON
// strings on one line, in string literals line by line, in comments, in diffs.
// Idea: walk on from the BEGIN line, take base64 characters, know the few
// things that may stand between them, and stop at all others. A line with ':'
// is a header and gives its characters back. Source: RFC 7468 and RFC 1421 for
// the form, observed files for the rest. Cost: one pass over at most
// kMaxPemBytes. Test: tests/verify/pem_block_test.cc.
#include "verify/pem_block.h"

#include <algorithm>

#include "content/hex.h"
#include "verify/text.h"

namespace keysift {
namespace {

// How the two forms write their lines.
struct Frame {
  std::string_view begin;
  std::string_view end;
  std::string_view dashes;  // after the label
};

constexpr Frame kPem = {"-----BEGIN ", "-----END ", "-----"};
constexpr Frame kSsh2 = {"---- BEGIN ", "---- END ", " ----"};

constexpr uint64_t kMaxLabel = 64;
constexpr uint64_t kMaxBetweenLiterals = 100;

class Walk {
 public:
  Walk(const Frame& frame, std::string_view text, uint64_t begin,
       PemBlock* block)
      : frame_(frame),
        text_(text.substr(
            0, std::min<uint64_t>(text.size(), begin + kMaxPemBytes))),
        block_(block) {
    uint64_t line = begin;
    while (line > 0 && begin - line < 16 && text[line - 1] != '\n') {
      --line;
    }
    prefix_ = Trim(text.substr(line, begin - line));
    const bool mark =
        !prefix_.empty() && std::all_of(prefix_.begin(), prefix_.end(), IsMark);
    if (!mark) {
      prefix_ = {};
    }
  }

  void Run(uint64_t at) {
    at_ = at;
    while (at_ < text_.size() && Step()) {
    }
    block_->span.end = block_->complete ? at_ : last_;
  }

 private:
  // What comments and diffs put before a line.
  static bool IsMark(char c) {
    return std::string_view("#/*>|;+-%!").find(c) != std::string_view::npos;
  }
  static bool IsBody(char c) { return IsAlnum(c) || c == '/' || c == '+'; }

  std::string_view Rest() const { return text_.substr(at_); }
  bool StartsWith(std::string_view head) const {
    return Rest().substr(0, head.size()) == head;
  }

  bool Step() {
    const char c = text_[at_];
    if (StartsWith(frame_.end)) {
      return Finish();
    }
    if (c == '\n') {
      ++at_;
      NewLine();
      return true;
    }
    if (IsSpace(c)) {
      ++at_;
      return true;
    }
    if (c == '\\') {
      return Escape();
    }
    if (c == '%' && at_ + 2 < text_.size()) {
      return Encoded(text_.substr(at_ + 1, 2), 3);
    }
    if (c == '"' || c == '\'' || c == '`') {
      return Quote();
    }
    if (IsAlpha(c) && block_->body.size() == line_body_ && AtHeader()) {
      return Header();
    }
    if (c == '=') {
      return Padding();
    }
    if (IsBody(c)) {
      Append(c);
      ++at_;
      return true;
    }
    return false;
  }

  void Append(char c) {
    block_->body.push_back(c);
    last_ = at_ + 1;
  }

  void NewLine() {
    line_body_ = block_->body.size();
    if (prefix_.empty()) {
      return;
    }
    uint64_t at = at_;
    while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\t')) {
      ++at;
    }
    if (text_.substr(at, prefix_.size()) == prefix_) {
      at_ = at + prefix_.size();
    }
  }

  // \n, \r, \t in a string, any number of backslashes deep; \/ and \u003d of
  // JSON; a backslash at the end of a line.
  bool Escape() {
    while (at_ < text_.size() && text_[at_] == '\\') {
      ++at_;
    }
    const char c = at_ < text_.size() ? text_[at_] : '\0';
    if (c == 'u') {
      return text_.substr(at_ + 1, 2) == "00" &&
             Encoded(text_.substr(at_ + 3, 2), 5);
    }
    if (c == 'n' || c == 'r' || c == 't') {
      ++at_;
      if (c == 'n') {
        NewLine();
      }
      return true;
    }
    return c == '/' || c == '\n' || c == '\r' || c == '"' || c == '\'';
  }

  bool Encoded(std::string_view digits, uint64_t length) {
    const std::optional<std::string> code = DecodeHex(digits);
    if (!code.has_value() || code->empty()) {
      return false;
    }
    at_ += length;
    const char c = (*code)[0];
    if (c == '\n') {
      NewLine();
    } else if (IsBody(c) || c == '=') {
      Append(c);
    }
    return IsSpace(c) || IsBody(c) || c == '=' || c == '"';
  }

  // One literal ends; the next begins after nothing but joining signs.
  bool Quote() {
    const char quote = text_[at_];
    const uint64_t end =
        std::min<uint64_t>(text_.size(), at_ + kMaxBetweenLiterals);
    for (uint64_t i = at_ + 1; i < end; ++i) {
      if (text_[i] == quote) {
        at_ = i + 1;
        line_body_ = block_->body.size();
        return true;
      }
      if (!IsSpace(text_[i]) &&
          std::string_view("+,.\\&_()#/*-").find(text_[i]) ==
              std::string_view::npos) {
        return false;
      }
    }
    return false;
  }

  // "Proc-Type: " (RFC 1421 4.6, RFC 4716 3.3): a name and a colon.
  bool AtHeader() const {
    constexpr size_t kMaxName = 32;
    const std::string_view line = Rest().substr(0, kMaxName);
    size_t length = 0;
    while (length < line.size() &&
           (IsAlnum(line[length]) || line[length] == '-')) {
      ++length;
    }
    return length < line.size() && line[length] == ':';
  }

  // Skips to the line's end, real or written as an escape.
  bool Header() {
    const uint64_t begin = at_;
    while (at_ < text_.size() && text_[at_] != '\n' &&
           !(text_[at_] == '\\' && at_ + 1 < text_.size() &&
             (text_[at_ + 1] == 'n' || text_[at_ + 1] == 'r'))) {
      ++at_;
    }
    const std::string_view value = text_.substr(begin, at_ - begin);
    block_->encrypted |= value.find("ENCRYPTED") != std::string_view::npos;
    return true;
  }

  // Ends the body; a line that begins with it is PGP's checksum (RFC 4880).
  bool Padding() {
    if (block_->body.size() == line_body_ && !block_->body.empty() &&
        block_->label.rfind("PGP", 0) == 0) {
      at_ = std::min<uint64_t>(text_.size(), at_ + 5);
      return true;
    }
    Append('=');
    ++at_;
    return true;
  }

  bool Finish() {
    const uint64_t label = at_ + frame_.end.size();
    const uint64_t end = text_.find(frame_.dashes, label);
    if (end == std::string_view::npos || end - label > kMaxLabel) {
      return false;
    }
    at_ = end + frame_.dashes.size();
    block_->complete = true;
    return false;
  }

  const Frame& frame_;
  std::string_view text_;
  PemBlock* block_;
  std::string_view prefix_;
  uint64_t at_ = 0;
  uint64_t last_ = 0;     // past the last body character
  size_t line_body_ = 0;  // the body's length when this line began
};

}  // namespace

size_t FindPemBegin(std::string_view text) {
  return std::min(text.find(kPem.begin), text.find(kSsh2.begin));
}

PemBlock ReadPemBlock(std::string_view text, uint64_t begin) {
  PemBlock block;
  block.span = Span{begin, begin};
  const Frame& frame =
      text.substr(begin, kSsh2.begin.size()) == kSsh2.begin ? kSsh2 : kPem;
  if (text.substr(begin, frame.begin.size()) != frame.begin) {
    return block;
  }
  const uint64_t label = begin + frame.begin.size();
  const size_t end = text.substr(label, kMaxLabel).find(frame.dashes);
  if (end == std::string_view::npos) {
    return block;
  }
  block.label = std::string(text.substr(label, end));
  const uint64_t after = label + end + frame.dashes.size();
  Walk walk(frame, text, begin, &block);
  walk.Run(after);
  block.span.end = std::max(block.span.end, after);
  return block;
}

}  // namespace keysift
