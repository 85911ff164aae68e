// SPDX-License-Identifier: Apache-2.0
#include "cli/summary.h"

#include <map>

#include "cli/numbers.h"
#include "finding/escape.h"
#include "finding/exit_code.h"

namespace keysift {
namespace {

// " (2 critical, 1 high)", worst first.
std::string BySeverity(const std::vector<Finding>& findings) {
  std::map<int, uint64_t> counts;
  for (const Finding& finding : findings) {
    ++counts[-static_cast<int>(finding.severity)];
  }
  std::string text;
  for (const auto& [negated, count] : counts) {
    text += (text.empty() ? " (" : ", ") + ShowCount(count) + " " +
            SeverityName(static_cast<Severity>(-negated));
  }
  return text.empty() ? text : text + ")";
}

std::string HowMuch(const Coverage& coverage, double seconds) {
  std::string text;
  if (coverage.objects_scanned > 0) {
    text += ShowPlural(coverage.objects_scanned, "object");
  }
  if (coverage.files_scanned > 0) {
    text +=
        (text.empty() ? "" : ", ") + ShowPlural(coverage.files_scanned, "file");
  }
  text += (text.empty() ? "" : ", ") + ShowBytes(coverage.bytes_scanned);
  return text + " in " + ShowSeconds(seconds);
}

std::string Suppressed(const Coverage& coverage) {
  std::string text;
  const auto add = [&](uint64_t count, const char* by) {
    if (count > 0) {
      text += (text.empty() ? "" : ", ") + ShowCount(count) + " " + by;
    }
  };
  add(coverage.suppressed_baseline, "by the baseline");
  add(coverage.suppressed_ignore, "by the ignore file");
  add(coverage.suppressed_inline, "by comments in the text");
  add(coverage.below_confidence, "below --min-confidence");
  return text.empty() ? text : "keysift: not shown: " + text + "\n";
}

std::string Gaps(const std::vector<Gap>& gaps,
                 const std::vector<GapKind>& allowed) {
  std::map<GapKind, std::vector<const Gap*>> by_kind;
  for (const Gap& gap : gaps) {
    by_kind[gap.kind].push_back(&gap);
  }
  std::string text;
  for (const auto& [kind, list] : by_kind) {
    const Gap& first = *list.front();
    text += "keysift: not scanned: " + ShowCount(list.size()) + " " +
            GapKindName(kind) + (IsAllowed(kind, allowed) ? " (allowed)" : "") +
            ": " + EscapeForTerminal(first.what);
    if (!first.where.empty()) {
      text += " at " + EscapeForTerminal(first.where);
    }
    if (list.size() > 1) {
      text += " and " + ShowCount(list.size() - 1) + " more";
    }
    text += std::string(". ") + GapKindAdvice(kind) + "\n";
  }
  return text;
}

}  // namespace

std::string Summary(const ScanReport& report,
                    const std::vector<GapKind>& allowed, double seconds) {
  std::string text = "keysift: ";
  if (report.findings.empty()) {
    text += report.gaps.empty() ? "nothing found, everything scanned: "
                                : "nothing found in what was scanned: ";
  } else {
    text += ShowPlural(report.findings.size(), "finding") +
            BySeverity(report.findings) + ": ";
  }
  text += HowMuch(report.coverage, seconds) + "\n";
  return text + Suppressed(report.coverage) + Gaps(report.gaps, allowed);
}

}  // namespace keysift
