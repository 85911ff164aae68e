// SPDX-License-Identifier: Apache-2.0
#include "verify/key_form.h"

#include <charconv>
#include <optional>
#include <utility>

namespace keysift {
namespace {

constexpr uint32_t kLongestPart = 1000;
// An alphabet of fewer bytes is a mark of the format, not where it is random.
constexpr size_t kWideAlphabet = 10;
constexpr std::pair<const char*, const char*> kAlphabets[] = {
    {"hex", "0-9a-f"},       {"HEX", "0-9A-F"},      {"xhex", "0-9a-fA-F"},
    {"digit", "0-9"},        {"lower", "a-z"},       {"upper", "A-Z"},
    {"alpha", "a-zA-Z"},     {"b36", "0-9a-z"},      {"B36", "0-9A-Z"},
    {"b62", "0-9a-zA-Z"},    {"word", "0-9a-zA-Z_"}, {"b64", "0-9a-zA-Z+/"},
    {"b64u", "0-9a-zA-Z_-"},
};

// The bytes of a class without its brackets.
std::bitset<256> BytesOf(std::string_view text) {
  std::bitset<256> bytes;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto first = static_cast<unsigned char>(text[i]);
    auto last = first;
    if (i + 2 < text.size() && text[i + 1] == '-') {
      last = static_cast<unsigned char>(text[i + 2]);
      i += 2;
    }
    for (unsigned byte = first; byte <= last; ++byte) {
      bytes.set(byte);
    }
  }
  return bytes;
}

const std::bitset<256>& KeyBytes() {
  static const std::bitset<256> bytes = BytesOf("0-9A-Za-z_=-");
  return bytes;
}

std::bitset<256> AlphabetOf(std::string_view name) {
  if (name.size() > 2 && name.front() == '[' && name.back() == ']') {
    return BytesOf(name.substr(1, name.size() - 2));
  }
  for (const auto& [known, bytes] : kAlphabets) {
    if (name == known) {
      return BytesOf(bytes);
    }
  }
  return {};
}

std::optional<uint32_t> NumberOf(std::string_view text) {
  uint32_t number = 0;
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || at != end || number > kLongestPart) {
    return std::nullopt;
  }
  return number;
}

}  // namespace

// One part without its angle brackets: "uuid" or "alphabet:20-40".
Result<void> KeyForm::AddPart(std::string_view part) {
  if (part == "uuid") {
    for (uint32_t length : {8U, 4U, 4U, 4U, 12U}) {
      if (length != 8) {
        parts_.push_back({BytesOf("-"), 1, 1});
      }
      parts_.push_back({AlphabetOf("xhex"), length, length});
    }
    return {};
  }
  const size_t colon = part.rfind(':');
  const std::string_view range =
      colon == part.npos ? "1" : part.substr(colon + 1);
  const size_t dash = range.find('-');
  const std::optional<uint32_t> least = NumberOf(range.substr(0, dash));
  const std::optional<uint32_t> most =
      dash == range.npos ? least : NumberOf(range.substr(dash + 1));
  const std::bitset<256> bytes = AlphabetOf(part.substr(0, colon));
  if (!least || !most || *most < *least || *most == 0) {
    return Fail(ErrorKind::kUsage,
                "<" + std::string(part) + ">: write a length, as in <hex:32>");
  }
  if (bytes.none()) {
    return Fail(ErrorKind::kUsage,
                "<" + std::string(part) +
                    ">: no such alphabet; write one of rules/README.md, or "
                    "a class as in <[0-9a-z_]:32>");
  }
  parts_.push_back({bytes, *least, *most});
  return {};
}

Result<KeyForm> KeyForm::Parse(std::string_view text) {
  KeyForm form;
  while (!text.empty()) {
    if (text.front() != '<') {
      form.parts_.push_back({{}, 1, 1});
      form.parts_.back().bytes.set(static_cast<unsigned char>(text.front()));
      text.remove_prefix(1);
      continue;
    }
    const size_t close = text.find('>');
    if (close == text.npos) {
      return Fail(ErrorKind::kUsage, "\"<\" without \">\" in a key's form");
    }
    const Result<void> added = form.AddPart(text.substr(1, close - 1));
    if (!added) {
      return tl::unexpected<Error>(added.error());
    }
    text.remove_prefix(close + 1);
  }
  if (form.parts_.empty()) {
    return Fail(ErrorKind::kUsage, "an empty form of a key");
  }
  return form;
}

size_t KeyForm::Match(std::string_view bytes) const {
  return MatchFrom(0, bytes, 0, false);
}

size_t KeyForm::MatchLoosely(std::string_view bytes) const {
  return MatchFrom(0, bytes, 0, true);
}

bool KeyForm::Takes(const Part& part, char byte, bool loosely) {
  const auto index = static_cast<unsigned char>(byte);
  return part.bytes[index] ||
         (loosely && part.bytes.count() >= kWideAlphabet && KeyBytes()[index]);
}

// Forms have a handful of parts, most of one length: trying the longest first
// and stepping back costs next to nothing.
size_t KeyForm::MatchFrom(size_t part, std::string_view bytes, size_t at,
                          bool loosely) const {
  if (part == parts_.size()) {
    return at;
  }
  const Part& now = parts_[part];
  size_t length = 0;
  while (length < now.most && at + length < bytes.size() &&
         Takes(now, bytes[at + length], loosely)) {
    ++length;
  }
  for (size_t left = length + 1; left > now.least; --left) {
    const size_t end = MatchFrom(part + 1, bytes, at + left - 1, loosely);
    if (end != 0) {
      return end;
    }
  }
  return 0;
}

}  // namespace keysift
