// SPDX-License-Identifier: Apache-2.0
#include "finding/redact.h"

#include <algorithm>

namespace keysift {
namespace {

constexpr std::string_view kMask = "********";
constexpr std::string_view kLeftOut = "\xe2\x80\xa6";  // an ellipsis
constexpr size_t kShownBytes = 4;
constexpr size_t kShortestShown = 16;
constexpr size_t kLongestPemHeader = 64;
// On each side of a snippet's secret; the rest of a long line is not read.
constexpr size_t kLookedAtBytes = 1024;

// The first line of a PEM block without its line end; "" if it is none.
std::string_view PemHeader(std::string_view secret) {
  constexpr std::string_view kBegin = "-----BEGIN ";
  constexpr std::string_view kDashes = "-----";
  if (!secret.starts_with(kBegin)) {
    return {};
  }
  const size_t end =
      secret.substr(0, kLongestPemHeader)
          .find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ",
                             kBegin.size());
  if (end == std::string_view::npos ||
      !secret.substr(end).starts_with(kDashes)) {
    return {};
  }
  return secret.substr(0, end + kDashes.size());
}

bool IsContinuation(char byte) {
  return (static_cast<uint8_t>(byte) & 0xc0) == 0x80;
}

// Cuts `text` to kMaxSnippetBytes so that the byte at `focus` stays in view.
std::string ClipAround(const std::string& text, size_t focus) {
  if (text.size() <= kMaxSnippetBytes) {
    return text;
  }
  constexpr size_t kBefore = kMaxSnippetBytes / 3;
  size_t begin = focus > kBefore ? focus - kBefore : 0;
  begin = std::min(begin, text.size() - kMaxSnippetBytes);
  size_t end = begin + kMaxSnippetBytes;
  while (begin > 0 && begin < end && IsContinuation(text[begin])) {
    ++begin;
  }
  while (end < text.size() && end > begin && IsContinuation(text[end])) {
    --end;
  }
  std::string clipped(begin > 0 ? kLeftOut : "");
  clipped += text.substr(begin, end - begin);
  clipped += end < text.size() ? kLeftOut : "";
  return clipped;
}

void ScrubInPlace(const Scrubber& scrubber, std::string* text) {
  if (scrubber.Holds(*text)) {
    *text = scrubber.Scrub(*text);
  }
}

void ScrubNameInPlace(const Scrubber& scrubber, std::string* name) {
  if (scrubber.Holds(*name)) {
    *name = scrubber.ScrubName(*name);
  }
}

void ScrubAll(const Scrubber& scrubber, std::vector<std::string>* texts) {
  for (std::string& text : *texts) {
    ScrubInPlace(scrubber, &text);
  }
}

void ScrubCommit(const Scrubber& scrubber,
                 std::optional<CommitSummary>* commit) {
  if (commit->has_value()) {
    ScrubInPlace(scrubber, &(*commit)->author);
    ScrubInPlace(scrubber, &(*commit)->date);
    ScrubInPlace(scrubber, &(*commit)->summary);
  }
}

void ScrubFinding(const Scrubber& scrubber, Finding* finding) {
  ScrubInPlace(scrubber, &finding->description);
  ScrubInPlace(scrubber, &finding->snippet);
  ScrubInPlace(scrubber, &finding->remediation);
  ScrubInPlace(scrubber, &finding->revoke_url);
  ScrubCommit(scrubber, &finding->first_commit);
  ScrubCommit(scrubber, &finding->removed_commit);
  ScrubAll(scrubber, &finding->reasons);
  for (auto& [name, value] : finding->details) {
    ScrubInPlace(scrubber, &value);
  }
  for (std::string& ref : finding->refs) {
    ScrubNameInPlace(scrubber, &ref);
  }
  ScrubAll(scrubber, &finding->tags);
  for (Location& location : finding->locations) {
    ScrubNameInPlace(scrubber, &location.path);
    ScrubNameInPlace(scrubber, &location.member);
    ScrubAll(scrubber, &location.decoding);
  }
}

}  // namespace

std::string Redact(std::string_view secret) {
  const std::string_view header = PemHeader(secret);
  std::string shown(header);
  if (header.empty() && secret.size() >= kShortestShown) {
    for (const char c : secret.substr(0, kShownBytes)) {
      if (c <= ' ' || c > '~') {
        break;
      }
      shown += c;
    }
  }
  return shown + std::string(kMask);
}

std::string SnippetOf(std::string_view line, const std::vector<Span>& masked,
                      const Scrubber& scrubber) {
  std::string text;
  size_t focus = 0;
  size_t done = 0;
  if (!masked.empty() && masked.front().begin > kLookedAtBytes) {
    done = std::min<size_t>(masked.front().begin, line.size()) - kLookedAtBytes;
  }
  bool first = true;
  for (const Span& span : masked) {
    const size_t begin = std::min<size_t>(span.begin, line.size());
    const size_t end = std::min<size_t>(span.end, line.size());
    const std::string_view between =
        line.substr(done, begin > done ? begin - done : 0);
    if (!first && (between.size() > kLookedAtBytes ||
                   between.find_first_of("\r\n") != std::string_view::npos)) {
      break;
    }
    text += scrubber.Scrub(between);
    focus = first ? text.size() : focus;
    text += Redact(line.substr(begin, end - begin));
    done = end;
    first = false;
  }
  std::string_view rest = line.substr(done, kLookedAtBytes);
  rest = rest.substr(0, rest.find_first_of("\r\n"));
  text += scrubber.Scrub(rest);
  return ClipAround(text, focus);
}

void ScrubReport(const Scrubber& scrubber, ScanReport* report) {
  ScrubNameInPlace(scrubber, &report->target.path);
  ScrubNameInPlace(scrubber, &report->target.branch);
  ScrubInPlace(scrubber, &report->target.range);
  for (Finding& finding : report->findings) {
    ScrubFinding(scrubber, &finding);
  }
  for (Finding& finding : report->already_there) {
    ScrubFinding(scrubber, &finding);
  }
  for (Gap& gap : report->gaps) {
    ScrubNameInPlace(scrubber, &gap.what);
    ScrubNameInPlace(scrubber, &gap.where);
    ScrubInPlace(scrubber, &gap.detail);
  }
}

}  // namespace keysift
