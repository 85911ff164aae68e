// SPDX-License-Identifier: Apache-2.0
#include "git/config_file.h"

#include <algorithm>
#include <utility>

#include "base/file.h"

namespace keysift {
namespace {

char Lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32)
                                        : letter;
}

std::string Lower(std::string_view text) {
  std::string lower;
  for (char letter : text) {
    lower += Lower(letter);
  }
  return lower;
}

bool IsBlank(char letter) {
  return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\v' ||
         letter == '\f';
}

bool IsNameLetter(char letter) {
  char lower = Lower(letter);
  return (lower >= 'a' && lower <= 'z') || (letter >= '0' && letter <= '9') ||
         letter == '-';
}

// A cursor over the text that knows its line. '\0' stands for the end: the
// format has no use for NULs, and one in the text ends it with an error.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  bool Parse(std::vector<ConfigEntry>* entries);
  uint64_t line() const { return line_; }

 private:
  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  char Take() {
    char letter = Peek();
    at_ += at_ < text_.size() ? 1 : 0;
    line_ += letter == '\n' ? 1 : 0;
    return letter;
  }
  void SkipBlanks() {
    while (IsBlank(Peek())) {
      Take();
    }
  }
  void SkipLine() {
    while (at_ < text_.size() && Peek() != '\n') {
      Take();
    }
  }
  bool ReadSection();
  bool ReadSubsection();
  bool ReadVariable(ConfigEntry* entry);
  bool ReadValue(std::string* value);
  bool ReadEscape(std::string* value);

  std::string_view text_;
  size_t at_ = 0;
  uint64_t line_ = 1;
  std::string section_;
};

bool Parser::Parse(std::vector<ConfigEntry>* entries) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text_.substr(0, 3) == kByteOrderMark) {
    at_ = 3;
  }
  while (at_ < text_.size()) {
    char letter = Peek();
    if (letter == '\n' || IsBlank(letter)) {
      Take();
    } else if (letter == '#' || letter == ';') {
      SkipLine();
    } else if (letter == '[') {
      if (!ReadSection()) {
        return false;
      }
    } else {
      ConfigEntry entry;
      if (section_.empty() || !ReadVariable(&entry)) {
        return false;
      }
      entries->push_back(std::move(entry));
    }
  }
  return true;
}

// [section], [section "Sub"], and the old [section.sub] in lower case.
bool Parser::ReadSection() {
  Take();
  section_.clear();
  while (IsNameLetter(Peek()) || Peek() == '.') {
    section_ += Lower(Take());
  }
  if (section_.empty()) {
    return false;
  }
  if (IsBlank(Peek())) {
    SkipBlanks();
    if (!ReadSubsection()) {
      return false;
    }
  }
  return Take() == ']';
}

bool Parser::ReadSubsection() {
  if (Take() != '"') {
    return false;
  }
  section_ += '.';
  while (Peek() != '"') {
    char letter = Take();
    if (letter == '\\') {
      letter = Take();
    }
    if (letter == '\n' || letter == '\0') {
      return false;
    }
    section_ += letter;
  }
  Take();
  return true;
}

bool Parser::ReadVariable(ConfigEntry* entry) {
  std::string name;
  while (IsNameLetter(Peek())) {
    name += Lower(Take());
  }
  if (name.empty()) {
    return false;
  }
  entry->key = section_ + '.' + name;
  SkipBlanks();
  char next = Peek();
  if (next == '=') {
    Take();
    SkipBlanks();
    return ReadValue(&entry->value);
  }
  entry->has_value = false;
  return next == '\n' || next == '#' || next == ';' || at_ == text_.size();
}

// Up to the line's end or a comment; blanks at the end go unless quoted.
bool Parser::ReadValue(std::string* value) {
  bool quoted = false;
  size_t kept = 0;  // what must stay when blanks at the end are cut
  for (;;) {
    bool at_end = at_ == text_.size();
    char letter = Peek();
    if (at_end || letter == '\n') {
      value->resize(kept);
      return !quoted;
    }
    if (!quoted && (letter == '#' || letter == ';')) {
      SkipLine();
      continue;
    }
    Take();
    if (letter == '\0') {
      return false;
    }
    if (letter == '"') {
      quoted = !quoted;
      kept = value->size();
    } else if (letter == '\\') {
      if (!ReadEscape(value)) {
        return false;
      }
      kept = value->size();
    } else {
      *value += letter;
      kept = quoted || !IsBlank(letter) ? value->size() : kept;
    }
  }
}

bool Parser::ReadEscape(std::string* value) {
  char letter = Take();
  if (letter == '\r' && Peek() == '\n') {
    letter = Take();
  }
  switch (letter) {
    case '\n':
      return true;  // the line goes on
    case 'n':
      *value += '\n';
      return true;
    case 't':
      *value += '\t';
      return true;
    case 'b':
      *value += '\b';
      return true;
    case '"':
    case '\\':
      *value += letter;
      return true;
    default:
      return false;
  }
}

}  // namespace

Result<ConfigFile> ConfigFile::Read(const std::string& path) {
  Result<std::string> text = ReadFile(path, kMaxSize);
  if (!text) {
    return tl::unexpected(text.error());
  }
  return Parse(*text, path);
}

Result<ConfigFile> ConfigFile::Parse(std::string_view text,
                                     const std::string& path) {
  ConfigFile config;
  Parser parser(text);
  if (!parser.Parse(&config.entries_)) {
    return Fail(ErrorKind::kDamaged, "no git configuration",
                path + ":" + std::to_string(parser.line()));
  }
  return config;
}

std::optional<std::string_view> ConfigFile::Get(std::string_view key) const {
  for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
    if (entry->key == key) {
      return entry->value;
    }
  }
  return std::nullopt;
}

std::optional<bool> ConfigFile::GetBool(std::string_view key) const {
  for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
    if (entry->key == key) {
      return entry->has_value ? ParseConfigBool(entry->value)
                              : std::optional<bool>(true);
    }
  }
  return std::nullopt;
}

bool ConfigFile::has_includes() const {
  return std::any_of(entries_.begin(), entries_.end(),
                     [](const ConfigEntry& entry) {
                       return entry.key.starts_with("include.") ||
                              entry.key.starts_with("includeif.");
                     });
}

std::optional<bool> ParseConfigBool(std::string_view text) {
  std::string lower = Lower(text);
  if (lower == "true" || lower == "yes" || lower == "on") {
    return true;
  }
  if (lower.empty() || lower == "false" || lower == "no" || lower == "off") {
    return false;
  }
  bool is_number = std::all_of(lower.begin(), lower.end(), [](char letter) {
    return letter >= '0' && letter <= '9';
  });
  if (!is_number) {
    return std::nullopt;
  }
  return lower.find_first_not_of('0') != std::string::npos;
}

}  // namespace keysift
