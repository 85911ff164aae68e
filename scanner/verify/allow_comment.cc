// SPDX-License-Identifier: Apache-2.0
#include "verify/allow_comment.h"

#include <algorithm>

namespace keysift {
namespace {

// Of ourselves and of the scanners whose comments people already have.
constexpr std::string_view kOnLine[] = {
    "keysift:allow",     "gitleaks:allow",    "betterleaks:allow",
    "trufflehog:ignore", "kingfisher:ignore", "pragma: allowlist secret",
};
constexpr std::string_view kOnLineAbove = "pragma: allowlist nextline secret";

uint64_t LineBegin(std::string_view text, uint64_t at) {
  const uint64_t floor = at > kMaxCommentReach ? at - kMaxCommentReach : 0;
  while (at > floor && text[at - 1] != '\n') {
    --at;
  }
  return at;
}

uint64_t LineEnd(std::string_view text, uint64_t at) {
  const uint64_t ceiling =
      std::min<uint64_t>(text.size(), at + kMaxCommentReach);
  while (at < ceiling && text[at] != '\n') {
    ++at;
  }
  return at;
}

bool Ignored(std::string_view comment, const std::vector<std::string>& list) {
  return std::find(list.begin(), list.end(), comment) != list.end();
}

}  // namespace

std::string_view FindAllowComment(std::string_view text, Span match,
                                  const std::vector<std::string>& ignored) {
  const uint64_t begin = LineBegin(text, match.begin);
  const Span first{begin, LineEnd(text, match.begin)};
  const uint64_t end =
      match.end > match.begin ? LineEnd(text, match.end - 1) : first.end;
  const Span last{std::max(begin, LineBegin(text, end)), end};
  for (std::string_view comment : kOnLine) {
    if ((first.In(text).find(comment) != std::string_view::npos ||
         last.In(text).find(comment) != std::string_view::npos) &&
        !Ignored(comment, ignored)) {
      return comment;
    }
  }
  if (begin > 0 && text[begin - 1] == '\n') {
    const Span above{LineBegin(text, begin - 1), begin - 1};
    if (above.In(text).find(kOnLineAbove) != std::string_view::npos &&
        !Ignored(kOnLineAbove, ignored)) {
      return kOnLineAbove;
    }
  }
  return {};
}

}  // namespace keysift
