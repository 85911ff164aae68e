// SPDX-License-Identifier: Apache-2.0
// The grammar is that of RFC 8259; nested values are skipped by counting
// brackets outside of strings.
#include "verify/json_object.h"

#include "content/hex.h"
#include "verify/text.h"

namespace keysift {
namespace {

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool AtEnd() const { return at_ >= text_.size(); }
  uint64_t position() const { return at_; }

  char PeekAfterSpace() {
    while (!AtEnd() && IsSpace(text_[at_])) {
      ++at_;
    }
    return AtEnd() ? '\0' : text_[at_];
  }
  bool Take(char c) {
    if (PeekAfterSpace() != c) {
      return false;
    }
    ++at_;
    return true;
  }

  // After the opening quote: up to the closing one. False if it never comes;
  // then `value` is the rest.
  bool TakeString(std::string_view* value) {
    const uint64_t begin = at_;
    while (!AtEnd() && text_[at_] != '"') {
      at_ += text_[at_] == '\\' ? 2 : 1;
    }
    const bool closed = !AtEnd();
    at_ = std::min<uint64_t>(at_, text_.size());
    *value = text_.substr(begin, at_ - begin);
    at_ += closed ? 1 : 0;
    return closed;
  }

  // A number, literal, array or object, raw.
  bool TakeOther(std::string_view* value) {
    const uint64_t begin = at_;
    int depth = 0;
    for (; !AtEnd(); ++at_) {
      const char c = text_[at_];
      if (depth == 0 && (c == ',' || c == '}' || c == ']')) {
        break;
      }
      if (c == '{' || c == '[') {
        ++depth;
      } else if (c == '}' || c == ']') {
        --depth;
      } else if (c == '"') {
        ++at_;
        std::string_view skipped;
        if (!TakeString(&skipped)) {
          return false;
        }
        --at_;
      }
    }
    *value = Trim(text_.substr(begin, at_ - begin));
    return !AtEnd() && !value->empty();
  }

 private:
  std::string_view text_;
  uint64_t at_ = 0;
};

// One "name": value. False if the object cannot go on.
bool ReadField(Scanner* scanner, JsonObject* object) {
  JsonObject::Field field;
  if (!scanner->Take('"') || !scanner->TakeString(&field.name)) {
    object->valid = scanner->AtEnd();
    return false;
  }
  if (!scanner->Take(':')) {
    object->valid = scanner->AtEnd();
    return false;
  }
  field.is_string = scanner->Take('"');
  const bool whole = field.is_string ? scanner->TakeString(&field.value)
                                     : (scanner->PeekAfterSpace() != '\0' &&
                                        scanner->TakeOther(&field.value));
  if (whole || (field.is_string && scanner->AtEnd())) {
    object->fields.push_back(field);
  }
  return whole;
}

}  // namespace

JsonObject ReadJsonObject(std::string_view text) {
  JsonObject object;
  Scanner scanner(text);
  if (!scanner.Take('{')) {
    return object;
  }
  object.valid = true;
  if (scanner.Take('}')) {
    object.complete = true;
    object.size = scanner.position();
    return object;
  }
  while (ReadField(&scanner, &object)) {
    if (scanner.Take(',')) {
      continue;
    }
    object.complete = scanner.Take('}');
    object.valid = object.complete || scanner.AtEnd();
    break;
  }
  object.size = scanner.position();
  return object;
}

const JsonObject::Field* JsonObject::Find(std::string_view name) const {
  for (const Field& field : fields) {
    if (field.name == name) {
      return &field;
    }
  }
  return nullptr;
}

std::string JsonObject::Text(std::string_view name) const {
  const Field* field = Find(name);
  return field != nullptr && field->is_string ? UnescapeJson(field->value) : "";
}

std::string UnescapeJson(std::string_view raw) {
  std::string text;
  for (size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\' || i + 1 == raw.size()) {
      text.push_back(raw[i]);
      continue;
    }
    const char c = raw[++i];
    if (c == 'u') {
      const std::optional<std::string> code = DecodeHex(raw.substr(i + 1, 4));
      const bool ascii = code.has_value() && code->size() == 2 &&
                         (*code)[0] == '\0' &&
                         static_cast<unsigned char>((*code)[1]) < 0x80;
      text.push_back(ascii ? (*code)[1] : '?');
      i += 4;
    } else {
      text.push_back(c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c);
    }
  }
  return text;
}

}  // namespace keysift
