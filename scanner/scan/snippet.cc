// SPDX-License-Identifier: Apache-2.0
#include "scan/snippet.h"

#include <algorithm>

#include "finding/redact.h"

namespace keysift {

std::string SnippetOfLine(std::string_view text, const Detection& detection,
                          const std::vector<Detection>& all) {
  constexpr uint64_t kContext = 2048;
  const uint64_t begin = detection.secret.begin;
  const uint64_t from = begin > kContext ? begin - kContext : 0;
  const size_t newline = text.substr(from, begin - from).rfind('\n');
  const uint64_t line =
      newline == std::string_view::npos ? from : from + newline + 1;
  const uint64_t end =
      std::min<uint64_t>(text.size(), detection.secret.end + kContext);
  std::vector<Span> masked;
  for (const Detection& other : all) {
    const Span& secret = other.secret;
    if (secret.begin < end && secret.end > line &&
        (masked.empty() || secret.begin - line >= masked.back().end)) {
      masked.push_back({std::max(secret.begin, line) - line,
                        std::min(secret.end, end) - line});
    }
  }
  return SnippetOf(text.substr(line, end - line), masked, Scrubber());
}

}  // namespace keysift
