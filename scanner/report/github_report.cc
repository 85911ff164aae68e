// SPDX-License-Identifier: Apache-2.0
//
// Workflow commands for GitHub Actions: one annotation per finding and one per
// kind of gap, the worst first, since a step shows ten of a kind. Everything
// from the repository is escaped twice: as for a terminal (the log is one),
// then as the runner's own parser demands, so that a file name cannot be a
// command.
#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

#include "finding/escape.h"
#include "finding/exit_code.h"
#include "report/paragraph.h"
#include "report/place_text.h"
#include "report/writers.h"

namespace keysift {
namespace {

// A command's message; `property`: a value before the "::".
std::string Escaped(std::string_view raw, bool property) {
  std::string out;
  for (const char c : EscapeForTerminal(raw)) {
    if (c == '%') {
      out += "%25";
    } else if (property && c == ':') {
      out += "%3A";
    } else if (property && c == ',') {
      out += "%2C";
    } else {
      out += c;
    }
  }
  return out;
}

std::string Message(std::string_view raw) { return Escaped(raw, false); }
std::string Property(std::string_view raw) { return Escaped(raw, true); }

const char* Command(Severity severity) {
  switch (severity) {
    case Severity::kCritical:
    case Severity::kHigh:
      return "error";
    case Severity::kMedium:
      return "warning";
    case Severity::kLow:
      break;
  }
  return "notice";
}

void WriteAnnotation(const Finding& finding, std::string* out) {
  const Location& place = MainLocation(finding);
  *out += Concat({"::", Command(finding.severity), " "});
  if (!place.path.empty()) {
    *out += Concat({"file=", Property(place.path), ","});
    if (place.kind != "file name" && place.member.empty()) {
      *out += Concat({"line=", std::to_string(place.line),
                      ",endLine=", std::to_string(place.end_line),
                      ",col=", std::to_string(place.column),
                      ",endColumn=", std::to_string(place.end_column), ","});
    }
  }
  const std::vector<std::string> steps = Steps(finding.remediation);
  *out += Concat(
      {"title=", Property("keysift: " + finding.rule_id),
       "::", Message(finding.description), " (",
       Message(finding.secret.value.value_or(finding.secret.redacted)), ", ",
       ConfidenceName(finding.confidence), ") ", Message(PlaceText(place)),
       ". ", Message(steps.empty() ? "" : steps.front()), " [",
       Message(finding.fingerprint), "]\n"});
}

void WriteGaps(const ScanReport& report, const ReportOptions& options,
               std::string* out) {
  std::map<GapKind, std::vector<const Gap*>> by_kind;
  for (const Gap& gap : report.gaps) {
    by_kind[gap.kind].push_back(&gap);
  }
  for (const auto& [kind, gaps] : by_kind) {
    const bool accepted = IsAllowed(kind, options.allowed_gaps);
    *out +=
        Concat({accepted ? "::notice " : "::error ",
                "title=keysift%3A not scanned::", GapKindName(kind), ", ",
                std::to_string(gaps.size()), " x, first ",
                Message(gaps.front()->what), " ", Message(gaps.front()->where),
                ". ", Message(GapKindAdvice(kind)), "\n"});
  }
}

}  // namespace

void WriteGithubReport(const ScanReport& report, const ReportOptions& options,
                       std::string* out) {
  std::vector<const Finding*> findings;
  for (const Finding& finding : report.findings) {
    findings.push_back(&finding);
  }
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding* a, const Finding* b) {
                     return a->severity > b->severity;
                   });
  WriteGaps(report, options, out);
  for (const Finding* finding : findings) {
    WriteAnnotation(*finding, out);
  }
}

}  // namespace keysift
