// SPDX-License-Identifier: Apache-2.0
//
// GitLab's secret detection report (artifacts:reports:secret_detection), schema
// 15: one vulnerability per secret, at its first place; its id is the
// fingerprint in the form of a UUID, so that GitLab knows it again. A scan with
// gaps has the status "failure" and says each in scan.messages. Times come from
// the options and are in UTC without a zone, as the schema wants them.
#include <array>
#include <ctime>

#include "finding/escape.h"
#include "finding/exit_code.h"
#include "report/json_writer.h"
#include "report/paragraph.h"
#include "report/place_text.h"
#include "report/version.h"
#include "report/writers.h"

namespace keysift {
namespace {

using Layout = JsonWriter::Layout;

constexpr const char* kSchemaVersion = "15.2.1";
constexpr size_t kMaxName = 255;
constexpr size_t kMaxSolution = 7000;
constexpr const char* kNoCommit = "0000000";

const char* GitlabSeverity(Severity severity) {
  constexpr std::array<const char*, 4> kNames = {"Low", "Medium", "High",
                                                 "Critical"};
  return kNames[static_cast<size_t>(severity)];
}

std::string GitlabTime(int64_t seconds) {
  const std::time_t time = static_cast<std::time_t>(seconds);
  std::tm parts = {};
  gmtime_r(&time, &parts);
  std::array<char, 32> buffer;
  const size_t length =
      std::strftime(buffer.data(), buffer.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  return std::string(buffer.data(), length);
}

// The fingerprint's digits as a UUID of version 8 ("custom", RFC 9562).
std::string Uuid(const std::string& fingerprint) {
  std::string digits = fingerprint.substr(fingerprint.find('-') + 1);
  digits.resize(32, '0');
  digits[12] = '8';
  digits[16] = 'a';
  return Concat({digits.substr(0, 8), "-", digits.substr(8, 4), "-",
                 digits.substr(12, 4), "-", digits.substr(16, 4), "-",
                 digits.substr(20)});
}

void WriteTool(const char* key, JsonWriter* json) {
  json->Key(key);
  json->BeginObject(Layout::kInline);
  json->Field("id", kToolName);
  json->Field("name", kToolName);
  json->Field("version", ToolVersion());
  json->Key("vendor");
  json->BeginObject();
  json->Field("name", kToolName);
  json->EndObject();
  json->EndObject();
}

void WriteScan(const ScanReport& report, const ReportOptions& options,
               JsonWriter* json) {
  bool complete = true;
  json->Key("scan");
  json->BeginObject();
  WriteTool("analyzer", json);
  WriteTool("scanner", json);
  json->Field("type", "secret_detection");
  json->Field("start_time", GitlabTime(options.started));
  json->Field("end_time", GitlabTime(options.ended));
  json->Key("messages");
  json->BeginArray();
  for (const Gap& gap : report.gaps) {
    const bool accepted = IsAllowed(gap.kind, options.allowed_gaps);
    complete = complete && accepted;
    json->BeginObject(Layout::kInline);
    json->Field("level", accepted ? "info" : "warn");
    json->Field("value", Concat({"not scanned (", GapKindName(gap.kind),
                                 "): ", EscapeForTerminal(gap.what), " ",
                                 EscapeForTerminal(gap.where), " ",
                                 EscapeForTerminal(gap.detail)}));
    json->EndObject();
  }
  json->EndArray();
  json->Field("status", complete ? "success" : "failure");
  json->EndObject();
}

void WritePlace(const Finding& finding, JsonWriter* json) {
  const Location& place = MainLocation(finding);
  json->Key("location");
  json->BeginObject();
  json->Field("file", place.path.empty() ? PlaceText(place) : place.path);
  json->Field("start_line", place.line);
  json->Field("end_line", place.end_line);
  json->Key("commit");
  json->BeginObject(Layout::kInline);
  json->Field("sha", place.commit.empty() ? kNoCommit : place.commit);
  const std::optional<CommitSummary>& first = finding.first_commit;
  if (first.has_value() && first->id == place.commit) {
    json->Field("author", first->author);
    json->Field("date", first->date);
    json->Field("message", first->summary);
  }
  json->EndObject();
  json->EndObject();
}

void WriteVulnerability(const Finding& finding, JsonWriter* json) {
  json->BeginObject();
  json->Field("id", Uuid(finding.fingerprint));
  json->Field("category", "secret_detection");
  json->Field("name", Clipped(finding.description, kMaxName));
  json->Field(
      "description",
      Concat({finding.description, " ", finding.secret.redacted, ", ",
              PlaceText(MainLocation(finding)), ", ",
              finding.in_head ? "still at HEAD" : "not at HEAD", ", ",
              ConfidenceName(finding.confidence), ", ", finding.fingerprint}));
  json->Field("severity", GitlabSeverity(finding.severity));
  json->Field("solution", Clipped(finding.remediation, kMaxSolution));
  WritePlace(finding, json);
  json->Key("identifiers");
  json->BeginArray();
  json->BeginObject(Layout::kInline);
  json->Field("type", "keysift_rule_id");
  json->Field("name", Concat({"keysift rule ", finding.rule_id}));
  json->Field("value", finding.rule_id);
  json->EndObject();
  json->EndArray();
  json->EndObject();
}

}  // namespace

void WriteGitlabReport(const ScanReport& report, const ReportOptions& options,
                       std::string* out) {
  JsonWriter json(out);
  json.BeginObject();
  json.Field("version", kSchemaVersion);
  WriteScan(report, options, &json);
  json.Key("vulnerabilities");
  json.BeginArray();
  for (const Finding& finding : report.findings) {
    WriteVulnerability(finding, &json);
  }
  json.EndArray();
  json.EndObject();
  *out += '\n';
}

}  // namespace keysift
