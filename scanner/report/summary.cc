// SPDX-License-Identifier: Apache-2.0
#include "report/summary.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "finding/escape.h"
#include "finding/exit_code.h"
#include "report/paragraph.h"

namespace keysift {
namespace {

constexpr size_t kShownGaps = 5;
constexpr size_t kShownNames = 10;

// "1,234 objects, 56 files and 3 refs (12.3 MB)".
std::string CoverageWords(const Coverage& coverage) {
  std::string text;
  if (coverage.objects_scanned > 0 || coverage.files_scanned == 0) {
    text = Count(coverage.objects_scanned, "object", "objects");
  }
  if (coverage.files_scanned > 0) {
    text += Concat({text.empty() ? "" : " and ",
                    Count(coverage.files_scanned, "file", "files")});
  }
  text += Concat({" (", Size(coverage.bytes_scanned), ")"});
  if (coverage.refs > 0) {
    text += Concat({" under ", Count(coverage.refs, "ref", "refs")});
  }
  return text;
}

std::string SeverityWords(const ScanReport& report) {
  std::array<uint64_t, 4> counts = {};
  for (const Finding& finding : report.findings) {
    ++counts[static_cast<size_t>(finding.severity)];
  }
  std::string text;
  for (size_t i = counts.size(); i-- > 0;) {
    if (counts[i] > 0) {
      text += Concat({text.empty() ? "" : ", ", WithCommas(counts[i]), " ",
                      SeverityName(static_cast<Severity>(i))});
    }
  }
  return text;
}

std::string Headline(const ScanReport& report, bool accepted) {
  const std::string scanned = CoverageWords(report.coverage);
  const std::string gaps = Count(report.gaps.size(), "gap", "gaps");
  if (!report.findings.empty()) {
    const std::string found =
        Concat({Count(report.findings.size(), "finding", "findings"), " (",
                SeverityWords(report), ") in ", scanned});
    return report.gaps.empty() ? Concat({found, ", complete"})
                               : Concat({found, "; NOT complete: ", gaps});
  }
  if (report.gaps.empty()) {
    return Concat({"no leaks found in ", scanned, ", complete"});
  }
  return Concat({"INCOMPLETE: nothing was found in ", scanned, ", but there ",
                 report.gaps.size() == 1 ? "is " : "are ", gaps,
                 accepted ? " (accepted by --allow-gaps)" : ""});
}

// One kind of gap: how many, what to do, the first few.
std::string GapText(GapKind kind, const std::vector<const Gap*>& gaps,
                    bool accepted, size_t most) {
  std::string text = Paragraph(
      "  ", WithCommas(gaps.size()) + " x " + GapKindName(kind) +
                (accepted ? " (accepted)" : "") + ". " + GapKindAdvice(kind));
  for (size_t i = 0; i < std::min(gaps.size(), most); ++i) {
    const Gap& gap = *gaps[i];
    std::string line = EscapeForTerminal(gap.what);
    if (!gap.where.empty()) {
      line += Concat({" (", EscapeForTerminal(gap.where), ")"});
    }
    if (gap.bytes > 0) {
      line += Concat({", ", Size(gap.bytes)});
    }
    if (!gap.detail.empty()) {
      line += Concat({": ", EscapeForTerminal(gap.detail)});
    }
    text += Paragraph("    - ", line);
  }
  if (gaps.size() > most) {
    text += Concat({"    and ", WithCommas(gaps.size() - most),
                    " more (-v or -f json lists all)\n"});
  }
  return text;
}

std::string GapsText(const ScanReport& report, const ReportOptions& options) {
  std::map<GapKind, std::vector<const Gap*>> by_kind;
  for (const Gap& gap : report.gaps) {
    by_kind[gap.kind].push_back(&gap);
  }
  std::string text;
  for (const auto& [kind, gaps] : by_kind) {
    text += GapText(kind, gaps, IsAllowed(kind, options.allowed_gaps),
                    options.verbose ? SIZE_MAX : kShownGaps);
  }
  return text.empty() ? text : Concat({"not scanned:\n", text});
}

// What took findings out, by name: "12 by baseline.json".
std::string SuppressedNames(const ScanReport& report) {
  std::map<std::string, uint64_t> counts;
  for (const Suppressed& one : report.suppressed) {
    ++counts[one.by];
  }
  std::string text;
  size_t shown = 0;
  for (const auto& [name, count] : counts) {
    if (++shown > kShownNames) {
      text += Paragraph("    ",
                        Concat({"and ", WithCommas(counts.size() - kShownNames),
                                " more (-f json lists all)"}));
      break;
    }
    std::string reason;
    if (count == 1) {
      for (const Suppressed& one : report.suppressed) {
        reason = one.by == name && !one.reason.empty()
                     ? Concat({": \"", one.reason, "\""})
                     : reason;
      }
    }
    text += Paragraph("    - ",
                      Concat({count == 1 ? "" : WithCommas(count) + " by ",
                              EscapeForTerminal(name + reason)}));
  }
  return text;
}

std::string AlreadyThereText(const ScanReport& report,
                             const ReportOptions& options) {
  if (report.already_there.empty()) {
    return "";
  }
  return Paragraph(
      "already there: ",
      Concat({Count(report.already_there.size(), "finding", "findings"),
              " on lines that this change did not touch",
              options.verbose ? "" : " (-v shows them)"}));
}

std::string NotesText(const ScanReport& report) {
  std::string text;
  for (const std::string& note : report.notes) {
    text += Paragraph("note: ", EscapeForTerminal(note));
  }
  return text;
}

std::string SuppressedText(const ScanReport& report) {
  const Coverage& coverage = report.coverage;
  std::string text;
  const auto add = [&text](uint64_t count, const char* by) {
    if (count > 0) {
      text += Concat({text.empty() ? "" : ", ", WithCommas(count), " ", by});
    }
  };
  add(coverage.suppressed_ignore, "by .keysiftignore");
  add(coverage.suppressed_baseline, "by the baseline");
  add(coverage.suppressed_inline, "by comments in the code");
  add(coverage.suppressed_config, "by the repository's configuration");
  if (!text.empty()) {
    text = Paragraph("suppressed: ", text);
  }
  text += SuppressedNames(report);
  if (coverage.below_confidence > 0) {
    text +=
        Paragraph("", Count(coverage.below_confidence, "weaker match is",
                            "weaker matches are") +
                          " left out: --min-confidence possible shows more");
  }
  return text;
}

}  // namespace

std::string SummaryText(const ScanReport& report,
                        const ReportOptions& options) {
  const bool accepted = std::all_of(
      report.gaps.begin(), report.gaps.end(), [&options](const Gap& gap) {
        return IsAllowed(gap.kind, options.allowed_gaps);
      });
  std::string text = Paragraph("", Headline(report, accepted));
  text += GapsText(report, options);
  text += AlreadyThereText(report, options);
  text += SuppressedText(report);
  text += NotesText(report);
  if (!report.findings.empty()) {
    text += Paragraph("more: ",
                      report.target.kind == "store"
                          ? "-f json has everything; -f html is a page to "
                            "search and filter; keysift bulk triage decides."
                          : "-f json has everything; --show-secrets shows "
                            "values in full; keysift ignore add FINGERPRINT "
                            "--reason WHY accepts a finding.");
  }
  return text;
}

}  // namespace keysift
