// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "finding/scan_report.h"
#include "finding/scrubber.h"

namespace keysift {

// A secret as everybody may see it: its first four bytes if it has 16 or more
// and they are plain ASCII (most tokens name their kind there), then eight
// asterisks whatever its length; shorter ones are asterisks only. A PEM block
// keeps its first line, which says what kind of key it is.
std::string Redact(std::string_view secret);

// The longest snippet, in bytes before escaping.
inline constexpr size_t kMaxSnippetBytes = 200;

// `line` with the bytes of each of `masked` redacted, then every secret that
// `scrubber` knows, then clipped to kMaxSnippetBytes around the first of
// `masked` ("…" where something was left out). `masked` are sorted and do not
// overlap; what they cover is never shown, so a secret that was found behind an
// encoding is masked by the span of its encoded form. Ends at the first line
// end after the first span.
std::string SnippetOf(std::string_view line, const std::vector<Span>& masked,
                      const Scrubber& scrubber);

// Masks every secret that `scrubber` knows in every string of the report that
// comes from the repository: paths, members, authors, summaries, refs, details,
// snippets, gaps, the target. Called once, on the finished report, so that no
// writer of a format need think of it; not called with --show-secrets. What is
// no secret by itself (an access key's id) is not to be in `scrubber`.
void ScrubReport(const Scrubber& scrubber, ScanReport* report);

}  // namespace keysift
