// SPDX-License-Identifier: Apache-2.0
// Problem. The key's name says that "aFhrMjlkbVE=" is a password, yet it is too
// short to trigger decoding, and the trigger must not look at each short word.
// Idea. Where a rule led to a value, the value is at hand: whether it is text
// in an encoding is decided by what it decodes to. Eight random digits of
// base64 decode to such text once in two thousand times, twelve once in 10^5.
// Test: tests/verify/written_value_test.cc.
#include "verify/written_value.h"

#include <algorithm>

#include "verify/text.h"

namespace keysift {
namespace {

constexpr size_t kMaxValue = 1024;
constexpr size_t kLeastText = 4;  // bytes
constexpr size_t kLeastBase64 = 8;
constexpr size_t kLeastHex = 16;

// One value: printable, and no document that is scanned for itself.
bool IsOneValue(std::string_view text) {
  return text.size() >= kLeastText && text[0] != '{' && text[0] != '[' &&
         text[0] != '<' && std::all_of(text.begin(), text.end(), [](char c) {
           return c >= 0x20 && c < 0x7f;
         });
}

// Mostly letters and digits, as random bytes seldom are.
bool ReadsAsText(std::string_view text) {
  const auto plain = std::count_if(text.begin(), text.end(), IsAlnum);
  return static_cast<size_t>(plain) * 4 >= text.size() * 3;
}

bool Read(const Decoder& decoder, std::string_view value, Decoded* decoded) {
  if (value.size() > kMaxValue) {
    return false;
  }
  *decoded = DecodeWritten(decoder, value);
  return IsOneValue(decoded->text);
}

bool IsBase64Digit(char c) {
  return IsAlnum(c) || c == '+' || c == '/' || c == '-' || c == '_';
}

bool ReadHex(std::string_view value, Decoded* decoded) {
  return value.size() >= kLeastHex && value.size() % 2 == 0 &&
         std::all_of(value.begin(), value.end(), IsHex) &&
         !std::all_of(value.begin(), value.end(), IsDigit) &&
         Read(kHexDecoder, value, decoded) && ReadsAsText(decoded->text);
}

bool ReadEscapes(std::string_view value, Decoded* decoded) {
  return value.find('\\') != std::string_view::npos &&
         Read(kEscapeDecoder, value, decoded) &&
         decoded->name != std::string_view("string-escape");
}

bool ReadEntities(std::string_view value, Decoded* decoded) {
  const size_t mark = value.find('&');
  return mark != std::string_view::npos &&
         value.find(';', mark) != std::string_view::npos &&
         Read(kEntityDecoder, value, decoded) && decoded->text != value;
}

}  // namespace

bool ReadBase64(std::string_view value, Decoded* decoded) {
  std::string_view digits = value;
  for (int i = 0; i < 2 && digits.ends_with('='); ++i) {
    digits.remove_suffix(1);
  }
  const size_t padding = value.size() - digits.size();
  return value.size() >= kLeastBase64 && digits.size() % 4 != 1 &&
         (padding == 0 || value.size() % 4 == 0) &&
         std::all_of(digits.begin(), digits.end(), IsBase64Digit) &&
         Read(kBase64Decoder, value, decoded) && ReadsAsText(decoded->text);
}

bool ReadPercent(std::string_view value, Decoded* decoded) {
  return value.find('%') != std::string_view::npos &&
         Read(kPercentDecoder, value, decoded) && decoded->text != value;
}

const Decoder* ReadWritten(std::string_view value, Decoded* decoded) {
  if (ReadHex(value, decoded)) {
    return &kHexDecoder;
  }
  if (ReadBase64(value, decoded)) {
    return &kBase64Decoder;
  }
  if (ReadEscapes(value, decoded)) {
    return &kEscapeDecoder;
  }
  return ReadEntities(value, decoded) ? &kEntityDecoder : nullptr;
}

Decoded DecodeWritten(const Decoder& written, std::string_view value) {
  Decoded decoded;
  if (!written.decode(value, &decoded)) {
    decoded.Clear();
  }
  while (decoded.text.ends_with('\n') || decoded.text.ends_with('\r')) {
    decoded.text.pop_back();
  }
  return decoded;
}

std::string SecretOf(std::string_view text, const Detection& detection,
                     std::string* encoding) {
  const std::string_view secret = detection.secret.In(text);
  if (detection.written == nullptr) {
    encoding->clear();
    return std::string(secret);
  }
  Decoded decoded = DecodeWritten(*detection.written, secret);
  *encoding = decoded.name;
  return std::move(decoded.text);
}

}  // namespace keysift
