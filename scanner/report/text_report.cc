// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "finding/escape.h"
#include "report/paragraph.h"
#include "report/place_text.h"
#include "report/summary.h"
#include "report/writers.h"

namespace keysift {
namespace {

constexpr size_t kShownPlaces = 5;
constexpr size_t kShownRefs = 3;
constexpr std::string_view kReset = "\x1b[0m";
constexpr std::string_view kBold = "\x1b[1m";

// By Severity: cyan, yellow, red, white on red.
constexpr std::array<std::string_view, 4> kSeverityColors = {
    "\x1b[36m", "\x1b[33m", "\x1b[1;31m", "\x1b[1;37;41m"};
constexpr std::array<std::string_view, 4> kSeverityWords = {"LOW", "MEDIUM",
                                                            "HIGH", "CRITICAL"};

// One finding, written line by line. Lines are "  label     value".
class FindingPage {
 public:
  FindingPage(const Finding& finding, const ReportOptions& options,
              std::string* out)
      : finding_(finding), options_(options), out_(out) {}

  void Write() {
    WriteHeader();
    WriteSecret();
    WritePlaces();
    WriteHistory();
    WriteDetails();
    WriteSteps();
    WriteDecision();
    *out_ += '\n';
  }

 private:
  void Line(std::string_view label, std::string_view text) {
    std::string head = Concat({"  ", label});
    head.resize(12, ' ');
    *out_ += Paragraph(head, text);
  }

  std::string Colored(std::string_view color, std::string_view text) const {
    if (!options_.color) {
      return std::string(text);
    }
    return Concat({color, text, kReset});
  }

  void WriteHeader() {
    const size_t severity = static_cast<size_t>(finding_.severity);
    const std::string word(kSeverityWords[severity]);
    std::string text = Paragraph(Concat({word, "  "}),
                                 EscapeForTerminal(finding_.description));
    // The word is coloured after wrapping, so that colour changes no line.
    text.replace(0, word.size(), Colored(kSeverityColors[severity], word));
    *out_ += text;
    std::string reasons;
    for (const std::string& reason : finding_.reasons) {
      reasons += reasons.empty() ? ": " : ", ";
      reasons += EscapeForTerminal(reason);
    }
    Line("rule", EscapeForTerminal(finding_.rule_id));
    Line("why", ConfidenceName(finding_.confidence) + reasons);
  }

  void WriteSecret() {
    const SecretText& secret = finding_.secret;
    Line("secret",
         Concat({EscapeForTerminal(secret.value.value_or(secret.redacted)),
                 " (", Count(secret.length, "byte", "bytes"), ")"}));
    if (!finding_.snippet.empty()) {
      const size_t begin = finding_.snippet.find_first_not_of(" \t");
      Line("line",
           EscapeForTerminal(finding_.snippet.substr(
               begin == std::string::npos ? finding_.snippet.size() : begin)));
    }
  }

  void WritePlaces() {
    const size_t total = finding_.locations.size();
    const size_t shown =
        options_.verbose ? total : std::min(total, kShownPlaces);
    for (size_t i = 0; i < shown; ++i) {
      Line(i == 0 ? "where" : "", PlaceText(finding_.locations[i]));
    }
    if (shown < total) {
      Line("",
           Concat({"and ", Count(total - shown, "more place", "more places"),
                   " (-v or -f json lists all)"}));
    }
  }

  static std::string CommitText(const CommitSummary& commit) {
    return Concat({EscapeForTerminal(ShortId(commit.id)), ", ",
                   EscapeForTerminal(commit.date), ", ",
                   EscapeForTerminal(commit.author)});
  }

  void WriteHistory() {
    if (finding_.first_commit.has_value()) {
      Line("since", CommitText(*finding_.first_commit));
      Line("", Concat({"\"", EscapeForTerminal(finding_.first_commit->summary),
                       "\""}));
    }
    if (finding_.in_head) {
      Line("now", "still at HEAD");
    } else if (finding_.removed_commit.has_value()) {
      Line("removed", CommitText(*finding_.removed_commit));
      Line("",
           "It is still in the history: whoever can read the repository "
           "can read it.");
    } else if (finding_.first_commit.has_value()) {
      Line("now", "not at HEAD, but still in the repository");
    }
    WriteRefs();
  }

  void WriteRefs() {
    if (finding_.refs.empty()) {
      if (finding_.first_commit.has_value() && !finding_.reachable) {
        Line("refs", "none: left behind by a rewrite, a reset or a stash");
      }
      return;
    }
    std::string text;
    size_t shown = 0;
    for (const std::string& ref : finding_.refs) {
      if (!options_.verbose && shown == kShownRefs) {
        break;
      }
      text += Concat({shown == 0 ? "" : ", ", EscapeForTerminal(ref)});
      ++shown;
    }
    if (finding_.refs_total > shown) {
      text +=
          Concat({" and ", WithCommas(finding_.refs_total - shown), " more"});
    }
    Line("refs", text);
  }

  void WriteDetails() {
    bool first = true;
    for (const auto& [name, value] : finding_.details) {
      std::string label = EscapeForTerminal(name);
      std::replace(label.begin(), label.end(), '_', ' ');
      Line(first ? "about" : "",
           Concat({label, ": ", EscapeForTerminal(value)}));
      first = false;
    }
  }

  void WriteSteps() {
    const std::vector<std::string> steps = Steps(finding_.remediation);
    if (!steps.empty()) {
      *out_ += Concat({"  ", Colored(kBold, "WHAT TO DO"), "\n"});
    }
    for (size_t i = 0; i < steps.size(); ++i) {
      *out_ += Paragraph(Concat({"    ", std::to_string(i + 1), ". "}),
                         EscapeForTerminal(steps[i]));
    }
    if (!finding_.revoke_url.empty()) {
      Line("revoke at", EscapeForTerminal(finding_.revoke_url));
    }
  }

  // What was decided, or how to decide: in the store that it comes from, or in
  // the repository.
  void WriteDecision() {
    const std::string fingerprint = EscapeForTerminal(finding_.fingerprint);
    if (finding_.triage.has_value()) {
      const Triage& triage = *finding_.triage;
      Line("state", Concat({EscapeForTerminal(triage.state), ", ",
                            EscapeForTerminal(triage.author), ", ",
                            EscapeForTerminal(triage.time)}));
      Line("", Concat({"\"", EscapeForTerminal(triage.reason), "\""}));
    }
    if (finding_.repositories.empty()) {
      Line("ignore",
           Concat({"keysift ignore add ", fingerprint, " --reason WHY"}));
    } else {
      Line("decide", Concat({"keysift bulk triage --store FILE ", fingerprint,
                             " --state STATE --reason WHY"}));
    }
  }

  const Finding& finding_;
  const ReportOptions& options_;
  std::string* out_;
};

}  // namespace

void WriteTextReport(const ScanReport& report, const ReportOptions& options,
                     std::string* out) {
  for (const Finding& finding : report.findings) {
    FindingPage(finding, options, out).Write();
  }
  if (options.verbose && !report.already_there.empty()) {
    *out += "ALREADY THERE: the change did not touch these\n\n";
    for (const Finding& finding : report.already_there) {
      FindingPage(finding, options, out).Write();
    }
  }
  if (options.with_summary) {
    *out += SummaryText(report, options);
  }
}

}  // namespace keysift
