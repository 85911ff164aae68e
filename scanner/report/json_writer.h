// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keysift {

// Appends JSON to a string as it is told it, keys in the order given. Several
// times faster than building a tree first, and half a million locations need
// no memory but the text. The caller keeps the grammar: a Key before each value
// in an object, each Begin ended. One per report; not thread-safe.
//
// Strings from outside may hold anything: bytes that are not UTF-8 become
// U+FFFD, and characters that terminals obey are written as \u escapes, so that
// the value is exact and the text is safe to print.
class JsonWriter {
 public:
  // kLines: one element a line, indented. kInline: all on one line; then
  // everything inside is inline too.
  enum class Layout : uint8_t { kLines, kInline };

  explicit JsonWriter(std::string* out) : out_(out) {}

  void BeginObject(Layout layout = Layout::kLines) { Begin('{', layout); }
  void EndObject() { End('}'); }
  void BeginArray(Layout layout = Layout::kLines) { Begin('[', layout); }
  void EndArray() { End(']'); }

  void Key(std::string_view key);
  void Text(std::string_view value);
  void Number(uint64_t value);
  void Bool(bool value);
  void Null();

  // A key and its value in one.
  void Field(std::string_view key, std::string_view value);
  void Field(std::string_view key, uint64_t value);
  void BoolField(std::string_view key, bool value);
  // An array of strings on one line.
  void Field(std::string_view key, const std::vector<std::string>& values);

 private:
  struct Level {
    Layout layout;
    bool empty = true;
  };

  void Begin(char bracket, Layout layout);
  void End(char bracket);
  // Comma and line break as needed before an element.
  void Separate();
  void NewLine();
  void AppendQuoted(std::string_view text);

  std::string* out_;
  std::vector<Level> levels_;
  bool after_key_ = false;
};

}  // namespace keysift
