// SPDX-License-Identifier: Apache-2.0
#include "source/ref_update.h"

#include <algorithm>
#include <utility>

namespace keysift {
namespace {

constexpr size_t kSha1Digits = 40;
constexpr size_t kSha256Digits = 64;

tl::unexpected<Error> BadLine(size_t number) {
  return Fail(ErrorKind::kUsage,
              "line " + std::to_string(number) +
                  " of what git told the hook cannot be read",
              "standard input");
}

std::vector<std::string_view> Words(std::string_view line) {
  std::vector<std::string_view> words;
  while (!line.empty()) {
    const size_t end = std::min(line.find(' '), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return words;
}

// Lines of words, in which `from`, `to` and `ref` have these places.
Result<std::vector<RefUpdate>> ParseLines(std::string_view input, size_t count,
                                          size_t from, size_t to, size_t ref) {
  std::vector<RefUpdate> updates;
  for (size_t number = 1; !input.empty(); ++number) {
    const size_t end = std::min(input.find('\n'), input.size());
    const std::vector<std::string_view> words = Words(input.substr(0, end));
    input.remove_prefix(std::min(end + 1, input.size()));
    if (words.empty()) {
      continue;
    }
    if (words.size() != count) {
      return BadLine(number);
    }
    Result<std::optional<ObjectId>> from_id = ParseHookId(words[from]);
    Result<std::optional<ObjectId>> to_id = ParseHookId(words[to]);
    if (!from_id || !to_id) {
      return tl::unexpected(std::move(from_id ? to_id : from_id).error());
    }
    updates.push_back({std::string(words[ref]), *from_id, *to_id});
  }
  return updates;
}

}  // namespace

Result<std::optional<ObjectId>> ParseHookId(std::string_view text) {
  const bool is_zero =
      text.find_first_not_of('0') == std::string_view::npos &&
      (text.size() == kSha1Digits || text.size() == kSha256Digits);
  if (is_zero) {
    return std::optional<ObjectId>();
  }
  const std::optional<ObjectId> id = ObjectId::FromHex(text);
  if (!id) {
    return text.size() == kSha256Digits
               ? Fail(ErrorKind::kUnsupported,
                      "objects named by SHA-256 are not read yet")
               : Fail(ErrorKind::kUsage, "git told the hook no object id");
  }
  return id;
}

Result<std::vector<RefUpdate>> ParseReceivedUpdates(std::string_view input) {
  return ParseLines(input, 3, 0, 1, 2);
}

Result<std::vector<RefUpdate>> ParsePushedUpdates(std::string_view input) {
  return ParseLines(input, 4, 3, 1, 2);
}

}  // namespace keysift
