// SPDX-License-Identifier: Apache-2.0
#include "report/json_writer.h"

#include <array>
#include <charconv>

#include "finding/escape.h"

namespace keysift {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

void AppendUnit(uint32_t unit, std::string* out) {
  *out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) {
    *out += kHexDigits[unit >> shift & 15];
  }
}

// As \u, in two halves where JSON needs them (RFC 8259, section 7).
void AppendEscaped(uint32_t character, std::string* out) {
  if (character < 0x10000) {
    AppendUnit(character, out);
    return;
  }
  const uint32_t rest = character - 0x10000;
  AppendUnit(0xd800 + (rest >> 10), out);
  AppendUnit(0xdc00 + (rest & 0x3ff), out);
}

bool IsPlain(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; }

}  // namespace

void JsonWriter::NewLine() {
  *out_ += '\n';
  out_->append(2 * levels_.size(), ' ');
}

void JsonWriter::Separate() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (levels_.empty()) {
    return;
  }
  Level& level = levels_.back();
  if (!level.empty) {
    *out_ += ',';
  }
  if (level.layout == Layout::kLines) {
    NewLine();
  } else if (!level.empty) {
    *out_ += ' ';
  }
  level.empty = false;
}

void JsonWriter::Begin(char bracket, Layout layout) {
  Separate();
  *out_ += bracket;
  if (!levels_.empty() && levels_.back().layout == Layout::kInline) {
    layout = Layout::kInline;
  }
  levels_.push_back(Level{layout});
}

void JsonWriter::End(char bracket) {
  const Level level = levels_.back();
  levels_.pop_back();
  if (level.layout == Layout::kLines && !level.empty) {
    NewLine();
  }
  *out_ += bracket;
}

void JsonWriter::Key(std::string_view key) {
  Separate();
  AppendQuoted(key);
  *out_ += ": ";
  after_key_ = true;
}

void JsonWriter::AppendQuoted(std::string_view text) {
  *out_ += '"';
  for (size_t i = 0; i < text.size();) {
    size_t end = i;
    while (end < text.size() && IsPlain(text[end])) {
      ++end;
    }
    out_->append(text, i, end - i);
    i = end;
    if (i == text.size()) {
      break;
    }
    uint32_t character = 0;
    const size_t length = DecodeUtf8(text.substr(i), &character);
    if (length == 0) {
      *out_ += "\xef\xbf\xbd";
    } else if (character == '"' || character == '\\') {
      *out_ += '\\';
      *out_ += static_cast<char>(character);
    } else if (character == '\n') {
      *out_ += "\\n";
    } else if (character == '\t') {
      *out_ += "\\t";
    } else if (IsHiddenCharacter(character)) {
      AppendEscaped(character, out_);
    } else {
      out_->append(text, i, length);
    }
    i += length == 0 ? 1 : length;
  }
  *out_ += '"';
}

void JsonWriter::Text(std::string_view value) {
  Separate();
  AppendQuoted(value);
}

void JsonWriter::Number(uint64_t value) {
  Separate();
  std::array<char, 20> digits;
  const std::to_chars_result end =
      std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out_->append(digits.data(), end.ptr);
}

void JsonWriter::Bool(bool value) {
  Separate();
  *out_ += value ? "true" : "false";
}

void JsonWriter::Null() {
  Separate();
  *out_ += "null";
}

void JsonWriter::Field(std::string_view key, std::string_view value) {
  Key(key);
  Text(value);
}

void JsonWriter::Field(std::string_view key, uint64_t value) {
  Key(key);
  Number(value);
}

void JsonWriter::BoolField(std::string_view key, bool value) {
  Key(key);
  Bool(value);
}

void JsonWriter::Field(std::string_view key,
                       const std::vector<std::string>& values) {
  Key(key);
  BeginArray(Layout::kInline);
  for (const std::string& value : values) {
    Text(value);
  }
  EndArray();
}

}  // namespace keysift
