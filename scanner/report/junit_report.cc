// SPDX-License-Identifier: Apache-2.0
//
// For test dashboards: each finding is a test case that failed, each gap that
// was not accepted one that broke off (error), each accepted gap one that was
// skipped. Without any of them there is one case that passed.
#include <algorithm>
#include <string_view>

#include "finding/escape.h"
#include "finding/exit_code.h"
#include "report/paragraph.h"
#include "report/place_text.h"
#include "report/version.h"
#include "report/writers.h"

namespace keysift {
namespace {

constexpr size_t kShownPlaces = 20;

// XML 1.0 forbids most control characters even as references, so they are
// escaped as for a terminal first.
std::string Xml(std::string_view raw) {
  std::string out;
  for (const char c : EscapeForTerminal(raw)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&apos;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

void OpenCase(std::string_view group, std::string_view name, std::string* out) {
  *out += Concat({"    <testcase classname=\"keysift.", Xml(group),
                  "\" name=\"", Xml(name), "\">\n"});
}

void WriteCase(const Finding& finding, std::string* out) {
  OpenCase(
      finding.rule_id,
      Concat({PlaceText(finding.locations.front()), " ", finding.fingerprint}),
      out);
  *out += Concat({"      <failure type=\"", SeverityName(finding.severity),
                  "\" message=\"", Xml(finding.description), "\">\n"});
  *out += Concat(
      {"secret: ", Xml(finding.secret.value.value_or(finding.secret.redacted)),
       "\nconfidence: ", ConfidenceName(finding.confidence), "\n"});
  const size_t total = finding.locations.size();
  const size_t shown = std::min(total, kShownPlaces);
  for (size_t i = 0; i < shown; ++i) {
    *out += Concat({"place: ", Xml(PlaceText(finding.locations[i])), "\n"});
  }
  if (shown < total) {
    *out += Concat({"and ", WithCommas(total - shown), " more places\n"});
  }
  for (const std::string& step : Steps(finding.remediation)) {
    *out += Concat({"do: ", Xml(step), "\n"});
  }
  *out += "      </failure>\n    </testcase>\n";
}

void WriteCase(const Gap& gap, bool accepted, std::string* out) {
  OpenCase("gap", Concat({GapKindName(gap.kind), " ", gap.what}), out);
  *out += Concat({accepted ? "      <skipped" : "      <error type=\"",
                  accepted ? "" : GapKindName(gap.kind), accepted ? "" : "\"",
                  " message=\"", Xml(gap.detail), " ", Xml(gap.where), " ",
                  GapKindAdvice(gap.kind), "\"/>\n    </testcase>\n"});
}

}  // namespace

void WriteJunitReport(const ScanReport& report, const ReportOptions& options,
                      std::string* out) {
  size_t accepted = 0;
  for (const Gap& gap : report.gaps) {
    accepted += IsAllowed(gap.kind, options.allowed_gaps) ? 1 : 0;
  }
  const size_t cases = report.findings.size() + report.gaps.size();
  const std::string counts =
      Concat({" tests=\"", std::to_string(cases == 0 ? 1 : cases),
              "\" failures=\"", std::to_string(report.findings.size()),
              "\" errors=\"", std::to_string(report.gaps.size() - accepted),
              "\" skipped=\"", std::to_string(accepted), "\""});
  *out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  *out += Concat({"<testsuites name=\"", kToolName, "\"", counts, ">\n"});
  *out += Concat({"  <testsuite name=\"", kToolName, " ", ToolVersion(), "\"",
                  counts, ">\n"});
  if (cases == 0) {
    *out +=
        "    <testcase classname=\"keysift\" name=\"no leaks found, "
        "complete\"/>\n";
  }
  for (const Finding& finding : report.findings) {
    WriteCase(finding, out);
  }
  for (const Gap& gap : report.gaps) {
    WriteCase(gap, IsAllowed(gap.kind, options.allowed_gaps), out);
  }
  *out += "  </testsuite>\n</testsuites>\n";
}

}  // namespace keysift
