// SPDX-License-Identifier: Apache-2.0
//
// For spreadsheets (RFC 4180): a header, one row per finding at its first
// place, then one row per gap (record "gap", its kind as rule_id). Cells are
// escaped as for a terminal, so each row is one line; a cell that a spreadsheet
// would take for a formula begins with an apostrophe. State and repositories
// are those of a store, else empty.
#include <string_view>
#include <vector>

#include "finding/escape.h"
#include "report/place_text.h"
#include "report/writers.h"

namespace keysift {
namespace {

class CsvRow {
 public:
  explicit CsvRow(std::string* out) : out_(out) {}

  void Cell(std::string_view raw) {
    const std::string text = EscapeForTerminal(raw);
    *out_ += first_ ? "" : ",";
    first_ = false;
    const bool formula =
        !text.empty() &&
        std::string_view("=+-@|%").find(text[0]) != std::string_view::npos;
    const std::string_view prefix = formula ? "'" : "";
    if (text.find_first_of(",\"'; ") == std::string::npos && !formula) {
      *out_ += text;
      return;
    }
    *out_ += '"';
    *out_ += prefix;
    for (const char c : text) {
      *out_ += c;
      *out_ += c == '"' ? "\"" : "";
    }
    *out_ += '"';
  }
  void Cell(uint64_t number) { Cell(std::to_string(number)); }
  void End() { *out_ += "\r\n"; }

 private:
  std::string* out_;
  bool first_ = true;
};

std::string Joined(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) {
    text += text.empty() ? "" : "; ";
    text += value;
  }
  return text;
}

void WriteRow(const Finding& finding, std::string* out) {
  const Location& place = finding.locations.front();
  const CommitSummary first = finding.first_commit.value_or(CommitSummary{});
  CsvRow row(out);
  row.Cell("finding");
  row.Cell(finding.fingerprint);
  row.Cell(finding.rule_id);
  row.Cell(SeverityName(finding.severity));
  row.Cell(ConfidenceName(finding.confidence));
  row.Cell(finding.description);
  row.Cell(finding.secret.value.value_or(finding.secret.redacted));
  row.Cell(place.path);
  row.Cell(place.member);
  row.Cell(place.kind);
  row.Cell(place.line);
  row.Cell(place.column);
  row.Cell(finding.locations.size());
  row.Cell(first.id);
  row.Cell(first.author);
  row.Cell(first.date);
  row.Cell(finding.in_head ? "true" : "false");
  row.Cell(finding.removed_commit.has_value() ? finding.removed_commit->id
                                              : std::string());
  row.Cell(Joined(finding.refs));
  row.Cell(Joined(finding.reasons));
  row.Cell(finding.triage.has_value() ? finding.triage->state : "");
  row.Cell(Joined(RepositoryNames(finding)));
  row.End();
}

void WriteRow(const Gap& gap, std::string* out) {
  constexpr int kEmptyCells = 14;
  CsvRow row(out);
  row.Cell("gap");
  row.Cell("");
  row.Cell(GapKindName(gap.kind));
  row.Cell("");
  row.Cell("");
  row.Cell(gap.detail);
  row.Cell(gap.what);
  row.Cell(gap.where);
  for (int i = 0; i < kEmptyCells; ++i) {
    row.Cell("");
  }
  row.End();
}

}  // namespace

void WriteCsvReport(const ScanReport& report, const ReportOptions& /*options*/,
                    std::string* out) {
  *out +=
      "record,fingerprint,rule_id,severity,confidence,description,secret,path,"
      "member,kind,line,column,places,first_commit,author,date,in_head,"
      "removed_commit,refs,reasons,state,repositories\r\n";
  for (const Finding& finding : report.findings) {
    WriteRow(finding, out);
  }
  for (const Gap& gap : report.gaps) {
    WriteRow(gap, out);
  }
}

}  // namespace keysift
